package docs_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

var (
	required = regexp.MustCompile(`(?m)^\t(\S+) v\S+$`)
	reasoned = regexp.MustCompile("(?m)^\\| `([^`]+)` \\| \\S")
)

// TestModulesHaveTheirReason: go.mod requires what the decision names, no more and no less.
func TestModulesHaveTheirReason(t *testing.T) {
	t.Parallel()
	named := func(path string, line *regexp.Regexp) []string {
		text, err := os.ReadFile(path)
		assert.NilError(t, err)
		var names []string
		for _, found := range line.FindAllStringSubmatch(string(text), -1) {
			names = append(names, found[1])
		}
		slices.Sort(names)
		return names
	}
	direct, reasons := named("../go.mod", required), named("adr/0010-modules.md", reasoned)
	assert.Check(t, len(direct) != 0 && slices.Equal(direct, reasons),
		"go.mod requires\n%s\nand the reasons are of\n%s", strings.Join(direct, "\n"), strings.Join(reasons, "\n"))
}
