package docs_test

import (
	"go/token"
	"regexp"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/guide"
)

// menuPath is a path in one of the two menus of Genesys Cloud's console.
var menuPath = regexp.MustCompile(`\b(Menu|Admin) > `)

// wrapped is the end of a line within a paragraph, not of a row or an item.
var wrapped = regexp.MustCompile(`\n([^|\n-])`)

// otherMenu are the texts that name one menu and not the other.
func otherMenu(text string) (alone []string) {
	for line := range strings.SplitSeq(text, "\n") {
		if menuPath.MatchString(line) && strings.Contains(line, "Menu > ") != strings.Contains(line, "Admin > ") {
			alone = append(alone, line)
		}
	}
	return alone
}

// TestBothMenus: no text names a path in one menu without the one in the other, and the program has each path once, in the
// guide's table.
func TestBothMenus(t *testing.T) {
	t.Parallel()
	assert.Check(t, is.Len(otherMenu("Open Admin > Message.\nOpen Menu > IT, or Admin > IT.\nOpen Message."), 1), "the rule")
	assert.Check(t, is.Len(otherMenu(guide.PathOAuth), 0))
	eachString(t, func(at token.Position, text string) {
		assert.Check(t, is.Len(otherMenu(text), 0), "%s", at)
		if !strings.HasSuffix(at.Filename, "steps/guide/console.go") {
			assert.Check(t, !menuPath.MatchString(text), "%s: write the path as one of guide's constants: %q", at, text)
		}
	})
	eachDocument(t, func(name, text string) {
		assert.Check(t, is.Len(otherMenu(wrapped.ReplaceAllString(text, " $1")), 0), "%s: a paragraph that names one menu names the other", name)
	})
}
