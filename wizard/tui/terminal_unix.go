//go:build !windows

package tui

import (
	"errors"
	"os"
	"time"

	"golang.org/x/sys/unix"
)

// TakesSequences reports whether a terminal takes escape sequences: all do.
func TakesSequences(_, _ any) bool { return true }

// readable reports whether something can be read from the file within the time. It uses select, because poll knows no
// terminals on macOS.
func readable(f *os.File, within time.Duration) bool {
	fd := int(f.Fd())
	if fd >= unix.FD_SETSIZE {
		return false
	}
	for end := time.Now().Add(within); ; {
		var set unix.FdSet
		set.Set(fd)
		left := unix.NsecToTimeval(max(0, time.Until(end)).Nanoseconds())
		n, err := unix.Select(fd+1, &set, nil, nil, &left)
		if !errors.Is(err, unix.EINTR) {
			return err == nil && n > 0
		}
	}
}
