//go:build !unix

package tui

import "time"

var begun = time.Now()

func used() time.Duration { return time.Since(begun) }
