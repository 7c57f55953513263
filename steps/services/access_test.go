package services

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
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

func written(t *testing.T, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	assert.NilError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// answered has a region, an org, and how to sign in there.
func answered(t *testing.T, values map[guide.Key]string) *guide.Answers {
	t.Helper()
	a := guide.NewAnswers()
	for key, value := range values {
		assert.NilError(t, a.Set(key, guide.FromUser, value))
	}
	return a
}

// TestOktaFileOrg takes the org of a file as a user may write it, and refuses another one.
func TestOktaFileOrg(t *testing.T) {
	t.Parallel()
	for org, problem := range map[string]string{
		"https://acme.okta.com": "", "acme.okta.com": "", "https://acme-admin.okta.com/": "", `""`: "",
		"https://other.okta.com": "~/.okta/okta.yaml is for other.okta.com, not for acme.okta.com.",
		"other.okta.com":         "~/.okta/okta.yaml is for other.okta.com, not for acme.okta.com.",
	} {
		a := Access{
			Answers: answered(t, map[guide.Key]string{guide.OktaOrg: "acme.okta.com", guide.OktaSignIn: guide.OktaByFile}),
			Files:   Files{Okta: written(t, "okta:\n  client:\n    orgUrl: "+org+"\n    token: 00t\n")},
		}
		login, err := a.OktaLogin()
		if problem == "" {
			assert.Check(t, err, org)
			assert.Check(t, is.Equal(login.Token.Reveal(), "00t"), org)
			continue
		}
		assert.Check(t, is.ErrorContains(err, problem), org)
		assert.Check(t, login.Token.Empty(), org)
	}
}

// TestProfileRegion takes the region of a profile as the gc tool writes it, and refuses another one.
func TestProfileRegion(t *testing.T) {
	t.Parallel()
	for region, problem := range map[string]string{
		"mypurecloud.de": "", "eu-central-1": "", "": "",
		"usw2.pure.cloud": "The profile one in ~/.gc/config.toml is for usw2.pure.cloud, not for mypurecloud.de.",
		"us-east-1":       "The profile one in ~/.gc/config.toml is for mypurecloud.com, not for mypurecloud.de.",
	} {
		a := Access{
			Answers: answered(t, map[guide.Key]string{
				guide.GenesysRegion: "mypurecloud.de", guide.GenesysSignIn: guide.GenesysByProfile, guide.GenesysProfile: "one",
			}),
			Files: Files{GC: written(t, fmt.Sprintf("[one]\nenvironment = %q\nclient_credentials = \"c\"\nclient_secret = \"s\"\n", region))},
		}
		login, err := a.GenesysLogin()
		if problem == "" {
			assert.Check(t, err, region)
			assert.Check(t, is.Equal(login.Secret.Reveal(), "s"), region)
			continue
		}
		assert.Check(t, is.ErrorContains(err, problem), region)
		assert.Check(t, login.Secret.Empty(), region)
	}
}

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
	site := s.Site()
	assert.Check(t, door == again && site == s.Site(),
		"the same door is opened twice, and its connections aren't kept")
	_, err = door.PublicConfig(t.Context(), "unknown")
	assert.Check(t, err != nil, "an unknown deployment has a public file")
	_, err = s.Site().Fetch(t.Context(), page.URL)
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(s.Calls(), Calls{Genesys: 1}), "calls")
	_, err = s.Messenger("nowhere")
	assert.Check(t, is.ErrorContains(err, "isn't a region"))
}

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
