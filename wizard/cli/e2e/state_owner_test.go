//go:build unix

package e2e

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
)

const (
	foreignPage = "https://page.evil.test/steal"
	osc52       = "\x1b]52;c;ZXZpbA==\x07"
)

// forged makes a state folder with an interrupted run in the simulator's orgs that this user did not begin.
func forged(t *testing.T, sim *simulator.Server) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "state")
	folder, err := journal.Open(path)
	assert.NilError(t, err)
	run := journal.NewRun(time.Now().Add(-time.Hour), "0.1.0"+osc52)
	run.Okta, run.Genesys = sim.OktaURL(), sim.GenesysURL()
	run.Answers = map[string][]string{
		string(guide.RedirectURIs): {foreignPage}, string(guide.AllowedDomains): {"page.evil.test"}, string(guide.AppName): {"evil" + osc52},
	}
	run.Entries = []journal.Entry{{Step: guide.StepApp, Verb: "create", Kind: guide.KindApp, Name: "evil" + osc52, Stage: journal.Intended, At: run.Began}}
	assert.NilError(t, folder.Save(run))
	return path
}

// giveAway makes all of the folder another user's.
func giveAway(t *testing.T, path string) {
	t.Helper()
	if os.Geteuid() != 0 {
		t.Skip("Only root can give files to another user.")
	}
	assert.NilError(t, filepath.WalkDir(path, func(name string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(name, 12345, 12345)
	}))
}

// TestStateOfAnotherUserIsNotUsed: nothing of it reaches the orgs or the terminal, whatever the command.
func TestStateOfAnotherUserIsNotUsed(t *testing.T) {
	t.Parallel()
	for name, args := range map[string][]string{
		"setup": {"--no-input"}, "plain": {"--accessible"}, "undo": {"undo", "--yes", "--no-input"}, "dry run": {"--no-input", "--dry-run"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim := simtest.Start(t, simulator.Options{Seed: 1})
			path := forged(t, sim)
			giveAway(t, path)
			got := run(t, append(sim.Environment(), "HOME="+t.TempDir()), strings.Repeat("\n", 40), append(args, "--state-dir", path)...)
			assert.Check(t, got.code != 0 || name == "dry run", "exit code %d:\n%s", got.code, got.said)
			notThere(t, sim, got)
		})
	}
}

// TestRunOfAnotherUserIsNotResumed: the folder is this user's, but one file in it is not.
func TestRunOfAnotherUserIsNotResumed(t *testing.T) {
	t.Parallel()
	sim := simtest.Start(t, simulator.Options{Seed: 1})
	path := forged(t, sim)
	runs, err := filepath.Glob(filepath.Join(path, "*.json"))
	assert.Assert(t, err == nil && len(runs) == 1, "%v", runs)
	giveAway(t, runs[0])
	got := run(t, append(sim.Environment(), "HOME="+t.TempDir()), "", "--no-input", "--state-dir", path)
	assert.Check(t, is.Equal(got.code, 0), got.said)
	assert.Check(t, is.Contains(unwrapped(got.said), "belongs to another user"))
	notThere(t, sim, got)
}

// notThere fails where anything of the forged run is in the orgs or was shown.
func notThere(t *testing.T, sim *simulator.Server, got ended) {
	t.Helper()
	assert.Check(t, !strings.Contains(got.out+got.said, "evil") && !strings.Contains(got.out+got.said, "\x1b]"), "shown:\n%q", got.said)
	_, apps := simtest.Send(t, sim, "GET", sim.OktaURL()+"/api/v1/apps", "")
	_, deployments := simtest.Send(t, sim, "GET", sim.GenesysURL()+"/api/v2/webdeployments/deployments", "")
	for _, text := range []string{fmt.Sprint(apps), fmt.Sprint(deployments)} {
		assert.Check(t, !strings.Contains(text, "evil"), "in the orgs: %s", text)
	}
}

// TestUnattendedResumeNeedsTheAnswersAgain: those that grant access are not taken from a file.
func TestUnattendedResumeNeedsTheAnswersAgain(t *testing.T) {
	t.Parallel()
	sim := simtest.Start(t, simulator.Options{Seed: 1})
	path, home := forged(t, sim), "HOME="+t.TempDir()
	got := run(t, append(sim.Environment(), home), "", "--no-input", "--state-dir", path)
	assert.Check(t, is.Equal(got.code, 2), got.said)
	for _, want := range []string{"--redirect-uri", "--allowed-domain"} {
		assert.Check(t, is.Contains(unwrapped(got.said), want))
	}
	assert.Check(t, is.Equal(sim.Okta().Calls().Writes+sim.Genesys().Calls().Writes, 0), "writes")
	const page = "https://www.example.com/chat"
	got = run(t, append(sim.Environment(), home), "", "--no-input", "--dry-run", "--state-dir", path, "--redirect-uri", page, "--allowed-domain", "www.example.com")
	assert.Check(t, is.Contains(unwrapped(got.said), "Resuming the run from"))
	assert.Check(t, !strings.Contains(got.out+got.said, "\x1b]"), "shown:\n%q", got.said)
}
