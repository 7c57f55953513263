package services

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

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
	noError(t, err)
	again, err := s.Messenger(sim.GenesysURL())
	noError(t, err)
	if door != again || s.Site() != s.Site() {
		t.Error("the same door is opened twice, and its connections are not kept")
	}
	if _, err := door.PublicConfig(t.Context(), "unknown"); err == nil {
		t.Error("an unknown deployment has a public file")
	}
	_, err = s.Site().Fetch(t.Context(), page.URL)
	noError(t, err)
	same(t, "calls", Calls{Genesys: 1}, s.Calls())
	if _, err := s.Messenger("nowhere"); err == nil || !strings.Contains(err.Error(), "is not a region") {
		t.Errorf("got %v", err)
	}
}
