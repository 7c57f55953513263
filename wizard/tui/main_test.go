package tui

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"go.uber.org/goleak"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
	"gotest.tools/v3/golden"

	"msgsso-wizard/apiclient/testkit/eventually"
)

func TestMain(m *testing.M) {
	eventually.SideBySide()
	goleak.VerifyTestMain(watched{m})
}

// watched runs the tests and then looks whether a golden file is left that none of them asked for.
type watched struct{ *testing.M }

func (w watched) Run() int {
	code := w.M.Run()
	all := code == 0 && flag.Lookup("test.run").Value.String() == "" && flag.Lookup("test.skip").Value.String() == "" && flag.Lookup("test.list").Value.String() == ""
	files, _ := filepath.Glob(filepath.Join("testdata", "*.golden"))
	for _, path := range files {
		if _, used := goldens.Load(path); all && !used {
			fmt.Fprintf(os.Stderr, "no test asks for %s; delete it\n", path)
			code = 1
		}
	}
	return code
}

// goldens are the files that tests asked for.
var goldens sync.Map

// sameAsGolden compares text with the file of that name.
func sameAsGolden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	goldens.Store(path, true)
	if golden.FlagUpdate() {
		assert.NilError(t, os.WriteFile(path, []byte(got), 0o600))
		return
	}
	want, err := os.ReadFile(path)
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(got, string(want)), "%s differs from the golden file", name)
}
