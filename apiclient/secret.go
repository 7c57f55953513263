package apiclient

import (
	"errors"
	"log/slog"
	"slices"
	"sync"
	"unique"
)

// bullets stands wherever a Secret would be printed; its length says nothing about the secret's.
const bullets = "••••••••"

// errSecret is what every attempt to write a Secret down gets.
var errSecret = errors.New("a secret is never written down")

// Secret is a credential that lives in memory only: it prints as bullets and refuses to be marshalled.
// Reveal is the one way to its text, so that a search for "Reveal(" finds every use.
//
// The text lies behind a handle because fmt calls no method on an unexported field of another package's struct:
// there it prints an address. Secrets of the same text are equal with ==.
type Secret struct{ text unique.Handle[string] }

// NewSecret wraps text, which RegisteredSecrets returns from now on.
func NewSecret(text string) Secret {
	s := Unguarded(text)
	if !s.Empty() {
		register(s)
	}
	return s
}

// Unguarded wraps text that is public where a Secret is asked for. RegisteredSecrets does not return it.
func Unguarded(text string) Secret {
	if text == "" {
		return Secret{}
	}
	return Secret{unique.Make(text)}
}

// Reveal returns the text itself, for the request that must carry it.
func (s Secret) Reveal() string {
	if s.Empty() {
		return ""
	}
	return s.text.Value()
}

// Empty reports whether there is no secret.
func (s Secret) Empty() bool { return s == Secret{} }

// String returns bullets, or nothing for an empty secret.
func (s Secret) String() string {
	if s.Empty() {
		return ""
	}
	return bullets
}

// GoString keeps %#v from printing the text.
func (s Secret) GoString() string { return s.String() }

// LogValue keeps slog from printing the text.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText refuses.
func (s Secret) MarshalText() ([]byte, error) { return nil, errSecret }

// MarshalJSON refuses.
func (s Secret) MarshalJSON() ([]byte, error) { return nil, errSecret }

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
