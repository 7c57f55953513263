//go:build linux

package e2e

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/setup"
)

// website is what browsers get of the live website, each time that it changes.
type website struct {
	id  string
	url string

	mu  sync.Mutex
	got []string // versions, the first one included
	raw []byte   // the last one
}

// every is how often the public file is read.
const every = 50 * time.Millisecond

// watchWebsite reads the public file of the simulator's live website until the test ends.
func watchWebsite(t *testing.T, sim *simulator.Server) *website {
	t.Helper()
	w := &website{}
	for _, d := range simtest.Call(t, sim, http.MethodGet, sim.GenesysURL()+"/api/v2/webdeployments/deployments", "")["entities"].([]any) {
		if d := d.(map[string]any); d["name"] == "Main website" {
			w.id = d["id"].(string)
		}
	}
	w.url = sim.GenesysURL() + "/webdeployments/v1/deployments/" + w.id + "/config.json"
	w.read(t)
	over, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for ticks := time.NewTicker(every); ; {
			select {
			case <-over:
				return
			case <-ticks.C:
				w.read(t)
			}
		}
	}()
	t.Cleanup(func() { close(over); <-stopped })
	return w
}

func (w *website) read(t *testing.T) {
	w.mu.Lock()
	defer w.mu.Unlock()
	req, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, w.url, nil)
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return // the test is over
	}
	defer answer.Body.Close() //nolint:errcheck // it was read
	raw, err := io.ReadAll(answer.Body)
	if err != nil || bytes.Equal(raw, w.raw) {
		return
	}
	var config struct{ Version string }
	_ = json.Unmarshal(raw, &config)
	w.raw, w.got = raw, append(w.got, config.Version)
}

// had fails unless browsers got exactly these versions so far, one after another.
func (w *website) had(t *testing.T, versions ...string) {
	t.Helper()
	w.read(t)
	w.mu.Lock()
	defer w.mu.Unlock()
	assert.Check(t, is.DeepEqual(slices.Clone(w.got), versions))
}

// TestRolloutChangesLivePagesOnce: through a whole rollout, what browsers get of a live page changes once when the user
// goes live, and once when the user goes back.
func TestRolloutChangesLivePagesOnce(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, simulator.Options{})
	live := watchWebsite(t, v.sim)
	v.environ = append(v.environ, "MSGSSO_MESSENGER_CONFIG=Main website")
	got := run(t, v.environ, "", "--no-input", "--deployment", "Main website", "--rollout", "try", "--output", "json")
	assert.Equal(t, got.code, 0, got.said)
	var result setup.Result
	assert.NilError(t, json.Unmarshal([]byte(got.out), &result))
	live.had(t, "1")

	tt := onTerminalOf(t, 500, 200, v.environ, "test", "--plain", "--deployment", result.Rollout.TestID, "--no-browser")
	for n := range 2 {
		tt.press(v.goTo(t, directly(tt, 1+n)) + "\n")
	}
	tt.ends(0)
	assert.Check(t, is.Contains(tt.raw.String(), "Sign-in works"))
	live.had(t, "1")

	for _, step := range []struct {
		args []string
		had  []string
	}{
		{[]string{"rollout", "--to", "3"}, []string{"1", "3"}},
		{[]string{"rollout", "--to", "3"}, []string{"1", "3"}},
		{[]string{"rollout", "--to", "previous"}, []string{"1", "3", "1"}},
		{[]string{"undo"}, []string{"1", "3", "1", "3"}},
		{[]string{"undo"}, []string{"1", "3", "1", "3", "1"}},
		{[]string{"undo"}, []string{"1", "3", "1", "3", "1"}},
	} {
		args := append(step.args, "--yes", "--no-input")
		if step.args[0] == "rollout" {
			args = append(args, "--deployment", live.id)
		}
		got := run(t, v.environ, "", args...)
		assert.Check(t, is.Equal(got.code, 0), got.said)
		live.had(t, step.had...)
	}
}
