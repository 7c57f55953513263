package oidc

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

var (
	canary = apiclient.NewSecret("cl1ent-canary")
	grant  = Grant{Code: apiclient.NewSecret("c0de-canary"), Verifier: apiclient.NewSecret("ver1fier-canary"), RedirectURI: "http://localhost:8080/"}
)

func TestRedeem(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		body string
		want Tokens
	}{
		"all": {
			`{"id_token":"i","access_token":"a","refresh_token":"r","expires_in":3600,"token_type":"Bearer"}`,
			Tokens{apiclient.NewSecret("i"), apiclient.NewSecret("a"), apiclient.NewSecret("r"), time.Hour},
		},
		"no refresh token": {`{"id_token":"i","access_token":"a","expires_in":"300"}`, Tokens{ID: apiclient.NewSecret("i"), Access: apiclient.NewSecret("a"), Life: 5 * time.Minute}},
		"no life":          {`{"id_token":"i"}`, Tokens{ID: apiclient.NewSecret("i")}},
	} {
		p := &fakeProvider{status: 200, body: tt.body}
		c, doc := p.start(t)
		got, err := c.Redeem(t.Context(), doc, "0oa1", canary, grant)
		assert.Check(t, err == nil && got == tt.want, "%s: %v; the tokens aren't those of the response", name, err)
		want := "code=c0de-canary&code_verifier=ver1fier-canary&grant_type=authorization_code&redirect_uri=http%3A%2F%2Flocalhost%3A8080%2F"
		assert.Check(t, p.form == want && p.user == "0oa1" && p.secret == canary.Reveal(),
			"%s: form %s", name, p.form)
	}
}

func TestRefusedRedeemHidesSecret(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		status     int
		body, code string
	}{
		"wrong secret":    {401, `{"error":"invalid_client","error_description":"cl1ent-canary is wrong"}`, "invalid_client"},
		"wrong verifier":  {400, `{"error":"invalid_grant","error_description":"ver1fier-canary c0de-canary\u001b[2J"}`, "invalid_grant"},
		"no ID token":     {200, `{"access_token":"t0ken-canary"}`, ""},
		"no JSON":         {200, `c0de-canary`, ""},
		"a wrong kind":    {200, `{"id_token":["t0ken-canary"]}`, ""},
		"server trouble":  {500, `{"error":"server_error"}`, "server_error"},
		"too many errors": {503, `{"error":"temporarily_unavailable"}`, "temporarily_unavailable"},
	} {
		p := &fakeProvider{status: tt.status, body: tt.body}
		c, doc := p.start(t)
		_, err := c.Redeem(t.Context(), doc, "0oa1", canary, grant)
		e, ok := apiclient.AsError(err)
		assert.Check(t, ok && e.Code == tt.code && e.Status == tt.status, "%s: got %+v", name, err)
		if text := fmt.Sprintf("%v %+v", err, e); strings.Contains(text, "canary") || strings.Contains(text, "\x1b") {
			t.Errorf("%s: the error shows a secret: %s", name, strings.ReplaceAll(text, "canary", "c-n-r-"))
		}
		assert.Check(t, is.Equal(p.asked, 1), "%s: a code works once, and it was sent", name)
	}
}

func TestRedeemIsNoWrite(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(answer("application/json", `{"id_token":"i"}`))
	t.Cleanup(server.Close)
	var calls []apiclient.Call
	c := New(Config{CallOptions: apiclient.CallOptions{Observe: func(call apiclient.Call) { calls = append(calls, call) }}})
	doc := at(server.URL)
	_, err := c.Redeem(t.Context(), doc, "0oa1", canary, grant)
	assert.Check(t, err)
	assert.Check(t, c.Revoke(t.Context(), doc, "0oa1", canary, grant.Code))
	for _, call := range calls {
		assert.Check(t, !call.Write && call.Method == http.MethodPost, "%+v", call)
	}
	assert.Check(t, is.Len(calls, 2))
}

func TestRevoke(t *testing.T) {
	t.Parallel()
	p := &fakeProvider{status: 200}
	c, doc := p.start(t)
	assert.Check(t, c.Revoke(t.Context(), doc, "0oa1", canary, apiclient.NewSecret("t0ken-canary")))
	assert.Check(t, p.form == "token=t0ken-canary" && p.user == "0oa1" && p.path == "/v1/revoke",
		"sent %s to %s", p.form, p.path)
	p = &fakeProvider{status: 401, body: `{"error":"invalid_client","error_description":"t0ken-canary"}`}
	c, doc = p.start(t)
	err := c.Revoke(t.Context(), doc, "0oa1", canary, apiclient.NewSecret("t0ken-canary"))
	assert.Check(t, err != nil && !strings.Contains(err.Error(), "canary"), "got %v", err != nil)
	assert.Check(t, is.ErrorContains(c.Revoke(t.Context(), Document{}, "0oa1", canary, canary), "names no revocation_endpoint"))
	assert.Check(t, is.Equal(p.asked, 1))
}

