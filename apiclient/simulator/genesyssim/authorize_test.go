package genesyssim_test

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/genesyssim"
)

const (
	grace    = "grace@acmecc.example"
	verifier = "a-verifier-of-at-least-forty-three-characters"
)

// change replaces members of a form or query; an empty value takes the member away.
func change(v url.Values, pairs ...string) url.Values {
	out := url.Values{}
	for name, values := range v {
		out[name] = values
	}
	for i := 0; i < len(pairs); i += 2 {
		out.Set(pairs[i], pairs[i+1])
		if pairs[i+1] == "" {
			out.Del(pairs[i])
		}
	}
	return out
}

func (o *org) request() url.Values {
	sum := sha256.Sum256([]byte(verifier))
	return url.Values{
		"response_type": {"code"}, "client_id": {o.sim.PKCEClientID()}, "redirect_uri": {genesyssim.DefaultRedirectURI},
		"code_challenge": {base64.RawURLEncoding.EncodeToString(sum[:])}, "code_challenge_method": {"S256"}, "state": {"st&1"},
	}
}

// browse sends an authorization request, or with a form the login page's answer to it.
func (o *org) browse(query, form url.Values) (status int, page string, to *url.URL) {
	o.t.Helper()
	method, body := http.MethodGet, io.Reader(nil)
	if form != nil {
		method, body = http.MethodPost, strings.NewReader(form.Encode())
	}
	r, err := http.NewRequestWithContext(o.t.Context(), method, o.base+"/oauth/authorize?"+query.Encode(), body)
	assert.NilError(o.t, err)
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	resp, err := o.http.Do(r)
	assert.NilError(o.t, err)
	defer func() { _ = resp.Body.Close() }()
	raw, err := io.ReadAll(resp.Body)
	assert.NilError(o.t, err)
	to, _ = resp.Location()
	return resp.StatusCode, string(raw), to
}

// code signs Grace in and returns the authorization code.
func (o *org) code(query url.Values) string {
	o.t.Helper()
	status, page, to := o.browse(change(query, "login_hint", grace), nil)
	assert.Assert(o.t, status == http.StatusFound && to.Query().Get("code") != "",
		"no code: %d %v %s", status, to, page)
	return to.Query().Get("code")
}

func (o *org) redemption(code string) url.Values {
	return url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "code_verifier": {verifier},
		"client_id": {o.sim.PKCEClientID()}, "redirect_uri": {genesyssim.DefaultRedirectURI},
	}
}

func TestLoginPage(t *testing.T) {
	t.Parallel()
	o := shapedOrg(t, 1, 0, genesyssim.Options{})
	status, page, _ := o.browse(o.request(), nil)
	if status != http.StatusOK || !strings.Contains(page, "Sign in as Grace Admin") || !strings.Contains(page, "Acme Contact Centre") {
		t.Errorf("page: %d %s", status, page)
	}
	_, _, to := o.browse(o.request(), url.Values{"user": {grace}})
	assert.Assert(t, to != nil && to.Query().Get("code") != "" && to.Query().Get("state") == "st&1",
		"signed in: %v", to)
	assert.Check(t, is.Equal((to.Scheme+"://"+to.Host+to.Path), genesyssim.DefaultRedirectURI), "sent to")
	if status, answer := o.form("", "", o.redemption(to.Query().Get("code"))); status != http.StatusOK {
		t.Errorf("redeemed: %d %v", status, answer)
	}
	_, _, to = o.browse(o.request(), url.Values{"user": {""}})
	got := to.Query()
	assert.Check(t, got.Get("error") == "access_denied" && got.Get("state") == "st&1" && !got.Has("code"),
		"cancelled: %v", to)
}

func TestAuthorizeRefusals(t *testing.T) {
	t.Parallel()
	plain := shapedOrg(t, 1, 0, genesyssim.Options{})
	hint := func(o *org, pairs ...string) url.Values {
		return change(change(o.request(), "login_hint", grace), pairs...)
	}
	for name, c := range map[string]struct {
		opts  genesyssim.Options
		pairs []string
		want  string // "page code" or "redirect code"
	}{
		"unknown client":     {pairs: []string{"client_id", "nobody"}, want: "page unauthorized_client"},
		"wrong region":       {opts: genesyssim.Options{UnknownClient: true}, want: "page unauthorized_client"},
		"client credentials": {pairs: []string{"client_id", plain.sim.ClientID()}, want: "page unauthorized_client"},
		"no redirect URI":    {pairs: []string{"redirect_uri", ""}, want: "page invalid_request"},
		"slash at the end":   {pairs: []string{"redirect_uri", genesyssim.DefaultRedirectURI + "/"}, want: "page invalid_request"},
		"another port":       {pairs: []string{"redirect_uri", "http://localhost:8086/callback"}, want: "page invalid_request"},
		"127.0.0.1":          {pairs: []string{"redirect_uri", "http://127.0.0.1:8085/callback"}, want: "page invalid_request"},
		"no response type":   {pairs: []string{"response_type", ""}, want: "redirect invalid_request"},
		"implicit":           {pairs: []string{"response_type", "token"}, want: "redirect unsupported_response_type"},
		"no challenge":       {pairs: []string{"code_challenge", ""}, want: "redirect invalid_request"},
		"odd challenge":      {pairs: []string{"code_challenge", "short"}, want: "redirect invalid_request"},
		"plain challenge":    {pairs: []string{"code_challenge_method", "plain"}, want: "redirect invalid_request"},
		"no method":          {pairs: []string{"code_challenge_method", ""}, want: "redirect invalid_request"},
		"stranger":           {pairs: []string{"login_hint", "eve@acmecc.example"}, want: "redirect access_denied"},
		"scope":              {opts: genesyssim.Options{AuthorizeError: "invalid_scope"}, want: "redirect invalid_scope"},
		"down":               {opts: genesyssim.Options{AuthorizeError: "temporarily_unavailable"}, want: "redirect temporarily_unavailable"},
		"fault":              {opts: genesyssim.Options{AuthorizeError: "server_error"}, want: "redirect server_error"},
		"package":            {opts: genesyssim.Options{AuthorizeError: "invalid_pkce_package"}, want: "redirect invalid_pkce_package"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := shapedOrg(t, 1, 0, c.opts)
			status, page, to := o.browse(hint(o, c.pairs...), nil)
			kind, code, _ := strings.Cut(c.want, " ")
			if kind == "page" {
				if status != http.StatusBadRequest || to != nil || !strings.Contains(page, "<strong>"+code+"</strong>") {
					t.Errorf("got %d %v %s, want %s", status, to, page, c.want)
				}
				return
			}
			if status != http.StatusFound || to.Query().Get("error") != code || to.Query().Get("state") != "st&1" || to.Query().Has("code") {
				t.Errorf("got %d %v, want %s", status, to, c.want)
			}
		})
	}
}

