//go:build linux

package e2e

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/loopback/porttest"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/testkit/eventually"
)

// cage is two orgs, a home and everything that a run can leave behind, all of it watched.
type cage struct {
	*hunt
	t       *testing.T
	sim     *simulator.Server
	home    string // and everything below it
	page    string // the redirect URI
	secrets []string
	open    []string
	echo    atomic.Value // a func(*http.Request) bool: these calls fail, and the answer repeats all that was sent
	status  int          // with which they fail
}

// newCage returns a cage for one scenario. Its secrets and addresses are variables for the program.
func newCage(t *testing.T, opts simulator.Options) *cage {
	t.Helper()
	c := &cage{hunt: newHunt(), t: t, home: t.TempDir(), status: http.StatusInternalServerError, page: fmt.Sprintf("http://localhost:%d/", porttest.Free(t))}
	opts.Okta.Limits, opts.Okta.Token, opts.Genesys.ClientSecret = map[string]int{}, canaryToken, canarySecret
	opts.Okta.Profile = oktasim.Workforce
	opts.WrapOkta, opts.WrapGenesys = c.watch, c.watch
	c.refuse(func(*http.Request) bool { return false })
	sim := startServices(t, opts)
	c.sim = sim
	c.learn("API token", canaryToken)
	c.learn("OAuth client secret", canarySecret)
	c.open = []string{
		"OKTA_CLIENT_ORGURL=" + sim.OktaURL(), "GENESYSCLOUD_REGION=" + sim.GenesysURL(), "GENESYSCLOUD_OAUTHCLIENT_ID=" + sim.Credentials().GenesysClientID,
		"MSGSSO_REDIRECT_URI=" + c.page, "HOME=" + c.home, "XDG_STATE_HOME=" + c.home, "TMPDIR=" + c.home, "PATH=" + c.tools() + ":/usr/bin:/bin",
		"DBUS_SESSION_BUS_ADDRESS=unix:path=" + filepath.Join(c.home, "none"), // no real keyring
	}
	c.secrets = []string{"OKTA_CLIENT_TOKEN=" + canaryToken, "GENESYSCLOUD_OAUTHCLIENT_SECRET=" + canarySecret}
	return c
}

// refuse has calls fail from now on.
func (c *cage) refuse(which func(*http.Request) bool) { c.echo.Store(which) }

// tools are the programs that the wizard may start: they write down what they are given, elsewhere, and move it to the
// home when it is complete.
func (c *cage) tools() string {
	folder := c.t.TempDir()
	for _, name := range []string{"xdg-open", "xclip", "xsel", "x-www-browser"} {
		script := fmt.Sprintf("#!/bin/sh\n{ echo \"started $0 $*\"; env; tr '\\0' '\\n' </proc/$PPID/cmdline; [ %s = xdg-open ] || cat; } >%[3]s/new-$$; mv %[3]s/new-$$ %[2]s/started-%[1]s.txt\n", name, c.home, folder)
		if err := os.WriteFile(filepath.Join(folder, name), []byte(script), 0o700); err != nil { //nolint:gosec // it is to run
			c.t.Fatal(err)
		}
	}
	return folder
}

// watch learns the secrets of each call and of its answer.
func (c *cage) watch(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		c.learnFrom(r.Header, string(body))
		if c.echo.Load().(func(*http.Request) bool)(r) {
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("X-Okta-Request-Id", r.Header.Get("Authorization"))
			w.WriteHeader(c.status)
			said, _ := json.Marshal(map[string]string{
				"errorCode": "E0000009", "errorSummary": fmt.Sprint(r.Header) + string(body), "message": fmt.Sprint(r.Header) + string(body), "code": r.Header.Get("Authorization"),
			})
			_, _ = w.Write(said)
			return
		}
		answer := httptest.NewRecorder()
		next.ServeHTTP(answer, r)
		c.learnFrom(answer.Header(), answer.Body.String())
		maps.Copy(w.Header(), answer.Header())
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes())
	})
}

// telling are the names of what is secret, in forms, in queries and in JSON.
var telling = regexp.MustCompile(`(?i)^(client_?secret|access_?token|refresh_?token|id_?token|jwt|client_assertion|device_code|code_?verifier|code|token)$`)

