//go:build linux

package e2e

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/guide"
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

// TestRolloutByKeys tries a version first on the full screen, goes live, and goes back.
func TestRolloutByKeys(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, simulator.Options{})
	live := watchWebsite(t, v.sim)
	tt := onTerminal(t, append(v.environ, "MSGSSO_MESSENGER_CONFIG=Main website", "MSGSSO_DEPLOYMENT=Main website"), "--no-motion")
	sections := guide.Sections()
	tt.sees("enter start")
	tt.press(enter, here(sections[0]), offers(sections[0]))
	for i, s := range sections[:len(sections)-2] {
		tt.onward(s, sections[i+1])
	}
	tt.sees("To test it first, choose", "Try it first (Rollout)", "version 1 → 3")
	tt.press("e", "question 1 of 4")
	tt.press("\t", "question 2 of 4")
	tt.press("\t", "question 3 of 4")
	tt.press("\t", "( ) Try it first", "live pages keep their version")
	tt.press("\x1b[B", "(•) Try it first")
	tt.press(enter, "› Staging hosts")
	tt.press("staging.acmecc.example", "staging.acmecc.example")
	tt.press(enter, "keeps version 1 until you go live", "Main website (test)", "enter apply")
	tt.press(enter, "done in", "enter next section")
	tt.press(enter, "keep version 1. Press l", "l go live")
	live.had(t, "1")
	tt.press("l", "Go live", "version 1 → 3", "everyone must sign in", "enter go live")
	tt.press(escape, "keep version 1. Press l")
	live.had(t, "1")
	tt.press("l", "Go live", "version 1 → 3", "enter go live")
	tt.press(enter, "use version 3. Browsers got it", "b go back")
	live.had(t, "1", "3")
	tt.press("b", "Go back", "version 3 → 1", "chat without signing in", "enter go back")
	tt.press(enter, "keep version 1. Browsers got it", "l go live")
	live.had(t, "1", "3", "1")
	tt.press("q", "")
	tt.play(onward)
	tt.ends(0)
}

// TestOneSiteOnTheScreen: a file with one site is like any answers file: there is the full screen, and the run is of that site.
func TestOneSiteOnTheScreen(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, simulator.Options{})
	file := filepath.Join(t.TempDir(), "answers.yaml")
	assert.NilError(t, os.WriteFile(file, []byte("sites:\n- name: shop\n  redirect-uri: https://shop.example.com/chat\n"), 0o600))
	tt := onTerminal(t, v.environ, "--no-motion", "--answers", file)
	tt.sees("enter start")
	tt.press(enter, "Genesys Cloud Messenger (shop)")
	tt.press(escape, "q quit")
	tt.press("q", "")
	tt.play(onward)
	got := run(t, v.environ, "", "page", "--no-input", "--answers", file)
	assert.Check(t, !strings.Contains(got.said, "several sites"), got.said)
}

// TestRolloutInPlainMode is TestRolloutByKeys line by line.
func TestRolloutInPlainMode(t *testing.T) {
	t.Parallel()
	v := newVisitor(t, simulator.Options{})
	live := watchWebsite(t, v.sim)
	tt := onTerminalOf(t, 500, 200, append(v.environ, "MSGSSO_MESSENGER_CONFIG=Main website", "MSGSSO_DEPLOYMENT=Main website"), "--plain")
	next := []struct{ key, offered, had string }{{"l", ", l go live;", "1"}, {"b", ", b go back;", "1 3"}, {"", ", l go live;", "1 3 1"}}
	asks := questions()
	tt.play(func(string) string {
		raw := asks(tt)
		switch last := strings.TrimSpace(raw[strings.LastIndex(raw, "\n")+1:]); {
		case raw == "":
			return ""
		case strings.HasSuffix(last, "Enter continues >") && len(next) > 0:
			step := next[0]
			next = next[1:]
			assert.Check(t, is.Contains(last, step.offered))
			live.had(t, strings.Fields(step.had)...)
			return step.key + enter
		case last == "[now (default)] >":
			return "2" + enter
		case last == "[localhost only] >":
			return "staging.acmecc.example" + enter
		}
		return enter
	})
	tt.ends(0)
	raw := tt.raw.String()
	for _, text := range []string{
		"+ new deployment  Main website (test)  uses the new version, allows localhost, staging.acmecc.example",
		"everyone must sign in to chat", `Deployment "Main website" uses version 3 now. Its pages keep their snippet.`, "visitors chat without signing in", `Deployment "Main website" uses version 1 now.`,
		`The live deployment "Main website" keeps version 1.`, "To go live: msgsso-wizard rollout --deployment " + live.id + " --to 3",
	} {
		assert.Check(t, is.Contains(raw, text))
	}
}

