package fleet

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/answersfile"
	"msgsso-wizard/steps/journal"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
)

// pipes are the servers of the running tests, by the addresses that only they listen to.
var pipes sync.Map

// TestMain has calls reach the servers of a test without a network, so that the time of a test can be virtual.
func TestMain(m *testing.M) {
	http.DefaultTransport = &http.Transport{DialContext: func(ctx context.Context, _, address string) (net.Conn, error) {
		at, ok := pipes.Load(address)
		if !ok {
			return nil, fmt.Errorf("no server of a test: %s", address)
		}
		client, server := net.Pipe()
		select {
		case at.(pipe).conns <- server:
			return client, nil
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}}
	m.Run()
}

// pipe is a listener in memory.
type pipe struct {
	name  string
	conns chan net.Conn
	ended chan struct{}
}

func (p pipe) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.ended:
		return nil, net.ErrClosed
	}
}

func (p pipe) Close() error   { close(p.ended); return nil }
func (p pipe) Addr() net.Addr { return &net.TCPAddr{} }

// answered is one call and the status of its answer.
type answered struct {
	call   string
	status int
}

// world is both services in the virtual time of a test.
type world struct {
	okta    *oktasim.Server
	genesys *genesyssim.Server
	env     map[string]string

	mu    sync.Mutex
	calls []answered
}

// virtual runs a test with virtual time in a world of these orgs.
func virtual(t *testing.T, org oktasim.Options, organization genesyssim.Options, test func(*testing.T, *world)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		settings := simkit.Settings{Seed: 7, Now: time.Now}
		w := &world{okta: oktasim.New(settings, org), genesys: genesyssim.New(settings, organization)}
		addresses := []string{}
		for _, handler := range []http.Handler{w.okta.Faults.Wrap(w.okta), w.genesys.Faults.Wrap(w.genesys)} {
			// The address is the test's alone: other tests have other ports.
			p := pipe{fmt.Sprintf("127.0.0.1:%d", port()), make(chan net.Conn), make(chan struct{})}
			pipes.Store(p.name, p)
			server := &http.Server{Handler: w.watch(handler), ReadHeaderTimeout: time.Hour}
			addresses = append(addresses, p.name)
			go func() { _ = server.Serve(p) }()
			defer func() { pipes.Delete(p.name); _ = server.Close() }()
		}
		w.env = map[string]string{
			"OKTA_CLIENT_ORGURL": "http://" + addresses[0], "OKTA_CLIENT_TOKEN": w.okta.Token(), "GENESYSCLOUD_REGION": "http://" + addresses[1],
			"GENESYSCLOUD_OAUTHCLIENT_ID": w.genesys.ClientID(), "GENESYSCLOUD_OAUTHCLIENT_SECRET": w.genesys.ClientSecret(),
		}
		test(t, w)
	})
}

var (
	portMu   sync.Mutex
	lastPort = 20000
)

func port() int {
	portMu.Lock()
	defer portMu.Unlock()
	lastPort++
	return lastPort
}

func (w *world) watch(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		seen := &status{ResponseWriter: rw, code: http.StatusOK}
		next.ServeHTTP(seen, r)
		w.mu.Lock()
		defer w.mu.Unlock()
		w.calls = append(w.calls, answered{r.Method + " " + r.URL.Path, seen.code})
	})
}

type status struct {
	http.ResponseWriter
	code int
}

func (s *status) WriteHeader(code int) { s.code = code; s.ResponseWriter.WriteHeader(code) }

// since returns the calls after the first n.
func (w *world) since(n int) []answered {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.calls[n:]
}

// fleet is a fleet of the file's sites, with the journals in a folder; nil: in memory.
func (w *world) fleet(t *testing.T, file string, folder *journal.Folder) *Fleet {
	t.Helper()
	f, err := answersfile.Parse("a.yaml", []byte(file))
	assert.NilError(t, err)
	network := services.New()
	t.Cleanup(network.Close)
	fleet := &Fleet{Calls: network.Calls}
	for _, site := range f.Sites {
		assert.NilError(t, site.Answers.FromEnvironment(func(name string) (string, bool) { v, ok := w.env[name]; return v, ok }))
		session := &setup.Session{Answers: site.Answers, Dial: network}
		kept := journal.New(folder, "test", site.Answers).ForSite(site.Name)
		session.Journal = kept
		fleet.Sites = append(fleet.Sites, &Site{Name: site.Name, Session: session, End: func() error { return kept.End(journal.Done) }})
	}
	return fleet
}

// sites is a file of n sites, with more lines above them.
func sites(n int, above string) string {
	for i := range n {
		if i == 0 {
			above += "sites:\n"
		}
		above += fmt.Sprintf("- name: site %02d\n  redirect-uri: https://site%02d.example.com/support\n", i+1, i+1)
	}
	return above
}
