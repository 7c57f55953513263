//go:build unix && !linux

// Package memory keeps what this process knows from other programs, as far as a system lets it.
package memory

import "golang.org/x/sys/unix"

// Guard keeps the memory of this process, and its secrets, from core files. A failure leaves things as they are.
func Guard() { _ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}) }
