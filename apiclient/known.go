package apiclient

import (
	"slices"
	"sync"
)

// known are the secrets that this process has made or decoded. They are few, and as long-lived as it is.
var known struct {
	mu   sync.Mutex
	seen map[Secret]bool
	all  []Secret
}

// Known returns the secrets that this process has made or decoded, in that order and without the first few
// that the caller has seen, so that they can be kept out of what is written down.
func Known(few int) []Secret {
	known.mu.Lock()
	defer known.mu.Unlock()
	return slices.Clone(known.all[few:])
}

func remember(s Secret) {
	known.mu.Lock()
	defer known.mu.Unlock()
	if known.seen == nil {
		known.seen = map[Secret]bool{}
	}
	if !known.seen[s] {
		known.seen[s] = true
		known.all = append(known.all, s)
	}
}
