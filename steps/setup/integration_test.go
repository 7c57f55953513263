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

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
)

// colleague saves the integration's settings with a refresh token lifetime just before the wizard does.
func colleague(lifetime *string) func(http.Handler) http.Handler {
	var once sync.Once
	return at(guideWrites["settings"], func(w http.ResponseWriter, r *http.Request, next http.Handler) {
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
		next.ServeHTTP(w, r)
	})
}

// A colleague saves the settings at the same time: theirs are kept, and told. Some services answer 400 instead of 409.
func TestSettingsConflictKeepsTheirs(t *testing.T) {
	t.Parallel()
	for seed, as400 := range []bool{false, true, false} {
		var lifetime string
		sim, session := world(t, simulator.Options{
			Seed: uint64(seed) + 1, WrapGenesys: colleague(&lifetime), Genesys: genesyssim.Options{VersionConflict400: as400},
		})
		plan := planned(t, session)
		keys := typeKeys(t, session)
		for key, p := range kit.Must(kit.GenesysAdmin(t, sim).PropertiesSchema(t.Context(), keys.ID))(t).Properties {
			if p.Title == "Max Refresh Token Lifetime" {
				lifetime = key
			}
		}
		assert.NilError(t, apply(t, session, plan))
		result := session.Result(0)
		config := rawGet(t, sim, "/api/v2/integrations/"+result.Genesys.IntegrationID+"/config/current")
		properties := config["properties"].(map[string]any)
		assert.Check(t, is.DeepEqual(properties[lifetime], any(1800.0)), "the colleague's setting")
		assert.Check(t, is.DeepEqual(properties[keys.DiscoveryKey], any(result.Okta.DiscoveryURI)), "the Discovery URI")
		assert.Check(t, is.DeepEqual(config["version"], any(3.0)), "version")
		changed := slices.Sorted(slices.Values([]string{lifetime, keys.DiscoveryKey}))
		assert.Check(t, is.DeepEqual(result.Warnings, []string{
			"Another user changed the integration's settings at the same time (" + strings.Join(changed, ", ") + "). The wizard kept those changes, except the Discovery URI and the credential.",
		}), "what is told")
		mustRun(t, visit(t, sim))
	}
}

// One conflict is resolved by reading again; a second one is left to the user.
func TestSettingsConflictTwice(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]simkit.Fault{
		"Integration configuration update failed due to version conflict.": {Status: http.StatusConflict, Body: `{"code":"version.conflict","message":"Integration configuration update failed due to version conflict.","status":409}`},
		"The provided version 1 does not match the current version 2.":     {Status: http.StatusBadRequest, Body: `{"code":"bad.request","message":"The provided version 1 does not match the current version 2","status":400}`},
	} {
		for times := 1; times <= 2; times++ {
			sim, session := world(t, simulator.Options{Seed: 1})
			f.Header, f.Times = jsonHeader, times
			fail(sim, "settings", f)
			if _, err := runAll(t, session); times == 1 {
				assert.NilError(t, err)
			} else {
				assert.Check(t, is.DeepEqual(refusalOf(t, sim, err), refusal{
					Class: explain.ClassConflict, Retry: true, Problem: "Another user is changing the same object in Genesys Cloud: " + name,
					Fix: "Wait until they are done, then try again. The wizard reads it again.",
				}), "refusal")
			}
			mustRun(t, visit(t, sim))
		}
	}
}

// The vendor's own words end the wait for an integration, which comes before anything is published.
func TestActivationFails(t *testing.T) {
	t.Parallel()
	answers := func(message string) func(fixture) {
		return func(f fixture) {
			f.fault("PATCH", guideWrites["activation"].path, simkit.Fault{
				Status: http.StatusOK, Header: jsonHeader, Times: 1,
				Body: `{"id":"i1","name":"Messenger SSO (Okta)","intendedState":"ENABLED","integrationType":{"id":"t1"},"reportedState":{"code":"ERROR","detail":{"message":` + message + `}}}`,
			})
		}
	}
	for name, tt := range map[string]struct {
		opts    simulator.Options
		arrange func(fixture)
		detail  string
	}{
		"later": {
			simulator.Options{Settle: 10 * time.Millisecond, Genesys: genesyssim.Options{ActivationError: "The discovery document couldn't be read."}},
			func(fixture) {}, "The discovery document couldn't be read.",
		},
		"at once":          {arrange: answers(`"The identity provider is unknown."`), detail: "The identity provider is unknown."},
		"without a reason": {arrange: answers(`null`), detail: "no reason given."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, tt.opts)
			versions := kit.Count(sim).Genesys.Versions
			tt.arrange(fixture{t, sim, session})
			_, err := runAll(t, session)
			assert.Check(t, is.DeepEqual(asError(t, err).Step, guide.StepID("activation")), "step")
			assert.Check(t, is.DeepEqual(refusalOf(t, sim, err), refusal{
				Class: explain.ClassFault, Retry: true, Problem: `Genesys Cloud couldn't activate the integration "Messenger SSO (Okta)": ` + tt.detail,
				Fix: "Check its Discovery URI. Or open it (" + guide.PathIntegrations + ") to see its status. Then retry.",
			}), "refusal")
			assert.Check(t, is.Equal(kit.Count(sim).Genesys.Versions, versions), "published versions")
			if tt.opts.Genesys.ActivationError == "" {
				mustRun(t, visit(t, sim))
			}
		})
	}
}
