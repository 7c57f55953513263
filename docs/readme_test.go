package docs_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/steps/guide"
)

var updateReadme = flag.Bool("update-readme", false, "write the table of answers into README.md")

const (
	tableBegin = "<!-- questions -->\n"
	tableEnd   = "<!-- /questions -->"
)

// TestReadmeListsEveryAnswer keeps the README's table in step with the guide, from which it is drawn.
func TestReadmeListsEveryAnswer(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	assert.NilError(t, err)
	before, rest, ok := strings.Cut(string(text), tableBegin)
	have, after, ok2 := strings.Cut(rest, tableEnd)
	assert.Assert(t, ok && ok2, "README.md has lost the marks around its table of answers")
	want := answerTable()
	if have == want {
		return
	}
	assert.Assert(t, *updateReadme,
		"README.md does not list the guide's questions as they are; run: go test ./docs -update-readme")
	if err := os.WriteFile("../README.md", []byte(before+tableBegin+want+tableEnd+after), 0o644); err != nil { //nolint:gosec // a public text
		t.Fatal(err)
	}
}

func answerTable() string {
	var b strings.Builder
	b.WriteString("| Answer | Flag | Environment | Default |\n|---|---|---|---|\n")
	for _, q := range guide.Questions("") {
		flag, standard := "", q.Default
		if q.Flag != "" {
			flag = "`--" + q.Flag + "`"
		}
		switch {
		case standard != "":
			standard = "`" + standard + "`"
		case q.Else != "":
			standard = q.Else
		default:
			standard = "needed"
		}
		fmt.Fprintf(&b, "| %s | %s | `%s` | %s |\n", q.Label, flag, strings.Join(q.Env, "` `"), standard)
	}
	return b.String()
}
