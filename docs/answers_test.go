package docs_test

import (
	"cmp"
	"fmt"
	"os"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"

	"msgsso-wizard/steps/answersfile"
	"msgsso-wizard/steps/guide"
)

const (
	answersPage = "unattended.md"
	tableBegin  = "<!-- questions -->\n"
	tableEnd    = "<!-- /questions -->"
)

// TestAnswersAreListed keeps the table of answers in step with the guide, from which it is drawn.
func TestAnswersAreListed(t *testing.T) {
	text, err := os.ReadFile(answersPage)
	assert.NilError(t, err)
	before, rest, ok := strings.Cut(string(text), tableBegin)
	have, after, ok2 := strings.Cut(rest, tableEnd)
	assert.Assert(t, ok && ok2, "docs/unattended.md has lost the marks around its table of answers")
	want := answerTable()
	if have == want {
		return
	}
	assert.Assert(t, golden.FlagUpdate(),
		"docs/unattended.md does not list the guide's questions as they are; run: go test ./docs -update")
	text = []byte(before + tableBegin + want + tableEnd + after)
	assert.NilError(t, os.WriteFile(answersPage, text, 0o644)) //nolint:gosec // a public text
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
	const page = "answers.schema.json"
	have, err := os.ReadFile(page)
	if string(have) == string(answersfile.Schema()) {
		return
	}
	assert.Assert(t, golden.FlagUpdate(), "docs/%s isn't the schema of the guide's questions (%v); run: go test ./docs -update", page, err)
	assert.NilError(t, os.WriteFile(page, answersfile.Schema(), 0o644)) //nolint:gosec // a public text
}

// TestExamplesOfAnswersFiles: what the page shows is read without an error.
func TestExamplesOfAnswersFiles(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("answers-file.md")
	assert.NilError(t, err)
	read := 0
	for _, block := range strings.Split(string(text), "\n\n") {
		if !strings.HasPrefix(block, "    okta-org:") {
			continue
		}
		read++
		_, err := answersfile.Parse("answers-file.md", []byte(strings.ReplaceAll("\n"+block, "\n    ", "\n")))
		assert.Check(t, err, block)
	}
	assert.Check(t, read >= 2, "%d examples were read", read)
}
