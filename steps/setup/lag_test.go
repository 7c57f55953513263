package setup

import (
	"net/http"
	"testing"
	"time"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/steps/explain"
)

// TestEventualConsistency: what was just made is not found for a while, and becomes ready after that.
func TestEventualConsistency(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ lag, settle time.Duration }{
		{lag: 30 * time.Millisecond},
		{lag: 30 * time.Millisecond, settle: 60 * time.Millisecond},
		{lag: 60 * time.Millisecond, settle: 30 * time.Millisecond},
	} {
		t.Run(tt.lag.String()+" and "+tt.settle.String(), func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 1, Settle: tt.settle, Genesys: genesyssim.Options{Lag: tt.lag}})
			session.Poll = 10 * time.Millisecond // patience is counted in it
			before := count(sim)
			same(t, "plan", firstVisit, mustRun(t, session))
			same(t, "objects", guideMakes(before), count(sim))
			r := session.Result(0)
			same(t, "what was set up", "configuration "+r.Genesys.ConfigurationID+" version 1 domains [localhost] flow Web chat", genesysFacts(t, sim, r))
			same(t, "what is in doubt", 0, len(r.Warnings))
			time.Sleep(tt.lag) // then everybody sees it
			writesNothing(t, sim, visit(t, sim))
		})
	}
}

// TestActivationError: the vendor's own words end the wait.
func TestActivationError(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 1, Settle: 10 * time.Millisecond, Genesys: genesyssim.Options{ActivationError: "The discovery document could not be read."}})
	_, err := runAll(t, session)
	e := asError(t, err)
	same(t, "step", "activation", e.Step)
	same(t, "problem", `Genesys Cloud could not activate the integration "Messenger SSO (Okta)": The discovery document could not be read.`, e.Problem)
	same(t, "fix", "Open it under Admin > Integrations to see its state, then try again.", e.Fix)
	same(t, "exit code", 1, explain.ExitCode(err))
	same(t, "published versions", 3, count(sim).Genesys.Versions)
}

// TestVersionConflictForms: a conflict comes as 409, as 408 or as 400; one is mended by reading again.
func TestVersionConflictForms(t *testing.T) {
	t.Parallel()
	t.Run("400 by the service", func(t *testing.T) {
		t.Parallel()
		var lifetime string
		sim, session := world(t, simulator.Options{Seed: 1, WrapGenesys: colleague(&lifetime), Genesys: genesyssim.Options{VersionConflict400: true}})
		plan := planned(t, session)
		for key, p := range must(genesysAdmin(t, sim).PropertiesSchema(t.Context(), typeKeys(t, session).ID))(t).Properties {
			if p.Title == "Max Refresh Token Lifetime" {
				lifetime = key
			}
		}
		if err := apply(t, session, plan); err != nil {
			t.Fatal(err)
		}
		config := rawGet(t, sim, "/api/v2/integrations/"+session.Result(0).Genesys.IntegrationID+"/config/current")
		same(t, "the colleague's setting", any(1800.0), config["properties"].(map[string]any)[lifetime])
		same(t, "version", any(3.0), config["version"])
	})
	for name, tt := range map[string]struct {
		status int
		body   string
	}{
		"409": {http.StatusConflict, `{"code":"version.conflict","message":"Integration configuration update failed due to version conflict.","status":409}`},
		"400": {http.StatusBadRequest, `{"code":"bad.request","message":"The provided version 1 does not match the current version 2","status":400}`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for times, class := range map[int]explain.Class{1: 0, 2: explain.ClassConflict} {
				sim, session := world(t, simulator.Options{Seed: 1})
				w := guideWrites["settings"]
				f := brokenService
				f.Status, f.Body, f.Times = tt.status, tt.body, times
				sim.Genesys().Faults.Add(fault(w.method, w.path, f))
				_, err := runAll(t, session)
				same(t, "exit code", int(class), explain.ExitCode(err))
			}
		})
	}
}
