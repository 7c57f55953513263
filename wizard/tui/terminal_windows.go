package tui

import (
	"os"
	"time"
)

// readable does not know: Bubble Tea reads a console itself.
func readable(*os.File, time.Duration) bool { return false }
