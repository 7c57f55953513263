package conformance

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simtest/tofu"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

func TestWholeGuide(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		t.Run(fmt.Sprintf("seed %d", seed+1), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, simulator.Options{Seed: seed + 1})
			assert.NilError(t, run(t, w.env(t, nil)))
			assert.NilError(t, run(t, w.env(t, nil)), "the second run")
			changed := w.env(t, map[guide.Key][]string{guide.RedirectURIs: {"https://www.acme.test/chat", "http://localhost:8080/"}})
			assert.NilError(t, run(t, changed), "a run with other pages")
			assert.Check(t, slices.Contains(w.okta.Exercised(), "replaceApplication"), "no run has replaced the app integration")
		})
	}
}

func TestOtherSignInMethods(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		opts    simulator.Options
		answers map[guide.Key][]string
		class   explain.Class // 0: all goes well
	}{
		{name: "groups", answers: map[guide.Key][]string{guide.Assign: {"groups"}, guide.AssignGroups: {"Web customers", "Support staff"}}},
		{name: "nobody", answers: map[guide.Key][]string{guide.Assign: {"skip"}}},
		{name: "what exists", answers: map[guide.Key][]string{guide.MessengerConfig: {"Main website"}, guide.DeploymentName: {"Main website"}}},
		{name: "a flow", answers: map[guide.Key][]string{guide.MessageFlow: {"Web chat"}}},
		{name: "a policy that lets all in", opts: simulator.Options{Okta: oktasim.Options{Profile: oktasim.Workforce}}},
		{name: "no API Access Management", opts: simulator.Options{Okta: oktasim.Options{Profile: oktasim.NoAPIAM}}},
		{name: "slow to settle", opts: simulator.Options{Settle: 20 * time.Millisecond}},
		{name: "wrong token", answers: map[guide.Key][]string{guide.OktaToken: {"00wrong"}}, class: explain.ClassSignIn},
		{name: "wrong client secret", answers: map[guide.Key][]string{guide.GenesysClientSecret: {"wrong"}}, class: explain.ClassSignIn},
		{name: "denied permission", opts: simulator.Options{Deny: []string{"integrations:integration:add"}}, class: explain.ClassPermission},
		{name: "denied flows", opts: simulator.Options{Deny: []string{"architect:flow:view", "architect:flow:search"}}, class: explain.ClassPermission},
		{name: "read-only admin", opts: simulator.Options{Okta: oktasim.Options{ReadOnly: true}}, class: explain.ClassPermission},
		{name: "unknown group", answers: map[guide.Key][]string{guide.Assign: {"groups"}, guide.AssignGroups: {"Nobody"}}, class: explain.ClassUsage},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.opts.Seed = 1
			w := newWorld(t, c.opts)
			err := run(t, w.env(t, c.answers))
			assert.Check(t, is.Equal(explain.Class(explain.ExitCode(err)), c.class), err)
		})
	}
}

// What OpenTofu's providers send and are answered has the form of the definitions.
func TestOpenTofu(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 7})
	t.Logf("%d calls", tofu.Replay(t, w.sim))
}
