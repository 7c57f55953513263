package setup

import (
	"errors"
	"net/http"
	"testing"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/explain"
)

// A list whose next page comes round again may lack an object of the wizard's: nothing is created then.
func TestIncompleteListEndsRun(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		list    write
		answer  simkit.Fault
		problem string
	}{
		{
			write{http.MethodGet, "^/api/v1/apps$", false},
			simkit.Fault{Status: http.StatusOK, Body: `[]`, Header: http.Header{
				"Content-Type": {"application/json"}, "Link": {`</api/v1/apps?after=1>; rel="next"`},
			}},
			"Okta gave an incomplete list, so the wizard couldn't set the app integration up: its next page was read already.",
		},
		{
			write{http.MethodGet, "^/api/v2/integrations$", true},
			said(`{"entities":[],"nextUri":"/api/v2/integrations?pageNumber=2"}`),
			"Genesys Cloud gave an incomplete list, so the wizard couldn't read what exists: its next page was read already.",
		},
	} {
		t.Run(tt.list.path, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 1})
			tt.list.faults(sim).Add(fault(tt.list.method, tt.list.path, tt.answer))
			before := count(sim)
			_, err := runAll(t, session)
			same(t, "exit code", int(explain.ClassFault), explain.ExitCode(err))
			same(t, "problem", explain.Sentence(tt.problem), asError(t, err).Problem)
			same(t, "the cause is kept", true, errors.Is(err, apiclient.ErrIncompleteList))
			same(t, "objects in the end", before, count(sim))
		})
	}
}
