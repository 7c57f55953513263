package setup

import (
	"net/http"
	"testing"
	"time"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/explain"
)

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
			simulator.Options{Settle: 10 * time.Millisecond, Genesys: genesyssim.Options{ActivationError: "The discovery document could not be read."}},
			func(fixture) {}, "The discovery document could not be read.",
		},
		"at once":          {arrange: answers(`"The identity provider is unknown."`), detail: "The identity provider is unknown."},
		"without a reason": {arrange: answers(`null`), detail: "it gives no reason."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, tt.opts)
			versions := count(sim).Genesys.Versions
			tt.arrange(fixture{t, sim, session})
			_, err := runAll(t, session)
			same(t, "step", "activation", asError(t, err).Step)
			same(t, "refusal", refusal{
				Class: explain.ClassFault, Retry: true, Problem: `Genesys Cloud could not activate the integration "Messenger SSO (Okta)": ` + tt.detail,
				Fix: "Open it under Admin > Integrations to see its state, then try again.",
			}, refusalOf(t, sim, err))
			same(t, "published versions", versions, count(sim).Genesys.Versions)
			if tt.opts.Genesys.ActivationError == "" {
				mustRun(t, visit(t, sim))
			}
		})
	}
}
