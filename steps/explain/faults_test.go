package explain_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
)

// recovers is why a fault needs no answer: the run gets through it.
const recovers = "the wizard gets through by itself"

// faults are those of a demo: the question whose answer fixes one, with such an answer, or why none does.
var faults = map[string]struct {
	question guide.Key
	answer   string
	why      string
}{
	"wrong-token":        {question: guide.OktaToken, answer: "00another"},
	"wrong-secret":       {question: guide.GenesysClientSecret, answer: "another"},
	"read-only-admin":    {question: guide.OktaToken, answer: "00another"},
	"name-taken":         {question: guide.AppName, answer: "Another"},
	"foreign-draft":      {question: guide.MessengerConfig, answer: "Another"},
	"permission-missing": {why: "an admin has to add the permission to the client's role"},
	"no-licence":         {why: "the organization needs another license"},
	"activation-refused": {why: "Genesys Cloud cannot read a document at Okta that this run has found right"},
	"rate-limit-long":    {why: "Okta wants a pause"},
	"service-down":       {why: "the service has to recover"},
	"service-broken":     {why: "the service has to recover"},
	"unreachable":        {why: "the network has to recover"},
	"portal":             {why: "the portal wants a sign-in in the browser"},
	"no-policy":          {why: recovers},
	"no-default-server":  {why: recovers},
	"servers-unlisted":   {why: recovers},
	"slow-activation":    {why: recovers},
	"rate-limit":         {why: recovers},
	"lost-answer":        {why: recovers},
}

// TestDemoFaultsNameTheirQuestion: the error of each names the question whose answer fixes it, and that answer does.
func TestDemoFaultsNameTheirQuestion(t *testing.T) {
	t.Parallel()
	for _, f := range simulator.Faults() {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			want, known := faults[f.Name]
			assert.Assert(t, known, "nothing says which answer fixes it")
			if want.why == recovers {
				return // TestScripts runs these
			}
			sim, network := simtest.Start(t, simulator.Options{Demo: true, Fault: f.Name}), services.New()
			t.Cleanup(network.Close)
			s := &setup.Session{Answers: guide.NewAnswers(), Poll: time.Millisecond, Dial: network, Calls: network.Calls}
			assert.NilError(t, s.Answers.FromEnvironment(simtest.Lookup(sim)))
			var org, region string
			org, region, network.Hosts = sim.Names()
			assert.NilError(t, s.Answers.Set(guide.OktaOrg, guide.FromOrg, org))
			assert.NilError(t, s.Answers.Set(guide.GenesysRegion, guide.FromOrg, region))
			e, ok := errors.AsType[*explain.Error](setUp(t, s))
			assert.Assert(t, ok, "the fault is not seen")
			assert.Check(t, is.Equal(e.Question, want.question), "%v", e)
			if want.question == "" {
				assert.Check(t, want.why != "" && strings.TrimSpace(e.Fix) != "", "no way out of %v", e)
				return
			}
			assert.NilError(t, s.Answers.Set(want.question, guide.FromUser, want.answer))
			assert.NilError(t, setUp(t, s))
		})
	}
}

func setUp(t *testing.T, s *setup.Session) error {
	plan, err := s.Plan(t.Context())
	if err != nil {
		return err
	}
	return s.Apply(t.Context(), plan, engine.NewStop())
}

func TestExitCodesStay(t *testing.T) {
	t.Parallel()
	for i, class := range []explain.Class{explain.ClassFault, explain.ClassUsage, explain.ClassSignIn, explain.ClassPermission, explain.ClassConflict, explain.ClassNetwork, explain.ClassTest} {
		assert.Check(t, explain.ExitCode(&explain.Error{Class: class}) == i+1, "exit code %d is %d now. docs/compatibility.md promises it until the next major version.", i+1, class)
	}
	assert.Check(t, explain.ExitCode(nil) == 0 && explain.ExitCode(errors.New("unknown")) == 1)
}
