//go:build linux

package e2e

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/setup"
)

// elsewhere is a server that no one named. It counts what reaches it.
func elsewhere(t *testing.T) (address string, calls *atomic.Int64) {
	t.Helper()
	calls = new(atomic.Int64)
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { calls.Add(1) }))
	t.Cleanup(server.Close)
	return server.URL, calls
}

// switched is a service that a wrapper changes from some time on.
type switched struct {
	wrap atomic.Pointer[func(http.Handler) http.Handler]
}

func (s *switched) of(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if wrap := s.wrap.Load(); wrap != nil {
			(*wrap)(next).ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// TestStrayEndpointsGetNothing: a discovery document that names an endpoint of another origin is not used, whatever the
// command. A page that is live isn't told of it, either.
func TestStrayEndpointsGetNothing(t *testing.T) {
	t.Parallel()
	for _, member := range []string{"authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri", "end_session_endpoint", "revocation_endpoint"} {
		t.Run(member, func(t *testing.T) {
			t.Parallel()
			stray, calls := elsewhere(t)
			var okta switched
			sim := simtest.Start(t, simulator.Options{Seed: 21, WrapOkta: okta.of})
			environ := append(sim.Environment(), "XDG_STATE_HOME="+t.TempDir())
			got := run(t, environ, "", "--no-input")
			assert.Equal(t, got.code, 0, got.said)
			change := rewritten(`"`+member+`":"`+sim.OktaURL(), `"`+member+`":"`+stray)
			okta.wrap.Store(&change)

			for _, args := range [][]string{{"test"}, {"page"}, {"page", "--html"}, {"page", "--serve", "--no-browser"}, {"doctor"}, {"doctor", "--fix", "--yes"}, {"--no-input", "--fresh"}} {
				got = run(t, environ, "", append(args, "--no-input")...)
				assert.Check(t, got.code != 0, "%v: %s", args, got.said)
				said := unwrapped(got.out + got.said)
				assert.Check(t, is.Contains(said, member+" is on another host"), "%v", args)
				assert.Check(t, !strings.Contains(said, stray), "%v: %s", args, said)
			}
			assert.Check(t, is.Equal(calls.Load(), int64(0)))
		})
	}
}

// TestStoredAddressesLeadNowhere: another admin can name any address in the integration. What isn't the org's is not
// called, also where no org is named and the integration's is looked up.
func TestStoredAddressesLeadNowhere(t *testing.T) {
	t.Parallel()
	stray, calls := elsewhere(t)
	sim := simtest.Start(t, simulator.Options{Seed: 21, Okta: oktasim.Options{Profile: oktasim.Workforce}})
	environ := append(sim.Environment(), "XDG_STATE_HOME="+t.TempDir())
	got := run(t, environ, "", "--no-input", "--output=json")
	assert.Equal(t, got.code, 0, got.said)
	var made setup.Result
	assert.NilError(t, json.Unmarshal([]byte(got.out), &made))
	at := sim.GenesysURL() + "/api/v2/integrations/" + made.Genesys.IntegrationID + "/config/current"
	store := func(host, uri string) {
		config := simtest.Call(t, sim, "GET", at, "")
		for key, value := range config["properties"].(map[string]any) {
			if text, ok := value.(string); ok && strings.Contains(text, wellKnown) {
				config["properties"].(map[string]any)[key] = uri
			}
		}
		config["notes"] = "Credential set by msgsso-wizard: client 0oa1 of " + host + "."
		body, err := json.Marshal(config)
		assert.NilError(t, err)
		simtest.Call(t, sim, "PUT", at, string(body))
	}
	for uri, why := range map[string]string{
		stray + wellKnown: "The Discovery URI is on ",
		strings.Replace(stray, "//", "//x@", 1) + wellKnown:                      "The Discovery URI can't be used: the URL has a user name.",
		strings.Replace(stray, "127.0.0.1", "[::ffff:127.0.0.1]", 1) + wellKnown: "The Discovery URI can't be used: ",
	} {
		store(strings.TrimPrefix(stray, "http://"), uri)
		got := run(t, environ, "", "doctor", "--no-input")
		assert.Check(t, is.Contains(unwrapped(got.out+got.said), why))
	}
	unnamed := append(environ, "OKTA_CLIENT_ORGURL=", "OKTA_CLIENT_TOKEN=", "HTTPS_PROXY="+stray)
	for _, host := range []string{"10.1.2.3", "169.254.169.254", "[::ffff:10.0.0.1]", "acme.okta.com.evil.test"} {
		store(host, "https://"+host+wellKnown)
		got := run(t, unnamed, "", "doctor", "--no-input")
		assert.Check(t, is.Contains(unwrapped(got.out+got.said), "The Discovery URI can't be used: "), host)
	}
	assert.Check(t, is.Equal(calls.Load(), int64(0)))
	store("login.company.test", "https://login.company.test"+wellKnown) // which may be an org's
	_ = run(t, unnamed, "", "doctor", "--no-input")
	assert.Check(t, calls.Load() > 0, "the calls of this test are not seen")
}

const wellKnown = "/.well-known/openid-configuration"

// short has the keys of a provider with a modulus of 1024 bits.
func short(t *testing.T) func(http.Handler) http.Handler {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 1024) //nolint:gosec // it is to be refused
	assert.NilError(t, err)
	n := regexp.MustCompile(`"n":"[^"]*"`)
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !strings.HasSuffix(r.URL.Path, "/v1/keys") {
				next.ServeHTTP(w, r)
				return
			}
			answer := httptest.NewRecorder()
			next.ServeHTTP(answer, r)
			w.Header().Set("Content-Type", "application/json")
			_, _ = w.Write(n.ReplaceAll(answer.Body.Bytes(), []byte(`"n":"`+base64.RawURLEncoding.EncodeToString(key.N.Bytes())+`"`)))
		})
	}
}

