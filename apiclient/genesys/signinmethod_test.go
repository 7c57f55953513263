package genesys

import (
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/loopback/porttest"
)

// loginServer signs in every browser; its API takes the newest token until revoked is set.
type loginServer struct {
	*httptest.Server
	mu        sync.Mutex
	calls     []string
	challenge string
	tokens    int
	revoked   bool
	refuse    string // the body of a refused exchange
}

func newLoginServer(t *testing.T) *loginServer {
	s := &loginServer{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.calls = append(s.calls, r.Method+" "+r.URL.Path)
		w.Header().Set("Content-Type", "application/json")
		assert.NilError(t, r.ParseForm())
		switch r.URL.Path {
		case "/oauth/authorize":
			s.challenge = r.Form.Get("code_challenge")
			s.revoked = false
			to := url.Values{"code": {"c0de-canary"}, "state": {r.Form.Get("state")}}
			http.Redirect(w, r, r.Form.Get("redirect_uri")+"?"+to.Encode(), http.StatusFound)
		case "/oauth/token":
			s.exchange(t, w, r)
		default:
			if s.revoked || r.Header.Get("Authorization") != fmt.Sprintf("Bearer token-%d", s.tokens) {
				w.WriteHeader(http.StatusUnauthorized)
				_, _ = fmt.Fprintf(w, `{"code":"authentication.required","message":"Invalid: %s"}`, r.Header.Get("Authorization"))
				return
			}
			s.revoked = r.Method == http.MethodDelete
			_, _ = io.WriteString(w, `{"id":"org-1","name":"Acme"}`)
		}
	}))
	t.Cleanup(s.Close)
	return s
}

// revoke makes the API refuse the newest token.
func (s *loginServer) revoke() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.revoked = true
}

// since returns the calls from the n-th on.
func (s *loginServer) since(n int) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.calls[n:])
}

func (s *loginServer) exchange(t *testing.T, w http.ResponseWriter, r *http.Request) {
	verifier := sha256.Sum256([]byte(r.PostForm.Get("code_verifier")))
	assert.Check(t, is.Equal(base64.RawURLEncoding.EncodeToString(verifier[:]), s.challenge))
	assert.Check(t, is.DeepEqual(r.Header.Values("Authorization"), []string(nil)))
	if s.refuse != "" {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, strings.ReplaceAll(s.refuse, "VERIFIER", r.PostForm.Get("code_verifier")))
		return
	}
	s.tokens++
	_, _ = fmt.Fprintf(w, `{"access_token":"token-%d","token_type":"bearer","expires_in":86400}`, s.tokens)
}

// client returns a client with a user who goes to every address that is shown at once.
func (s *loginServer) client(t *testing.T, observe func(apiclient.Call)) *Client {
	region, _, err := ParseRegion(s.URL)
	assert.NilError(t, err)
	var visits sync.WaitGroup
	t.Cleanup(visits.Wait)
	c, err := New(Config{Region: region, CallOptions: apiclient.CallOptions{Observe: observe}, Browser: &Browser{
		ClientID: "client-1", Port: porttest.Free(t),
		Show: func(a Authorization) {
			visits.Go(func() {
				visitor := http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
				resp, err := visitor.Get(a.URL) //nolint:noctx // a user
				if err != nil {
					t.Error(err)
					return
				}
				_ = resp.Body.Close()
			})
		},
	}})
	assert.NilError(t, err)
	return c
}

func TestBrowserSignsInAndOut(t *testing.T) {
	t.Parallel()
	s := newLoginServer(t)
	var writes []string
	c := s.client(t, func(call apiclient.Call) {
		if call.Write {
			writes = append(writes, call.Op)
		}
	})
	assert.NilError(t, c.SignOut(t.Context())) // not signed in: nothing is sent
	assert.NilError(t, c.SignIn(t.Context()))
	_, err := c.Organization(t.Context())
	assert.NilError(t, err)
	assert.NilError(t, c.SignOut(t.Context()))
	assert.NilError(t, c.SignOut(t.Context()))
	assert.Check(t, is.DeepEqual(s.since(0), []string{
		"GET /oauth/authorize", "POST /oauth/token", "GET /api/v2/organizations/me", "DELETE /api/v2/tokens/me",
	}))
	assert.Check(t, is.DeepEqual(writes, []string(nil)))
}

func TestBrowserIsAskedAgainOnce(t *testing.T) {
	t.Parallel()
	s := newLoginServer(t)
	c := s.client(t, nil)
	assert.NilError(t, c.SignIn(t.Context()))
	s.revoke()
	_, err := c.Organization(t.Context())
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(s.since(2), []string{
		"GET /api/v2/organizations/me", "GET /oauth/authorize", "POST /oauth/token", "GET /api/v2/organizations/me",
	}))
	s.revoke()
	assert.NilError(t, c.SignOut(t.Context())) // a token that has ended needs no end, and no other one is requested
	assert.Check(t, is.DeepEqual(s.since(6), []string{"DELETE /api/v2/tokens/me"}))
}

