package conformance

import (
	"maps"
	"net/http"
	"regexp"
	"slices"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/simulator"
)

// coverage fails the test when an operation that the simulator serves has not answered with success. later
// are the operations that it does not serve, with reasons.
func coverage(t *testing.T, service string, r *Recorder, later map[string]string) {
	t.Helper()
	defined, exercised := r.checker.Operations(), r.Exercised()
	for _, id := range slices.Sorted(maps.Keys(later)) {
		assert.Check(t, slices.Contains(defined, id), "%s: the definition has no operation %s", service, id)
		assert.Check(t, !slices.Contains(exercised, id), "%s: %s answers, so it is in the wrong table", service, id)
	}
	served := slices.DeleteFunc(slices.Clone(defined), func(id string) bool { _, ok := later[id]; return ok })
	seen := 0
	for _, id := range served {
		if !slices.Contains(exercised, id) {
			t.Errorf("%s: %s was not exercised", service, id)
			continue
		}
		seen++
	}
	calls, pairs := r.Counts()
	t.Logf("%s: operations in the definition %d / served by the simulator %d / exercised %d; %d calls, %d pairs of operation and status",
		service, len(defined), len(served), seen, calls, pairs)
}

var parameter = regexp.MustCompile(`\{[^}]+\}`)

// What is not exercised must not be there: an operation that the simulator learns has to leave the table.
func TestNothingIsServedUnchecked(t *testing.T) {
	t.Parallel()
	c := definitions(t)
	sim, err := simulator.Start(t.Context(), simulator.Options{Seed: 7})
	assert.NilError(t, err)
	t.Cleanup(func() { _ = sim.Close(t.Context()) })
	for _, x := range []struct {
		service string
		checker *Checker
		later   map[string]string
		caller  *caller
	}{
		{"Okta", c.Okta, oktaLater, newCaller(t, sim.OktaURL(), "SSWS "+sim.Credentials().OktaToken)},
		{"Genesys Cloud", c.Genesys, genesysLater, newCaller(t, sim.GenesysURL(), genesysSign(t, sim))},
	} {
		for path, item := range x.checker.requests.Paths.Map() {
			for method, op := range item.Operations() {
				if _, ok := x.later[op.OperationID]; !ok {
					continue
				}
				status := x.caller.status(method, parameter.ReplaceAllString(path, "default"))
				if status != http.StatusNotFound && status != http.StatusMethodNotAllowed {
					t.Errorf("%s: %s answers with %d: it is served now and must be exercised", x.service, op.OperationID, status)
				}
			}
		}
	}
}
