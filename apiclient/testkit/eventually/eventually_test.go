package eventually

import (
	"os"
	"path/filepath"
	"testing"
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
	if got := File(t, path, "first", "last"); got != "first last" {
		t.Errorf("read %q", got)
	}
}

func TestFromReturnsValue(t *testing.T) {
	t.Parallel()
	values := make(chan int)
	go func() { values <- 7 }()
	if got := From(t, values, "7"); got != 7 {
		t.Errorf("got %d", got)
	}
}
