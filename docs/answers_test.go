package docs_test

import (
	"cmp"
	"fmt"
	"os"
	"regexp"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/steps/answersfile"
	"msgsso-wizard/steps/guide"
)

// TestAnswersAreListed keeps the table of answers in step with the guide, from which it is drawn.
func TestAnswersAreListed(t *testing.T) {
	holds(t, "unattended.md", between("<!-- questions -->\n", "<!-- /questions -->", answerTable()))
}

func answerTable() string {
	var b strings.Builder
	b.WriteString("| Answer | Flag | Environment | Default |\n|---|---|---|---|\n")
	for _, q := range guide.Questions("") {
		flag, standard := "", cmp.Or(q.Else, "needed")
		if q.Flag != "" {
			flag = "`--" + q.Flag + "`"
		}
		if q.Default != "" {
			standard = "`" + q.Default + "`"
		}
		fmt.Fprintf(&b, "| %s | %s | `%s` | %s |\n", q.Label, flag, strings.Join(q.Env, "` `"), standard)
	}
	return b.String()
}

// TestSchemaIsPrinted keeps the schema of answers files in step with the guide, from which it is drawn.
func TestSchemaIsPrinted(t *testing.T) {
	holds(t, "schemas/answers.schema.json", func(string) string { return string(answersfile.Schema()) })
}

var yamlBlock = regexp.MustCompile("(?s)```yaml\n(okta-org.*?)```")

// TestExamplesOfAnswersFiles: what the page shows is read without an error.
func TestExamplesOfAnswersFiles(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("answers-file.md")
	assert.NilError(t, err)
	read := 0
	for _, block := range yamlBlock.FindAllStringSubmatch(string(text), -1) {
		read++
		_, err := answersfile.Parse("answers-file.md", []byte(block[1]))
		assert.Check(t, err, block[1])
	}
	assert.Check(t, read >= 2, "%d examples were read", read)
}
