package services

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
)

func TestVisitorsDoorsAreKeptAndCounted(t *testing.T) {
	t.Parallel()
	sim := simtest.Start(t, simulator.Options{})
	page := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
	}))
	t.Cleanup(page.Close)
	s := New()
	t.Cleanup(s.Close)
	door, err := s.Messenger(sim.GenesysURL())
	assert.NilError(t, err)
	again, err := s.Messenger(sim.GenesysURL())
	assert.NilError(t, err)
	assert.Check(t, door == again && s.Site() == s.Site(),
		"the same door is opened twice, and its connections aren't kept")
	_, err = door.PublicConfig(t.Context(), "unknown")
	assert.Check(t, err != nil, "an unknown deployment has a public file")
	_, err = s.Site().Fetch(t.Context(), page.URL)
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(s.Calls(), Calls{Genesys: 1}), "calls")
	_, err = s.Messenger("nowhere")
	assert.Check(t, is.ErrorContains(err, "isn't a region"))
}
