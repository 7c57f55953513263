//go:build linux

package main

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
	"time"

	"msgsso-wizard/apiclient/loopback"
	"msgsso-wizard/apiclient/loopback/porttest"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simtest"
)

// visited is a set-up in simulated orgs, whose page is on a port of this computer, and somebody's browser elsewhere.
type visited struct {
	sim     *simulator.Server
	port    int
	environ []string
	browser *http.Client
}

func newVisited(t *testing.T) *visited {
	t.Helper()
	sim := simtest.Start(t, simulator.Options{Seed: 15, Okta: oktasim.Options{Profile: oktasim.Workforce}})
	v := &visited{sim: sim, port: porttest.Free(t)}
	v.environ = append(sim.Environment(), "LANG=C.UTF-8", "TERM=xterm", "XDG_STATE_HOME="+t.TempDir(), fmt.Sprintf("MSGSSO_REDIRECT_URI=http://localhost:%d/", v.port))
	var said strings.Builder
	if code := run(t.Context(), []string{"--no-input"}, strings.NewReader(""), io.Discard, &said, v.environ); code != 0 {
		t.Fatalf("exit code %d\n%s", code, said.String())
	}
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	v.browser = &http.Client{
		Jar: plainJar{jar}, Transport: &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(req *http.Request, _ []*http.Request) error { // what is on that computer is not reached from here
			if req.URL.Port() == strconv.Itoa(v.port) {
				return http.ErrUseLastResponse
			}
			return nil
		},
	}
	return v
}

// plainJar sends secure cookies to this computer without TLS, as browsers do.
type plainJar struct{ http.CookieJar }

func (j plainJar) SetCookies(u *url.URL, cookies []*http.Cookie) {
	for _, c := range cookies {
		c.Secure = false
	}
	j.CookieJar.SetCookies(u, cookies)
}

// goTo opens an address, signs in where it is asked, and returns the address that the browser cannot open.
func (v *visited) goTo(t *testing.T, address string) string {
	t.Helper()
	method, form := http.MethodGet, url.Values(nil)
	for range 2 {
		req, err := http.NewRequestWithContext(t.Context(), method, address, strings.NewReader(form.Encode()))
		if err != nil {
			t.Fatal(err)
		}
		if form != nil {
			req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		}
		resp, err := v.browser.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if to := resp.Header.Get("Location"); to != "" {
			return to
		}
		method, form, address = http.MethodPost, url.Values{"login": {"alice@acme.test"}}, resp.Request.URL.String()
	}
	t.Fatalf("the browser stays at %s", address)
	return ""
}

var direct = regexp.MustCompile(`starts here:\r\n(http://127\.0\.0\.1:\S+)\r\n`)

// directly waits until the terminal shows so many addresses for a browser elsewhere, and returns the last.
func directly(t *testing.T, tt *terminal, count int) string {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		if all := direct.FindAllStringSubmatch(tt.raw.String(), -1); len(all) == count {
			return all[count-1][1]
		}
	}
	t.Fatalf("no address in:\n%s", tt.raw.String())
	return ""
}

// evilOpener is a folder with a program that opens browsers, writes over the screen and does not end. Its files say
// what it was given.
func evilOpener(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	script := fmt.Sprintf("#!/bin/sh\nenv >%[1]s/environment\necho \"$@\" >%[1]s/opened\nprintf 'EVIL\\033[2J\\033]52;c;AAAA\\007'\nprintf 'EVIL\\033[H' >&2\necho $$ >%[1]s/process\nexec sleep 60\n", folder)
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

// hasBegun waits until the opener has said all that it says: nobody else waits for it.
func hasBegun(t *testing.T, opener string) {
	t.Helper()
	for end := time.Now().Add(10 * time.Second); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if _, err := os.Stat(filepath.Join(opener, "process")); err == nil {
			return
		}
	}
	t.Fatal("the opener was not started")
}