func TestLocalClientStaysLocal(t *testing.T) {
	t.Parallel()
	c := New(Config{CallOptions: apiclient.CallOptions{Hosts: apiclient.Hosts{}}})
	doc := at("https://acme.okta.test")
	_, err := c.Redeem(t.Context(), doc, "0oa1", canary, grant)
	assert.Check(t, is.ErrorContains(err, "a demo stays on this computer"))
	_, err = c.Document(t.Context(), parse(t, "https://acme.okta.test"+suffix))
	assert.Check(t, is.ErrorContains(err, "a demo stays on this computer"))
}

// provider answers both end points as it is configured, and notes the form and the credentials that it was sent.
type fakeProvider struct {
	status                          int
	body, location                  string
	form, user, secret, query, path string
	asked                           int
}

func (p *fakeProvider) start(t *testing.T) (*Client, Document) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		p.form, p.query = string(body), r.URL.Query().Get("redirect_uri")
		p.user, p.secret, _ = r.BasicAuth()
		p.path = r.URL.Path
		p.asked++
		if p.location != "" {
			w.Header().Set("Location", p.location)
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(p.status)
		_, _ = io.WriteString(w, p.body)
	}))
	c := New(Config{})
	t.Cleanup(func() { c.CloseIdle(); server.Close() })
	return c, at(server.URL)
}

func TestCheckClient(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		status int
		body   string
		want   error // nil with ok
		ok     bool
	}{
		"accepted":        {400, `{"error":"invalid_grant","error_description":"The authorization code is invalid."}`, nil, true},
		"wrong secret":    {401, `{"error":"invalid_client","error_description":"The client secret supplied is invalid."}`, ErrClient, false},
		"another refusal": {400, `{"error":"unauthorized_client"}`, nil, false},
		"too good":        {200, `{"access_token":"x"}`, nil, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := &fakeProvider{status: tt.status, body: tt.body}
			c, doc := p.start(t)
			err := c.CheckClient(t.Context(), doc, "0oa1", apiclient.NewSecret("s3cr+t/"), "http://localhost:8080/")
			assert.Check(t, (err == nil) == tt.ok && (tt.want == nil || errors.Is(err, tt.want)), "got %v", err)
			assert.Check(t, is.Equal(p.form, "code=msgsso-wizard-probe&grant_type=authorization_code&redirect_uri=http%3A%2F%2Flocalhost%3A8080%2F"))
			assert.Check(t, p.user == "0oa1" && p.secret == "s3cr%2Bt%2F", "credentials %q %q", p.user, p.secret)
		})
	}
}

func TestCheckRedirect(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		status   int
		location string
		want     error
	}{
		"known":   {302, "http://localhost:8080/?error=login_required", nil},
		"unknown": {400, "", ErrRedirect},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := &fakeProvider{status: tt.status, location: tt.location}
			c, doc := p.start(t)
			assert.Check(t, is.ErrorIs(c.CheckRedirect(t.Context(), doc, "0oa1", "http://localhost:8080/"), tt.want))
			assert.Check(t, is.Equal(p.query, "http://localhost:8080/"), "redirect URI")
		})
	}
}

// TestNoEndpointElsewhere: whatever a document says, no call and no secret leaves for another origin than its issuer's.
func TestNoEndpointElsewhere(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(doc *Document, other string){
		"all endpoints": func(d *Document, other string) {
			uri, issuer := d.URI, d.Issuer
			*d = at(other)
			d.URI, d.Issuer = uri, issuer
		},
		"the issuer, too":         func(d *Document, other string) { uri := d.URI; *d = at(other); d.URI = uri },
		"one that the call skips": func(d *Document, other string) { d.EndSessionEndpoint = other + "/v1/logout" },
		"one with a name before it": func(d *Document, other string) {
			d.UserinfoEndpoint = strings.Replace(other, "://", "://acme.okta.com@", 1)
		},
		"a document without address": func(d *Document, _ string) { d.URI = "" },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, stranger := &fakeProvider{status: 200, body: `{}`}, &fakeProvider{status: 200, body: `{}`}
			c, doc := p.start(t)
			_, other := stranger.start(t)
			spoil(&doc, other.Issuer)
			_, redeem := c.Redeem(t.Context(), doc, "0oa1", canary, grant)
			_, keys := c.Keys(t.Context(), doc)
			_, authorize := doc.AuthorizeURL(AuthRequest{})
			for call, err := range map[string]error{
				"redeem": redeem, "keys": keys, "authorize": authorize, "trusted": doc.Trusted(),
				"revoke":   c.Revoke(t.Context(), doc, "0oa1", canary, grant.Code),
				"client":   c.CheckClient(t.Context(), doc, "0oa1", canary, "http://localhost:8080/"),
				"redirect": c.CheckRedirect(t.Context(), doc, "0oa1", "http://localhost:8080/"),
			} {
				assert.Check(t, is.ErrorContains(err, "can't be used"), call)
			}
			assert.Check(t, is.Equal(p.asked+stranger.asked, 0), "calls")
		})
	}
}
