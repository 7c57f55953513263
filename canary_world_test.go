//go:build linux

package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
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
	"time"

	"msgsso-wizard/apiclient/loopback/porttest"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
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
}

// newCage returns a cage for one scenario. Its secrets and addresses are variables for the program.
func newCage(t *testing.T, opts simulator.Options) *cage {
	t.Helper()
	c := &cage{hunt: newHunt(), t: t, home: t.TempDir(), page: fmt.Sprintf("http://localhost:%d/", porttest.Free(t))}
	opts.Okta.Limits, opts.Okta.Token, opts.Genesys.ClientSecret = map[string]int{}, canaryToken, canarySecret
	opts.Okta.Profile = oktasim.Workforce
	opts.WrapOkta, opts.WrapGenesys = c.watch, c.watch
	c.break500(func(*http.Request) bool { return false })
	sim, err := simulator.Start(t.Context(), opts)
	if err != nil {
		t.Fatal(err)
	}
	c.sim = sim
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = sim.Close(ctx)
	})
	c.learn("API token", canaryToken)
	c.learn("OAuth client secret", canarySecret)
	c.open = []string{
		"OKTA_CLIENT_ORGURL=" + sim.OktaURL(), "GENESYSCLOUD_REGION=" + sim.GenesysURL(), "GENESYSCLOUD_OAUTHCLIENT_ID=" + sim.Credentials().GenesysClientID,
		"MSGSSO_REDIRECT_URI=" + c.page, "HOME=" + c.home, "XDG_STATE_HOME=" + c.home, "TMPDIR=" + c.home, "PATH=" + c.tools() + ":/usr/bin:/bin",
		"DBUS_SESSION_BUS_ADDRESS=unix:path=" + filepath.Join(c.home, "none"), // nobody's own keyring
	}
	c.secrets = []string{"OKTA_CLIENT_TOKEN=" + canaryToken, "GENESYSCLOUD_OAUTHCLIENT_SECRET=" + canarySecret}
	return c
}

// break500 has calls fail from now on.
func (c *cage) break500(which func(*http.Request) bool) { c.echo.Store(which) }

// tools are the programs that the wizard may start: they write down what they are given.
func (c *cage) tools() string {
	folder := c.t.TempDir()
	for _, name := range []string{"xdg-open", "xclip", "xsel", "x-www-browser"} {
		script := fmt.Sprintf("#!/bin/sh\n{ echo \"started $0 $*\"; env; tr '\\0' '\\n' </proc/$PPID/cmdline; [ %s = xdg-open ] || cat; } >%s/new-$$; mv %[2]s/new-$$ %[2]s/started-%[1]s.txt\n", name, c.home)
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
			w.WriteHeader(http.StatusInternalServerError)
			said, _ := json.Marshal(map[string]string{
				"errorCode": "E0000009", "errorSummary": fmt.Sprint(r.Header) + string(body), "message": fmt.Sprint(r.Header) + string(body), "code": r.Header.Get("Authorization"),
			})
			_, _ = w.Write(said)
			return
		}
		answer := httptest.NewRecorder()
		next.ServeHTTP(answer, r)
		c.learnFrom(answer.Header(), answer.Body.String())
		for name, values := range answer.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes())
	})
}

// telling are the names of what is secret, in forms, in queries and in JSON.
var telling = regexp.MustCompile(`(?i)^(client_?secret|access_?token|refresh_?token|id_?token|jwt|client_assertion|device_code|code_?verifier|code|token)$`)

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
				if telling.MatchString(name) {
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

// start starts the program with these variables, and keeps what can be seen of it from outside.
func (c *cage) start(name string, environ []string, args ...string) (*exec.Cmd, *output, *output) {
	c.t.Helper()
	cmd := command(c.t, append(environ, c.open...), args...)
	cmd.Dir = c.home
	var out, said output
	cmd.Stdout, cmd.Stderr = &out, &said
	if err := cmd.Start(); err != nil {
		c.t.Fatal(err)
	}
	line, _ := os.ReadFile(fmt.Sprintf("/proc/%d/cmdline", cmd.Process.Pid))
	c.keep(name+", cmdline", string(line))
	return cmd, &out, &said
}

// run runs it to its end.
func (c *cage) run(name string, code int, environ []string, args ...string) string {
	c.t.Helper()
	cmd, out, said := c.start(name, environ, args...)
	_ = cmd.Wait()
	c.ended(name, code, cmd, out, said)
	return out.String() + said.String()
}

func (c *cage) ended(name string, code int, cmd *exec.Cmd, out, said *output) {
	c.t.Helper()
	c.keep(name+", stdout", out.String())
	c.keep(name+", stderr", said.String())
	if got := cmd.ProcessState.ExitCode(); got != code {
		c.t.Errorf("%s: exit code %d, want %d\n%s%s", name, got, code, out, said)
	}
}

// look adds every file that was left, and what a secret was found in fails the test.
func (c *cage) look(files ...string) {
	c.t.Helper()
	err := filepath.WalkDir(c.home, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		c.keep(strings.TrimPrefix(path, c.home), string(content))
		return err
	})
	if err != nil {
		c.t.Error(err)
	}
	for _, pattern := range files {
		if there, _ := filepath.Glob(filepath.Join(c.home, pattern)); len(there) == 0 {
			c.t.Errorf("there is no %s", pattern)
		}
	}
	for _, hit := range c.found() {
		c.t.Errorf("a secret got out: %s", hit)
	}
}

// browse goes where a browser is sent and signs Alice in, until a page stands still.
func (c *cage) browse(address string) {
	jar := cookies{}
	client := &http.Client{Timeout: 20 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	defer client.CloseIdleConnections()
	method, form := http.MethodGet, ""
	for range 30 {
		r, err := http.NewRequestWithContext(c.t.Context(), method, address, strings.NewReader(form))
		if err != nil {
			c.t.Error(err)
			return
		}
		if method == http.MethodPost {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		jar.give(r)
		answer, err := client.Do(r)
		if err != nil {
			c.t.Error(err)
			return
		}
		jar.take(answer)
		page, _ := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		at, err := answer.Location()
		switch {
		case err == nil:
			method, form, address = http.MethodGet, "", at.String()
		case method == http.MethodGet && bytes.Contains(page, []byte("login")) && strings.HasPrefix(address, c.sim.OktaURL()):
			method, form = http.MethodPost, "login=alice%40acme.test"
		default:
			c.keep("the page that the test served", string(page))
			return
		}
	}
	c.t.Errorf("the browser is sent round and round: %s", address)
}

// cookies are by the host that set them.
type cookies map[string]map[string]string

func (j cookies) give(r *http.Request) {
	for name, value := range j[r.URL.Host] {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
}

func (j cookies) take(answer *http.Response) {
	for _, c := range answer.Cookies() {
		if j[answer.Request.URL.Host] == nil {
			j[answer.Request.URL.Host] = map[string]string{}
		}
		j[answer.Request.URL.Host][c.Name] = c.Value
	}
}
