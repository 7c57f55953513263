package setup

import (
	"net/http"
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// TestOktaErrorRows: every row of contract okta.md 1.7, answered to the call that creates the app.
func TestOktaErrorRows(t *testing.T) {
	t.Parallel()
	const refused = "Okta refused to set the app integration up: "
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
		"E0000004": {nil, explain.ClassSignIn, false, "{okta} does not accept the API token."},
		"E0000011": {nil, explain.ClassSignIn, false, "{okta} does not accept the API token."},
		"E0000015": {nil, explain.ClassPermission, false, "Okta could not set the app integration up: this org does not have the feature. Okta says: You do not have permission to access the feature you are requesting."},
		"E0000005": {nil, explain.ClassPermission, false, "Okta did not let this admin set the app integration up. Okta says: Invalid session."},
		"E0000006": {nil, explain.ClassPermission, false, "Okta did not let this admin set the app integration up. Okta says: You do not have permission to perform the requested action."},
		"E0000013": {nil, explain.ClassPermission, false, "Okta did not let this admin set the app integration up. Okta says: Invalid client app id."},
		"E0000056": {nil, explain.ClassPermission, false, "Okta did not let this admin set the app integration up. Okta says: Delete application forbidden."},
		"E0000007": {[]any{"0oa1", "AppInstance"}, explain.ClassConflict, true, "Okta does not find something that was there a moment ago, while the wizard wanted to set the app integration up: Not found: Resource not found: 0oa1 (AppInstance)."},
		"E0000008": {nil, explain.ClassConflict, true, "Okta does not find something that was there a moment ago, while the wizard wanted to set the app integration up: The requested path was not found."},
		"E0000022": {nil, explain.ClassFault, false, refused + "The endpoint does not support the provided HTTP method."},
		"E0000195": {[]any{"label"}, explain.ClassConflict, true, "Something that is there already kept Okta from letting the wizard set the app integration up: Api validation failed due to conflict: label."},
		"E0000113": {[]any{"label"}, explain.ClassConflict, true, "Something that is there already kept Okta from letting the wizard set the app integration up: Api validation failed due to conflict: label."},
		"411":      {nil, explain.ClassFault, false, "Okta refused to set the app integration up."},
		"E0000239": {nil, explain.ClassFault, true, "Okta is busy with another change and could not set the app integration up: Policy priorities are being reconciled. Please try again later."},
		"E0000047": {nil, explain.ClassFault, true, "Okta is asked too often and wants a pause of 60 min, longer than the wizard waits: API call exceeded rate limit due to too many requests."},
		"E0000009": {nil, explain.ClassFault, true, "Okta has a problem of its own (HTTP 500) and could not set the app integration up."},
		"E0000010": {nil, explain.ClassFault, true, "Okta has a problem of its own (HTTP 503) and could not set the app integration up."},
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
			w := guideWrites["app"]
			sim.Okta().Faults.Add(fault(w.method, w.path, f))
			before := count(sim).Okta
			_, err := runAll(t, session)
			e := asError(t, err)
			same(t, "problem", tt.problem, anonymous(sim, e.Problem))
			same(t, "exit code", int(tt.class), explain.ExitCode(err))
			same(t, "retry", tt.retry, e.Retry)
			same(t, "step", "app", e.Step)
			same(t, "there is a next step", true, e.Fix != "")
			same(t, "apps", before.Apps, count(sim).Okta.Apps)

			sim.Okta().Faults.Clear()
			mustRun(t, visit(t, sim))
		})
	}
}

// TestAlreadyThere: Okta says of a name that it is taken by a 400, though the look before found none.
func TestAlreadyThere(t *testing.T) {
	t.Parallel()
	for call, tt := range map[string]struct {
		question guide.Key
		problem  string
	}{
		"app":    {guide.AppName, "Okta already has an app integration of that name: An object with this field already exists."},
		"origin": {"", "Something that is there already kept Okta from letting the wizard set the trusted origins: An object with this field already exists."},
	} {
		t.Run(call, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 2})
			f := said(`{"errorCode":"E0000001","errorSummary":"Api validation failed: name","errorId":"oae1","errorCauses":[{"errorSummary":"An object with this field already exists."}]}`)
			f.Status = http.StatusBadRequest
			w := guideWrites[call]
			sim.Okta().Faults.Add(fault(w.method, w.path, f))
			before := count(sim)
			_, err := runAll(t, session)
			e := asError(t, err)
			same(t, "problem", tt.problem, e.Problem)
			same(t, "exit code", 5, explain.ExitCode(err))
			same(t, "question", tt.question, e.Question)
			same(t, "there is a next step", true, e.Fix != "")
			same(t, "request", "oae1", e.RequestID)
			same(t, "objects that the changes tell of", tally(before, session.Made()), count(sim))
		})
	}
}
