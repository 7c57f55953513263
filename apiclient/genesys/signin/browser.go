package signin

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"sync"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/loopback"
	"msgsso-wizard/apiclient/oidc"
)

// defaultPort is the port that the vendor's own examples register (contract genesys.md 6).
const defaultPort = 8085

// limit is how long a user may take.
const limit = 10 * time.Minute

// ErrSignInTimeout says that the user did not sign in in time.
var ErrSignInTimeout = errors.New("no one signed in with the browser within 10 minutes")

// Browser signs a user in; ClientID and Show must be set.
type Browser struct {
	ClientID string // of an OAuth client "Code Authorization / PKCE"
	Port     int    // 0: 8085; its redirect URI must be registered at the OAuth client, exactly
	// Show tells the user where to go. It is called once for each attempt, when the port is already listened on.
	Show func(Authorization)
	// Paste returns the address that the browser was sent to, as the user pasted it, and returns soon when its
	// context ends. Its error ends the attempt. Nil: there is no paste-back.
	Paste func(context.Context) (string, error)
	// Reject gets the reason why a pasted text was refused, before Paste is called again; nil: the reason isn't shown.
	Reject func(error)

	limit time.Duration // 0: limit
}

// Authorization is what a user needs for signing in.
type Authorization struct {
	URL         string // to open in a browser
	RedirectURI string // to register at the OAuth client
	Forward     string // for a browser on another computer: the ssh command, to be completed with this one's name
}

// RedirectURI returns what must be registered at the OAuth client. It says localhost, because whether Genesys
// Cloud takes 127.0.0.1 is not known (contract genesys.md 6).
func (b *Browser) RedirectURI() string {
	return fmt.Sprintf("http://localhost:%d%s", b.port(), callback)
}

func (b *Browser) port() int { return cmp.Or(b.Port, defaultPort) }

// Ask has a user sign in at the login service and returns the code that came back. A port that is taken is
// loopback.ErrPortTaken and shows before anything else; a refusal of the service is an *apiclient.Error with its code.
// The port is free again when Ask returns.
func (b *Browser) Ask(ctx context.Context, login *url.URL) (Code, error) {
	if err := ctx.Err(); err != nil {
		return Code{}, err
	}
	ctx, cancel := context.WithTimeoutCause(ctx, cmp.Or(b.limit, limit), ErrSignInTimeout)
	defer cancel()
	listeners, err := loopback.Listen(ctx, b.port())
	if err != nil {
		return Code{}, err
	}
	a := newAttempt(login.Host)
	defer loopback.Serve(ctx, listeners, loopback.Guard(b.port(), a))()
	b.Show(Authorization{
		URL:         b.authorizeURL(login, a),
		RedirectURI: b.RedirectURI(),
		Forward:     loopback.Forward(b.port()),
	})
	var pasting sync.WaitGroup
	defer pasting.Wait()
	if b.Paste != nil {
		pasting.Go(func() { b.takePasted(ctx, a) })
	}
	defer cancel() // before the wait for Paste
	select {
	case <-ctx.Done():
		return Code{}, context.Cause(ctx)
	case o := <-a.ended:
		return Code{
			clientID: b.ClientID, redirectURI: b.RedirectURI(),
			code: o.code, verifier: apiclient.NewSecret(a.verifier),
		}, o.err
	}
}

func (b *Browser) authorizeURL(login *url.URL, a *attempt) string {
	u := login.JoinPath(authorizePath)
	u.RawQuery = url.Values{
		"response_type":         {"code"},
		"client_id":             {b.ClientID},
		"redirect_uri":          {b.RedirectURI()},
		"code_challenge":        {oidc.CodeChallenge(a.verifier)},
		"code_challenge_method": {"S256"},
		"state":                 {a.state},
	}.Encode()
	return u.String()
}
