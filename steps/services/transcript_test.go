package services

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// full is a disk that takes only so many exchanges.
type full struct {
	mu   sync.Mutex
	room int
}

func (f *full) Record(apiclient.Exchange) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.room--
}

func (f *full) Err() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.room < 0 {
		return errors.New("the transcript cannot be written any further")
	}
	return nil
}

// What is read may still be read; nothing is written.
func TestFullTranscriptPreventsWrites(t *testing.T) {
	t.Parallel()
	sim, network := simtest.Start(t, simulator.Options{}), New()
	t.Cleanup(network.Close)
	network.record = &full{room: 1}
	api, err := network.Okta(sim.OktaURL(), guide.OktaLogin{Token: guide.NewSecret(sim.Credentials().OktaToken)})
	noError(t, err)
	for range 3 {
		_, err = api.Apps(t.Context(), "")
		noError(t, err)
	}
	_, err = api.CreateApp(t.Context(), okta.NewApp{Label: "Chat"})
	if err == nil || !strings.Contains(err.Error(), "cannot be written any further") {
		t.Errorf("error %v", err)
	}
	same(t, "writes", 0, sim.Okta().Calls().Writes)
}

func TestTranscribeRefusesExistingFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "mine")
	noError(t, os.WriteFile(path, []byte("mine"), 0o600))
	network := New()
	var e *explain.Error
	if err := network.Transcribe(path, ""); !errors.As(err, &e) {
		t.Fatalf("error %v", err)
	}
	same(t, "problem", explain.Sentence(path+" exists already, and a transcript is written to a new file only"), e.Problem)
	same(t, "class", explain.ClassUsage, e.Class)
	noError(t, network.EndTranscript(nil)) // there is none
}
