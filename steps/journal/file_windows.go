package journal

import (
	"errors"
	"io/fs"
	"os"

	"golang.org/x/sys/windows"
)

const noFollow = 0

// owner knows nothing: Windows has no such IDs.
func owner(fs.FileInfo) (user int, known bool) { return 0, false }

// lockFile takes the lock on one byte far behind the text, so that others can read who holds it.
func lockFile(file *os.File) error {
	const exclusive = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	err := windows.LockFileEx(windows.Handle(file.Fd()), exclusive, 0, 1, 0, &windows.Overlapped{Offset: 1 << 20})
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return ErrLocked
	}
	return err
}

// releaseFile gives the lock back.
func releaseFile(file *os.File) error { return file.Close() }

// flush does nothing: Windows writes a rename through by itself and has no handle of a folder to flush.
func flush(string) error { return nil }
