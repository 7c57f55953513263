//go:build linux

package e2e

import (
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/guide"
)

// walk counts the key presses of a user. A paste is none.
type walk struct {
	*terminal
	presses int
}

func (w *walk) key(key string, shows ...string) {
	w.t.Helper()
	w.presses++
	w.press(key, shows...)
}

// answer pastes a value and goes on.
func (w *walk) answer(value string, shows ...string) {
	w.t.Helper()
	_, err := w.WriteString("\x1b[200~" + value + "\x1b[201~")
	assert.NilError(w.t, err)
	w.key(enter, shows...)
}

// TestPressesToSnippet: how many key presses lead from the first screen to the snippet.
func TestPressesToSnippet(t *testing.T) {
	t.Parallel()
	sim := simtest.Start(t, simulator.Options{Seed: 6})
	known, sections := sim.Credentials(), guide.Sections()
	demo := []string{"demo", "--latency", "0s", "--settle", "0s"}
	for name, c := range map[string]struct {
		args []string
		most int
		walk func(*walk)
	}{
		"defaults": {demo, 12, func(w *walk) {
			w.key(enter, "enter review all")
			w.key(enter, "enter apply")
			w.key(enter, "done in", "enter next section")
			w.key(enter, here(sections[1]), "enter next section") // nothing to change
			for _, section := range sections[2 : len(sections)-1] {
				w.key(enter, here(section), "Planned changes")
				w.key(enter, here(section), "done in")
			}
			w.key(enter)
		}},
		"apply everything": {demo, 6, func(w *walk) {
			w.key(enter, "enter review all")
			w.key(enter, "a apply everything", "enter apply")
			w.key("a")
		}},
		"typed credentials": {nil, 14, func(w *walk) {
			w.key(enter, "› Okta org")
			w.answer(sim.OktaURL(), "› (•) API token")
			w.key(enter, "› API token")
			w.answer(known.OktaToken, "enter review all")
			w.key(enter, "a apply everything", "enter apply")
			w.key("a", "› Region")
			w.answer(sim.GenesysURL(), "› (•) Client credentials")
			w.key(enter, "› OAuth client ID")
			w.answer(known.GenesysClientID, "› OAuth client secret")
			w.answer(known.GenesysClientSecret)
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := &walk{terminal: onTerminal(t, []string{"XDG_STATE_HOME=" + t.TempDir()}, c.args...)}
			w.sees("enter start")
			c.walk(w)
			w.sees("are connected", "</script>")
			t.Logf("%d presses", w.presses)
			assert.Check(t, w.presses <= c.most, "%d presses", w.presses)
		})
	}
}
