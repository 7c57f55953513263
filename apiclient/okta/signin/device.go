package signin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/okta"
)

// How a device sign-in ends without a token; tested with errors.Is.
var (
	ErrCodeExpired = errors.New("the code expired")
	ErrDenied      = errors.New("the sign-in was denied in the browser")
)

// How often is asked whether the code was used (RFC 8628 3.2, 3.5).
const (
	defaultInterval = 5 * time.Second
	slowDown        = 5 * time.Second
)

// DeviceCode is what a user needs to sign in with a browser, on any device.
type DeviceCode struct {
	UserCode    string
	URL         string        // where the code is typed
	CompleteURL string        // the same with the code in it; may be empty
	Expires     time.Duration // how long the code is good
}

// DeviceConfig says through which native app a user signs in to which org.
type DeviceConfig struct {
	Org      *url.URL
	ClientID string
	Scopes   []string // nil: Scopes, and those of OptionalScopes that are granted
	// Show shows the code to the user until its context ends, during the wait. Its error ends the wait.
	Show func(context.Context, DeviceCode) error
	apiclient.CallOptions
}

// Device signs a user in through their browser (RFC 8628). The token is good for an hour; when it has ended
// or is refused, the next call shows a new code. A user who does not come ends in ErrCodeExpired, one who
// refuses in ErrDenied. Contract okta.md 3.3.
func Device(cfg DeviceConfig) (okta.SignIn, error) {
	return device(cfg, connection{org: cfg.Org, options: cfg.CallOptions})
}

func device(cfg DeviceConfig, c connection) (okta.SignIn, error) {
	if cfg.ClientID == "" {
		return nil, errors.New("the client ID of the native app is required")
	}
	if cfg.Show == nil {
		return nil, errors.New("the device sign-in can't show its code")
	}
	e, err := newEndpoint(c)
	if err != nil {
		return nil, err
	}
	return &session{endpoint: e, ask: func(ctx context.Context) (token, error) {
		code, err := withScopes(cfg.Scopes, func(scopes []string) (deviceCode, error) {
			return e.deviceCode(ctx, cfg.ClientID, scopes)
		})
		if err != nil {
			return token{}, err
		}
		return e.shown(ctx, cfg, code)
	}}, nil
}

// shown polls while the code is shown; whichever fails ends the other.
func (e *endpoint) shown(ctx context.Context, cfg DeviceConfig, code deviceCode) (token, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	var showing sync.WaitGroup
	showing.Go(func() {
		if err := cfg.Show(ctx, code.DeviceCode); err != nil && ctx.Err() == nil {
			cancel(err)
		}
	})
	t, err := e.poll(ctx, cfg.ClientID, code)
	if err != nil && ctx.Err() != nil {
		err = context.Cause(ctx)
	}
	cancel(nil)
	showing.Wait()
	return t, err
}

// deviceCode asks for a code. Operation deviceAuthorize, contract okta.md 3.3.
func (e *endpoint) deviceCode(ctx context.Context, client string, scopes []string) (deviceCode, error) {
	req := apiclient.Request{
		Op: "deviceAuthorize", Method: http.MethodPost, Path: "/oauth2/v1/device/authorize",
		Form: url.Values{"client_id": {client}, "scope": {strings.Join(scopes, " ")}}, Read: true,
	}
	var code deviceCode
	_, err := e.login.Do(ctx, req, &code)
	return code, err
}

// poll asks until the user has decided, the code has expired, or ctx ends.
func (e *endpoint) poll(ctx context.Context, client string, code deviceCode) (token, error) {
	form := url.Values{
		"grant_type": {"urn:ietf:params:oauth:grant-type:device_code"}, "client_id": {client},
		"device_code": {code.secret.Reveal()},
	}
	ends, interval := time.Now().Add(code.Expires), code.interval
	for {
		if time.Now().Add(interval).After(ends) {
			return token{}, ErrCodeExpired
		}
		if err := apiclient.Sleep(ctx, interval); err != nil {
			return token{}, err
		}
		t, err := e.token(ctx, form)
		err = apiclient.RedactError(err, code.secret)
		switch reason := okta.OAuthError(err); {
		case err == nil:
			return t, nil
		case reason == "authorization_pending":
		case reason == "slow_down":
			interval += slowDown
		case reason == "expired_token":
			return token{}, fmt.Errorf("%w: %w", ErrCodeExpired, err)
		case reason == "access_denied":
			return token{}, fmt.Errorf("%w: %w", ErrDenied, err)
		case ctx.Err() == nil && (errors.Is(err, apiclient.ErrTimeout) || errors.Is(err, apiclient.ErrUnreachable)):
			interval *= 2 // the network may come back while the user looks for a browser
		default:
			return token{}, err
		}
	}
}

// deviceCode is a DeviceCode with what only this program may know.
type deviceCode struct {
	DeviceCode
	secret   apiclient.Secret
	interval time.Duration
}

// FillFrom reads the answer of the device authorization end point (RFC 8628 3.2).
func (c *deviceCode) FillFrom(whole apiclient.Object) error {
	var answer struct {
		Secret   apiclient.Secret `api:"device_code,required"`
		UserCode string           `api:"user_code,required"`
		URL      string           `api:"verification_uri"`
		Complete string           `api:"verification_uri_complete"`
		Expires  int64            `api:"expires_in"`
		Interval int64            `api:"interval"`
	}
	err := apiclient.FillFields(&answer, whole)
	switch {
	case err != nil:
		return err
	case !openable(answer.URL):
		return apiclient.MissingError("a verification_uri that can be opened")
	case answer.Expires <= 0:
		return apiclient.MissingError("expires_in")
	}
	c.UserCode, c.URL, c.secret = answer.UserCode, answer.URL, answer.Secret
	c.Expires, c.interval = time.Duration(answer.Expires)*time.Second, time.Duration(answer.Interval)*time.Second
	if c.interval <= 0 {
		c.interval = defaultInterval
	}
	if openable(answer.Complete) {
		c.CompleteURL = answer.Complete
	}
	return nil
}

// openable reports whether a browser may be sent to an address that the org gave.
func openable(text string) bool {
	u, err := url.Parse(text)
	if err != nil || u.User != nil {
		return false
	}
	_, err = apiclient.ParseBase(u.Scheme + "://" + u.Host)
	return err == nil
}
