package setup

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// anonymous takes out of a text what differs from run to run.
func anonymous(sim *simulator.Server, text string) string {
	host := func(raw string) string { u, _ := url.Parse(raw); return u.Host }
	text = strings.NewReplacer(host(sim.OktaURL()), "{okta}", host(sim.GenesysURL()), "{genesys}").Replace(text)
	text = regexp.MustCompile(`0oa[A-Za-z0-9]{17}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`).ReplaceAllString(text, "{id}")
	return regexp.MustCompile(`\d+ [A-Z][a-z]+ \d{4} \d\d:\d\d UTC`).ReplaceAllString(text, "{when}")
}

// fixture is what a row of a table arranges.
type fixture struct {
	*testing.T
	sim     *simulator.Server
	session *Session
}

func (f fixture) set(key guide.Key, values ...string) { set(f.T, f.session, key, values...) }

func (f fixture) okta() *okta.Client { return oktaAdmin(f.T, f.sim) }

func (f fixture) genesys() *genesys.Client { return genesysAdmin(f.T, f.sim) }

// fault adds a fault to a service, by the path.
func (f fixture) fault(method, path string, how simkit.Fault) {
	write{method, path, strings.Contains(path, "/api/v2/")}.faults(f.sim).Add(fault(method, path, how))
}

// refusal is an error as a person sees it.
type refusal struct {
	Class        explain.Class
	Question     guide.Key
	Retry        bool
	Problem, Fix string // see anonymous for the words in braces
}

func refusalOf(t *testing.T, sim *simulator.Server, err error) refusal {
	t.Helper()
	e := asError(t, err)
	same(t, "exit code", int(e.Class), explain.ExitCode(err))
	return refusal{e.Class, e.Question, e.Retry, anonymous(sim, e.Problem), anonymous(sim, e.Fix)}
}

// scene is an org in which planning has to fail, and how.
type scene struct {
	opts     simulator.Options
	arrange  func(fixture)                                          // nil: nothing
	act      func(context.Context, services.Prompt) (string, error) // what a person does; nil: only reads
	nobody   bool                                                   // there is no person
	class    explain.Class
	question guide.Key
	retry    bool
	problem  string
	fix      string
}

// refuse plans each scene. The plan is refused in those words; nothing is written, and no secret told.
func refuse(t *testing.T, scenes map[string]scene) {
	t.Helper()
	for name, tt := range scenes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, tt.opts)
			fetched := watchDiscovery(session)
			if !tt.nobody {
				session.Prompt = (&person{act: tt.act}).prompt
			}
			if tt.arrange != nil {
				tt.arrange(fixture{t, sim, session})
			}
			objects, wrote := count(sim), writes(sim)
			_, err := session.Plan(t.Context())
			same(t, "refusal", refusal{tt.class, tt.question, tt.retry, tt.problem, tt.fix}, refusalOf(t, sim, err))
			same(t, "objects", objects, count(sim))
			same(t, "writes", wrote, writes(sim))
			noSecretIn(t, sim, fmt.Sprintf("%v %v", err, asError(t, err).Err))
			for _, uri := range fetched.list() {
				if !strings.HasPrefix(uri, sim.OktaURL()+"/") {
					t.Errorf("fetched %s", uri)
				}
			}
		})
	}
}

// noSecretIn looks for the credentials of the simulator, and for what tests type as secrets.
func noSecretIn(t *testing.T, sim *simulator.Server, text string) {
	t.Helper()
	for _, secret := range []string{"canary", sim.Credentials().OktaToken, sim.Credentials().GenesysClientSecret} {
		if strings.Contains(text, secret) {
			t.Errorf("%q holds a secret", text)
		}
	}
}

func TestRefusedPlans(t *testing.T) {
	t.Parallel()
	refuse(t, refusedPlans)
}

func TestDeniedPermissions(t *testing.T) {
	t.Parallel()
	for _, permission := range permissions {
		t.Run(permission, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Deny: []string{permission}})
			_, err := session.Plan(t.Context())
			same(t, "refusal", refusal{
				Class: explain.ClassPermission, Retry: true, Problem: "At Genesys Cloud, the roles of the OAuth client lack " + permission + ".", Fix: explain.PermissionFix,
			}, refusalOf(t, sim, err))
			same(t, "writes", 0, writes(sim))
		})
	}
}

func TestAddressWithoutOktaOrg(t *testing.T) {
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
			same(t, "refusal", refusal{
				Class: explain.ClassUsage, Question: guide.OktaOrg, Fix: fixNoOrg,
				Problem: strings.TrimPrefix(other.URL, "http://") + " answers, but not as an Okta org does. The token was not sent there.",
			}, refusalOf(t, sim, err))
			same(t, "writes", 0, writes(sim))
			same(t, "calls", 1, len(heads))
			for _, h := range heads {
				same(t, "credentials that were sent", "", h.Get("Authorization"))
			}
		})
	}
}