func TestBrowserExchangeRefused(t *testing.T) {
	t.Parallel()
	s := newLoginServer(t)
	s.refuse = `{"error":"invalid_grant","error_description":"c0de-canary with VERIFIER"}`
	err := s.client(t, nil).SignIn(t.Context())
	assert.Check(t, is.Equal(fmt.Sprint(err), "Genesys Cloud refused postOauthToken: invalid_grant •••••••• with ••••••••"))
}

func TestSignOutLeavesOtherTokens(t *testing.T) {
	t.Parallel()
	c := script(t)
	assert.NilError(t, c.SignIn(t.Context()))
	assert.NilError(t, c.SignOut(t.Context()))
}

func TestSignOutFails(t *testing.T) {
	t.Parallel()
	broken := exchange{call: "DELETE /api/v2/tokens/me", status: 500, answer: `{"code":"internal.server.error","message":"token-1"}`}
	c := script(t, broken, broken, broken)
	assert.NilError(t, c.SignIn(t.Context()))
	c.tokens.personal = true
	err := c.SignOut(t.Context())
	assert.Check(t, CodeIs(err, "internal.server.error") && !strings.Contains(err.Error(), "token-1"), "got %v", err)
	assert.Check(t, is.Equal(c.tokens.cache.Held().Reveal(), "token-1"))
}

func TestAccessTokenIsUsedUnchanged(t *testing.T) {
	t.Parallel()
	const me = "GET /api/v2/organizations/me"
	c := script(
		t,
		exchange{call: me, answer: `{"id":"org-1"}`},
		exchange{call: me, status: 401, answer: `{"code":"bad.credentials","message":"no token-1","contextId":"ctx-1"}`},
	)
	region, _, err := ParseRegion(c.api.Base().String())
	assert.NilError(t, err)
	c, err = New(Config{
		Region: region, AccessToken: apiclient.NewSecret("token-1"), ClientID: "unused",
		Browser: &Browser{Show: func(Authorization) { t.Error("a person was asked") }},
	})
	assert.NilError(t, err)
	assert.NilError(t, c.SignIn(t.Context()))
	_, err = c.Organization(t.Context())
	assert.NilError(t, err)
	_, err = c.Organization(t.Context())
	assert.Check(t, errors.Is(err, ErrTokenEnded) && CodeIs(err, "bad.credentials"), "got %v", err)
	assert.Check(t, is.Equal(err.Error(), "the access token has expired or was revoked: get a new one: "+
		"Genesys Cloud refused getOrganizationsMe: bad.credentials no •••••••• (request ctx-1)"))
	assert.NilError(t, c.SignOut(t.Context()))
}

func TestUnknownClient(t *testing.T) {
	t.Parallel()
	var found []bool
	for _, e := range []error{
		&apiclient.Error{Code: "invalid_client", Summary: "client not found"},
		fmt.Errorf("signing in: %w", &apiclient.Error{Code: "invalid_client", Summary: "Client not found: 1"}),
		&apiclient.Error{Code: "invalid_client", Summary: "wrong secret"},
		&apiclient.Error{Code: "not.found", Summary: "client not found"},
		errors.New("invalid_client client not found"),
		nil,
	} {
		found = append(found, UnknownClient(e))
	}
	assert.Check(t, is.DeepEqual(found, []bool{true, true, false, false, false, false}))
}

func TestOtherRegions(t *testing.T) {
	t.Parallel()
	const americas, emea = "us-east-1 us-west-2 ca-central-1 sa-east-1 mx-central-1 us-east-2",
		"eu-west-1 eu-west-2 eu-central-1 eu-central-2 me-central-1 eusc-de-east-1"
	const pacific = "ap-south-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-southeast-1 ap-southeast-2"
	for input, want := range map[string][]string{
		"mypurecloud.de": {strings.Replace(emea, "eu-central-1 ", "", 1), strings.TrimSuffix(americas, " us-east-2")},
		"us-east-1":      {strings.TrimPrefix(americas, "us-east-1 "), strings.TrimSuffix(emea, " eusc-de-east-1")},
		"Tokyo":          {strings.Replace(pacific, "ap-northeast-1 ", "", 1), americas[:len("us-east-1")]},
	} {
		region, _, err := ParseRegion(input)
		assert.NilError(t, err)
		var got []string
		for _, other := range OtherRegions(region) {
			got = append(got, other.AWS)
		}
		assert.Check(t, is.Equal(len(got), 17))
		first := strings.Join(got, " ")
		assert.Check(t, strings.HasPrefix(first, strings.Join(want, " ")) && !slices.Contains(got, region.AWS),
			"%s: got %s, want first %s", input, first, want)
	}
	free, _, err := ParseRegion("use2.maximus-pure.cloud")
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(OtherRegions(free), Regions()))
}
