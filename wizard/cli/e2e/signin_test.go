//go:build linux

package e2e

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/loopback"
	"msgsso-wizard/apiclient/loopback/porttest"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/apiclient/testkit/eventually"
)

// visited is a setup in simulated orgs, whose page is on a port of this computer, and a browser on another computer.
type visited struct {
	sim     *simulator.Server
	port    int
	environ []string
	state   string // the folder of the run journals
	setUp   string // what the setup wrote
	browser *browser
}

func newVisited(t *testing.T, more ...string) *visited { return visitedAt(t, nil, more...) }

// visitedAt sees each request to Okta first.
func visitedAt(t *testing.T, okta func(http.Handler) http.Handler, more ...string) *visited {
	t.Helper()
	return visitedBy(t, simulator.Options{Okta: oktasim.Options{Profile: oktasim.Workforce}, WrapOkta: okta}, more)
}

// newVisitedAt is for another Okta org, and a setup with more flags.
func newVisitedAt(t *testing.T, org oktasim.Options, flags ...string) *visited {
	t.Helper()
	return visitedBy(t, simulator.Options{Okta: org}, nil, flags...)
}

func visitedBy(t *testing.T, opts simulator.Options, environ []string, flags ...string) *visited {
	t.Helper()
	v := newVisitor(t, opts)
	got := run(t, append(v.environ, environ...), "", append([]string{"--no-input"}, flags...)...)
	assert.Equal(t, got.code, 0, got.said)
	v.setUp = got.out + got.said
	return v
}

// newVisitor is one where nothing is set up yet.
func newVisitor(t *testing.T, opts simulator.Options) *visited {
	t.Helper()
	opts.Seed = 15
	sim := simtest.Start(t, opts)
	v := &visited{sim: sim, port: porttest.Free(t), state: t.TempDir()}
	v.environ = append(sim.Environment(), "LANG=C.UTF-8", "TERM=xterm", "XDG_STATE_HOME="+v.state, fmt.Sprintf("MSGSSO_REDIRECT_URI=http://localhost:%d/", v.port))
	away := strconv.Itoa(v.port) // that computer is not reached from here
	v.browser = newBrowser(t, sim.OktaURL(), func(u *url.URL) bool { return u.Port() == away })
	return v
}

// goTo opens an address and returns the one that the browser cannot open.
func (v *visited) goTo(t *testing.T, address string) string {
	t.Helper()
	to, page := v.browser.open(t, address)
	assert.Assert(t, to != "", "the browser stays at %s", page)
	return to
}

var direct = regexp.MustCompile(`can't reach this computer, open:\r\n(http://127\.0\.0\.1:\S+)\r\n`)

// directly waits until the terminal shows so many addresses for a browser elsewhere, and returns the last.
func directly(tt *terminal, count int) string {
	tt.t.Helper()
	var all [][]string
	eventually.True(tt.t, func() bool {
		all = direct.FindAllStringSubmatch(tt.raw.String(), -1)
		return len(all) == count
	}, func() string { return fmt.Sprintf("%d addresses, want %d, in:\n%s", len(all), count, tt.raw.String()) })
	return all[count-1][1]
}

// evilOpener is a folder with a program that opens browsers, writes over the screen, and does not end. Its files say
// what it was given. The last of them is its process.
func evilOpener(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	script := fmt.Sprintf(`#!/bin/sh
cd %s
env >environment
echo "$@" >opened
printf 'EVIL\033[2J\033]52;c;AAAA\007'
printf 'EVIL\033[H' >&2
echo $$ >new
mv new process
exec sleep 600
`, folder)
	if err := os.WriteFile(filepath.Join(folder, "xdg-open"), []byte(script), 0o700); err != nil { //nolint:gosec // it is a program
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if text, err := os.ReadFile(filepath.Join(folder, "process")); err == nil {
			if pid, err := strconv.Atoi(strings.TrimSpace(string(text))); err == nil {
				_ = syscall.Kill(pid, syscall.SIGKILL)
			}
		}
	})
	return folder
}

// TestSignInFromOtherComputer: the opener hangs and writes nonsense, and the browser is on another computer. The terminal
// shows where to go, how to come through, and takes the address that the browser could not open.
func TestSignInFromOtherComputer(t *testing.T) {
	t.Parallel()
	v, opener := newVisited(t), evilOpener(t)
	tt := onTerminalOf(t, 500, 200, append(v.environ, "PATH="+opener+":"+os.Getenv("PATH"), "BROWSER=evil"), "test", "--plain", "--deployment", "Web SSO")
	first := directly(tt, 1)
	tt.wrote(fmt.Sprintf("\r\nhttp://localhost:%d/?start=", v.port), fmt.Sprintf("\r\nssh -L %[1]d:localhost:%[1]d USER@HOST\r\n", v.port))
	eventually.File(t, filepath.Join(opener, "process"), "\n") // the wizard itself does not wait for it
	back := v.goTo(t, first)
	tt.press(regexp.MustCompile(`state=[^&]+`).ReplaceAllString(back, "state=guessed") + "\n")
	tt.wrote("request that sign-in")
	tt.press(back + "\n")
	second := directly(tt, 2)
	assert.Check(t, second != first, "the second code is asked for with the first state")
	tt.press(v.goTo(t, second) + "\n")
	tt.ends(0)
	raw := tt.raw.String()
	assert.Check(t, is.Contains(raw, "Sign-in works"), "the sign-in test")
	assert.Check(t, !strings.Contains(raw, "EVIL") && !strings.Contains(raw, "\x1b"),
		"the opener writes over the screen: %q", raw)
	opened, err := os.ReadFile(filepath.Join(opener, "opened"))
	assert.NilError(t, err)
	assert.Check(t, onlyHere.Match(opened), "%q", opened)
	given, err := os.ReadFile(filepath.Join(opener, "environment"))
	c := v.sim.Credentials()
	if err != nil || strings.Contains(string(given), c.OktaToken) || strings.Contains(string(given), c.GenesysClientSecret) {
		t.Errorf("the opener is given a secret: %v\n%s", err, given)
	}
	v.nothingLeft(t)
}

