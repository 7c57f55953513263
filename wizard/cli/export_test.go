package cli

import (
	"encoding/json"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
)

// TestJournalKnowsIntegration: OpenTofu changed the notes that name the app. The doctor and an export know it by the run
// journal, without which they go by what is left.
func TestJournalKnowsIntegration(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	sim := simtest.Start(t, simulator.Options{Seed: 3})
	environ := map[string]string{"LANG": "C.UTF-8", "XDG_STATE_HOME": dir}
	for _, line := range sim.Environment() {
		name, value, _ := strings.Cut(line, "=")
		environ[name] = value
	}
	invoke(t, environ, 0)
	_, runs := kept(t, dir+"/msgsso-wizard", 1)
	for _, e := range runs[0].Entries {
		if e.Kind == "integration" {
			address := sim.GenesysURL() + "/api/v2/integrations/" + e.ID + "/config/current"
			settings := simtest.Call(t, sim, http.MethodGet, address, "")
			settings["notes"] = "Managed by OpenTofu."
			body, err := json.Marshal(settings)
			assert.NilError(t, err)
			simtest.Call(t, sim, http.MethodPut, address, string(body))
		}
	}
	elsewhere := maps.Clone(environ)
	elsewhere["XDG_STATE_HOME"] = filepath.Join(dir, "elsewhere")
	assert.Check(t, is.Contains(invoke(t, environ, 0, "doctor"), "The wizard recorded client"))
	assert.Check(t, is.Contains(invoke(t, elsewhere, 0, "doctor"), "notes don't name its client"))
	_, err := os.Stat(elsewhere["XDG_STATE_HOME"])
	assert.Check(t, os.IsNotExist(err), "doctor made a folder for run journals")
	assert.Check(t, is.Contains(invoke(t, environ, 0, "export", "--dir", filepath.Join(dir, "a")), "9 objects exported"))
	assert.Check(t, is.Contains(invoke(t, elsewhere, 0, "export", "--dir", filepath.Join(dir, "b")), "7 objects exported"))
	_, err = os.Stat(elsewhere["XDG_STATE_HOME"])
	assert.Check(t, os.IsNotExist(err), "export made a folder for run journals")
}
