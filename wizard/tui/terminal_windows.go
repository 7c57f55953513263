package tui

import (
	"os"
	"time"

	"golang.org/x/sys/windows"
)

// TakesSequences reports whether a console takes escape sequences both ways. One before Windows 10, or in legacy mode, takes
// none, and Bubble Tea would end with an error.
func TakesSequences(in, out any) bool {
	return takes(in, windows.ENABLE_VIRTUAL_TERMINAL_INPUT) && takes(out, windows.ENABLE_VIRTUAL_TERMINAL_PROCESSING)
}

func takes(stream any, mode uint32) bool {
	f, ok := stream.(interface{ Fd() uintptr })
	if !ok {
		return false
	}
	var present uint32
	at := windows.Handle(f.Fd())
	return windows.GetConsoleMode(at, &present) == nil && windows.SetConsoleMode(at, present|mode) == nil &&
		windows.SetConsoleMode(at, present) == nil
}

// readable does not know: Bubble Tea reads a console itself.
func readable(*os.File, time.Duration) bool { return false }
