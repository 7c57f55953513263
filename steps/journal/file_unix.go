//go:build unix

package journal

import (
	"errors"
	"io/fs"
	"os"
	"syscall"

	"golang.org/x/sys/unix"
)

const noFollow = unix.O_NOFOLLOW

// owner returns the ID of the user whose file it is.
func owner(info fs.FileInfo) (user int, known bool) {
	stat, known := info.Sys().(*syscall.Stat_t)
	if !known {
		return 0, false
	}
	return int(stat.Uid), true
}

// lockFile takes the lock, or says ErrLocked at once. It is let go when the file is closed, or the process ends.
func lockFile(file *os.File) error {
	err := unix.Flock(int(file.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return ErrLocked
	}
	return err
}

// releaseFile gives the lock back. Closing alone would not: a child that is just being started has a copy of the file until
// it runs its own program.
func releaseFile(file *os.File) error {
	return errors.Join(unix.Flock(int(file.Fd()), unix.LOCK_UN), file.Close())
}

// flush makes a rename in the folder outlast a power cut.
func flush(path string) error {
	folder, err := os.Open(path) //nolint:gosec // the state folder
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
