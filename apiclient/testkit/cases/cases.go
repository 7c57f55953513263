// Package cases keeps the inputs of a function, and what comes of them, in a file of text.
package cases

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"
)

// Check compares each line of testdata/name with what outcome says of it. A line has quoted inputs, an arrow, and the
// outcome, as in "a" "b" → c. Other lines are comments. With -update the outcomes are written again; a new case needs its
// inputs only.
func Check(t *testing.T, name string, outcome func(in ...string) string) {
	t.Helper()
	var all strings.Builder
	for line, in := range read(t, name) {
		if in != nil {
			for _, input := range in {
				all.WriteString(strconv.Quote(input) + " ")
			}
			line = strings.TrimRight("→ "+outcome(in...), " ") + "\n"
		}
		all.WriteString(line)
	}
	golden.Assert(t, all.String(), name)
}

// Inputs are those of the cases in testdata/name.
func Inputs(t testing.TB, name string) (all [][]string) {
	t.Helper()
	for _, in := range read(t, name) {
		if in != nil {
			all = append(all, in)
		}
	}
	return all
}

// read yields each line with its inputs; nil: it is no case.
func read(t testing.TB, name string) func(func(string, []string) bool) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	assert.NilError(t, err)
	return func(yield func(string, []string) bool) {
		for line := range strings.Lines(string(text)) {
			var in []string
			for rest := line; strings.HasPrefix(rest, `"`); rest = strings.TrimLeft(rest, " ") {
				quoted, err := strconv.QuotedPrefix(rest)
				assert.NilError(t, err, line)
				input, _ := strconv.Unquote(quoted)
				in, rest = append(in, input), rest[len(quoted):]
			}
			if !yield(line, in) {
				return
			}
		}
	}
}