// TestSignInFromElsewhere: the opener hangs and writes nonsense, and the browser is on another computer. The terminal
// shows where to go, how to come through, and takes the address that the browser could not open.
func TestSignInFromElsewhere(t *testing.T) {
	t.Parallel()
	v, opener := newVisited(t), evilOpener(t)
	tt := onTerminalOf(t, 500, 200, append(v.environ, "PATH="+opener+":"+os.Getenv("PATH"), "BROWSER=evil"), "test", "--plain", "--deployment", "Web SSO")
	first := directly(t, tt, 1)
	tt.raw.await(t, fmt.Sprintf("\r\nhttp://localhost:%d/?start=", v.port))
	tt.raw.await(t, fmt.Sprintf("\r\nssh -L %[1]d:localhost:%[1]d\r\n", v.port))
	hasBegun(t, opener)
	back := v.goTo(t, first)
	_, _ = tt.WriteString(regexp.MustCompile(`state=[^&]+`).ReplaceAllString(back, "state=guessed") + "\n")
	tt.raw.await(t, "did not ask for that sign-in")
	_, _ = tt.WriteString(back + "\n")
	second := directly(t, tt, 2)
	if second == first {
		t.Error("the second code is asked for with the first state")
	}
	_, _ = tt.WriteString(v.goTo(t, second) + "\n")
	_ = tt.cmd.Wait()
	<-tt.over
	raw := tt.raw.String()
	if code := tt.cmd.ProcessState.ExitCode(); code != 0 || !strings.Contains(raw, "Sign-in works") {
		t.Errorf("exit code %d:\n%s", code, raw)
	}
	if strings.Contains(raw, "EVIL") || strings.Contains(raw, "\x1b") {
		t.Errorf("the opener writes over the screen: %q", raw)
	}
	opened, err := os.ReadFile(filepath.Join(opener, "opened"))
	if err != nil || !strings.HasPrefix(string(opened), fmt.Sprintf("http://localhost:%d/?start=", v.port)) {
		t.Errorf("opened %q, %v", opened, err)
	}
	given, err := os.ReadFile(filepath.Join(opener, "environment"))
	c := v.sim.Credentials()
	if err != nil || strings.Contains(string(given), c.OktaToken) || strings.Contains(string(given), c.GenesysClientSecret) {
		t.Errorf("the opener is given a secret: %v\n%s", err, given)
	}
	v.nothingLeft(t, 1) // Genesys Cloud's own
}

// TestInterruptedSignIn: who stops the test, at the sign-in page or with the first tokens at hand, leaves none of them
// and no listener.
func TestInterruptedSignIn(t *testing.T) {
	t.Parallel()
	for name, between := range map[string]bool{"at Okta": false, "between the codes": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			v := newVisited(t)
			tt := onTerminalOf(t, 500, 200, v.environ, "test", "--plain", "--deployment", "Web SSO", "--no-browser")
			first := directly(t, tt, 1)
			if between {
				_, _ = tt.WriteString(v.goTo(t, first) + "\n")
				directly(t, tt, 2)
				if v.sim.Okta().VisitorTokens() == 0 {
					t.Error("there is no token yet")
				}
			}
			_, _ = tt.WriteString("\x03")
			_ = tt.cmd.Wait()
			<-tt.over
			if code := tt.cmd.ProcessState.ExitCode(); code != 130 || !strings.Contains(tt.raw.String(), "Ending the test: what it got is taken back.") {
				t.Errorf("exit code %d:\n%s", code, tt.raw.String())
			}
			v.nothingLeft(t, 0)
		})
	}
}

// nothingLeft fails where the test left tokens, more redirect URIs or its port.
func (v *visited) nothingLeft(t *testing.T, tokens int) {
	t.Helper()
	if at, there := v.sim.Okta().VisitorTokens(), v.sim.Genesys().VisitorTokens(); at != tokens || there != 0 {
		t.Errorf("%d tokens at Okta, want %d, and %d at Genesys Cloud", at, tokens, there)
	}
	listeners, err := loopback.Listen(t.Context(), v.port)
	if err != nil {
		t.Fatal(err)
	}
	loopback.Close(listeners)
}
