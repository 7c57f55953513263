package simulator

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simkit"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func start(t *testing.T, opts Options) *Server {
	t.Helper()
	s, err := Start(t.Context(), opts)
	assert.NilError(t, err)
	t.Cleanup(func() {
		http.DefaultClient.CloseIdleConnections()
		assert.Check(t, s.Close(context.Background()))
	})
	return s
}

// get returns the status of one call, 0 when the connection was cut, and the body.
func get(t *testing.T, address, token, host string) (int, string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	assert.NilError(t, err)
	if token != "" {
		req.Header.Set("Authorization", "SSWS "+token)
	}
	req.Host = host
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err.Error()
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	assert.NilError(t, err)
	return resp.StatusCode, string(body)
}

func TestEnvironment(t *testing.T) {
	s := start(t, Options{Seed: 3})
	c := s.Credentials()
	want := []string{
		"OKTA_CLIENT_ORGURL=" + s.OktaURL(), "OKTA_CLIENT_TOKEN=" + c.OktaToken, "GENESYSCLOUD_REGION=" + s.GenesysURL(),
		"GENESYSCLOUD_OAUTHCLIENT_ID=" + c.GenesysClientID, "GENESYSCLOUD_OAUTHCLIENT_SECRET=" + c.GenesysClientSecret,
	}
	assert.Check(t, is.DeepEqual(s.Environment(), want))
	for _, line := range want {
		assert.Check(t, !strings.HasSuffix(line, "="), "%s is empty", line)
	}
	other := start(t, Options{Seed: 4}).Credentials()
	assert.Check(t, other.OktaToken != c.OktaToken && other.GenesysClientSecret != c.GenesysClientSecret,
		"two seeds, the same credentials")
}

func TestOnlyLoopbackIsListenedOn(t *testing.T) {
	for address, why := range map[string]string{
		"0.0.0.0:0":         "loopback only",
		":0":                "loopback only",
		"192.0.2.1:80":      "loopback only",
		"sim.example.com:0": "loopback only",
		"127.0.0.1":         "host:port",
	} {
		for service, opts := range map[string]Options{"Okta": {OktaListen: address}, "Genesys Cloud": {GenesysListen: address}} {
			s, err := Start(t.Context(), opts)
			if err == nil {
				_ = s.Close(context.Background())
				t.Errorf("%s: %s is listened on", service, address)
				continue
			}
			if !strings.Contains(err.Error(), why) || !strings.HasPrefix(err.Error(), "simulated "+service) {
				t.Errorf("%s, %s: %v", service, address, err)
			}
		}
	}
	s := start(t, Options{OktaListen: "localhost:0"})
	if u, err := url.Parse(s.OktaURL()); err != nil || u.Port() == "0" || u.Port() == "" {
		t.Errorf("URL %q", s.OktaURL())
	}
}

func TestForeignHostIsRefused(t *testing.T) {
	s := start(t, Options{})
	at := s.OktaURL() + "/.well-known/okta-organization"
	for host, want := range map[string]int{
		"": 200, "localhost": 200, "LOCALHOST:1234": 200, "127.0.0.2": 200, "[::1]:80": 200,
		"evil.example": 421, "localhost.evil.example": 421, "127.0.0.1.evil.example:80": 421, "10.0.0.1": 421,
	} {
		got, _ := get(t, at, "", host)
		assert.Check(t, is.Equal(got, want), "%q", host)
	}
	got, _ := get(t, s.GenesysURL()+"/", "", "evil.example")
	assert.Check(t, is.Equal(got, 421), "Genesys Cloud")
}

// A wrapper sees a call that a fault then spoils; the org itself does not.
func TestOrderOfWrappers(t *testing.T) {
	var (
		mu   sync.Mutex
		seen []string
	)
	s := start(t, Options{WrapOkta: func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			seen = append(seen, r.URL.Path)
			mu.Unlock()
			next.ServeHTTP(w, r)
		})
	}})
	s.Okta().Faults.Add(simkit.Fault{Path: regexp.MustCompile("^/api/v1/org$"), Times: 1, Status: 503, Body: "{}"})
	s.Okta().Faults.Add(simkit.Fault{Path: regexp.MustCompile("^/api/v1/domains$"), Drop: true})
	get(t, s.OktaURL()+"/api/v1/apps", "", "evil.example")
	got, _ := get(t, s.OktaURL()+"/api/v1/org", s.Credentials().OktaToken, "")
	assert.Check(t, is.Equal(got, 503), "spoilt call")
	if got, _ := get(t, s.OktaURL()+"/api/v1/org", s.Credentials().OktaToken, ""); got != 200 {
		t.Errorf("after the fault: %d", got)
	}
	if got, _ := get(t, s.OktaURL()+"/api/v1/domains", s.Credentials().OktaToken, ""); got != 0 {
		t.Errorf("dropped call: %d", got)
	}
	assert.Check(t, is.Equal(s.Okta().Calls().Reads, 1))
	mu.Lock()
	defer mu.Unlock()
	if got := strings.Join(seen, " "); !strings.HasPrefix(got, "/api/v1/org /api/v1/org /api/v1/domains") {
		t.Errorf("seen: %s", got)
	}
}

