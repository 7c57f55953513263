package apiclient

import (
	"slices"
	"sync"
)

// secretRegistry holds every secret that this process has made or decoded, so that they can be kept out of what is
// written down. There is one for the process: a panic can carry a secret from any place, and the code that
// catches it knows none of the clients. The secrets are few, and live as long as the process.
var secretRegistry struct {
	mu   sync.Mutex
	seen map[Secret]bool
	all  []Secret
}

// RegisteredSecrets returns the secrets that this process has made or decoded, in that order and without the first
// few that the caller has seen.
func RegisteredSecrets(few int) []Secret {
	secretRegistry.mu.Lock()
	defer secretRegistry.mu.Unlock()
	return slices.Clone(secretRegistry.all[few:])
}

func register(s Secret) {
	secretRegistry.mu.Lock()
	defer secretRegistry.mu.Unlock()
	if secretRegistry.seen == nil {
		secretRegistry.seen = map[Secret]bool{}
	}
	if !secretRegistry.seen[s] {
		secretRegistry.seen[s] = true
		secretRegistry.all = append(secretRegistry.all, s)
	}
}
