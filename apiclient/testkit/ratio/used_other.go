//go:build !unix

package ratio

import "time"

var begun = time.Now()

func used() time.Duration { return time.Since(begun) }
