//go:build unix

package e2e

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
)

// TestRefusedWriteCanBeUndone: Genesys Cloud says that everything is allowed and then refuses the last write. What was
// made is named and can be undone.
func TestRefusedWriteCanBeUndone(t *testing.T) {
	t.Parallel()
	everything := func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !strings.HasSuffix(r.URL.Path, "/subjects/me") {
				next.ServeHTTP(w, r)
				return
			}
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.WriteString(w, `{"grants":[{"role":{"policies":[{"domain":"*","entityName":"*","actions":["*"]}]}}]}`)
		})
	}
	const lacking = "webDeployments:deployment:add"
	sim := simtest.Start(t, simulator.Options{Seed: 1, Deny: []string{lacking}, WrapGenesys: everything})
	home := t.TempDir()
	environ := append(sim.Environment(), "HOME="+home, "XDG_STATE_HOME="+home)
	okta, genesys := sim.Okta().Counts(), sim.Genesys().Counts()

	got := run(t, environ, "", "--no-input")
	if said := unwrapped(got.said); got.code != 4 || !strings.Contains(said, lacking) || !strings.Contains(said, "Made so far:") || !strings.Contains(said, "To take all of it back: msgsso-wizard undo") {
		t.Errorf("exit code %d: %s", got.code, said)
	}
	assert.Assert(t, sim.Genesys().Counts() != genesys, "nothing was made")
	if got := run(t, environ, "", "undo", "--yes"); got.code != 0 || sim.Okta().Counts() != okta || sim.Genesys().Counts() != genesys {
		t.Errorf("exit code %d, left %+v %+v: %s", got.code, sim.Okta().Counts(), sim.Genesys().Counts(), got.said)
	}
}
