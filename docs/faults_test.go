package docs_test

import (
	"regexp"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

var (
	untested = regexp.MustCompile(`not built|not known|no test`)
	rowID    = regexp.MustCompile(`^([A-G])\d+$`)
)

// TestFaultsAreShown compares faults.md with the repository: the tests that it names are there, and a row without one
// says why.
func TestFaultsAreShown(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, r := range rows(t, "faults.md") {
		if strings.HasPrefix(r.heading, "House rules") {
			for _, why := range problems(r.cells[2:], untested) {
				t.Errorf("line %d: %s", r.line, why)
			}
			continue
		}
		id := strings.TrimSpace(r.cells[0])
		letter := rowID.FindStringSubmatch(id)
		assert.Check(t, letter != nil && strings.HasPrefix(r.heading, letter[1]+". ") && !seen[id],
			"line %d: %q under %q is no id, there already, or in another section", r.line, id, r.heading)
		seen[id] = true
		for _, why := range problems(r.cells[3:], untested) {
			t.Errorf("line %d: %s", r.line, why)
		}
	}
	assert.Check(t, len(seen) != 0, "the tables are not read")
}
