package oidc

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

// provider answers both end points as it is told, and notes the form and the credentials that it was sent.
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
	return c, Document{TokenEndpoint: server.URL + "/v1/token", RevocationEndpoint: server.URL + "/v1/revoke", AuthorizationEndpoint: server.URL + "/v1/authorize"}
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
