// Package provider is the simulated Genesys Cloud's way to OpenID providers. It leads to this machine only: to any
// other address no packet is sent, as if a provider without users were there.
package provider

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// timeout is how long the whole of a redemption may take.
const timeout = 10 * time.Second

// cloudAddress is where Genesys Cloud's requests come from, one of the addresses that RFC 5737 keeps for examples.
// The simulated Okta writes it down in place of this computer's (contract okta.md 11).
const cloudAddress = "198.51.100.23"

// What a redemption ends with.
var (
	ErrSlow    = errors.New("the provider does not answer in time")
	ErrRefused = errors.New("the provider cannot be used")
)

// Client speaks to providers.
type Client struct {
	http  *http.Client
	hosts map[string]string
}

// New returns a client. Hosts are names that stand for addresses of this machine, host:port.
func New(hosts map[string]string) Client {
	return Client{hosts: hosts, http: &http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true}, // no proxy either
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// Integration is what Genesys Cloud knows of a provider.
type Integration struct{ DiscoveryURI, ClientID, ClientSecret string }

// Wish is a provider, and what a visitor brings along.
type Wish struct {
	Integration
	Code, RedirectURI, Verifier string
	IDToken                     string // of the implicit flow, in place of a code
	Nonce, Issuer               string
	MaxAge                      *time.Duration // nil: none was asked for
}

// Redeemed is what the provider gave.
type Redeemed struct {
	User
	Life      time.Duration // of the access token; 0: not told
	Refreshes bool          // a refresh token came along
	Revoke    Revocation
}

// Revocation is what a sign-out revokes at the provider (contract genesys.md 4).
type Revocation struct {
	endpoint string
	by       Integration
	tokens   []string // first the one that the others belong to
}

// document is the part of a provider's document that is used (OpenID Connect Discovery 1.0, 3).
type document struct {
	Issuer        string `json:"issuer"`
	TokenEndpoint string `json:"token_endpoint"`
	KeysURI       string `json:"jwks_uri"`
	Revocation    string `json:"revocation_endpoint"`
	SendsIssuer   bool   `json:"authorization_response_iss_parameter_supported"`
}

// Redeem takes a code to the provider that the Discovery URI names, and verifies the ID token. With an ID token in place
// of a code, the provider is asked for its keys alone.
func (c Client) Redeem(ctx context.Context, wish Wish, now func() time.Time) (Redeemed, error) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	var d document
	if err := c.read(ctx, wish.DiscoveryURI, &d); err != nil {
		return Redeemed{}, err
	}
	// RFC 9207, 2.4: where the provider names itself with every code, a code without its name is another's.
	if (wish.Issuer != "" || d.SendsIssuer) && wish.Issuer != d.Issuer {
		return Redeemed{}, ErrRefused
	}
	var tokens struct {
		ID      string `json:"id_token"`
		Access  string `json:"access_token"`
		Refresh string `json:"refresh_token"`
		Seconds int    `json:"expires_in"`
	}
	tokens.ID = wish.IDToken
	if wish.IDToken == "" {
		form := url.Values{"grant_type": {"authorization_code"}, "code": {wish.Code}, "redirect_uri": {wish.RedirectURI}}
		if wish.Verifier != "" {
			form.Set("code_verifier", wish.Verifier)
		}
		if err := c.post(ctx, d.TokenEndpoint, wish.Integration, form, &tokens); err != nil {
			return Redeemed{}, err
		}
	}
	var keys jose.JSONWebKeySet
	if err := c.read(ctx, d.KeysURI, &keys); err != nil {
		return Redeemed{}, err
	}
	got := Redeemed{Refreshes: tokens.Refresh != "", Life: time.Duration(tokens.Seconds) * time.Second}
	got.Revoke = Revocation{d.Revocation, wish.Integration, []string{tokens.Refresh, tokens.Access}}
	return got, got.verify(tokens.ID, keys, d.Issuer, wish, now())
}

// Revoke revokes what a visitor's sign-in left at the provider, whatever the provider says to it.
func (c Client) Revoke(ctx context.Context, r Revocation) {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	for _, token := range r.tokens {
		if token != "" && r.endpoint != "" {
			_ = c.post(ctx, r.endpoint, r.by, url.Values{"token": {token}}, &struct{}{})
		}
	}
}

func (c Client) read(ctx context.Context, address string, out any) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, address, http.NoBody)
	return c.do(r, err, out)
}

// post sends a form with client_secret_basic (RFC 6749, 2.3.1).
func (c Client) post(ctx context.Context, address string, by Integration, form url.Values, out any) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(form.Encode()))
	if err == nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.SetBasicAuth(url.QueryEscape(by.ClientID), url.QueryEscape(by.ClientSecret))
	}
	return c.do(r, err, out)
}

// do sends a request that could be made, to this machine only.
func (c Client) do(r *http.Request, err error, out any) error {
	if err == nil && c.hosts[r.URL.Host] != "" {
		r.URL.Scheme, r.URL.Host, r.Host = "http", c.hosts[r.URL.Host], ""
	}
	if err != nil || !simkit.IsLoopback(r.URL.Hostname()) {
		return ErrRefused
	}
	r.Header.Set("Accept", "application/json")
	r.Header.Set("X-Forwarded-For", cloudAddress)
	resp, err := c.http.Do(r)
	switch {
	case errors.Is(err, context.DeadlineExceeded):
		return ErrSlow
	case err != nil:
		return ErrRefused
	}
	defer func() { _ = resp.Body.Close() }()
	if resp.StatusCode != http.StatusOK || json.NewDecoder(io.LimitReader(resp.Body, simkit.MaxBody)).Decode(out) != nil {
		return ErrRefused
	}
	return nil
}

// skew is how far the clocks of service and provider may be apart.
const skew = 2 * time.Minute

// User is who signed in, as the ID token says. The name is given_name and family_name; the claim name isn't used (contract
// genesys.md 4).
type User struct{ Subject, Name, Email string }

// verify checks an ID token's signature, issuer, audience, times, and nonce (OpenID Connect Core 1.0, 3.1.3.7), and
// takes over whom it names.
func (p *Redeemed) verify(text string, keys jose.JSONWebKeySet, issuer string, wish Wish, now time.Time) error {
	token, err := jwt.ParseSigned(text, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		return ErrRefused
	}
	var said jwt.Claims
	var more struct {
		Nonce    string           `json:"nonce"`
		SignedIn *jwt.NumericDate `json:"auth_time"`
		Given    string           `json:"given_name"`
		Family   string           `json:"family_name"`
		Email    string           `json:"email"`
	}
	if token.Claims(keys, &said, &more) != nil {
		return ErrRefused
	}
	expected := jwt.Expected{Issuer: issuer, AnyAudience: jwt.Audience{wish.ClientID}, Time: now}
	switch {
	case said.ValidateWithLeeway(expected, skew) != nil:
	case said.Expiry == nil || said.IssuedAt == nil || said.Subject == "" || issuer == "": // not checked above
	case more.Nonce != "" && more.Nonce != wish.Nonce: // contract genesys.md 4
	case wish.MaxAge != nil && (more.SignedIn == nil || now.Sub(more.SignedIn.Time()) > *wish.MaxAge+skew):
	default:
		if wish.IDToken != "" {
			p.Life = said.Expiry.Time().Sub(now)
		}
		p.User = User{said.Subject, strings.TrimSpace(more.Given + " " + more.Family), more.Email}
		return nil
	}
	return ErrRefused
}
