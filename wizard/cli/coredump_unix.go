//go:build unix

package cli

import "golang.org/x/sys/unix"

// ForbidCoreDumps keeps secrets in memory from reaching a core file. A failure leaves things as they are.
func ForbidCoreDumps() { _ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}) }
