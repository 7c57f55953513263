//go:build linux

package e2e

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/testkit/eventually"
	"msgsso-wizard/apiclient/testkit/repeat"
)

// TestNoSecretLeaks: whatever is done, no secret is anywhere but in memory and at the two vendors. Each scene is a way to use
// the program, or to break it; what it wrote, showed, kept and started is searched for every secret that was given to
// it and that the services made. TestSecretSearchFindsEachForm shows that the search finds.
func TestNoSecretLeaks(t *testing.T) {
	t.Parallel()
	for _, scene := range []struct {
		name string
		opts simulator.Options
		play func(*cage)
	}{
		{"a whole run and what comes after", simulator.Options{Seed: 31}, func(c *cage) {
			c.run("run", 0, c.secrets, "--no-input", "--transcript", "run.jsonl", "--snippet-file", "snippet.html")
			c.run("again, as JSON", 0, c.secrets, "--no-input", "--output", "json")
			c.run("doctor", 0, c.secrets, "doctor", "--no-input")
			c.run("doctor, as JSON", 0, c.secrets, "doctor", "--no-input", "--output", "json", "--transcript", "doctor.jsonl")
			c.run("page", 0, c.secrets, "page", "--no-input")
			c.run("page, whole", 0, c.secrets, "page", "--no-input", "--html", "--file", "page.html")
			c.run("page, as JSON", 0, c.secrets, "page", "--no-input", "--output", "json")
			c.run("undo", 0, c.secrets, "undo", "--yes", "--transcript", "undo.jsonl")
			c.knew("client_secret", "access_token", "Authorization SSWS", "Authorization Basic", "Authorization Bearer")
			c.search("run.jsonl", "doctor.jsonl", "undo.jsonl", "snippet.html", "page.html", "msgsso-wizard/*.json")
		}},
		{"rotations", simulator.Options{Seed: 44}, func(c *cage) { // apart: the rate limits of a minute end
			c.run("run", 0, c.secrets, "--no-input")
			for _, old := range []string{"keep", "delete"} {
				c.run("rotate, "+old, 0, c.secrets, "rotate", "--no-input", "--yes", "--old", old, "--transcript", old+".jsonl")
			}
			c.run("rotate, as JSON", 0, c.secrets, "rotate", "--no-input", "--yes", "--output", "json", "--transcript", "json.jsonl")
			c.run("rotate, young", 0, c.secrets, "rotate", "--no-input", "--yes", "--max-age", "90d")
			c.run("undo the rotations", 0, c.secrets, "undo", "--yes", "--transcript", "undone.jsonl")
			c.run("keep the first rotation", 0, c.secrets, "undo", "--yes")
			c.knew("client_secret", "access_token", "Authorization SSWS", "Authorization Basic", "Authorization Bearer")
			c.search("keep.jsonl", "delete.jsonl", "json.jsonl", "undone.jsonl", "msgsso-wizard/*.json")
		}},
		{"a rotation is refused, or killed", simulator.Options{Seed: 43}, func(c *cage) {
			c.run("run", 0, c.secrets, "--no-input")
			c.refuse(func(r *http.Request) bool {
				return r.Method == http.MethodPost && (strings.HasSuffix(r.URL.Path, "/integrations/credentials") || strings.HasSuffix(r.URL.Path, "/lifecycle/deactivate"))
			})
			c.status = 400
			c.run("refused", 1, c.secrets, "rotate", "--no-input", "--yes", "--transcript", "refused.jsonl")
			c.run("refused, as JSON", 1, c.secrets, "rotate", "--no-input", "--yes", "--output", "json")
			reached := make(chan struct{})
			c.refuse(func(r *http.Request) bool {
				if r.Method == http.MethodPut && strings.HasSuffix(r.URL.Path, "/config/current") {
					close(reached)
					<-r.Context().Done()
				}
				return false
			})
			rotate := c.start("killed", c.secrets, "rotate", "--no-input", "--yes", "--transcript", "killed.jsonl")
			<-reached
			rotate.ends(-1, os.Kill)
			c.refuse(func(*http.Request) bool { return false })
			c.run("resumed", 0, c.secrets, "rotate", "--no-input", "--yes", "--old", "delete", "--transcript", "resumed.jsonl")
			c.search("refused.jsonl", "killed.jsonl", "resumed.jsonl", "msgsso-wizard/*.json")
		}},
		{"a service app signs in to Okta, a token to Genesys Cloud", simulator.Options{Seed: 32}, func(c *cage) {
			for name, app := range map[string]func() (oktasim.ServiceApp, error){"a": c.sim.Okta().ServiceApp, "b": c.sim.Okta().BearerApp} {
				with, err := app()
				assert.NilError(c.t, err)
				c.learn("private key", with.PrivateKeyPEM)
				c.run("by key", 0, []string{
					"OKTA_CLIENT_CLIENTID=" + with.ClientID, "OKTA_CLIENT_PRIVATEKEY=" + with.PrivateKeyPEM, "OKTA_CLIENT_PRIVATEKEYID=" + with.KeyID,
					"GENESYSCLOUD_ACCESS_TOKEN=" + c.sim.Genesys().AccessToken(),
				}, "--no-input", "--transcript", name+".jsonl")
			}
			c.knew("private key", "client_assertion", "Authorization DPoP", "Authorization Bearer")
			c.search("a.jsonl", "b.jsonl")
		}},
		{"wrong credentials", simulator.Options{Seed: 33}, func(c *cage) {
			const wrong = `wr=ong/+se~cret.-1`
			c.learn("wrong", wrong)
			for name, variable := range map[string]string{"token": "OKTA_CLIENT_TOKEN=", "secret": "GENESYSCLOUD_OAUTHCLIENT_SECRET="} {
				c.run("wrong "+name, 3, append(c.secrets[:2:2], variable+wrong), "--no-input", "--transcript", name+".jsonl")
			}
			c.run("a key that is none", 2, append(c.secrets[1:2:2], "OKTA_CLIENT_CLIENTID=0oa1", "OKTA_CLIENT_PRIVATEKEY="+wrong+"\n"+wrong), "--no-input")
			c.search("token.jsonl", "secret.jsonl")
		}},
		{"a permission is missing", simulator.Options{Seed: 34, Deny: []string{"integrations:integration:add"}}, func(c *cage) {
			c.run("run", 4, c.secrets, "--no-input", "--transcript", "run.jsonl")
			c.search("run.jsonl")
		}},
		{"a service repeats all that was sent", simulator.Options{Seed: 35}, func(c *cage) {
			for i, call := range []struct {
				path   string
				status int // 400: after a 500, a create is looked for during a minute
			}{{"/api/v1/apps", 400}, {"/api/v2/integrations/credentials", 400}, {"/oauth/token", 500}} {
				c.refuse(func(r *http.Request) bool { return r.Method == http.MethodPost && r.URL.Path == call.path })
				c.status = call.status
				c.run("refused at "+call.path, 1, c.secrets, "--no-input", "--transcript", "run"+string(rune('0'+i))+".jsonl")
				c.run("refused at "+call.path+", as JSON", 1, c.secrets, "--no-input", "--output", "json")
			}
			c.search("run0.jsonl", "run1.jsonl", "run2.jsonl", "msgsso-wizard/*.json")
		}},
		{"killed", simulator.Options{Seed: 36}, func(c *cage) {
			reached := make(chan struct{})
			store := sync.OnceFunc(func() { close(reached) })
			c.refuse(func(r *http.Request) bool { // not a create: the next run would look for its object for a minute
				if r.Method == http.MethodPut && strings.HasSuffix(r.URL.Path, "/config/current") {
					store()
					<-r.Context().Done()
				}
				return false
			})
			run := c.start("run", c.secrets, "--no-input", "--transcript", "run.jsonl")
			<-reached
			run.ends(-1, os.Kill)
			c.refuse(func(*http.Request) bool { return false })
			c.run("gone on with", 0, c.secrets, "--no-input")
			c.search("run.jsonl", "msgsso-wizard/*.json")
		}},
		{"it breaks", simulator.Options{Seed: 37}, func(c *cage) {
			for _, point := range []string{"✓ integration  ", "<script"} {
				cmd := breaking(c.t, append(c.secrets, c.open...), point, "--no-input", "--transcript", strings.Trim(point, "✓< ")+".jsonl")
				cmd.Dir = c.home
				said, _ := cmd.CombinedOutput()
				c.keep("broken", string(said))
				assert.Check(c.t, is.Contains(string(said), "and held REDACTED-"), "it did not break:\n%s", said)
			}
			c.search("integration.jsonl", "script.jsonl", "msgsso-wizard/crash-*.txt")
		}},
		{"secrets where they do not belong", simulator.Options{Seed: 38}, func(c *cage) {
			for _, args := range [][]string{{"--okta-token", canaryToken}, {"--client-secret=" + canarySecret}, {canaryToken}, {"test", "--token", canaryToken}, {"--output", canarySecret}} {
				cmd := command(c.t, c.open, args...) // that it is on the command line is the user's
				said, _ := cmd.CombinedOutput()
				c.keep("refused", string(said))
				assert.Check(c.t, is.Equal(cmd.ProcessState.ExitCode(), 2), said)
			}
			c.search()
		}},
		{"a visitor signs in", simulator.Options{Seed: 39}, func(c *cage) {
			c.run("run", 0, c.secrets, "--no-input")
			for _, output := range []string{"text", "json"} {
				test := c.start("test", c.secrets, "test", "--no-input", "--output", output, "--transcript", output+".jsonl")
				_, page := newBrowser(c.t, c.sim.OktaURL(), func(*url.URL) bool { return false }).open(c.t, test.address())
				c.keep("the page that the test served", page)
				test.ends(0)
			}
			test := c.start("test, left", c.secrets, "test", "--no-input")
			test.address()
			test.ends(130, os.Interrupt)
			c.knew("code", "codeVerifier", "id_token", "access_token", "refresh_token", "jwt")
			c.search("text.jsonl", "json.jsonl")
		}},
		{"a browser is opened", simulator.Options{Seed: 40}, func(c *cage) {
			c.run("run", 0, c.secrets, "--no-input")
			page := c.start("page", append(c.secrets, "OKTA_API_TOKEN="+canaryToken, "MSGSSO_APP_CLIENT_SECRET="+canarySecret), "page", "--plain", "--serve", "--deployment", "Web SSO")
			page.address()
			c.await("started-xdg-open.txt", c.page, "PATH=")
			limits, err := os.ReadFile(fmt.Sprintf("/proc/%d/limits", page.cmd.Process.Pid))
			assert.Check(c.t, err == nil && noCore.Match(limits), "it may leave a core file: %v\n%s", err, limits)
			page.ends(0, os.Interrupt)
			c.search()
		}},
		{"typed in lines", simulator.Options{Seed: 41}, func(c *cage) {
			c.typed(inLines(), "--plain", "--keyring")
			assert.Check(c.t, !strings.Contains(c.artifacts["terminal, raw"], "\x1b"), "an escape sequence was written")
			c.search("msgsso-wizard/*.json")
		}},
		{"typed on the full screen", simulator.Options{Seed: 42}, func(c *cage) {
			c.typed(onScreen(), "--keyring")
			c.await("started-xclip.txt", "PATH=")
			c.search("msgsso-wizard/*.json")
		}},
	} {
		if repeat.Skips(scene.name, 2, 1) {
			continue
		}
		t.Run(scene.name, func(t *testing.T) {
			t.Parallel()
			c := newCage(t, scene.opts)
			scene.play(c)
			t.Logf("%d secrets, %d places", len(c.hunt.secrets), len(c.artifacts))
		})
	}
}

