package genesys

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

// tokenServer counts token requests and gives each a new token; only the newest is taken by the API.
type tokenServer struct {
	*httptest.Server
	asked, served atomic.Int64
	answer        func(w http.ResponseWriter, asked int64) bool // true: it has answered the token request
}

func newTokenServer(t *testing.T) *tokenServer {
	s := &tokenServer{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.URL.Path == "/oauth/token" {
			n := s.asked.Add(1)
			body, _ := io.ReadAll(r.Body)
			id, secret, _ := r.BasicAuth()
			got := []string{r.Method, r.Header.Get("Content-Type"), id, secret, string(body)}
			assert.Check(t, is.DeepEqual(got, []string{"POST", "application/x-www-form-urlencoded", "client-1", "s3cr3t-canary", "grant_type=client_credentials"}))
			if s.answer == nil || !s.answer(w, n) {
				_, _ = fmt.Fprintf(w, `{"access_token":"token-%d","token_type":"bearer","expires_in":300}`, n)
			}
			return
		}
		if r.Header.Get("Authorization") != fmt.Sprintf("Bearer token-%d", s.asked.Load()) {
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = io.WriteString(w, `{"code":"bad.credentials","message":"Invalid login credentials."}`)
			return
		}
		s.served.Add(1)
		_, _ = io.WriteString(w, `{"id":"org-1","name":"Acme","thirdPartyOrgName":"acme"}`)
	}))
	t.Cleanup(s.Close)
	return s
}

func TestSignInKeepsItsToken(t *testing.T) {
	t.Parallel()
	s := newTokenServer(t)
	var writes atomic.Int64
	region, _, err := ParseRegion(s.URL)
	assert.NilError(t, err)
	c, err := New(Config{
		Region: region, ClientID: "client-1", ClientSecret: apiclient.NewSecret("s3cr3t-canary"),
		CallOptions: apiclient.CallOptions{Observe: func(call apiclient.Call) {
			if call.Write {
				writes.Add(1)
			}
		}},
	})
	assert.NilError(t, err)
	assert.NilError(t, c.SignIn(t.Context()))
	assert.NilError(t, c.SignIn(t.Context()))
	_, err = c.Organization(t.Context())
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual([]int64{s.asked.Load(), s.served.Load(), writes.Load()}, []int64{1, 1, 0}))
}

func TestTokenIsRenewedOnceForAll(t *testing.T) {
	t.Parallel()
	s := newTokenServer(t)
	c := clientOf(t, s.Server)
	assert.NilError(t, c.SignIn(t.Context()))
	c.tokens.cache.Put(apiclient.NewSecret("revoked"))
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			_, err := c.Organization(t.Context())
			assert.Check(t, err)
		})
	}
	all.Wait()
	assert.Check(t, is.DeepEqual([]int64{s.asked.Load(), s.served.Load()}, []int64{2, 20}))
}

func TestTokenOtherRefusalIsNotRenewed(t *testing.T) {
	t.Parallel()
	c := script(t, exchange{
		call: "GET /api/v2/organizations/me", status: 401, answer: `{"code":"ip.not.authorized","message":"no"}`,
	})
	_, err := c.Organization(t.Context())
	assert.Check(t, CodeIs(err, "ip.not.authorized"), "got %v", err)
}

func TestTokenRequestRefused(t *testing.T) {
	t.Parallel()
	const limited = `{"error":"invalid_request","description":"rate limit exceeded; try later","error_description":"rate limit exceeded; try later"}`
	for name, tt := range map[string]struct {
		status  int
		body    string
		times   int64 // how often the body is answered before a token is
		asked   int64
		problem string
	}{
		"limited, then not":  {400, limited, 3, 4, ""},
		"limited for ever":   {400, limited, 99, 4, "rate limit exceeded"},
		"limited, one field": {400, `{"error":"invalid_request (rate limit exceeded; retry)"}`, 1, 2, ""},
		"wrong client":       {400, `{"error":"invalid_client","description":"client not found","error_description":"client not found"}`, 99, 1, "invalid_client client not found"},
		"API's error form":   {401, `{"code":"bad.credentials","message":"Invalid login credentials."}`, 99, 1, "bad.credentials Invalid"},
		"no token":           {200, `{"token_type":"bearer"}`, 99, 1, "access_token is missing"},
		"token of bad type":  {200, `{"access_token":7}`, 99, 1, "can't be understood"},
		"echo":               {400, `{"error":"x","description":"got s3cr3t-canary and Y2xpZW50LTE6czNjcjN0LWNhbmFyeQ=="}`, 99, 1, "got •••••••• and ••••••••"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newTokenServer(t)
			s.answer = func(w http.ResponseWriter, asked int64) bool {
				if asked > tt.times {
					return false
				}
				w.WriteHeader(tt.status)
				_, _ = io.WriteString(w, tt.body)
				return true
			}
			c := clientOf(t, s.Server)
			err := c.SignIn(t.Context())
			if (err == nil) != (tt.problem == "") || err != nil && !strings.Contains(err.Error(), tt.problem) {
				t.Errorf("got %v, want %q", err, tt.problem)
			}
			assert.Check(t, err == nil || !strings.Contains(fmt.Sprintf("%+v %#v", err, err), "s3cr3t"),
				"the secret is in %v", err)
			assert.Check(t, is.Equal(s.asked.Load(), tt.asked))
		})
	}
}

func TestTokenWaitEndsWithItsContext(t *testing.T) {
	t.Parallel()
	s := newTokenServer(t)
	s.answer = func(w http.ResponseWriter, _ int64) bool {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, `{"error":"rate limit exceeded"}`)
		return true
	}
	c := clientOf(t, s.Server)
	ctx, cancel := context.WithCancel(t.Context())
	c.tokens.pause, c.tokens.onWait = 1<<40, func(apiclient.Wait) { cancel() }
	assert.Check(t, is.ErrorIs(c.SignIn(ctx), context.Canceled))
}
