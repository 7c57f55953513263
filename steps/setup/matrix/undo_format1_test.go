package matrix

import (
	"encoding/json"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/journal"
)

// back is what an entry of format 1 had.
type back struct {
	In     []string            `json:"in,omitempty"`
	Added  map[string][]string `json:"added,omitempty"`
	Before map[string]string   `json:"before,omitempty"`
	After  map[string]string   `json:"after,omitempty"`
}

// format1 is a run as the last version that wrote format 1 would have kept it; package journal reads recorded files.
func format1(t *testing.T, r journal.Run) journal.Run {
	t.Helper()
	r.Format = 1
	for i, e := range r.Entries {
		c := e.Change(i)
		old := back{In: c.Ref.In, Added: map[string][]string{}, Before: map[string]string{}, After: map[string]string{}}
		if e.Kind == guide.KindCredential {
			old.In = nil
		}
		for _, f := range c.Fields {
			switch {
			case e.Kind == guide.KindConfiguration:
				old.After[f.Field] = f.After[len(f.After)-1]
			case e.Kind == guide.KindState:
				old.Before[f.Field] = "INACTIVE"
			case f.Field == "other properties":
			case f.List:
				old.Added[f.Field] = engine.Without(f.After, f.Before)
			default:
				old.Before[f.Field], old.After[f.Field] = f.Before.Text(), f.After.Text()
			}
		}
		r.Entries[i].Undo = kit.Must(json.Marshal(old))(t)
	}
	return r
}

// A run that the old program kept is undone, with what existed before it.
func TestFormat1(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 12})
	assert.NilError(t, w.run(t))
	integration := w.install(t)
	w.keepJournals(t)
	app, err := w.okta.CreateApp(t.Context(), okta.NewApp{
		Label: "Customer chat", GrantTypes: []string{"authorization_code"}, RedirectURIs: []string{"https://shop.example/chat"},
	})
	assert.NilError(t, err)
	kit.Must(w.okta.CreateTrustedOrigin(t.Context(), okta.TrustedOrigin{Name: "Ours", Origin: "https://www.example.com", Scopes: []string{"CORS"}}))(t)
	d := w.existing(t)
	before := w.snapshot(t)
	for key, value := range map[guide.Key]string{
		guide.AppName: app.ID, guide.Assign: guide.AssignEveryone, guide.RedirectURIs: "https://www.example.com/support",
		guide.IntegrationName: integration, guide.MessengerConfig: d.ConfigurationID, guide.DeploymentName: d.ID,
	} {
		w.set(t, key, value)
	}
	assert.NilError(t, w.run(t))
	assert.NilError(t, w.folder.Save(format1(t, w.book.Run())))
	run := kit.Must(w.folder.Run(w.book.RunID()))(t)
	assert.Check(t, is.Equal(run.Format, 1), "format")
	w.visit(t, run)
	for _, i := range w.undo(t) {
		assert.Check(t, i.Act != engine.Keep || i.Kind == guide.KindVersion,
			"%s %s is kept: %s", i.Kind, i.Name, i.Why)
	}
	after := kit.Must(w.genesys.Deployment(t.Context(), d.ID))(t)
	assert.Check(t, is.Equal(after.ConfigurationVersion, d.ConfigurationVersion), "version")
	assert.Check(t, is.DeepEqual(after.AllowedDomains, d.AllowedDomains), "domains")
	got := w.snapshot(t)
	delete(before, "/api/v2/webdeployments/configurations") // it has a version more, and its draft has authentication off
	delete(got, "/api/v2/webdeployments/configurations")
	assert.Check(t, is.DeepEqual(got, before), "lists")
}
