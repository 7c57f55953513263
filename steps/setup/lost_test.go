package setup

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

var brokenService = simkit.Fault{Status: http.StatusInternalServerError, Header: jsonHeader, Body: `{}`}

// madeNow are the changes of a whole first run as they are told after it.
func madeNow(session *Session) []string {
	want := slices.Clone(firstVisit)
	want[slices.Index(want, "create | credential | client credentials")] = "create | credential | client " + session.Result(0).Okta.ClientID
	return want
}

// TestLostAnswers cuts the connection once at every write, before or after the service carries it out. Apply
// mends it by itself.
func TestLostAnswers(t *testing.T) {
	t.Parallel()
	for _, name := range writeNames() {
		for how, f := range map[string]simkit.Fault{"lost": {Lose: true, Times: 1}, "dropped": {Drop: true, Times: 1}} {
			for _, settle := range []time.Duration{0, 20 * time.Millisecond} {
				t.Run(strings.Join([]string{name, how, settle.String()}, " "), func(t *testing.T) {
					t.Parallel()
					sim, session := world(t, simulator.Options{Seed: 1, Settle: settle})
					w := guideWrites[name]
					w.faults(sim).Add(fault(w.method, w.path, f))
					before := count(sim)
					mustRun(t, session)
					same(t, "objects", guideMakes(before), count(sim))
					same(t, "what was made", madeNow(session), lines(session.Made()))
					for _, c := range session.Result(0).Changes {
						if c.ID == "" {
							t.Errorf("%s %q has no id", c.Kind, c.Name)
						}
					}

					again := visit(t, sim)
					writesNothing(t, sim, again)
					same(t, "result of the next visit", onlyFacts(session.Result(0)), onlyFacts(again.Result(0)))
				})
			}
		}
	}
}

// TestBrokenWrites lets every write fail for good, then goes on where it stopped.
func TestBrokenWrites(t *testing.T) {
	t.Parallel()
	stepOf := map[string]string{"origin": "origins", "policy": "access-policy", "rule": "access-policy"}
	for _, name := range writeNames() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 2})
			w := guideWrites[name]
			w.faults(sim).Add(fault(w.method, w.path, brokenService))
			before := count(sim)
			_, err := runAll(t, session)
			e := asError(t, err)
			step, service := name, apiclient.Okta
			if s, ok := stepOf[name]; ok {
				step = s
			}
			if w.genesys {
				service = apiclient.GenesysCloud
			}
			same(t, "step", step, e.Step)
			same(t, "problem", string(service)+" has a problem of its own (HTTP 500) and could not "+explain.Doing[step]+".", e.Problem)
			same(t, "fix", "Try again in a moment; the wizard looks first and makes nothing twice.", e.Fix)
			same(t, "exit code", 1, explain.ExitCode(err))
			same(t, "retry", true, e.Retry)
			same(t, "objects that the changes tell of", tally(before, session.Made()), count(sim))

			w.faults(sim).Clear()
			mustRun(t, visit(t, sim))
			same(t, "objects after the next visit", guideMakes(before), count(sim))
		})
	}
}

// tally adds to a census what the changes say was created.
func tally(c census, made []engine.Change) census {
	for _, m := range made {
		if m.Verb != engine.Create {
			continue
		}
		switch m.Kind {
		case guide.KindApp:
			c.Okta.Apps++
			c.Okta.Secrets++
		case guide.KindAssignment:
			c.Okta.GroupsAssigned++
		case guide.KindOrigin:
			c.Okta.TrustedOrigins++
		case guide.KindPolicy:
			c.Okta.Policies++
		case guide.KindRule:
			c.Okta.Rules++
		case guide.KindIntegration:
			c.Genesys.Integrations++
		case guide.KindCredential:
			c.Genesys.Credentials++
		case guide.KindConfiguration:
			c.Genesys.Configurations++
		case guide.KindVersion:
			c.Genesys.Versions++
		case guide.KindDeployment:
			c.Genesys.Deployments++
		}
	}
	return c
}

