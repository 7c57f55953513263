// Package contract lets tests read the vendors' definitions and recordings, which are not part of the repository.
package contract

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"gotest.tools/v3/assert"
)

// Folder returns the folder that MSGSSO_CONTRACT names, or else the shared one next to the repository.
func Folder() string {
	if folder := os.Getenv("MSGSSO_CONTRACT"); folder != "" {
		return folder
	}
	root := "."
	for range 10 {
		if _, err := os.Stat(filepath.Join(root, "go.mod")); err == nil {
			break
		}
		root = filepath.Join(root, "..")
	}
	return filepath.Join(root, "..", "shared", "contract")
}

// Read returns a file of the folder. Without it the test is skipped.
func Read(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(Folder(), name))
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%s is missing: set MSGSSO_CONTRACT; nothing is checked against it", name)
	}
	assert.NilError(t, err)
	return data
}
