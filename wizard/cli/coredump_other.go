//go:build !unix

package cli

// ForbidCoreDumps has nothing to do: this system writes no core files by itself.
func ForbidCoreDumps() {}
