package setup

import (
	"context"
	"net/url"
	"slices"
	"sync"

	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/steps/services"
)

// fetches remembers which discovery documents and keys were asked for.
type fetches struct {
	mu   sync.Mutex
	uris []string
}

func (f *fetches) add(uri *url.URL) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.uris = append(f.uris, uri.String())
}

func (f *fetches) list() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.uris)
}

func watchDiscovery(session *Session) *fetches {
	seen := &fetches{}
	session.Dial = watched{session.Dial, seen}
	return seen
}

// watched is a Dialer whose discovery is watched.
type watched struct {
	services.Dialer
	seen *fetches
}

func (w watched) Discovery(org string) services.Discovery {
	return &fetch{Discovery: w.Dialer.Discovery(org), seen: w.seen}
}

type fetch struct {
	services.Discovery
	seen *fetches
}

func (f *fetch) Document(ctx context.Context, uri *url.URL) (oidc.Document, error) {
	f.seen.add(uri)
	return f.Discovery.Document(ctx, uri)
}

func (f *fetch) Keys(ctx context.Context, uri *url.URL) ([]oidc.Key, error) {
	f.seen.add(uri)
	return f.Discovery.Keys(ctx, uri)
}
