//go:build unix

package e2e

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/testkit/repeat"
)

// accident is what happens at one call of a run. With after, the service did what it was asked for first.
type accident struct {
	kind    string
	after   bool
	call    int
	seed    uint64
	profile string
}

var accidents = []string{"drop", "reset", "500", "kill", "hang"}

// hangs are the accidents that take the client's whole time limit of 30 s for each call: the last of them, for the full
// form only.
const hangs = "hang"

// TestCrashMatrix has an accident happen at every call of a run, before or after the service committed; then the run is
// started again. In the end each object is there once, one more run writes nothing, and undo leaves nothing that no
// record knows of. MSGSSO_TESTS=full tries every kind at every call, before and after, in two seeds and two kinds of orgs.
// Otherwise the kinds take turns at the calls that write, after the service committed: a create that was not carried out is
// looked for during a minute. Package matrix has these, with shorter pauses, and package setup all calls that only read.
func TestCrashMatrix(t *testing.T) {
	t.Parallel()
	full := repeat.Full()
	profiles, seeds := []string{oktasim.Integrator}, []uint64{1}
	if full {
		profiles, seeds = append(profiles, oktasim.Workforce), append(seeds, 2)
	}
	calm := map[accident]crashObjects{} // by the orgs
	var points []accident
	for _, profile := range profiles {
		for _, seed := range seeds {
			orgs := accident{seed: seed, profile: profile}
			left, calls := calmRun(t, orgs)
			calm[orgs] = left
			turn := 0
			for n, call := range calls {
				writes := call.Method != http.MethodGet
				sampled := writes && n%repeat.Every(2, 1) == 0
				if sampled {
					turn++
				}
				for k, kind := range accidents {
					for _, after := range []bool{false, true} {
						early := kind == "kill" && n < len(calls)-8 && repeat.Every(2, 1) > 1 // a create at the other service may not have been sent
						if full || sampled && k == turn%(len(accidents)-1) && after && !early {
							points = append(points, accident{kind, after, n, seed, profile})
						}
					}
				}
			}
		}
	}
	t.Logf("%d points", len(points))
	for _, p := range points {
		t.Run(fmt.Sprintf("%s/%d/%s/call%02d/after=%v", p.profile, p.seed, p.kind, p.call, p.after), func(t *testing.T) {
			t.Parallel()
			w := newCrashWorld(t, p)
			empty := w.objects()
			w.run(t)
			w.heal()
			snippet := w.converge(t)
			assert.Check(t, is.Equal(w.objects(), calm[p.orgs()]), "objects")
			wrote := writes(w.sim)
			if once := w.run(t); once.code != 0 || once.out != snippet || writes(w.sim) != wrote {
				t.Errorf("one more run: %d writes more, snippet %q, was %q\n%s", writes(w.sim)-wrote, once.out, snippet, once.said)
			}
			undo := w.run(t, "undo", "--yes")
			for tries := 0; tries < 5 && undo.code == 0 && !strings.Contains(undo.said, "Nothing left to undo"); tries++ {
				undo = w.run(t, "undo", "--yes")
			}
			assert.Check(t, is.Equal(w.objects(), empty), "after undo:\n%s", undo.said)
		})
	}
}

// TestKilledRunResumes: the answers of a killed run are not asked again, unless it is to be forgotten.
func TestKilledRunResumes(t *testing.T) {
	t.Parallel()
	for fresh, wants := range map[bool]string{false: "= app integration  Chat of the shop", true: "+ app integration  Genesys Cloud Messenger"} {
		w := newCrashWorld(t, accident{kind: "kill", after: true, call: 28, seed: 1, profile: oktasim.Workforce})
		w.run(t, "--app-name", "Chat of the shop")
		w.heal()
		args := []string{}
		if fresh {
			args = append(args, "--fresh", "--integration-name", "Another", "--messenger-config", "Another", "--deployment", "Another")
		}
		if got := w.run(t, args...); got.code != 0 || strings.Contains(got.said, "Resuming the run from ") == fresh || !strings.Contains(got.said, wants) {
			t.Errorf("fresh %v: exit code %d\n%s", fresh, got.code, got.said)
		}
	}
}
