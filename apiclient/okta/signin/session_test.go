package signin

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/okta"
)

// together makes 20 calls at the same time.
func together(t *testing.T, c *okta.Client) {
	t.Helper()
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			_, err := c.Org(t.Context())
			assert.Check(t, err)
		})
	}
	all.Wait()
}

func TestRefusedTokenReplacedOnce(t *testing.T) {
	t.Parallel()
	o, c := newApp(t, func(o *org) { o.dpop, o.nonce = true, "n-1" })
	together(t, c)
	assert.Check(t, is.DeepEqual(o.asked, []string{"use_dpop_nonce", "DPoP"}))
	o.revoked = true
	together(t, c)
	assert.Check(t, is.DeepEqual([]int{o.issued, o.served}, []int{2, 40}))
}

func TestTokenIsReplacedOnlyOnceACall(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]string{
		"by the body":   `{"errorCode":"E0000011","errorSummary":"Invalid token provided: %s"}`,
		"by the header": ``,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var calls int
			o, c := newApp(t, func(o *org) {
				o.hook = func(w http.ResponseWriter, r *http.Request) bool {
					if !strings.HasPrefix(r.URL.Path, "/api") {
						return false
					}
					calls++
					w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token", error_description="no `+r.Header.Get("Authorization")+`"`)
					w.WriteHeader(http.StatusUnauthorized)
					_, _ = fmt.Fprintf(w, answer, r.Header.Get("Authorization"))
					return true
				}
			})
			_, err := c.CreateTrustedOrigin(t.Context(), okta.TrustedOrigin{Name: "n", Origin: "https://acme.test"})
			if !okta.BadToken(err) || okta.OAuthError(err) != "invalid_token" || strings.Contains(err.Error(), "token-") {
				t.Errorf("got %v", err)
			}
			assert.Check(t, is.DeepEqual([]int{o.issued, calls}, []int{2, 2}))
		})
	}
}

func TestMissingFeatureKeepsToken(t *testing.T) {
	t.Parallel()
	o, c := newApp(t, func(o *org) {
		o.hook = func(w http.ResponseWriter, r *http.Request) bool {
			if !strings.HasPrefix(r.URL.Path, "/api") {
				return false
			}
			o.served++
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = fmt.Fprint(w, `{"errorCode":"E0000015","errorSummary":"no"}`)
			return true
		}
	})
	_, err := c.AuthorizationServers(t.Context())
	assert.Check(t, okta.NoFeature(err), "got %v", err)
	assert.Check(t, is.DeepEqual([]int{o.issued, o.served}, []int{1, 1}))
}

func TestNonceOfTheAPIIsTaken(t *testing.T) {
	t.Parallel()
	o, c := newApp(t, func(o *org) {
		o.dpop = true
		o.hook = func(w http.ResponseWriter, r *http.Request) bool {
			if s, err := verify(r.Header.Get("DPoP"), nil); r.URL.Path != "/api/v1/org" || err != nil || s.claims["nonce"] == "api-1" {
				return false
			}
			w.Header().Set("DPoP-Nonce", "api-1")
			w.Header().Set("WWW-Authenticate", `DPoP error="use_dpop_nonce"`)
			w.WriteHeader(http.StatusUnauthorized)
			return true
		}
	})
	for range 2 {
		_, err := c.Org(t.Context())
		assert.NilError(t, err)
	}
	assert.Check(t, is.DeepEqual([]int{o.issued, len(o.proof)}, []int{1, 2}))
}

func TestTokenIsReplacedBeforeItEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for life, lasts := range map[int64]time.Duration{3600: 59 * time.Minute, 90: 45 * time.Second, 0: 0} {
			asked := 0
			s := session{ask: func(context.Context) (token, error) {
				asked++
				var got token
				answer := fmt.Sprintf(`{"access_token":"t","token_type":"bearer","expires_in":%d}`, life)
				return got, apiclient.Fill([]byte(answer), &got)
			}}
			get := func(want int) {
				t.Helper()
				_, err := s.get(t.Context())
				assert.NilError(t, err)
				assert.Check(t, is.Equal(asked, want))
			}
			get(1)
			if lasts == 0 {
				time.Sleep(time.Hour * 24)
				get(1)
				continue
			}
			time.Sleep(lasts - time.Second)
			get(1)
			time.Sleep(time.Second)
			get(2)
		}
	})
}
