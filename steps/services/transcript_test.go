package services

import (
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// full is a disk that takes only so many exchanges.
type full struct{ room atomic.Int32 }

func (f *full) Record(apiclient.Exchange) { f.room.Add(-1) }

func (f *full) Err() error {
	if f.room.Load() < 0 {
		return errors.New("the transcript can't be written any further")
	}
	return nil
}

// What is read may still be read; nothing is written.
func TestFullTranscriptPreventsWrites(t *testing.T) {
	t.Parallel()
	sim, network := simtest.Start(t, simulator.Options{}), New()
	t.Cleanup(network.Close)
	disk := &full{}
	disk.room.Store(1)
	network.record = disk
	api, err := network.Okta(sim.OktaURL(), guide.OktaLogin{Token: guide.NewSecret(sim.Credentials().OktaToken)})
	assert.NilError(t, err)
	for range 3 {
		_, err = api.Apps(t.Context(), "")
		assert.NilError(t, err)
	}
	_, err = api.CreateApp(t.Context(), okta.NewApp{Label: "Chat"})
	assert.Check(t, is.ErrorContains(err, "can't be written any further"))
	assert.Check(t, is.Equal(sim.Okta().Calls().Writes, 0), "writes")
}

func TestTranscribeRefusesExistingFile(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "mine")
	assert.NilError(t, os.WriteFile(path, []byte("mine"), 0o600))
	network := New()
	var e *explain.Error
	err := network.Transcribe(path, "")
	assert.Assert(t, errors.As(err, &e), "error %v", err)
	assert.Check(t, is.Equal(e.Problem, explain.Sentence(path+" already exists, and a transcript is written to a new file only")), "problem")
	assert.Check(t, is.Equal(e.Class, explain.ClassUsage), "class")
	assert.NilError(t, network.EndTranscript(nil)) // there is none
}