// TestShortKeysAreRefused: at setup, by doctor, and by the sign-in test alike.
func TestShortKeysAreRefused(t *testing.T) {
	t.Parallel()
	const why = "The provider's signing key has 1024 bits. It must have 2048 to 8192."
	var okta switched
	v := visitedAt(t, okta.of)
	change := short(t)
	okta.wrap.Store(&change)
	for _, args := range [][]string{{"--fresh"}, {"doctor"}} {
		got := run(t, v.environ, "", append(args, "--no-input")...)
		assert.Check(t, got.code != 0, "%v", args)
		assert.Check(t, is.Contains(unwrapped(got.out+got.said), why), "%v", args)
	}
	tt := onTerminalOf(t, 500, 200, v.environ, "test", "--plain", "--deployment", "Web SSO", "--no-browser")
	tt.press(v.goTo(t, directly(tt, 1)) + "\n")
	tt.ends(7)
	assert.Check(t, is.Contains(tt.raw.String(), why))
}

// TestAnswersLeadNowhere: neither a redirect nor the address of a list's next page takes a call to another host.
func TestAnswersLeadNowhere(t *testing.T) {
	t.Parallel()
	for name, lead := range map[string]func(stray string) func(http.Handler) http.Handler{
		"redirects": func(stray string) func(http.Handler) http.Handler {
			return func(http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					http.Redirect(w, r, stray+r.URL.RequestURI(), http.StatusTemporaryRedirect)
				})
			}
		},
		"next pages": func(stray string) func(http.Handler) http.Handler {
			return func(next http.Handler) http.Handler {
				return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					w.Header().Add("Link", "<"+stray+r.URL.RequestURI()+">; rel=\"next\"")
					rewritten(`"entities":`, `"nextUri":"`+stray+`/api/v2/x","nextPage":"`+stray+`/api/v2/x","entities":`)(next).ServeHTTP(w, r)
				})
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			stray, calls := elsewhere(t)
			var okta, genesys switched
			sim := simtest.Start(t, simulator.Options{Seed: 21, WrapOkta: okta.of, WrapGenesys: genesys.of})
			environ := append(sim.Environment(), "XDG_STATE_HOME="+t.TempDir())
			got := run(t, environ, "", "--no-input")
			assert.Equal(t, got.code, 0, got.said)
			change := lead(stray)
			for _, service := range []*switched{&okta, &genesys} {
				okta.wrap.Store(nil)
				service.wrap.Store(&change)
				refused := 0
				for _, args := range [][]string{{"doctor"}, {"doctor", "--fix", "--yes"}, {"test"}, {"page"}, {"--dry-run", "--fresh"}, {"undo", "--yes"}} {
					got := run(t, environ, "", append(args, "--no-input")...)
					if got.code != 0 {
						refused++
					}
				}
				assert.Check(t, refused > 1, "%d commands end with an error", refused)
			}
			assert.Check(t, is.Equal(calls.Load(), int64(0)))
		})
	}
}