// knew fails unless secrets of these kinds came up.
func (c *cage) knew(kinds ...string) {
	c.t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, kind := range kinds {
		assert.Check(c.t, c.kinds[kind], "no %s came up", kind)
	}
}

var noCore = regexp.MustCompile(`(?m)^Max core file size +0 +0 `)

// await waits for texts in a file that is complete when it is there.
func (c *cage) await(file string, texts ...string) {
	c.t.Helper()
	eventually.File(c.t, filepath.Join(c.home, file), texts...)
}

// typed types the secrets on a terminal, and takes what is offered everywhere else.
func (c *cage) typed(next func(tt *terminal, shown string) string, args ...string) {
	c.t.Helper()
	cmd := command(c.t, c.open, args...)
	cmd.Dir = c.home
	tt := started(c.t, 100, 200, cmd)
	tt.play(func(shown string) string { return next(tt, shown) })
	tt.ends(0)
	c.keep("terminal, raw", tt.raw.String())
	c.keep("terminal", tt.screen.String())
	c.knew("Authorization SSWS", "Basic", "client_secret", "access_token")
}

// inLines answers each question once, and a hidden one when nothing is echoed.
func inLines() func(*terminal, string) string {
	asks := questions()
	return func(tt *terminal, _ string) string {
		raw := asks(tt)
		switch asked := raw[strings.LastIndex(raw, "\r\n\r\n")+1:]; {
		case raw == "":
			return ""
		case hides(raw) && strings.Contains(asked, "API token"):
			return canaryToken + "\n"
		case hides(raw):
			return canarySecret + "\n"
		default:
			return "\n"
		}
	}
}

// onScreen does each of these, as soon as the screen shows that it can be done, waits for what it is to come to, and
// else goes on.
func onScreen() func(*terminal, string) string {
	todo := []struct{ shown, keys, until string }{
		{"› API token", "\x1b[200~" + canaryToken + "\x1b[201~", "•••"},
		{"› OAuth client secret", "\x1b[200~" + canarySecret + "\x1b[201~", "•••"},
		{"are connected", "c", "Copied to the clipboard"},
	}
	doing := false
	return func(_ *terminal, shown string) string {
		switch {
		case doing && strings.Contains(shown, todo[0].until):
			todo, doing = todo[1:], false
			return onward(shown)
		case len(todo) > 0 && strings.Contains(shown, todo[0].shown) && (!doing || len(todo[0].keys) == 1): // a secret only once
			doing = true
			return todo[0].keys
		case doing, len(todo) > 0 && (strings.Contains(shown, "◉ Snippet") || strings.Contains(shown, "q done")): // it comes by itself
			return ""
		default:
			return onward(shown)
		}
	}
}