func TestOtherRedirectURI(t *testing.T) {
	t.Parallel()
	const other = "http://localhost:49152/back?from=genesys"
	o := shapedOrg(t, 1, 0, genesyssim.Options{RedirectURIs: []string{other}})
	_, _, to := o.browse(change(o.request(), "redirect_uri", other, "login_hint", grace), nil)
	assert.Assert(t, to != nil && strings.HasPrefix(to.String(), other+"&code="), "sent to %v", to)
	status, answer := o.form("", "", change(o.redemption(to.Query().Get("code")), "redirect_uri", other))
	assert.Check(t, is.Equal(status, http.StatusOK), answer)
	o.code(o.request())
}

func TestRedemption(t *testing.T) {
	t.Parallel()
	o := shapedOrg(t, 1, 0, genesyssim.Options{})
	for name, c := range map[string]struct {
		pairs []string
		wait  time.Duration
		want  string
	}{
		"in time":             {wait: 5*time.Minute - time.Second, want: "200"},
		"too old":             {wait: 5 * time.Minute, want: "400 invalid_grant"},
		"another code":        {pairs: []string{"code", "x"}, want: "400 invalid_grant"},
		"another verifier":    {pairs: []string{"code_verifier", strings.Repeat("x", 43)}, want: "400 invalid_grant"},
		"short verifier":      {pairs: []string{"code_verifier", "short"}, want: "400 invalid_grant"},
		"another redirect":    {pairs: []string{"redirect_uri", "http://localhost:8085/"}, want: "400 invalid_grant"},
		"no redirect":         {pairs: []string{"redirect_uri", ""}, want: "400 invalid_request"},
		"no verifier":         {pairs: []string{"code_verifier", ""}, want: "400 invalid_request"},
		"no code":             {pairs: []string{"code", ""}, want: "400 invalid_request"},
		"no client":           {pairs: []string{"client_id", ""}, want: "400 invalid_client"},
		"unknown client":      {pairs: []string{"client_id", "nobody"}, want: "400 invalid_client"},
		"credentials' client": {pairs: []string{"client_id", o.sim.ClientID()}, want: "401 invalid_client"},
		"another grant":       {pairs: []string{"grant_type", "client_credentials"}, want: "400 invalid_client"},
	} {
		form := change(o.redemption(o.code(o.request())), c.pairs...)
		o.clock.advance(c.wait)
		status, answer := o.form("", "", form)
		got := strings.TrimSpace(fmt.Sprint(status, " ", answer["error"]))
		if status == http.StatusOK {
			got = "200"
		}
		assert.Check(t, is.Equal(got, c.want), "%s, %v", name, answer["error_description"])
	}
}

// A verifier has 43 to 128 characters, also where it fits its challenge (RFC 7636 4.1).
func TestVerifierLength(t *testing.T) {
	t.Parallel()
	o := shapedOrg(t, 1, 0, genesyssim.Options{})
	for length, want := range map[int]int{42: http.StatusBadRequest, 43: http.StatusOK, 128: http.StatusOK, 129: http.StatusBadRequest} {
		text := strings.Repeat("v", length)
		sum := sha256.Sum256([]byte(text))
		code := o.code(change(o.request(), "code_challenge", base64.RawURLEncoding.EncodeToString(sum[:])))
		status, answer := o.form("", "", change(o.redemption(code), "code_verifier", text))
		assert.Check(t, is.Equal(status, want), "%d characters: %v", length, answer)
	}
}

func TestCodeIsOfSingleUse(t *testing.T) {
	t.Parallel()
	o := shapedOrg(t, 1, 0, genesyssim.Options{})
	form := o.redemption(o.code(o.request()))
	// The vendor's own command line adds Basic with an empty secret.
	status, answer := o.form(o.sim.PKCEClientID(), "", form)
	assert.Equal(t, status, http.StatusOK, answer)
	want := object{"access_token": answer["access_token"], "token_type": "bearer", "expires_in": 86400.0}
	assert.Check(t, is.DeepEqual(answer, want))
	if status, answer := o.form("", "", form); status != 400 || answer["error"] != "invalid_grant" {
		t.Errorf("second: %d %v", status, answer)
	}
	wrong := change(o.redemption(o.code(o.request())), "code_verifier", strings.Repeat("x", 43))
	o.form("", "", wrong)
	wrong.Set("code_verifier", verifier)
	if status, answer := o.form("", "", wrong); status != 400 || answer["error"] != "invalid_grant" {
		t.Errorf("a code that was tried with a wrong verifier: %d %v", status, answer)
	}
}
