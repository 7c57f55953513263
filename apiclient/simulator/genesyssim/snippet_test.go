package genesyssim_test

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

func TestSnippet(t *testing.T) {
	t.Parallel()
	o := newOrg(t, 2, 0)
	live := o.named(deployments, "Main website")
	got := live["snippet"].(string)
	tail := "\n  })(window, 'Genesys', '" + o.base + "/genesys-bootstrap/genesys.min.js', {\n" +
		"    environment: 'simulator',\n    deploymentId: '" + live["id"].(string) + "'\n  });\n</script>"
	if !strings.HasPrefix(got, "<script type=\"text/javascript\" charset=\"utf-8\">\n  (function (g, e, n, es, ys) {\n") || !strings.HasSuffix(got, tail) {
		t.Errorf("snippet:\n%s", got)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, o.base+"/genesys-bootstrap/genesys.min.js", nil)
	assert.NilError(t, err)
	resp, err := o.http.Do(r)
	assert.NilError(t, err)
	defer func() { _ = resp.Body.Close() }()
	script, err := io.ReadAll(resp.Body)
	if err != nil || !strings.Contains(string(script), "simulator") || resp.Header.Get("Content-Type") != "text/javascript; charset=utf-8" {
		t.Errorf("bootstrap: %q %v", script, err)
	}
}
