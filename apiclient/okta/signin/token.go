package signin

import (
	"context"
	"strings"
	"sync"
	"time"

	"msgsso-wizard/apiclient"
)

// early is how long before its end a token is replaced, so that it does not end on its way.
const early = time.Minute

// token is an access token; the zero one is none.
type token struct {
	text apiclient.Secret
	dpop bool      // bound to the prover's key
	ends time.Time // zero: the answer did not say
}

func (t token) good() bool { return !t.text.Empty() && (t.ends.IsZero() || time.Now().Before(t.ends)) }

// tokenWire is the answer of the token end point (RFC 6749 5.1).
type tokenWire struct {
	Token   apiclient.Secret `json:"access_token"`
	Type    apiclient.Text   `json:"token_type"`
	Expires int64            `json:"expires_in"`
}

func (w tokenWire) value(now time.Time) (token, string) {
	t := token{text: w.Token, dpop: strings.EqualFold(string(w.Type), "DPoP")}
	switch {
	case t.text.Empty():
		return token{}, "access_token"
	case !t.dpop && !strings.EqualFold(string(w.Type), "Bearer"):
		return token{}, "a token_type that is Bearer or DPoP"
	}
	if life := time.Duration(w.Expires) * time.Second; life > 0 {
		t.ends = now.Add(max(life-early, life/2))
	}
	return t, ""
}

// tokens keeps one token for all calls, and asks once for all that wait.
type tokens struct {
	ask func(context.Context) (token, error)

	mu     sync.Mutex
	held   token
	flight *flight
}

// flight is a request under way.
type flight struct {
	done      chan struct{}
	token     token
	err       error
	abandoned bool // its caller gave up: somebody who still waits must ask again
}

// get returns the token that is held, or asks for one.
func (t *tokens) get(ctx context.Context) (token, error) {
	for {
		t.mu.Lock()
		if t.held.good() {
			defer t.mu.Unlock()
			return t.held, nil
		}
		f := t.flight
		if f == nil {
			f = &flight{done: make(chan struct{})}
			t.flight = f
			t.mu.Unlock()
			t.fly(ctx, f)
			return f.token, f.err
		}
		t.mu.Unlock()
		select {
		case <-ctx.Done():
			return token{}, ctx.Err()
		case <-f.done:
		}
		if !f.abandoned {
			return f.token, f.err
		}
	}
}

func (t *tokens) fly(ctx context.Context, f *flight) {
	f.token, f.err = t.ask(ctx)
	f.abandoned = f.err != nil && ctx.Err() != nil
	t.mu.Lock()
	if f.err == nil {
		t.held = f.token
	}
	t.flight = nil
	t.mu.Unlock()
	close(f.done)
}

// drop forgets a token that was refused, unless a newer one has taken its place.
func (t *tokens) drop(refused apiclient.Secret) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.held.text == refused {
		t.held = token{}
	}
}