// colleague saves the integration's settings with a refresh token lifetime just before the wizard does.
func colleague(lifetime *string) func(http.Handler) http.Handler {
	var once sync.Once
	settings := guideWrites["settings"]
	path := fault(settings.method, settings.path, simkit.Fault{}).Path
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == settings.method && path.MatchString(r.URL.Path) {
				sent, _ := io.ReadAll(r.Body)
				once.Do(func() {
					var body map[string]any
					_ = json.Unmarshal(sent, &body)
					body["notes"], body["credentials"] = "", map[string]any{}
					body["properties"].(map[string]any)[*lifetime] = 1800
					theirs, _ := json.Marshal(body)
					early := r.Clone(r.Context())
					early.Body, early.ContentLength = io.NopCloser(bytes.NewReader(theirs)), int64(len(theirs))
					next.ServeHTTP(httptest.NewRecorder(), early)
				})
				r.Body = io.NopCloser(bytes.NewReader(sent))
			}
			next.ServeHTTP(w, r)
		})
	}
}

func TestVersionConflictOnce(t *testing.T) {
	t.Parallel()
	for seed := uint64(1); seed <= 3; seed++ {
		var lifetime string
		sim, session := world(t, simulator.Options{Seed: seed, WrapGenesys: colleague(&lifetime)})
		plan := planned(t, session)
		for key, p := range must(genesysAdmin(t, sim).PropertiesSchema(t.Context(), typeKeys(t, session).ID))(t).Properties {
			if p.Title == "Max Refresh Token Lifetime" {
				lifetime = key
			}
		}
		if err := apply(t, session, plan); err != nil {
			t.Fatal(err)
		}
		result := session.Result(0)
		config := rawGet(t, sim, "/api/v2/integrations/"+result.Genesys.IntegrationID+"/config/current")
		properties := config["properties"].(map[string]any)
		same(t, "the colleague's setting", any(1800.0), properties[lifetime])
		same(t, "the Discovery URI", any(result.Okta.DiscoveryURI), properties[typeKeys(t, session).DiscoveryKey])
		same(t, "version", any(3.0), config["version"])
		same(t, "what is told", []string{"Somebody else changed the integration's settings at the same time (" + strings.Join(slices.Sorted(slices.Values([]string{lifetime, typeKeys(t, session).DiscoveryKey})), ", ") + "). Theirs are kept, but for the Discovery URI and the credential."}, result.Warnings)
		mustRun(t, visit(t, sim))
	}
}

func TestVersionConflictTwice(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 1})
	w := guideWrites["settings"]
	sim.Genesys().Faults.Add(fault(w.method, w.path, simkit.Fault{
		Status: http.StatusConflict, Header: jsonHeader, Times: 2,
		Body: `{"code":"version.conflict","message":"Integration configuration update failed due to version conflict.","status":409}`,
	}))
	_, err := runAll(t, session)
	e := asError(t, err)
	same(t, "problem", "Somebody else is changing the same object at Genesys Cloud: Integration configuration update failed due to version conflict.", e.Problem)
	same(t, "fix", "Wait until they are done, then try again; the wizard reads it afresh.", e.Fix)
	same(t, "exit code", 5, explain.ExitCode(err))
	mustRun(t, visit(t, sim))
}

func TestActivationEndsInAnError(t *testing.T) {
	t.Parallel()
	for message, want := range map[string]string{
		`"The identity provider is unknown."`: `Genesys Cloud could not activate the integration "Messenger SSO (Okta)": The identity provider is unknown.`,
		`null`:                                `Genesys Cloud could not activate the integration "Messenger SSO (Okta)": it gives no reason.`,
	} {
		sim, session := world(t, simulator.Options{Seed: 1})
		w := guideWrites["activation"]
		sim.Genesys().Faults.Add(fault(w.method, w.path, simkit.Fault{
			Status: http.StatusOK, Header: jsonHeader, Times: 1,
			Body: `{"id":"i1","name":"Messenger SSO (Okta)","intendedState":"ENABLED","integrationType":{"id":"t1"},"reportedState":{"code":"ERROR","detail":{"message":` + message + `}}}`,
		}))
		_, err := runAll(t, session)
		e := asError(t, err)
		same(t, "step", "activation", e.Step)
		same(t, "problem", want, e.Problem)
		same(t, "fix", "Open it under Admin > Integrations to see its state, then try again.", e.Fix)
		same(t, "exit code", 1, explain.ExitCode(err))
		same(t, "published versions", 3, count(sim).Genesys.Versions)
		mustRun(t, visit(t, sim))
	}
}
