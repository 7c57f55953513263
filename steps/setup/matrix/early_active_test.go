package matrix

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"regexp"
	"sync/atomic"
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/guide"
)

// early is longer than a read is taken to be out of date, which is 100 ms with a first pause of 5 ms.
const early = 400 * time.Millisecond

// TestActiveInTheAnswerOnly writes deployments whose answers say Active while reads say Pending for longer than a read
// may be out of date: the run waits as long as a deployment may take.
func TestActiveInTheAnswerOnly(t *testing.T) {
	t.Parallel()
	var opts simulator.Options
	opts.Genesys.EarlyActive = early
	c := newComputer(t, opts, lagPoll)
	for _, step := range []struct {
		name    string
		answers map[guide.Key][]string
	}{
		{"POST", nil},
		{"PUT", map[guide.Key][]string{guide.RedirectURIs: {"https://www.example.com/chat"}}},
		{"nothing to change", nil},
	} {
		r := c.set(t, step.answers)
		got := r.result.Genesys.DeploymentID
		assert.Check(t, got != "" && r.result.Snippet != "", "%s: deployment %q", step.name, got)
	}
}

// TestIntegrationActiveInTheAnswerOnly is the same of an integration, which ends more looks than a read may be out of
// date for.
func TestIntegrationActiveInTheAnswerOnly(t *testing.T) {
	t.Parallel()
	const looks = 12
	var seen atomic.Int32
	path, state := regexp.MustCompile(`/api/v2/integrations/[0-9a-f-]{36}$`), regexp.MustCompile(`"code":\s*"ACTIVE"`)
	c := newComputer(t, simulator.Options{WrapGenesys: func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			answer := httptest.NewRecorder()
			next.ServeHTTP(answer, r)
			body := answer.Body.Bytes()
			if r.Method == http.MethodGet && path.MatchString(r.URL.Path) && state.Match(body) && seen.Add(1) <= looks {
				body = state.ReplaceAll(bytes.Clone(body), []byte(`"code":"ACTIVATING"`))
			}
			for name, values := range answer.Header() {
				if name != "Content-Length" {
					w.Header()[name] = values
				}
			}
			w.WriteHeader(answer.Code)
			_, _ = w.Write(body)
		})
	}}, lagPoll)
	c.set(t, nil)
	if seen.Load() <= looks {
		t.Errorf("the integration was read %d times", seen.Load())
	}
}
