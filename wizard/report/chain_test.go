package report_test

import (
	"bytes"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/doctor"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/chain"
	"msgsso-wizard/wizard/report"
)

func words(c *chain.Chain) string {
	var out bytes.Buffer
	report.Chain(&out, c)
	return out.String()
}

func TestPlannedChain(t *testing.T) {
	t.Parallel()
	plan := setup.Plan{Plan: engine.Plan{Changes: []engine.Change{
		{Verb: engine.Reuse, Kind: guide.KindApp},
		{Verb: engine.Reuse, Kind: guide.KindAssignment},
		{Verb: engine.Create, Kind: guide.KindPolicy},
		{Verb: engine.Create, Kind: guide.KindIntegration},
		{Verb: engine.Create, Kind: guide.KindCredential},
		{Verb: engine.Update, Kind: guide.KindSettings},
		{Verb: engine.Update, Kind: guide.KindState},
		{Verb: engine.Update, Kind: guide.KindVersion},
		{Verb: engine.Reuse, Kind: guide.KindDeployment},
	}}}
	assert.Check(t, is.DeepEqual(words(report.PlannedChain(plan, "https://www.example.com/chat")), `Sign-in chain:
  Website page (www.example.com): to do
  Okta app: assignment ready, access policy new
  Genesys integration: new
  Configuration version: changed
  Deployment: ready
  Snippet: to do
`))
}

func TestMadeChain(t *testing.T) {
	t.Parallel()
	made := setup.Result{Snippet: "<script>", Changes: []setup.ResultChange{
		{Verb: engine.Create, Kind: guide.KindApp},
		{Verb: engine.Create, Kind: guide.KindPolicy},
		{Verb: engine.Reuse, Kind: guide.KindIntegration},
		{Verb: engine.Create, Kind: guide.KindVersion},
		{Verb: engine.Create, Kind: guide.KindDeployment, Unready: true},
	}}
	assert.Check(t, is.DeepEqual(words(report.MadeChain(made, "")), `Sign-in chain:
  Website page: to do
  Okta app: ready
  Genesys integration: ready
  Configuration version: ready
  Deployment: in progress
  Snippet: ready
`))
}

func TestFoundChain(t *testing.T) {
	t.Parallel()
	found := &doctor.Report{Chain: doctor.Chain{Site: "https://www.example.com/"}, Findings: []doctor.Finding{
		{Check: "site-page", Area: doctor.AreaSite},
		{Check: "deployment", Area: doctor.AreaDeployment, State: doctor.Warn},
		{Check: "pinned-version", Area: doctor.AreaConfiguration, State: doctor.Skipped},
		{Check: "integration", Area: doctor.AreaIntegration},
		{Check: "keys", Area: doctor.AreaDocument},
		{Check: "app", Area: doctor.AreaApp},
		{Check: "access-policy", Area: doctor.AreaAccess, State: doctor.Fail},
	}}
	assert.Check(t, is.DeepEqual(words(report.FoundChain(found)), `Sign-in chain:
  Website page (www.example.com): ready
  Okta app: assignment ready, access policy failed, trusted origin ready
  Genesys integration: ready
  Configuration version: not checked
  Deployment: ready
  Snippet: ready
`))
}
