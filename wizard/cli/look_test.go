package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"regexp"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/loopback/porttest"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simtest"
)

// setUp is both services, simulated, with a set-up whose redirect URI is free on this computer.
func setUp(t *testing.T) map[string]string {
	t.Helper()
	s := simtest.Start(t, simulator.Options{Okta: oktasim.Options{Profile: "workforce"}})
	page := fmt.Sprintf("http://localhost:%d/", porttest.Free(t))
	environ := map[string]string{"MSGSSO_REDIRECT_URI": page, "LANG": "C.UTF-8", "XDG_STATE_HOME": t.TempDir()}
	for _, line := range s.Environment() {
		name, value, _ := strings.Cut(line, "=")
		environ[name] = value
	}
	p, _, errs := program(environ, nil)
	assert.Equal(t, p.Run(t.Context(), []string{"--no-input"}), 0, errs)
	return environ
}

// program is one without a terminal; seen is told all that it says.
func program(environ map[string]string, seen func(said string)) (p *Program, out *bytes.Buffer, errs *telling) {
	out, errs = new(bytes.Buffer), &telling{tell: seen}
	return &Program{In: new(bytes.Buffer), Out: out, Err: errs, Lookup: lookup(environ), Signals: make(chan os.Signal, 2)}, out, errs
}

// telling is output that somebody follows.
type telling struct {
	mu   sync.Mutex
	text strings.Builder
	tell func(said string)
}

func (w *telling) Write(p []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.text.Write(p)
	if w.tell != nil {
		w.tell(w.text.String())
	}
	return len(p), nil
}

func (w *telling) String() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.text.String()
}

var begins = regexp.MustCompile(`http://localhost:\d+/\?start=\S+`)

// once calls do with the address of a test when that is said.
func once(do func(address string)) func(string) {
	var first sync.Once
	return func(said string) {
		if address := begins.FindString(said); address != "" && strings.Contains(said, address+"\n") {
			first.Do(func() { do(address) })
		}
	}
}

// looseJar sends secure cookies to this computer without TLS, as browsers do.
type looseJar struct{ http.CookieJar }

func (j looseJar) SetCookies(u *url.URL, cookies []*http.Cookie) {
	for _, c := range cookies {
		c.Secure = false
	}
	j.CookieJar.SetCookies(u, cookies)
}

// signIn is a visitor with a browser.
func signIn(t *testing.T, address, login string) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Error(err)
		return
	}
	transport := &http.Transport{}
	defer transport.CloseIdleConnections()
	browser := &http.Client{Jar: looseJar{jar}, Transport: transport}
	visit := func(req *http.Request, err error) *url.URL {
		if err != nil {
			t.Error(err)
			return nil
		}
		resp, err := browser.Do(req)
		if err != nil {
			t.Error(err)
			return nil
		}
		_, _ = io.Copy(io.Discard, resp.Body)
		_ = resp.Body.Close()
		return resp.Request.URL
	}
	page := visit(http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil))
	if page == nil {
		return
	}
	form := strings.NewReader(url.Values{"login": {login}}.Encode())
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, page.String(), form)
	if err == nil {
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	visit(req, err)
}

func TestCommandsOnThisComputer(t *testing.T) { //nolint:tparallel // its parts use one port, one after the other
	t.Parallel()
	environ := setUp(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute) // or a test waits for its visitor for 10
	defer cancel()
	t.Run("passes", func(t *testing.T) {
		var visitor sync.WaitGroup
		p, out, errs := program(environ, once(func(address string) {
			visitor.Go(func() { signIn(t, address, "alice@acme.test") })
		}))
		code := p.Run(ctx, []string{"test", "--no-input"})
		visitor.Wait()
		if code != 0 || !strings.Contains(out.String(), "Sign-in works") || !strings.Contains(out.String(), "alice@acme.test") {
			t.Errorf("exit code %d\n%s\n%s", code, out, errs)
		}
	})
	t.Run("is stopped", func(t *testing.T) {
		for signal, want := range map[os.Signal]int{os.Interrupt: 130, syscall.SIGTERM: 143} {
			signals := make(chan os.Signal, 2)
			p, out, errs := program(environ, once(func(string) { signals <- signal }))
			p.Signals = signals
			code := p.Run(ctx, []string{"test", "--no-input", "--output", "json"})
			if code != want || !strings.Contains(errs.String(), "Ending the test") || !strings.Contains(out.String(), `"exit_code": `) {
				t.Errorf("%v: exit code %d\n%s\n%s", signal, code, out, errs)
			}
		}
	})
	t.Run("a page is served until it is stopped", func(t *testing.T) {
		signals := make(chan os.Signal, 2)
		p, out, errs := program(environ, func(said string) {
			if strings.Contains(said, environ["MSGSSO_REDIRECT_URI"]+"\n") {
				select {
				case signals <- os.Interrupt:
				default:
				}
			}
		})
		p.Signals = signals
		code := p.Run(ctx, []string{"page", "--serve", "--no-input"})
		assert.Check(t, code == 0 && out.Len() <= 0, "exit code %d\n%s\n%s", code, out, errs)
	})
}
