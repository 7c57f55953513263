package setup

import (
	"net/http"
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
	const refused = "Okta refused to set up the app integration: "
	for code, tt := range map[string]struct {
		details []any
		class   explain.Class
		retry   bool
		problem string
	}{
		"E0000001": {[]any{"label"}, explain.ClassFault, false, refused + "Api validation failed: label."},
		"E0000003": {nil, explain.ClassFault, false, refused + "The request body was not well-formed."},
		"E0000021": {nil, explain.ClassFault, false, refused + "Bad request. Accept and/or Content-Type headers likely do not match supported values."},
		"E0000024": {nil, explain.ClassFault, false, refused + "Bad request. This operation on app metadata is not yet supported."},
		"E0000004": {nil, explain.ClassSignIn, false, "{okta} doesn't accept the API token."},
		"E0000011": {nil, explain.ClassSignIn, false, "{okta} doesn't accept the API token."},
		"E0000015": {nil, explain.ClassPermission, false, "Okta couldn't set up the app integration: this org doesn't have the feature. Okta says: You do not have permission to access the feature you are requesting."},
		"E0000005": {nil, explain.ClassPermission, false, "Okta didn't allow this admin to set up the app integration. Okta says: Invalid session."},
		"E0000006": {nil, explain.ClassPermission, false, "Okta didn't allow this admin to set up the app integration. Okta says: You do not have permission to perform the requested action."},
		"E0000013": {nil, explain.ClassPermission, false, "Okta didn't allow this admin to set up the app integration. Okta says: Invalid client app id."},
		"E0000056": {nil, explain.ClassPermission, false, "Okta didn't allow this admin to set up the app integration. Okta says: Delete application forbidden."},
		"E0000007": {[]any{"0oa1", "AppInstance"}, explain.ClassConflict, true, "Okta can't find an object that it needs to set up the app integration: Not found: Resource not found: 0oa1 (AppInstance)."},
		"E0000008": {nil, explain.ClassConflict, true, "Okta can't find an object that it needs to set up the app integration: The requested path was not found."},
		"E0000022": {nil, explain.ClassFault, false, refused + "The endpoint does not support the provided HTTP method."},
		"E0000195": {[]any{"label"}, explain.ClassConflict, true, "An existing object conflicts, so the wizard couldn't set up the app integration. Okta says: Api validation failed due to conflict: label."},
		"E0000113": {[]any{"label"}, explain.ClassConflict, true, "An existing object conflicts, so the wizard couldn't set up the app integration. Okta says: Api validation failed due to conflict: label."},
		"411":      {nil, explain.ClassFault, false, "Okta refused to set up the app integration."},
		"E0000239": {nil, explain.ClassFault, true, "Okta is processing another change and couldn't set up the app integration: Policy priorities are being reconciled. Please try again later."},
		"E0000047": {nil, explain.ClassFault, true, "Okta's rate limit was reached. Retry in 60 minutes. Okta says: API call exceeded rate limit due to too many requests."},
		"E0000009": {nil, explain.ClassFault, true, "Okta failed to set up the app integration (HTTP 500)."},
		"E0000010": {nil, explain.ClassFault, true, "Okta failed to set up the app integration (HTTP 503)."},
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 2})
			f := oktasim.Refusal(code, tt.details...)
			switch code {
			case "411": // it has no body
				f = simkit.Fault{Status: http.StatusLengthRequired}
			case "E0000047":
				f.Header.Set("Retry-After", "3600")
			}
			fail(sim, "app", f)
			before := kit.Count(sim).Okta
			_, err := runAll(t, session)
			e := failed(t, sim, err, tt.class, tt.problem)
			assert.Check(t, is.Equal(e.Retry, tt.retry), "retry")
			assert.Check(t, is.DeepEqual(e.Step, guide.StepID("app")), "step")
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
	const refused, gone = "Genesys Cloud refused to set the deployment: ", "Genesys Cloud can't find an object that it needs to set the deployment: "
	broken := func(status string) string {
		return "Genesys Cloud failed to set the deployment (HTTP " + status + ")."
	}
	for code, tt := range map[string]struct {
		args    []any
		class   explain.Class
		problem string
		call    string // of guideWrites; empty: deployment
	}{
		"bad.request":                      {class: explain.ClassFault, problem: refused + "The request could not be understood by the server due to malformed syntax."},
		"invalid.value":                    {args: []any{"x", "String", "a"}, class: explain.ClassFault, problem: refused + "Value [x] is not valid for field type [String]. Allowable values are: a."},
		"constraint.validation":            {args: []any{"name: too long"}, class: explain.ClassFault, problem: refused + "name: too long."},
		"illegal.operation":                {class: explain.ClassFault, problem: refused + "Unable to perform the requested operation."},
		"resource.limit.exceeded":          {class: explain.ClassConflict, problem: "Your organization's limit is reached, so Genesys Cloud couldn't set the deployment: The maximum number of resources has been exceeded."},
		"bad.flow.id":                      {class: explain.ClassUsage, problem: "Genesys Cloud doesn't accept the inbound message flow: The flow is not eligible for use here."},
		"max.integrations.reached":         {class: explain.ClassConflict, call: "integration", problem: "Genesys Cloud can't install another integration of this type: The maximum number of integrations for this type have already been created. One or more integrations must be removed before a new one can be created."},
		"not.a.user":                       {class: explain.ClassFault, problem: refused + "This request requires a user context. Client credentials cannot be used for requests to this resource."},
		"authentication.required":          {class: explain.ClassSignIn, problem: "{genesys} no longer accepts the credentials: No authentication bearer token specified in authorization header."},
		"bad.credentials":                  {class: explain.ClassSignIn, problem: "{genesys} no longer accepts the credentials: Invalid login credentials."},
		"ip.not.authorized":                {args: []any{"192.0.2.1"}, class: explain.ClassPermission, problem: "{genesys} doesn't allow access from this network: Requests originating from this IP address are not authorized: [192.0.2.1]."},
		"missing.permissions":              {args: []any{"[a:b:c]"}, class: explain.ClassPermission, problem: "Genesys Cloud didn't allow the wizard to set the deployment. The signed-in account's role lacks these permissions: a:b:c."},
		"missing.any.permissions":          {args: []any{"[a:b:c]"}, class: explain.ClassPermission, problem: "Genesys Cloud didn't allow the wizard to set the deployment. The signed-in account's role lacks these permissions: a:b:c."},
		"missing.any.division.permissions": {args: []any{"[a:b:c]", "[d1]"}, class: explain.ClassPermission, problem: "Genesys Cloud didn't allow the wizard to set the deployment. The signed-in account's role lacks these permissions: a:b:c."},
		"missing.division.permission":      {args: []any{"a:b:c"}, class: explain.ClassPermission, problem: "Genesys Cloud didn't allow the wizard to set the deployment. The signed-in account's role lacks these permissions: a:b:c."},
		"not.authorized":                   {class: explain.ClassPermission, problem: "Genesys Cloud didn't allow the wizard to set the deployment: You are not authorized to perform the requested action."},
		"app.not.authorized.for.scope":     {args: []any{"webdeployments"}, class: explain.ClassPermission, problem: "The OAuth client lacks a scope that the wizard needs to set the deployment: App not authorized to use scope webdeployments."},
		"authz.policy.denied":              {args: []any{"p1"}, class: explain.ClassPermission, problem: "A security policy of your organization doesn't allow the wizard to set the deployment: Unable to perform the requested action. Your organization's security policies have denied access. Policy ID(s): [p1]."},
		"not.found":                        {class: explain.ClassConflict, problem: gone + "The requested resource was not found."},
		"scp.id.not.found":                 {class: explain.ClassConflict, problem: gone + "The Supported Content Profile ID is not found."},
		"client.timeout":                   {class: explain.ClassNetwork, problem: "{genesys} didn't receive the whole request in time."},
		"request.conflict":                 {class: explain.ClassConflict, problem: "Another user is changing the same object in Genesys Cloud: The request conflicts with the current state of the target resource."},
		"resource.conflict":                {class: explain.ClassConflict, problem: "Another user is changing the same object in Genesys Cloud: Resource is used by another."},
		"version.conflict":                 {class: explain.ClassConflict, call: "settings", problem: "Another user is changing the same object in Genesys Cloud: Integration configuration update failed due to version conflict."},
		"request.entity.too.large":         {args: []any{"9"}, class: explain.ClassFault, problem: refused + "The request is over the size limit. Maximum bytes: 9."},
		"unsupported.media.type":           {class: explain.ClassFault, problem: refused + "Unsupported Media Type - Unsupported or incorrect media type, such as an incorrect Content-Type value in the header."},
		"too.many.requests.retry.after":    {args: []any{"900"}, class: explain.ClassFault, problem: "Genesys Cloud's rate limit was reached. Retry in 15 minutes. Genesys Cloud says: Rate limit exceeded the maximum. Retry the request in [900] seconds."},
		"too.many.requests":                {args: []any{"300", "60"}, class: explain.ClassFault, problem: "Genesys Cloud's rate limit was reached. Retry in 15 minutes. Genesys Cloud says: Rate limit exceeded the maximum [300] requests within [60] seconds."},
		"internal.server.error":            {class: explain.ClassFault, problem: broken("500")},
		"service.unavailable":              {class: explain.ClassFault, problem: broken("503")},
		"authentication.request.timeout":   {class: explain.ClassFault, problem: broken("504")},
		"request.timeout":                  {class: explain.ClassFault, problem: broken("504")},
	} {
		t.Run(code, func(t *testing.T) {
			t.Parallel()
			call := tt.call
			if call == "" {
				call = "deployment"
			}
			sim, session := world(t, simulator.Options{Seed: 2})
			w, f := guideWrites[call], genesyssim.Fault(code, tt.args...)
			if code == "too.many.requests" {
				f.Header.Set("Retry-After", "900")
			}
			sim.Genesys().Faults.Add(fault(w.method, w.path, f))
			_, err := runAll(t, session)
			e := failed(t, sim, err, tt.class, tt.problem)
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
