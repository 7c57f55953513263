package eventually

import (
	"os"
	"path/filepath"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestFileIsReadWhenComplete(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path := filepath.Join(folder, "said")
	go func() {
		_ = os.WriteFile(path, nil, 0o600) // there, and still empty
		_ = os.WriteFile(path+".new", []byte("first last"), 0o600)
		_ = os.Rename(path+".new", path)
	}()
	assert.Check(t, is.Equal(File(t, path, "first", "last"), "first last"), "read")
}

func TestFromReturnsValue(t *testing.T) {
	t.Parallel()
	values := make(chan int)
	go func() { values <- 7 }()
	assert.Check(t, is.Equal(From(t, values, "7"), 7))
}
