package callback

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"msgsso-wizard/apiclient/loopback/porttest"

	"msgsso-wizard/apiclient/testkit/eventually"

	"go.uber.org/goleak"
	"gotest.tools/v3/assert"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// walk is a flow under way, of two trips that notes what happens to them. The states of the tries are
// s1, s2 and so on, with a tail that is not to be guessed.
type walk struct {
	flow  *Flow
	port  int
	shown chan Address
	ended chan error
	end   context.CancelFunc

	mu    sync.Mutex
	tries []string // the provider's addresses
	came  []string // trip, code or error, and the rest
	stop  bool     // Received says no
	hold  func(context.Context)
}

// set makes a flow that was not begun.
func set(t *testing.T, redirectURI string) *walk {
	t.Helper()
	w := &walk{port: porttest.Free(t), shown: make(chan Address, 4), ended: make(chan error, 1)}
	trip := func(n int) RoundTrip {
		return RoundTrip{
			Begin: func(other bool) (string, string, error) {
				w.mu.Lock()
				defer w.mu.Unlock()
				state := fmt.Sprintf("s%d-tail", len(w.tries)+1)
				to := fmt.Sprintf("https://idp.example/authorize?trip=%d&other=%t&state=%s", n, other, state)
				w.tries = append(w.tries, to)
				return to, state, nil
			},
			Received: func(ctx context.Context, response Response) bool {
				w.mu.Lock()
				defer w.mu.Unlock()
				if w.hold != nil {
					w.hold(ctx)
				}
				w.came = append(w.came, fmt.Sprintf("%d|%s|%s|%s|%s", n, response.Code.Reveal(), response.Issuer, response.Error, response.Description))
				return !w.stop
			},
		}
	}
	w.flow = &Flow{
		RedirectURI:   strings.ReplaceAll(redirectURI, "PORT", strconv.Itoa(w.port)),
		resultTimeout: time.Hour, // no test waits for it
		RoundTrips:    []RoundTrip{trip(1), trip(2)},
		Show:          func(a Address) { w.shown <- a },
		Result: func() Page {
			return Page{Title: "Sign-in works", Lines: []Line{{true, "Okta"}, {false, "<b>Genesys</b>"}}}
		},
	}
	return w
}

// begun makes a flow with a change, at a port of this computer, and has a browser go to its first address.
func begun(t *testing.T, change func(*walk)) (*walk, Address, *http.Client) {
	t.Helper()
	w := set(t, "http://localhost:PORT/")
	change(w)
	a, browser := w.run(t), newBrowser(t)
	get(t, browser, a.URL)
	return w, a, browser
}

func asItIs(*walk) {}

// run begins the flow and returns what the user sees.
func (w *walk) run(t *testing.T) Address {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	w.end = cancel
	t.Cleanup(cancel)
	go func() { w.ended <- w.flow.Run(ctx) }()
	select {
	case a := <-w.shown:
		return a
	case err := <-w.ended:
		t.Fatalf("nothing was shown: %v", err)
		return Address{}
	}
}

// wait returns how the flow ended.
func (w *walk) wait(t *testing.T) error {
	t.Helper()
	return eventually.From(t, w.ended, "the flow's end")
}

// reply is what a browser got.
type reply struct {
	status   int
	location string
	header   http.Header
	body     string
}

// newBrowser returns a browser that keeps cookies and follows no redirect.
func newBrowser(t *testing.T) *http.Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	assert.NilError(t, err)
	return &http.Client{
		Jar: jar, Transport: &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func get(t *testing.T, browser *http.Client, address string) reply {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), "GET", address, nil)
	assert.NilError(t, err)
	resp, err := browser.Do(req)
	assert.NilError(t, err)
	return read(t, resp)
}

func read(t *testing.T, resp *http.Response) reply {
	t.Helper()
	defer resp.Body.Close() //nolint:errcheck // it was read
	body, err := io.ReadAll(resp.Body)
	assert.NilError(t, err)
	return reply{resp.StatusCode, resp.Header.Get("Location"), resp.Header, string(body)}
}

// state is the one that an address of the provider carries.
func state(t *testing.T, to string) string {
	t.Helper()
	u, err := url.Parse(to)
	assert.Assert(t, err == nil && u.Host == "idp.example", "not the provider: %q, %v", to, err)
	return u.Query().Get("state")
}

// isFree reports whether the port is free in either family.
func isFree(t *testing.T, port int) {
	t.Helper()
	for _, ip := range []string{"127.0.0.1", "::1"} {
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", net.JoinHostPort(ip, strconv.Itoa(port)))
		if err == nil {
			_ = conn.Close()
			t.Errorf("somebody still listens at %s", ip)
		}
	}
}

var errBoom = errors.New("boom")
