package signintest

import (
	"context"

	"msgsso-wizard/apiclient/callback"
	"msgsso-wizard/apiclient/loopback"
)

// PreviewClears says what a preview's page does to the browser that opens it, before it is opened.
const PreviewClears = "The page clears what the browser keeps for its origin when it opens, and the visitor's tokens when it closes."

// Preview serves a page at the redirect URI, so that it can be tried in a browser, until ctx ends; then open pages
// forget what Messenger kept for them. open gets the address where the browser starts. A redirect URI that this computer
// cannot be at, or whose port is taken, is a *explain.Error.
func Preview(ctx context.Context, html, redirectURI string, open func(Address)) error {
	err := (&callback.Preview{RedirectURI: redirectURI, HTML: html, Show: open}).Run(ctx)
	if err == nil || ctx.Err() != nil {
		return nil
	}
	return elsewhere(err).error()
}

// Once returns an address that leads to one with a query once, and to no more than one browser: all users of this
// computer can read what a browser is started with.
func Once(ctx context.Context, address string) (string, error) { return loopback.Once(ctx, address) }