// A call that outlasts the patience of Close is cut off; Close says so and leaves nothing running.
func TestCloseCutsOff(t *testing.T) {
	arrived := make(chan struct{})
	s, err := Start(t.Context(), Options{Latency: time.Hour, WrapOkta: func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			close(arrived)
			next.ServeHTTP(w, r)
		})
	}})
	assert.NilError(t, err)
	answered := make(chan int)
	go func() {
		status, _ := get(t, s.OktaURL()+"/api/v1/org", "", "")
		answered <- status
	}()
	<-arrived
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Millisecond)
	defer cancel()
	if err := s.Close(ctx); err == nil || !strings.Contains(err.Error(), "cut off") {
		t.Errorf("Close: %v", err)
	}
	assert.Check(t, is.Equal(<-answered, 0), "status")
	assert.Check(t, s.Close(context.Background()), "second Close")
	http.DefaultClient.CloseIdleConnections()
}

func TestOktaOptionsAreChecked(t *testing.T) {
	_, err := Start(t.Context(), Options{Okta: oktasim.Options{Profile: "x"}})
	assert.Check(t, is.ErrorContains(err, `the Okta profile "x"`))
}

// TestFailures hands out what a failure takes, and refuses one that is not there.
func TestFailures(t *testing.T) {
	t.Parallel()
	for _, f := range Faults() {
		s, err := Start(t.Context(), Options{Fault: f.Name})
		assert.NilError(t, err, f.Name)
		right, handed := s.okta.Token() == s.Credentials().OktaToken, s.Environment()
		assert.Check(t, right != (f.Name == "wrong-token"),
			"%s: the token that is handed out is right: %v", f.Name, right)
		for _, line := range f.Answers {
			assert.Check(t, slices.Contains(handed, line) && slices.Contains(s.Answers(), line),
				"%s: %s is not handed out", f.Name, line)
		}
		assert.Check(t, s.Close(context.Background()))
	}
	_, err := Start(t.Context(), Options{Fault: "bad-luck"})
	assert.Check(t, is.ErrorContains(err, `"bad-luck" is not one of wrong-token, `))
}

// Each call waits as long as its service is set to, before the service sees it, and ends with its caller.
func TestDelay(t *testing.T) {
	for path, base := range map[string]func(*Server) string{
		"/api/v1/org": (*Server).OktaURL, "/api/v2/organizations/me": (*Server).GenesysURL,
	} {
		ctx, giveUp := context.WithCancel(t.Context())
		delay := func(*http.Request) time.Duration { giveUp(); return time.Hour }
		s := start(t, Options{Okta: oktasim.Options{Delay: delay}, Genesys: genesyssim.Options{Delay: delay}})
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, base(s)+path, nil)
		assert.NilError(t, err)
		if resp, err := http.DefaultClient.Do(req); err == nil {
			_ = resp.Body.Close()
			t.Error("the call did not wait: ", path)
		}
		assert.Check(t, is.Equal(s.Okta().Calls().Reads+s.Genesys().Calls().Reads, 0), path)
		giveUp()
	}
}

func TestDemoNames(t *testing.T) {
	s := start(t, Options{Demo: true})
	org, region, hosts := s.Names()
	okta, genesys := strings.TrimPrefix(s.OktaURL(), "http://"), strings.TrimPrefix(s.GenesysURL(), "http://")
	assert.Check(t, is.DeepEqual([]string{org, hosts["acme.okta.example"], hosts["login."+region], hosts["api-cdn."+region]},
		[]string{"https://acme.okta.example", okta, genesys, genesys}))
	_, body := get(t, s.OktaURL()+"/.well-known/okta-organization", "", "")
	assert.Check(t, is.Contains(body, org), "Okta calls itself by its name")
	_, body = get(t, s.OktaURL()+"/.well-known/openid-configuration", "", "localhost")
	assert.Check(t, is.Contains(body, `"issuer":"http://localhost"`), "another address is no name of its own")
	_, _, none := start(t, Options{}).Names()
	assert.Check(t, is.Len(none, 0), "names without a demo")
}
