//go:build unix

package transcript

import "golang.org/x/sys/unix"

const noFollow = unix.O_NOFOLLOW
