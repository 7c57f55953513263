package setup

import (
	"cmp"
	"net/http"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
)

// TestOktaErrors: every row of contract okta.md 1.7, answered to the call that creates the app.
func TestOktaErrors(t *testing.T) {
	t.Parallel()
	codes := map[string][]any{"E0000001": {"label"}, "E0000007": {"0oa1", "AppInstance"}, "E0000113": {"label"}, "E0000195": {"label"}}
	for code := range strings.FieldsSeq("411 E0000003 E0000004 E0000005 E0000006 E0000008 E0000009 E0000010 E0000011 E0000013 E0000015 E0000021 E0000022 " +
		"E0000024 E0000047 E0000056 E0000239") {
		codes[code] = nil
	}
	said := kit.Golden(t, len(codes))
	for code, details := range codes {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 2})
			f := oktasim.Refusal(code, details...)
			switch code {
			case "411": // it has no body
				f = simkit.Fault{Status: http.StatusLengthRequired}
			case "E0000047":
				f.Header.Set("Retry-After", "3600")
			}
			fail(sim, "app", f)
			before := kit.Count(sim).Okta
			_, err := runAll(t, session)
			said(code, refusalOf(t, sim, err).String())
			assert.Check(t, is.Equal(asError(t, err).Step, guide.StepID("app")), "step")
			assert.Check(t, is.Equal(kit.Count(sim).Okta.Apps, before.Apps), "apps")

			sim.Okta().Faults.Clear()
			mustRun(t, visit(t, sim))
		})
	}
}

// TestNameTakenAfterPlan: Okta says of a name that it is taken by a 400, though the look before found none.
func TestNameTakenAfterPlan(t *testing.T) {
	t.Parallel()
	for call, tt := range map[string]struct {
		question guide.Key
		problem  string
	}{
		"app":    {guide.AppName, "Okta already has an app integration with this name: An object with this field already exists."},
		"origin": {"", "An existing object conflicts, so the wizard couldn't set the trusted origins. Okta says: An object with this field already exists."},
	} {
		t.Run(call, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 2})
			f := said(`{"errorCode":"E0000001","errorSummary":"Api validation failed: name","errorId":"oae1","errorCauses":[{"errorSummary":"An object with this field already exists."}]}`)
			f.Status = http.StatusBadRequest
			fail(sim, call, f)
			before := kit.Count(sim)
			_, err := runAll(t, session)
			e := failed(t, sim, err, explain.ClassConflict, tt.problem)
			assert.Check(t, is.Equal(e.Question, tt.question), "question")
			assert.Check(t, is.Equal(e.RequestID, "oae1"), "request")
			assert.Check(t, is.DeepEqual(kit.Count(sim), tally(before, session.Made())), "objects that the changes tell of")
		})
	}
}

// TestGenesysErrors: every error of contract genesys.md 2.5 and 6 that a write of the guide can get, answered to
// the call that creates the deployment, or to the one that it belongs to.
func TestGenesysErrors(t *testing.T) {
	t.Parallel()
	codes := map[string][]any{
		"app.not.authorized.for.scope": {"webdeployments"}, "authz.policy.denied": {"p1"}, "constraint.validation": {"name: too long"},
		"invalid.value": {"x", "String", "a"}, "ip.not.authorized": {"192.0.2.1"}, "missing.any.division.permissions": {"[a:b:c]", "[d1]"},
		"missing.any.permissions": {"[a:b:c]"}, "missing.division.permission": {"a:b:c"}, "missing.permissions": {"[a:b:c]"},
		"request.entity.too.large": {"9"}, "too.many.requests": {"300", "60"}, "too.many.requests.retry.after": {"900"},
	}
	for code := range strings.FieldsSeq("authentication.request.timeout authentication.required bad.credentials bad.flow.id bad.request client.timeout " +
		"illegal.operation internal.server.error max.integrations.reached not.a.user not.authorized not.found request.conflict request.timeout " +
		"resource.conflict resource.limit.exceeded scp.id.not.found service.unavailable unsupported.media.type version.conflict") {
		codes[code] = nil
	}
	calls := map[string]string{"max.integrations.reached": "integration", "version.conflict": "settings"} // of guideWrites; else the deployment's
	said := kit.Golden(t, len(codes))
	for code, args := range codes {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			call := cmp.Or(calls[code], "deployment")
			sim, session := world(t, simulator.Options{Seed: 2})
			w, f := guideWrites[call], genesyssim.Fault(code, args...)
			if code == "too.many.requests" {
				f.Header.Set("Retry-After", "900")
			}
			sim.Genesys().Faults.Add(fault(w.method, w.path, f))
			_, err := runAll(t, session)
			said(code, refusalOf(t, sim, err).String())
			e := asError(t, err)
			assert.Check(t, is.Equal(string(e.Step), call), "step")
			assert.Check(t, is.Equal(e.RequestID, "00000000-0000-4000-8000-000000000000"), "request")

			sim.Genesys().Faults.Clear()
			mustRun(t, visit(t, sim))
		})
	}
}

// TestGenesysLimits are refusals that the organization brings about itself.
func TestGenesysLimits(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		opts    genesyssim.Options
		class   explain.Class
		problem string
	}{
		"configurations": {genesyssim.Options{MaxConfigurations: 2}, explain.ClassConflict, "Your organization's limit is reached, so Genesys Cloud couldn't set the Messenger configuration: limit configuration.max: 2."},
		"deployments":    {genesyssim.Options{MaxDeployments: 1}, explain.ClassConflict, "Your organization's limit is reached, so Genesys Cloud couldn't set the deployment: limit deployments.max: 1."},
		"a feature":      {genesyssim.Options{LacksFeature: "authenticationSettings"}, explain.ClassPermission, "This organization lacks a feature that the wizard needs to set the Messenger configuration: authenticationSettings: feature is not yet implemented."},
		"the licence":    {genesyssim.Options{NoMessengerLicense: true}, explain.ClassPermission, "This organization doesn't offer the integration type OpenID Connect Messenger Configuration."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 2, Genesys: tt.opts})
			_, err := runAll(t, session)
			_ = failed(t, sim, err, tt.class, tt.problem)
		})
	}
}
