package okta

import (
	"context"
	"net/http"

	"msgsso-wizard/apiclient"
)

// SignIn is a way of signing in to an org (contract okta.md 3). APIToken is one; those that need an access
// token are in the package signin. A SignIn serves one Client and is safe for concurrent use.
type SignIn interface {
	// Begin gets what Authorize needs; what is held already is kept. It may ask a user, and then wait for them.
	Begin(ctx context.Context) error

	// Authorize puts credentials on a request that is about to be sent; it begins by itself where that is needed.
	Authorize(ctx context.Context, req *http.Request) error

	// Reauthorize gets a 401 to refused and says whether Authorize now has something better.
	Reauthorize(refused *http.Request, header http.Header, e *apiclient.Error) bool

	// CloseIdle ends its own unused connections.
	CloseIdle()
}

// APIToken signs in as the admin who made the token, which only that admin can replace (contract okta.md 3.1).
// An empty token sends no credentials.
func APIToken(token apiclient.Secret) SignIn { return apiToken{token} }

type apiToken struct{ token apiclient.Secret }

func (t apiToken) Begin(context.Context) error { return nil }

func (t apiToken) Authorize(_ context.Context, req *http.Request) error {
	if !t.token.Empty() {
		req.Header.Set("Authorization", "SSWS "+t.token.Reveal())
	}
	return nil
}

func (t apiToken) Reauthorize(*http.Request, http.Header, *apiclient.Error) bool { return false }

func (t apiToken) CloseIdle() {}
