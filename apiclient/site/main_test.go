package site

import (
	"fmt"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"go.uber.org/goleak"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// snippet is what Genesys Cloud gives for a deployment (contract genesys.md 3).
const snippet = `<script type="text/javascript" charset="utf-8">
  (function (g, e, n, es, ys) {
    g['_genesysJs'] = e;
    g[e] = g[e] || function () {
      (g[e].q = g[e].q || []).push(arguments)
    };
    g[e].t = 1 * new Date();
    g[e].c = es;
    ys = document.createElement('script'); ys.async = 1; ys.src = n; ys.charset = 'utf-8'; document.head.appendChild(ys);
  })(window, 'Genesys', 'https://apps.mypurecloud.de/genesys-bootstrap/genesys.min.js', {
    environment: 'prod-euc1',
    deploymentId: '3761bdd3-8876-4087-b514-98d6bdf6b003'
  });
</script>`

const provider = `<script>Genesys('registerPlugin', 'AuthProvider', function (p) { p.ready(); });</script>`

// files serves a website: paths to "type\nbody", or to the address that a redirect leads to.
func files(t *testing.T, answers map[string]string, header http.Header) (*Client, string) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet || r.Header.Get("Cookie")+r.Header.Get("Authorization")+r.Header.Get("Referer") != "" {
			t.Errorf("%s %s with %v", r.Method, r.URL, r.Header)
		}
		assert.Check(t, is.Equal(r.Header.Get("User-Agent"), "msgsso-wizard"), "%s as", r.URL)
		w.Header().Set("Set-Cookie", "session=1")
		for name, values := range header {
			w.Header()[name] = values
		}
		media, body, found := strings.Cut(answers[r.URL.RequestURI()], "\n")
		switch {
		case media == "":
			w.WriteHeader(http.StatusNotFound)
		case !found:
			w.Header().Set("Location", media)
			w.WriteHeader(http.StatusFound)
		default:
			w.Header().Set("Content-Type", media)
			_, _ = fmt.Fprint(w, body)
		}
	}))
	c := New(Config{})
	t.Cleanup(func() { c.CloseIdle(); server.Close() })
	return c, server.URL
}

func page(t *testing.T, body string, answers map[string]string) *Page {
	t.Helper()
	all := map[string]string{"/": "text/html; charset=utf-8\n" + body}
	for path, answer := range answers {
		all[path] = answer
	}
	c, base := files(t, all, nil)
	p, err := c.Fetch(t.Context(), base+"/")
	assert.NilError(t, err)
	return p
}

// quiet keeps a test's TLS handshakes out of its output.
var quiet = log.New(io.Discard, "", 0)