// killedAt is a visitor's orgs in which a call is carried out, and no answer comes: kill is called instead, once, if it is set.
func killedAt(t *testing.T, method, path string, kill *func()) *visited {
	t.Helper()
	return newVisitor(t, simulator.Options{WrapGenesys: func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Method == method && strings.Contains(r.URL.Path, path) && *kill != nil {
				next.ServeHTTP(httptest.NewRecorder(), r)
				(*kill)()
				return
			}
			next.ServeHTTP(w, r)
		})
	}})
}

// TestKilledRunTriesOn: a run that tries a version first and is killed goes on where it was. Live pages notice neither.
func TestKilledRunTriesOn(t *testing.T) {
	t.Parallel()
	for name, path := range map[string]string{"version": "/versions/draft/publish", "test deployment": "/webdeployments/deployments"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var kill func()
			v := killedAt(t, http.MethodPost, path, &kill)
			live := watchWebsite(t, v.sim)
			args := []string{"--no-input", "--messenger-config", "Main website", "--deployment", "Main website", "--rollout", "try"}
			cmd := command(t, v.environ, args...)
			kill = func() { _ = cmd.Process.Kill() }
			got := finish(t, cmd)
			assert.Check(t, is.Equal(got.code, -1), got.said)
			kill = nil
			got = run(t, v.environ, "", args...)
			assert.Equal(t, got.code, 0, got.said)
			assert.Check(t, is.Contains(got.said, `which uses version 3`))
			tests := 0
			for _, d := range simtest.Call(t, v.sim, http.MethodGet, v.sim.GenesysURL()+"/api/v2/webdeployments/deployments", "")["entities"].([]any) {
				if d.(map[string]any)["name"] == "Main website (test)" {
					tests++
				}
			}
			assert.Check(t, is.Equal(tests, 1), "test deployments")
			live.had(t, "1")
		})
	}
}

// TestKilledRolloutIsNoGuide: a move that was killed before it could write its receipt is repeated without a change, and
// undone. A run of the guide, which resumes interrupted runs, doesn't take over the deployment.
func TestKilledRolloutIsNoGuide(t *testing.T) {
	t.Parallel()
	var kill func()
	v := killedAt(t, http.MethodPut, "/deployments/", &kill)
	live := watchWebsite(t, v.sim)
	move := []string{"rollout", "--deployment", "Main website", "--to", "2", "--yes", "--no-input"}
	cmd := command(t, v.environ, move...)
	kill = func() { _ = cmd.Process.Kill() }
	got := finish(t, cmd)
	assert.Check(t, is.Equal(got.code, -1), got.said)
	kill = nil
	live.had(t, "1", "2")

	got = run(t, v.environ, "", "--no-input")
	assert.Equal(t, got.code, 0, got.said)
	assert.Check(t, is.Contains(got.said, "+ deployment  Web SSO"))
	live.had(t, "1", "2")
	got = run(t, v.environ, "", move...)
	assert.Check(t, is.Contains(got.said, "already uses this version"))
	got = run(t, v.environ, "", "undo", "--yes", "--no-input")
	assert.Check(t, is.Contains(got.out, "Main website"), got.said)
	live.had(t, "1", "2", "1")
}