// probe is the code that no provider gave, with which the wizard checks a client secret.
const probe = "msgsso-wizard-probe"

func (c *cage) learnFrom(header http.Header, body string) {
	if scheme, value, ok := strings.Cut(header.Get("Authorization"), " "); ok {
		c.learn("Authorization "+scheme, value)
		if pair, err := base64.StdEncoding.DecodeString(value); err == nil && scheme == "Basic" {
			_, secret, _ := strings.Cut(string(pair), ":")
			plain, _ := url.QueryUnescape(secret)
			c.learn("Basic", secret)
			c.learn("Basic", plain)
		}
	}
	at, _ := url.Parse(header.Get("Location"))
	for _, text := range []string{at.RawQuery, at.Fragment, body} {
		if values, err := url.ParseQuery(text); err == nil {
			for name := range values {
				if telling.MatchString(name) && values.Get(name) != probe {
					c.learn(name, values.Get(name))
				}
			}
		}
	}
	var tree any
	if json.Unmarshal([]byte(body), &tree) == nil {
		c.learnFromJSON(tree)
	}
}

func (c *cage) learnFromJSON(value any) {
	switch v := value.(type) {
	case []any:
		for _, one := range v {
			c.learnFromJSON(one)
		}
	case map[string]any:
		for name, member := range v {
			text, ok := member.(string)
			switch {
			case !ok:
				c.learnFromJSON(member)
			case telling.MatchString(name) && (name != "code" || v["codeVerifier"] != nil): // otherwise it is an error's
				c.learn(name, text)
			}
		}
	}
}

// process is a process that goes on while the test does something else.
type process struct {
	*cage
	name      string
	cmd       *exec.Cmd
	out, said eventually.Output
}

// start starts the program with these variables, and keeps what can be seen of it from outside.
func (c *cage) start(name string, environ []string, args ...string) *process {
	c.t.Helper()
	v := &process{cage: c, name: name, cmd: command(c.t, append(environ, c.open...), args...)}
	v.cmd.Dir, v.cmd.Stdout, v.cmd.Stderr = c.home, &v.out, &v.said
	assert.NilError(c.t, v.cmd.Start())
	line, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", v.cmd.Process.Pid))
	c.keep(name+", cmdline", string(line))
	return v
}

// ends waits for the end, after a signal if there is one.
func (v *process) ends(code int, signals ...os.Signal) {
	v.t.Helper()
	for _, s := range signals {
		_ = v.cmd.Process.Signal(s)
	}
	_ = v.cmd.Wait()
	validate(v.t, v.cmd, v.out.String())
	v.keep(v.name+", stdout", v.out.String())
	v.keep(v.name+", stderr", v.said.String())
	if got := v.cmd.ProcessState.ExitCode(); got != code {
		v.t.Errorf("%s: exit code %d, want %d\n%s%s", v.name, got, code, &v.out, &v.said)
	}
}

// run runs it to its end.
func (c *cage) run(name string, code int, environ []string, args ...string) {
	c.t.Helper()
	c.start(name, environ, args...).ends(code)
}

var served = regexp.MustCompile(`(http://localhost:\d+/(\?\S+)?)\s`)

// address waits for the address that the program serves.
func (v *process) address() (address string) {
	v.t.Helper()
	eventually.True(v.t, func() bool {
		found := served.FindStringSubmatch(v.said.String())
		if found != nil {
			address = found[1]
		}
		return found != nil
	}, func() string { return "no address in:\n" + v.said.String() })
	return address
}

// search adds every file that was left, and what a secret was found in fails the test.
func (c *cage) search(files ...string) {
	c.t.Helper()
	err := filepath.WalkDir(c.home, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		c.keep(strings.TrimPrefix(path, c.home), string(content))
		return err
	})
	assert.Check(c.t, err)
	for _, pattern := range files {
		there, _ := filepath.Glob(filepath.Join(c.home, pattern))
		assert.Check(c.t, len(there) != 0, "there is no %s", pattern)
	}
	for _, hit := range c.found() {
		c.t.Errorf("a secret got out: %s", hit)
	}
}
