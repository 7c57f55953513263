package kit

import (
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"
)

// Golden collects what comes of each of so many cases. In the end it compares all of it with the golden file of the test,
// unless -run chose a few cases.
func Golden(t *testing.T, cases int) func(name, text string) {
	t.Helper()
	var mu sync.Mutex
	said := map[string]string{}
	t.Cleanup(func() {
		if len(said) < cases {
			return
		}
		var all strings.Builder
		for _, name := range slices.Sorted(maps.Keys(said)) {
			all.WriteString("# " + name + "\n" + said[name] + "\n\n")
		}
		assert.Check(t, golden.String(all.String(), t.Name()+".golden")) // a cleanup that ends early isn't reported
	})
	return func(name, text string) {
		mu.Lock()
		defer mu.Unlock()
		said[name] = strings.TrimRight(text, "\n")
	}
}
