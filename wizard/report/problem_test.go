package report_test

import (
	"bytes"
	"encoding/json"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/report"
)

var (
	app         = setup.ResultChange{Verb: engine.Create, Kind: "app integration", Name: "Chat", ID: "0oa1"}
	integration = setup.ResultChange{Verb: engine.Create, Kind: "integration", Name: "SSO", ID: "i1", Unready: true}
	config      = setup.ResultChange{Verb: engine.Update, Kind: "configuration", Name: "Main", ID: "c1"}
	found       = setup.ResultChange{Verb: engine.Reuse, Kind: "deployment", Name: "Web SSO", ID: "d1"}
)

// TestExplainNamesFlags: texts for all front ends name fields, and outside of the full screen their flags follow.
func TestExplainNamesFlags(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		err  *explain.Error
		want string
	}{
		"no answer":     {explain.New(explain.ClassFault, "", "It failed.", "Retry."), "Retry."},
		"one":           {explain.New(explain.ClassUsage, guide.CallbackPort, "It is taken.", "Set another port."), "Set another port. Set with --callback-port."},
		"a secret":      {explain.New(explain.ClassSignIn, guide.GenesysAccessToken, "It expired.", "Enter it."), "Enter it. Set with GENESYSCLOUD_ACCESS_TOKEN."},
		"several":       {explain.New(explain.ClassUsage, guide.MessageFlow, "Missing.", "Set both.").And(guide.DeploymentName), "Set both. Set with --flow, --deployment."},
		"already named": {explain.New(explain.ClassUsage, guide.MessageFlow, "Missing: --flow.", "Set it."), "Set it."},
	} {
		assert.Check(t, is.Equal(report.Explain(c.err).Fix, c.want), name)
	}
}

func TestProblemListsChanges(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, want string
		writes     int
		made       []setup.ResultChange
	}{
		{"nothing", "  No changes were made.\n", 0, nil},
		{"found only", "  No changes were made.\n", 0, []setup.ResultChange{found}},
		{"unknown", "  The last change may have been made. The next run checks first.\n", 1, nil},
		{"not live", "  Created so far:\n    + app integration  Chat  0oa1\n  Nothing is live yet.\n", 1, []setup.ResultChange{app}},
		{"claim of all apps", "  Created so far:\n    ~ claim  given_name  c1\n", 1, []setup.ResultChange{{Verb: engine.Update, Kind: guide.KindClaim, Name: "given_name", ID: "c1"}}},
		{"credential of a live integration", "  Created so far:\n    + credential  Chat  k1\n", 1, []setup.ResultChange{{Verb: engine.Create, Kind: guide.KindCredential, Name: "Chat", ID: "k1"}}},
		{"what an integration keeps", "  Created so far:\n    + app integration  Chat  0oa1\n  Nothing is live yet.\n", 1, []setup.ResultChange{app, {Verb: engine.Reuse, Kind: guide.KindCredential, Name: "Chat", ID: "k1"}}},
		{"with what is live", "  Created so far:\n    + app integration  Chat  0oa1\n", 1, []setup.ResultChange{app, found}},
		{"a line each", `  Created so far:
    + app integration  Chat  0oa1
    + integration  SSO  i1  (not ready yet)
    ~ configuration  Main  c1
    + published version  2
`, 4, []setup.ResultChange{app, integration, config, {Verb: engine.Create, Kind: "published version", Name: "2"}}},
	} {
		var out bytes.Buffer
		report.Problem(&out, report.NewMarks(false, true), setup.ResultError{Problem: "P.", Fix: "F.", RequestID: "r1"},
			&setup.Result{Changes: c.made, Calls: services.Calls{Writes: c.writes}})
		assert.Check(t, is.DeepEqual(out.String(), "✗ P.\n"+c.want+"  F.\n  Request ID r1\n"), c.name)
	}
}

func TestLeft(t *testing.T) {
	t.Parallel()
	made := []setup.ResultChange{app, integration, config, found}
	for _, c := range []struct {
		name, want string
		changes    []setup.ResultChange
		ending     report.Ending
	}{
		{"something was made", `If you don't run the wizard again, revoke its credentials:
  API token     Okta: Security > API > Tokens
  OAuth client  Genesys Cloud: Menu > IT and Integrations > OAuth, or Admin > Integrations > OAuth
To undo this run: msgsso-wizard undo 1
  Run journal: /s/1.json
`, made, report.Ending{Token: true, Undo: "msgsso-wizard undo 1", Journal: "/s/1.json"}},
		{"a demo", "This was a demo. Nothing above exists.\n", made, report.Ending{Demo: true, Token: true}},
		{"nothing was made", "", []setup.ResultChange{found}, report.Ending{Token: true}},
	} {
		var out bytes.Buffer
		report.Left(&out, setup.Result{Changes: c.changes}, c.ending)
		assert.Check(t, is.DeepEqual(out.String(), c.want), c.name)
	}
}

func TestJSONMarksUnready(t *testing.T) {
	t.Parallel()
	for change, want := range map[setup.ResultChange]string{
		app:         `{"verb":"create","kind":"app integration","name":"Chat","id":"0oa1"}`,
		integration: `{"verb":"create","kind":"integration","name":"SSO","id":"i1","unready":true}`,
	} {
		got, err := json.Marshal(change)
		assert.Check(t, err == nil && string(got) == want, "got %s, %v, want %s", got, err, want)
	}
}
