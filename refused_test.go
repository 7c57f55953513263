package main

import (
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/internal/simtest"
)

// TestRefusedInTheMiddle: Genesys Cloud says that everything is allowed and then refuses the last write. What was
// made is told and can be taken back.
func TestRefusedInTheMiddle(t *testing.T) {
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
	program := func(args ...string) (int, string) {
		var out, said bytes.Buffer
		code := run(t.Context(), args, strings.NewReader(""), &out, &said, environ)
		return code, plain(said.String())
	}
	okta, genesys := sim.Okta().Counts(), sim.Genesys().Counts()

	code, said := program("--no-input")
	if code != 4 || !strings.Contains(said, lacking) || !strings.Contains(said, "Made so far:") || !strings.Contains(said, "To take all of it back: msgsso-wizard undo") {
		t.Errorf("exit code %d: %s", code, said)
	}
	if sim.Genesys().Counts() == genesys {
		t.Fatal("nothing was made")
	}
	if code, said := program("undo", "--yes"); code != 0 || sim.Okta().Counts() != okta || sim.Genesys().Counts() != genesys {
		t.Errorf("exit code %d, left %+v %+v: %s", code, sim.Okta().Counts(), sim.Genesys().Counts(), said)
	}
}

// plain is a text without the line ends that a narrow terminal brings.
func plain(text string) string { return strings.Join(strings.Fields(text), " ") }