// TestUnassignedUserIsAssigned: Okta refuses a user who isn't assigned. The wizard assigns the user, who can then sign in.
func TestUnassignedUserIsAssigned(t *testing.T) {
	t.Parallel()
	v := newVisited(t, "MSGSSO_ASSIGN=skip")
	tt := onTerminalOf(t, 500, 200, v.environ, "test", "--plain", "--deployment", "Web SSO", "--no-browser")
	tt.press(v.goTo(t, directly(tt, 1)) + "\n")
	tt.wrote("alice@acme.test isn't assigned to the app integration.", "f fix and retest, Enter continues > ")
	tt.press("f\n")
	tt.wrote("Okta login of the user to assign [alice@acme.test] > ")
	tt.press("nobody@acme.test\n")
	tt.wrote("Okta has no user with the login nobody@acme.test.")
	tt.press("\n")
	tt.wrote("+ new assignment  alice@acme.test", "Apply these changes? [Y/n] ")
	tt.press("y\n")
	tt.press(v.goTo(t, directly(tt, 2)) + "\n")
	tt.press(v.goTo(t, directly(tt, 3)) + "\n")
	tt.ends(0)
	assert.Check(t, is.Contains(tt.raw.String(), "Sign-in works"))
}

// TestStoppedSignInLeavesNothing: who stops the test, at the sign-in page or with the first tokens at hand, leaves none of them
// and no listener.
func TestStoppedSignInLeavesNothing(t *testing.T) {
	t.Parallel()
	for name, between := range map[string]bool{"at Okta": false, "between the codes": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := newVisited(t)
			tt := onTerminalOf(t, 500, 200, v.environ, "test", "--plain", "--deployment", "Web SSO", "--no-browser")
			first := directly(tt, 1)
			if between {
				tt.press(v.goTo(t, first) + "\n")
				directly(tt, 2)
				assert.Check(t, v.sim.Okta().VisitorTokens() != 0, "there is no token yet")
			}
			tt.press("\x03")
			tt.ends(130)
			assert.Check(t, is.Contains(tt.raw.String(), "Stopping the test and revoking its tokens."),
				"the sign-in test")
			v.nothingLeft(t)
		})
	}
}

// nothingLeft fails where the test left tokens, more redirect URIs or its port.
func (v *visited) nothingLeft(t *testing.T) {
	t.Helper()
	at, there := v.sim.Okta().VisitorTokens(), v.sim.Genesys().VisitorTokens()
	assert.Check(t, at == 0 && there == 0, "%d tokens at Okta and %d at Genesys Cloud", at, there)
	listeners, err := loopback.Listen(t.Context(), v.port)
	assert.NilError(t, err)
	loopback.Close(listeners)
}

// browser is Alice's.
type browser struct {
	*http.Client
	okta string
}

// newBrowser returns a browser that signs in to that Okta org, and to which the addresses that are away do not answer.
func newBrowser(t *testing.T, okta string, away func(*url.URL) bool) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	assert.NilError(t, err)
	return &browser{&http.Client{
		Jar: plainJar{jar}, Transport: &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(r *http.Request, before []*http.Request) error {
			if away(r.URL) || len(before) > 30 {
				return http.ErrUseLastResponse
			}
			return nil
		},
	}, okta}
}

// plainJar sends secure cookies to this computer without TLS, as browsers do.
type plainJar struct{ http.CookieJar }

func (j plainJar) SetCookies(u *url.URL, cookies []*http.Cookie) {
	for _, c := range cookies {
		c.Secure = false
	}
	j.CookieJar.SetCookies(u, cookies)
}

// open opens an address, signs in where Okta asks, and returns where that ends: at an address that is away, or at a page.
func (b *browser) open(t *testing.T, address string) (away, page string) {
	t.Helper()
	method, form := http.MethodGet, url.Values(nil)
	for {
		r, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(form.Encode()))
		assert.NilError(t, err)
		if form != nil {
			r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		answer, err := b.Do(r)
		assert.NilError(t, err)
		text, _ := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		away, page, address = answer.Header.Get("Location"), string(text), answer.Request.URL.String()
		if away != "" || form != nil || !strings.HasPrefix(address, b.okta) {
			return away, page
		}
		method, form = http.MethodPost, url.Values{"login": {"alice@acme.test"}}
	}
}
