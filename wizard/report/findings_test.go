package report_test

import (
	"bytes"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/doctor"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/report"
)

var examined = &doctor.Report{
	Chain: doctor.Chain{Deployment: "Web SSO", DeploymentID: "d1", Configuration: "Main", Pinned: "3", App: "Chat", ClientID: "0oa1"},
	Findings: []doctor.Finding{
		{Check: "deployment", Area: doctor.AreaDeployment, What: "It is Active."},
		{Check: "domains", Area: doctor.AreaDeployment, State: doctor.Warn, What: "All domains are allowed.", Why: "Any site can show this Messenger."},
		{
			Check: "credential", Area: doctor.AreaIntegration, State: doctor.Fail, What: "The stored credential is old.", Why: "No code can be redeemed.",
			Fix: "Send it again.", DocURL: "https://help.genesys.cloud/", RequestID: "r1", AutoFix: signintest.FixCredential,
		},
		{Check: "again", Area: doctor.AreaIntegration, State: doctor.Fail, What: "It is not Active.", AutoFix: signintest.FixCredential},
		{Check: "user", Area: doctor.AreaAccess, State: doctor.Skipped, What: "No user was checked.", Why: "Set a user."},
		{Check: "fine", Area: doctor.AreaAccess, What: "Everyone is assigned."},
	},
}

func TestFindings(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	report.Findings(&out, report.NewMarks(false, false), examined)
	want := `Deployment       Web SSO  d1
Configuration    Main  version 3
App integration  Chat  0oa1

Messenger deployment
  ok It is Active.
  ! All domains are allowed.
    Any site can show this Messenger.

Integration
  failed The stored credential is old.
    No code can be redeemed.
    Send it again.
    Request ID r1
    https://help.genesys.cloud/
  failed It is not Active.

Okta access
  ? No user was checked.
    Set a user.
  ok Everyone is assigned.

Sign-in chain:
  Website page: not checked
  Okta app: assignment ready
  Genesys integration: failed
  Configuration version: not checked
  Deployment: ready
  Snippet: ready

2 failed · 1 warning · 2 passed · 1 skipped
To run skipped checks, see the flags and variables in msgsso-wizard doctor --help.
`
	assert.Check(t, is.DeepEqual(out.String(), want))
}

func TestFailed(t *testing.T) {
	t.Parallel()
	got := report.Explain(report.Failed(examined))
	want := setup.ResultError{
		Problem: "2 doctor checks failed.", ExitCode: 7,
		Fix: "Follow the fix shown with each check. doctor --fix makes the fixes that the wizard can, after asking.",
	}
	assert.Check(t, is.Equal(got, want))
	assert.Check(t, report.Failed(&doctor.Report{Findings: examined.Findings[:2]}), "a warning fails")
	assert.Check(t, is.Equal(report.Count(&doctor.Report{}), "No checks could run."))
}

func TestDoctorDocument(t *testing.T) {
	t.Parallel()
	changes := []setup.ResultChange{{Verb: engine.Update, Kind: guide.KindCredential, Name: "client 0oa1"}, {Verb: engine.Reuse, Kind: guide.KindApp}}
	d := report.DoctorOf(examined, setup.Result{Changes: changes, Notices: []string{"N."}}, services.Calls{Okta: 2}, nil)
	var text bytes.Buffer
	assert.NilError(t, report.JSON(&text, d.Findings[2]))
	assert.Check(t, is.Equal(text.String(), `{
  "check": "credential",
  "place": "integration",
  "state": "fail",
  "what": "The stored credential is old.",
  "why": "No code can be redeemed.",
  "fix": "Send it again.",
  "doc_url": "https://help.genesys.cloud/",
  "request_id": "r1",
  "mend": "credential"
}
`))
	assert.Check(t, !d.OK && len(d.Findings) == 6 && len(d.Changes) == 1 && len(d.Notices) == 1, "%+v", d)
	assert.Check(t, d.Chain.DeploymentID == "d1" && d.Calls.Okta == 2, "%+v", d)
	d = report.DoctorOf(nil, setup.Result{Changes: changes}, services.Calls{}, nil)
	assert.Check(t, !d.OK && d.Findings != nil, "nothing looked at: %+v", d)
}
