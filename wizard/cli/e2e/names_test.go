//go:build unix

package e2e

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
)

// hostileNames are names of things in either org that a terminal would obey, or that would break a layout.
var hostileNames = map[string]string{
	"clipboard":  "clip\x1b]52;c;b3duZWQ=\a",
	"link":       "link\x1b]8;;https://evil.test\x1b\\here\x1b]8;;\x1b\\",
	"erase":      "erase\x1b[2J\x1b[H\x1b[31mred",
	"title":      "title\x1b]0;owned\a",
	"report":     "report\x1b[6n\x1b[c",
	"C1":         "c1\u009b31m\u0085\u009d0;owned\u009c",
	"overwrite":  "safe\rEVIL\nnext\v\f\bline",
	"bidi":       "pay\u202etxt.exe\u2066x\u2069\u200f",
	"zero width": "ad\u200bmin\ufeff\u2060\u00ad\u200dx",
	"combining":  "z" + strings.Repeat("\u0301", 500) + "algo",
	"wide":       strings.Repeat("お客様サポート窓口", 11),
	"emoji":      "👩\u200d👩\u200d👧\u200d👦 ❤\ufe0f\u200d🔥 👩🏽\u200d💻 🇩🇪 1\ufe0f\u20e3",
	"right":      "مرحبا שלום",
	"long":       "long" + strings.Repeat("x", 10_000),
	"wordy":      strings.Repeat("wordy ", 2_000),
	"format":     "%s%n%1000000d${HOME}$(id)`id`\\u001b[2J<img src=x onerror=alert(1)>",
}

// hostileOrgs are both services with things of all these names; the ids of one of each kind are by its name.
func hostileOrgs(t *testing.T) (environ []string, thing map[string]map[string]string) {
	t.Helper()
	whose := hostileNames["clipboard"] + hostileNames["C1"] + hostileNames["overwrite"] + hostileNames["bidi"] + hostileNames["erase"]
	names := slices.AppendSeq([]string{whose}, maps.Values(hostileNames))
	sim := simtest.Start(t, simulator.Options{
		Seed: 14, Names: names, Genesys: genesyssim.Options{MaxInstances: 100},
	})
	return append(sim.Environment(), "LANG=C.UTF-8", "XDG_STATE_HOME="+t.TempDir()), hostileThings(t, sim)
}

func hostileThings(t *testing.T, sim *simulator.Server) map[string]map[string]string {
	t.Helper()
	services, c := services.New(), sim.Credentials()
	defer services.Close()
	o, err := services.Okta(sim.OktaURL(), guide.OktaLogin{Method: guide.OktaByToken, Token: guide.NewSecret(c.OktaToken)})
	assert.NilError(t, err)
	g, err := services.Genesys(sim.GenesysURL(), guide.GenesysLogin{Method: guide.GenesysByClient, ClientID: c.GenesysClientID, Secret: guide.NewSecret(c.GenesysClientSecret)})
	assert.NilError(t, err)
	things := map[string]map[string]string{}
	apps, err := o.Apps(t.Context(), "")
	named(t, things, "app-name", apps, err, func(x okta.App) (string, string) { return x.Label, x.ID })
	groups, err := o.Groups(t.Context(), "")
	named(t, things, "group", groups, err, func(x okta.Group) (string, string) { return x.Name, x.ID })
	integrations, err := g.Integrations(t.Context())
	named(t, things, "integration-name", integrations, err, func(x genesys.Integration) (string, string) { return x.Name, x.ID })
	configurations, err := g.Configurations(t.Context())
	named(t, things, "messenger-config", configurations, err, func(x genesys.Configuration) (string, string) { return x.Name, x.ID })
	deployments, err := g.Deployments(t.Context())
	named(t, things, "deployment", deployments, err, func(x genesys.Deployment) (string, string) { return x.Name, x.ID })
	flows, err := g.Flows(t.Context())
	named(t, things, "flow", flows, err, func(x genesys.Flow) (string, string) { return x.Name, x.ID })
	return things
}

