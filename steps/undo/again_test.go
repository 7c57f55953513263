package undo

import (
	"errors"
	"slices"
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/guide"
)

// TestFormerVersion: a deployment that was there before pins the version again that it pinned, and the version that
// the run published stays, because Genesys Cloud deletes none alone.
func TestFormerVersion(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 8})
	deployments, err := w.admin.Genesys.Deployments(t.Context())
	noError(t, err)
	before := deployments[0]
	w.set(t, guide.MessengerConfig, before.ConfigurationID)
	w.set(t, guide.DeploymentName, before.ID)
	noError(t, w.run(t))
	during, err := w.admin.Genesys.Deployment(t.Context(), before.ID)
	noError(t, err)
	if during.ConfigurationVersion == before.ConfigurationVersion {
		t.Fatal("the run did not move the deployment")
	}
	acts := map[guide.ObjectKind]Act{}
	for _, i := range w.undo(t) {
		acts[i.Kind] = i.Act
	}
	after, err := w.admin.Genesys.Deployment(t.Context(), before.ID)
	noError(t, err)
	same(t, "version", before.ConfigurationVersion, after.ConfigurationVersion)
	same(t, "domains", before.AllowedDomains, after.AllowedDomains)
	same(t, "deployment", Restore, acts[guide.KindDeployment])
	same(t, "configuration", Restore, acts[guide.KindConfiguration])
	same(t, "published version", Keep, acts[guide.KindVersion])
	same(t, "app", Delete, acts[guide.KindApp])
	same(t, "a second undo has the version left to tell", 1, len(w.undo(t)))
}

// deaf forgets what was taken back, as a computer does that stops at that moment.
type deaf struct{ at, acts int }

var errStopped = errors.New("the computer stops")

func (d *deaf) Gone(int) error {
	if d.acts++; d.acts > d.at {
		return errStopped
	}
	return nil
}

// TestTakenBackAlready: what a colleague deleted, or what an undo deleted that was cut off before it could write that
// down, is gone and no fault; the rest goes.
func TestTakenBackAlready(t *testing.T) {
	t.Parallel()
	for acts := range 12 {
		w := newWorld(t, simulator.Options{Seed: 9})
		before := w.lists(t)
		noError(t, w.run(t))
		items, err := Plan(t.Context(), w.admin, w.book.Run())
		noError(t, err)
		if err := Apply(t.Context(), items, &deaf{at: acts}, nil, nil); !errors.Is(err, errStopped) {
			t.Fatalf("after %d acts: %v", acts, err)
		}
		again := w.undo(t)
		same(t, "what both services list", before, w.lists(t))
		same(t, "left", 0, len(w.book.Run().Left()))
		if slices.ContainsFunc(again, func(i Item) bool { return i.Act == Keep }) {
			t.Errorf("after %d acts: %+v", acts, again)
		}
	}
}
