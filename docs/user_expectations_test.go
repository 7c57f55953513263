package docs_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

var (
	picture = regexp.MustCompile(`screens/(\w+)\.png`)
	noTest  = regexp.MustCompile(`no test`)
)

// TestAsksAreMet holds user-expectations.md to the repository: what a row names as its proof is there, and a row without one says
// why.
func TestAsksAreMet(t *testing.T) {
	t.Parallel()
	screens, err := os.ReadFile("adr/0009-screens.md")
	assert.NilError(t, err)
	all := rows(t, "user-expectations.md")
	for _, r := range all {
		proof := r.cells[3:]
		for _, why := range problems(proof, noTest) {
			t.Errorf("line %d: %s", r.line, why)
		}
		for _, name := range picture.FindAllString(proof[0], -1) {
			_, err := os.Stat(name)
			assert.Check(t, err == nil && strings.Contains(string(screens), name),
				"line %d: %s is no picture of the screens", r.line, name)
		}
	}
	assert.Check(t, len(all) != 0, "the table is not read")
}
