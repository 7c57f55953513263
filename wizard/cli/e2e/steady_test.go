//go:build unix

package e2e

import (
	"context"
	"errors"
	"os"
	"runtime"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/apiclient/testkit/repeat"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
)

// TestRepeatedRunsLeakNothing does one unattended run after another against the same orgs: none leaves memory, open files or
// goroutines behind. MSGSSO_TESTS=full does 1,000 of them, otherwise fewer. It is not parallel: it counts what the
// whole process has.
func TestRepeatedRunsLeakNothing(t *testing.T) {
	runs := 1000 / repeat.Every(25, 16)
	sim := simtest.Start(t, simulator.Options{Seed: 9})
	folder, err := journal.Open(t.TempDir())
	assert.NilError(t, err)
	var first, last usage
	for n := range runs {
		assert.NilError(t, guideOnce(t.Context(), sim, folder), "run %d", n)
		switch n {
		case runs / 4: // by then pools and caches are full
			first = used()
		case runs - 1:
			last = used()
		}
	}
	t.Logf("%d runs; after a quarter of them %+v, after all %+v", runs, first, last)
	assert.Check(t, last.goroutines <= first.goroutines && last.files <= first.files && last.heap <= first.heap+1<<20,
		"what is in use grew: %+v, then %+v", first, last)
}

// guideOnce does what the command line does for an unattended run. The command line itself is left out: its library
// keeps every flag of a process for good, and a process has one command line.
func guideOnce(ctx context.Context, sim *simulator.Server, folder *journal.Folder) error {
	unlock, err := folder.Lock()
	if err != nil {
		return err
	}
	defer unlock() //nolint:errcheck // the next run would say so
	answers := guide.NewAnswers()
	if err := answers.FromEnvironment(simtest.Lookup(sim)); err != nil {
		return err
	}
	services := services.New()
	defer services.Close()
	runJournal := journal.New(folder, "test", answers)
	env := &setup.Session{Answers: answers, Dial: services, Calls: services.Calls, Journal: runJournal}
	plan, err := env.Plan(ctx)
	if err != nil {
		return err
	}
	return errors.Join(env.Apply(ctx, plan, engine.NewStop()), runJournal.End(journal.Done))
}

// usage is what the process holds: goroutines, open files (0 where the system does not tell), bytes in use.
type usage struct {
	goroutines, files int
	heap              uint64
}

func used() usage {
	runtime.GC()
	runtime.GC() // finalizers of the first have run
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	files, _ := os.ReadDir("/proc/self/fd")
	return usage{runtime.NumGoroutine(), len(files), m.HeapAlloc}
}
