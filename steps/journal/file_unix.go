//go:build unix

package journal

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

const noFollow = unix.O_NOFOLLOW

// lockFile takes the lock, or says ErrLocked at once. It is let go when the file is closed, or the process ends.
func lockFile(file *os.File) error {
	err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return ErrLocked
	}
	return err
}

// flush makes a rename in the folder outlast a power cut.
func flush(path string) error {
	folder, err := os.Open(path) //nolint:gosec // the state folder
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
