//go:build unix

package transcript

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// TestMode is not parallel: the umask is the whole process's.
func TestMode(t *testing.T) { //nolint:paralleltest // see above
	folder := t.TempDir()
	for _, umask := range []int{0, 0o022, 0o777} {
		before := syscall.Umask(umask)
		f, err := Create(filepath.Join(folder, fs.FileMode(umask).String()), "")
		syscall.Umask(before)
		assert.NilError(t, err)
		info, err := os.Stat(f.path)
		assert.NilError(t, err)
		assert.Check(t, is.Equal(info.Mode(), fs.FileMode(0o600)), "mode")
		assert.Check(t, f.Close(nil))
	}
}
