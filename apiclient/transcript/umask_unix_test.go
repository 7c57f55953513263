//go:build unix

package transcript

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// TestMode is not parallel: the umask is the whole process's.
func TestMode(t *testing.T) { //nolint:paralleltest // see above
	folder := t.TempDir()
	for _, umask := range []int{0, 0o022, 0o777} {
		before := syscall.Umask(umask)
		f, err := Create(filepath.Join(folder, fs.FileMode(umask).String()), "")
		syscall.Umask(before)
		if err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(f.path)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "mode", fs.FileMode(0o600), info.Mode())
		if err := f.Close(nil); err != nil {
			t.Error(err)
		}
	}
}
