package genesyssim

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// providerTimeout is how long the whole of a redemption may take.
const providerTimeout = 10 * time.Second

// cloudAddress is where Genesys Cloud's requests come from, one of the addresses that RFC 5737 keeps for examples.
// The simulated Okta writes it down in place of this computer's (contract okta.md 11).
const cloudAddress = "198.51.100.23"

var (
	errSlowProvider = errors.New("the provider does not answer in time")
	errProvider     = errors.New("the provider cannot be used")
)

// provider is the way to OpenID providers. It leads to this machine only: to any other address no packet is sent,
// as if a provider were there that knows nobody.
type provider struct{ http *http.Client }

func newProvider() provider {
	return provider{&http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true}, // no proxy either
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// codeWish is what a visitor brings along with the code.
type codeWish struct {
	code, redirectURI, verifier, nonce, issuer string
	maxAge                                     *time.Duration // nil: none was asked for
}

// redeemed is what the provider gave for a code.
type redeemed struct {
	person
	accessLife time.Duration // 0: not told
	refreshes  bool          // a refresh token came along
}

// discoveryDocument is the part of a provider's document that is used (OpenID Connect Discovery 1.0, 3).
type discoveryDocument struct {
	Issuer        string `json:"issuer"`
	TokenEndpoint string `json:"token_endpoint"`
	KeysURI       string `json:"jwks_uri"`
	SendsIssuer   bool   `json:"authorization_response_iss_parameter_supported"`
}

// redeem takes the code to the provider that the Discovery URI names and verifies the ID token.
func (p provider) redeem(ctx context.Context, rules signInRules, wish codeWish, now func() time.Time) (redeemed, error) {
	ctx, cancel := context.WithTimeout(ctx, providerTimeout)
	defer cancel()
	var document discoveryDocument
	if err := p.read(ctx, rules.discoveryURI, &document); err != nil {
		return redeemed{}, err
	}
	// RFC 9207, 2.4: where the provider names itself with every code, a code without its name is another's.
	if (wish.issuer != "" || document.SendsIssuer) && wish.issuer != document.Issuer {
		return redeemed{}, errProvider
	}
	var tokens struct {
		ID      string `json:"id_token"`
		Refresh string `json:"refresh_token"`
		Seconds int    `json:"expires_in"`
	}
	if err := p.post(ctx, document.TokenEndpoint, rules, wish, &tokens); err != nil {
		return redeemed{}, err
	}
	var keys jose.JSONWebKeySet
	if err := p.read(ctx, document.KeysURI, &keys); err != nil {
		return redeemed{}, err
	}
	who, err := verifyIDToken(tokens.ID, keys, expected{
		issuer: document.Issuer, clientID: rules.clientID, nonce: wish.nonce, maxAge: wish.maxAge, now: now(),
	})
	return redeemed{person: who, accessLife: time.Duration(tokens.Seconds) * time.Second, refreshes: tokens.Refresh != ""}, err
}

func (p provider) read(ctx context.Context, address string, out any) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	if err != nil {
		return errProvider
	}
	return p.do(r, out)
}

// post redeems the code with client_secret_basic (RFC 6749, 2.3.1 and 4.1.3).
func (p provider) post(ctx context.Context, address string, rules signInRules, wish codeWish, out any) error {
	form := url.Values{"grant_type": {"authorization_code"}, "code": {wish.code}, "redirect_uri": {wish.redirectURI}}
	if wish.verifier != "" {
		form.Set("code_verifier", wish.verifier)
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form.Encode()))
	if err != nil {
		return errProvider
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.SetBasicAuth(url.QueryEscape(rules.clientID), url.QueryEscape(rules.clientSecret))
	return p.do(r, out)
}

func (p provider) do(r *http.Request, out any) error {
	if !simkit.IsLoopback(r.URL.Hostname()) {
		return errProvider
	}
	r.Header.Set("Accept", "application/json")
	r.Header.Set("X-Forwarded-For", cloudAddress)
	resp, err := p.http.Do(r)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return errSlowProvider
	case err != nil:
		return errProvider
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK {
		return errProvider
	}
	if err := json.NewDecoder(io.LimitReader(resp.Body, simkit.MaxBody)).Decode(out); err != nil {
		return fmt.Errorf("%w: %w", errProvider, err)
	}
	return nil
}
