//go:build unix

package journal

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"

	"golang.org/x/sys/unix"
)

const noFollow = unix.O_NOFOLLOW

// closeFolder closes a folder to other users.
func closeFolder(path string) error { return os.Chmod(path, 0o700) } //nolint:gosec // a folder needs the x

func othersWrite(info fs.FileInfo) bool { return info.Mode().Perm()&0o022 != 0 }

// owns reports whether a file or folder is this user's.
func owns(_ string, info fs.FileInfo, user int) bool {
	stat, known := info.Sys().(*syscall.Stat_t)
	return !known || int(stat.Uid) == user
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

// rename outlasts a power cut, and leaves no file behind where it fails.
func rename(from, to string) error {
	if err := os.Rename(from, to); err != nil {
		return errors.Join(err, os.Remove(from))
	}
	folder, err := os.Open(filepath.Dir(to))
	if err != nil {
		return err
	}
	return errors.Join(folder.Sync(), folder.Close())
}
