// Package memory keeps what this process knows from other programs, as far as a system lets it.
package memory

import "golang.org/x/sys/unix"

// Guard keeps the memory and the environment of this process, and their secrets, from core files, also those that go
// through a pipe, and from other programs of the user. A failure leaves things as they are.
func Guard() {
	_ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{})
	_ = unix.Prctl(unix.PR_SET_DUMPABLE, 0, 0, 0, 0) // programs that this one starts are as usual
}
