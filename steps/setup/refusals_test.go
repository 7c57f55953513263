package setup

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// anonymous takes out of a text what differs from run to run.
func anonymous(sim *simulator.Server, text string) string {
	host := func(raw string) string { u, _ := url.Parse(raw); return u.Host }
	text = strings.NewReplacer(host(sim.OktaURL()), "{okta}", host(sim.GenesysURL()), "{genesys}").Replace(text)
	text = regexp.MustCompile(`0oa[A-Za-z0-9]{17}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`).ReplaceAllString(text, "{id}")
	return regexp.MustCompile(`\d+ [A-Z][a-z]+ \d{4} \d\d:\d\d UTC`).ReplaceAllString(text, "{when}")
}

func TestRefusedPlans(t *testing.T) {
	t.Parallel()
	for name, tt := range refusedPlans {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, tt.opts)
			fetched := watchDiscovery(session)
			tt.arrange(t, sim, session)
			objects, wrote := count(sim), writes(sim)
			_, err := session.Plan(t.Context())
			e := asError(t, err)
			same(t, "problem", tt.problem, anonymous(sim, e.Problem))
			same(t, "fix", tt.fix, anonymous(sim, e.Fix))
			same(t, "exit code", int(tt.class), explain.ExitCode(err))
			same(t, "question", tt.question, e.Question)
			same(t, "retry", tt.retry, e.Retry)
			same(t, "objects", objects, count(sim))
			same(t, "writes", wrote, writes(sim))
			for _, secret := range []string{"canary", sim.Credentials().OktaToken, sim.Credentials().GenesysClientSecret} {
				if strings.Contains(err.Error(), secret) || e.Err != nil && strings.Contains(e.Err.Error(), secret) {
					t.Errorf("%q holds a secret", err)
				}
			}
			for _, uri := range fetched.list() {
				if !strings.HasPrefix(uri, sim.OktaURL()+"/") {
					t.Errorf("fetched %s", uri)
				}
			}
		})
	}
}

func TestDeniedPermissions(t *testing.T) {
	t.Parallel()
	for _, permission := range permissions {
		t.Run(permission, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Deny: []string{permission}})
			_, err := session.Plan(t.Context())
			e := asError(t, err)
			same(t, "problem", "At Genesys Cloud, the roles of the OAuth client lack "+permission+".", e.Problem)
			same(t, "fix", explain.PermissionFix, e.Fix)
			same(t, "exit code", 4, explain.ExitCode(err))
			same(t, "writes", 0, writes(sim))
		})
	}
}

// TestReadOnlyAdmin: Okta says nothing of what a token may do before the first write.
func TestReadOnlyAdmin(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Okta: oktasim.Options{ReadOnly: true}})
	before := count(sim).Okta
	_, err := runAll(t, session)
	e := asError(t, err)
	same(t, "problem", "This admin may make no app integration: the role is Read-only Administrator.", e.Problem)
	same(t, "fix", explain.RoleFix, e.Fix)
	same(t, "question", guide.OktaToken, e.Question)
	same(t, "exit code", 4, explain.ExitCode(err))
	same(t, "objects", before, count(sim).Okta)
}

func TestAddressThatIsNoOktaOrg(t *testing.T) {
	t.Parallel()
	for name, handler := range map[string]http.HandlerFunc{
		"another API": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusNotFound)
			_, _ = w.Write([]byte(`{"error":"no"}`))
		},
		"a web site": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			_, _ = w.Write([]byte("<html>"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var mu sync.Mutex
			var heads []http.Header
			other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				mu.Lock()
				heads = append(heads, r.Header.Clone())
				mu.Unlock()
				handler(w, r)
			}))
			t.Cleanup(other.Close)
			sim, session := world(t, simulator.Options{})
			set(t, session, guide.OktaOrg, other.URL)
			_, err := session.Plan(t.Context())
			e := asError(t, err)
			same(t, "problem", strings.TrimPrefix(other.URL, "http://")+" answers, but not as an Okta org does. The token was not sent there.", e.Problem)
			same(t, "fix", fixNoOrg, e.Fix)
			same(t, "exit code", 2, explain.ExitCode(err))
			same(t, "writes", 0, writes(sim))
			same(t, "calls", 1, len(heads))
			for _, h := range heads {
				same(t, "credentials that were sent", "", h.Get("Authorization"))
			}
		})
	}
}
