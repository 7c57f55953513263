package docs_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

var picture = regexp.MustCompile(`screens/(\w+)\.png`)

// TestAsksAreMet holds user-expectations.md to the repository: what a row names as its proof is there, and a row without one says
// why.
func TestAsksAreMet(t *testing.T) {
	t.Parallel()
	screens := read(t, "adr/0009-screens.md")
	number := 0
	for line := range strings.SplitSeq(read(t, "user-expectations.md"), "\n") {
		if !strings.HasPrefix(line, fmt.Sprintf("| %d |", number+1)) {
			continue
		}
		number++
		cells := strings.Split(strings.Trim(line, "|"), "|")
		assert.Assert(t, is.Len(cells, 4), "row %d", number)
		proof, proved, source, within := cells[3], false, "", ""
		for _, quote := range quoted.FindAllStringSubmatch(proof, -1) {
			if name := quote[1]; file.MatchString(name) {
				source, within = read(t, filepath.Join("..", filepath.FromSlash(name))), name
				proved = proved || strings.HasSuffix(name, ".txtar")
			} else {
				assert.Check(t, declares(source, name), "row %d: %s declares no %s", number, within, name)
				proved = proved || strings.HasPrefix(name, "Test")
			}
		}
		for _, name := range picture.FindAllString(proof, -1) {
			_, err := os.Stat(name)
			assert.Check(t, err == nil && strings.Contains(screens, name),
				"row %d: %s is no picture of the screens", number, name)
		}
		assert.Check(t, proved || strings.Contains(proof, "no test"),
			"row %d names no test and does not say why", number)
	}
	assert.Check(t, number != 0, "the table is not read")
}

func read(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(name)
	assert.NilError(t, err)
	return string(text)
}
