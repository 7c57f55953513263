package conformance

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/steps/setup"
)

func TestWholeGuide(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		t.Run(fmt.Sprintf("seed %d", seed+1), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, simulator.Options{Seed: seed + 1})
			if err := run(t, w.env(t, nil)); err != nil {
				t.Fatal(err)
			}
			if err := run(t, w.env(t, nil)); err != nil {
				t.Fatal("the second run:", err)
			}
			changed := w.env(t, map[steps.Key][]string{steps.RedirectURIs: {"https://www.acme.test/chat", "http://localhost:8080/"}})
			if err := run(t, changed); err != nil {
				t.Fatal("a run with other pages:", err)
			}
			w.close()
			if w.okta.times("replaceApplication", 200) == 0 {
				t.Error("no run has replaced the app integration")
			}
			for service, r := range map[string]*Recorder{"Okta": w.okta, "Genesys Cloud": w.genesys} {
				calls, pairs := r.Counts()
				t.Logf("%s: %d calls, %d pairs of operation and status: %v", service, calls, pairs, r.Exercised())
			}
		})
	}
}

func TestOtherWays(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		opts    simulator.Options
		answers map[steps.Key][]string
		class   steps.Class // 0: all goes well
	}{
		{name: "groups", answers: map[steps.Key][]string{steps.Assign: {"groups"}, steps.AssignGroups: {"Web customers", "Support staff"}}},
		{name: "nobody", answers: map[steps.Key][]string{steps.Assign: {"skip"}}},
		{name: "what exists", answers: map[steps.Key][]string{steps.MessengerConfig: {"Main website"}, steps.DeploymentName: {"Main website"}}},
		{name: "a flow", answers: map[steps.Key][]string{steps.MessageFlow: {"Web chat"}}},
		{name: "a policy that lets all in", opts: simulator.Options{Okta: oktasim.Options{DefaultHasPolicy: true}}},
		{name: "no API Access Management", opts: simulator.Options{Okta: oktasim.Options{NoAPIAccessManagement: true}}},
		{name: "slow to settle", opts: simulator.Options{Settle: 20 * time.Millisecond}},
		{name: "wrong token", answers: map[steps.Key][]string{steps.OktaToken: {"00wrong"}}, class: steps.ClassSignIn},
		{name: "wrong client secret", answers: map[steps.Key][]string{steps.GenesysClientSecret: {"wrong"}}, class: steps.ClassSignIn},
		{name: "denied permission", opts: simulator.Options{Deny: []string{"integrations:integration:add"}}, class: steps.ClassPermission},
		{name: "denied flows", opts: simulator.Options{Deny: []string{"architect:flow:view", "architect:flow:search"}}, class: steps.ClassPermission},
		{name: "read-only admin", opts: simulator.Options{Okta: oktasim.Options{ReadOnly: true}}, class: steps.ClassPermission},
		{name: "unknown group", answers: map[steps.Key][]string{steps.Assign: {"groups"}, steps.AssignGroups: {"Nobody"}}, class: steps.ClassUsage},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.opts.Seed = 1
			w := newWorld(t, c.opts)
			err := run(t, w.env(t, c.answers))
			if got := steps.Class(steps.ExitCode(err)); got != c.class {
				t.Errorf("class %d, want %d: %v", got, c.class, err)
			}
		})
	}
}

// Somebody else saves the integration's configuration between the plan and its application.
func TestStaleVersion(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 1})
	if err := run(t, w.env(t, nil)); err != nil {
		t.Fatal(err)
	}
	env := w.env(t, nil)
	somebodyElse(t, w, env)
	if _, err := env.Plan(t.Context()); err != nil {
		t.Fatal(err)
	}
	somebodyElse(t, w, env)
	if err := steps.Apply(t.Context(), env); err != nil {
		t.Fatal(err)
	}
	if got := w.genesys.times("putIntegrationConfigCurrent", 409); got != 1 {
		t.Errorf("%d version conflicts, want 1", got)
	}
}

// somebodyElse sets another Discovery URI in the integration that the wizard made.
func somebodyElse(t *testing.T, w *world, env *setup.Session) {
	t.Helper()
	c := w.sim.Credentials()
	api, err := env.Dial.Genesys(w.sim.GenesysURL(), steps.GenesysLogin{ClientID: c.GenesysClientID, Secret: steps.NewSecret(c.GenesysClientSecret)})
	if err != nil {
		t.Fatal(err)
	}
	all, err := api.Integrations(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	name := env.Answers.Value(steps.IntegrationName)
	at := slices.IndexFunc(all, func(i genesys.Integration) bool { return i.Name == name })
	if at < 0 {
		t.Fatalf("there is no integration %q", name)
	}
	config, err := api.IntegrationConfig(t.Context(), all[at].ID)
	if err != nil {
		t.Fatal(err)
	}
	for key, value := range config.Properties {
		if _, ok := value.(string); ok {
			config.Properties[key] = "https://elsewhere.example/.well-known/openid-configuration"
		}
	}
	if _, err := api.UpdateIntegrationConfig(t.Context(), all[at].ID, config); err != nil {
		t.Fatal(err)
	}
}