// named adds the ids of things of one kind, by their names.
func named[T any](t *testing.T, things map[string]map[string]string, flag string, all []T, err error, of func(T) (name, id string)) {
	t.Helper()
	assert.NilError(t, err)
	things[flag] = map[string]string{}
	for _, x := range all {
		name, id := of(x)
		things[flag][name] = id
	}
}

// chosen are names that the vendors would have taken for what the run changes (contract okta.md 1.1, genesys.md 2.2), in
// turn for each kind. The longer ones are those of groups, of flows, and of what is only listed.
var chosen = []string{"clipboard", "link", "erase", "C1", "overwrite", "bidi", "zero width", "wide", "right", "format"}

// hostileFlags choose things of one name after the other, and the groups of every name. called says how they show.
func hostileFlags(things map[string]map[string]string, turn int) (args []string, called map[string]string) {
	called = map[string]string{}
	for i, flag := range []string{"app-name", "integration-name", "messenger-config", "deployment", "flow"} {
		name := apiclient.Clean(hostileNames[chosen[(turn+2*i)%len(chosen)]])
		called[flag] = name
		args = append(args, "--"+flag, things[flag][name])
	}
	for _, name := range hostileNames {
		args = append(args, "--group", things["group"][apiclient.Clean(name)])
	}
	return args, called
}

// TestHostileNamesUnattended: whatever things are called, what the program writes without a terminal is plain lines or
// one document, and every name is in it, as text.
func TestHostileNamesUnattended(t *testing.T) {
	t.Parallel()
	for turn := range 5 {
		t.Run(chosen[turn], func(t *testing.T) {
			t.Parallel()
			environ, things := hostileOrgs(t)
			args, called := hostileFlags(things, turn)
			text := hostileRun(t, environ, append(args, "--no-input")...)
			for _, name := range called {
				assert.Check(t, name == called["flow"] || strings.Contains(text, "  "+name+"  "),
					"no %q in:\n%s", name, text)
			}
			var r setup.Result
			err := json.Unmarshal([]byte(hostileRun(t, environ, append(args, "--no-input", "--output", "json")...)), &r)
			assert.NilError(t, err)
			names, groups := map[guide.ObjectKind]string{}, map[string]bool{}
			for _, c := range r.Changes {
				if harmless(t, c.Name); strings.Contains(c.Name, "\n") {
					t.Errorf("a line end in %q", c.Name)
				}
				if c.Kind == guide.KindAssignment {
					groups[c.Name] = true
				}
				names[c.Kind] = c.Name
			}
			for kind, flag := range map[guide.ObjectKind]string{
				guide.KindApp: "app-name", guide.KindIntegration: "integration-name", guide.KindConfiguration: "messenger-config", guide.KindDeployment: "deployment",
			} {
				assert.Check(t, is.Equal(names[kind], called[flag]), "the %s is called", kind)
			}
			for _, name := range hostileNames {
				assert.Check(t, groups[apiclient.Clean(name)], "no group %.200q", name)
			}
		})
	}
}

// hostileRun is a run that succeeds and does no harm; it returns standard output, and before it what was said in text.
func hostileRun(t *testing.T, environ []string, args ...string) string {
	t.Helper()
	got := run(t, environ, "", args...)
	assert.Equal(t, got.code, 0, got.said)
	harmless(t, got.said)
	harmless(t, got.out)
	if slices.Contains(args, "json") {
		return got.out
	}
	return got.said + got.out
}

// harmless fails where text has anything that a terminal obeys, or that cannot be seen.
func harmless(t *testing.T, text string) {
	t.Helper()
	marks := 0
	for at, r := range text {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me):
			marks++
		case r == '\u200d':
		default:
			marks = 0
		}
		if r != '\n' && r != '\u200d' && unicode.In(r, unicode.Cc, unicode.Cf, unicode.Zl, unicode.Zp) || marks > 5 {
			t.Fatalf("%q in %q", r, fmt.Sprintf("%.80s", text[max(0, at-40):]))
		}
	}
}
