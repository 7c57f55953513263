package matrix

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/journal"
)

func TestWholeRun(t *testing.T) {
	t.Parallel()
	for _, profile := range oktasim.Profiles() {
		t.Run(profile, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, simulator.Options{Seed: 3, Okta: oktasim.Options{Profile: profile}})
			before := w.snapshot(t)
			assert.NilError(t, w.apply(t.Context()))
			items := w.undo(t)
			assert.Check(t, is.DeepEqual(w.snapshot(t), before), "lists")
			if len(items) < 6 || slices.ContainsFunc(items, func(i engine.Item) bool { return i.Act != engine.Delete }) {
				t.Errorf("%+v", items)
			}
			assert.Check(t, is.Equal(w.undoing().Left(), false), "left")
			assert.Check(t, is.Equal(len(w.undo(t)), 0), "a second undo")
		})
	}
}

// What existed before a run is as it was, and nothing of it is deleted.
func TestExistingObjects(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 5})
	assert.NilError(t, w.apply(t.Context()))
	result := w.session.Result(0)
	before := w.snapshot(t)

	w.begin(t) // another page on the same objects, by an admin who knows only their IDs
	w.set(t, guide.AppName, result.Okta.AppID)
	w.set(t, guide.RedirectURIs, "https://shop.example/chat")
	w.set(t, guide.DeploymentName, result.Genesys.DeploymentID)
	assert.NilError(t, w.apply(t.Context()))
	var shown []string
	for _, i := range w.undo(t) {
		shown = append(shown, string(i.Act)+" "+string(i.Kind)+": "+i.Why)
	}
	assert.Check(t, is.DeepEqual(shown, []string{
		"restore deployment: allowed domains - shop.example",
		"delete trusted origin: the page can no longer call Okta",
		"restore app integration: sign-in redirect URIs - https://shop.example/chat, sign-out redirect URIs - https://shop.example/chat",
	}), "items")
	assert.Check(t, is.DeepEqual(w.snapshot(t), before), "lists")
}

// A list that was empty is empty again.
func TestSignOutURIsEmptyAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 5})
	app := w.addApp(t, "Customer chat", "http://localhost:8080/")
	before := w.snapshot(t)
	w.set(t, guide.AppName, app.ID)
	w.set(t, guide.LogoutURIs, "http://localhost:8080/")
	assert.NilError(t, w.apply(t.Context()))
	during := kit.Must(w.okta.App(t.Context(), app.ID))(t)
	assert.Check(t, is.DeepEqual(during.LogoutURIs, []string{"http://localhost:8080/"}), "sign-out URIs of the run")
	items := w.undo(t)
	i := slices.IndexFunc(items, func(i engine.Item) bool { return i.Kind == guide.KindApp })
	if i < 0 || items[i].Act != engine.Restore || !strings.Contains(items[i].Why, "sign-out redirect URIs - http://localhost:8080/") {
		t.Errorf("%+v", items)
	}
	assert.Check(t, is.DeepEqual(w.snapshot(t), before), "lists")
}

// A deployment that existed uses its former version again. The run's version stays: Genesys Cloud deletes none alone.
func TestFormerVersion(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 8})
	before := w.existing(t)
	w.set(t, guide.MessengerConfig, before.ConfigurationID)
	w.set(t, guide.DeploymentName, before.ID)
	assert.NilError(t, w.apply(t.Context()))
	during := kit.Must(w.genesys.Deployment(t.Context(), before.ID))(t)
	assert.Assert(t, during.ConfigurationVersion != before.ConfigurationVersion,
		"the run didn't move the deployment")
	acts := w.acts(t)
	after := kit.Must(w.genesys.Deployment(t.Context(), before.ID))(t)
	assert.Check(t, is.Equal(after.ConfigurationVersion, before.ConfigurationVersion), "version")
	assert.Check(t, is.DeepEqual(after.AllowedDomains, before.AllowedDomains), "domains")
	assert.Check(t, is.DeepEqual(acts, map[guide.ObjectKind]engine.Act{
		guide.KindDeployment: engine.Restore, guide.KindConfiguration: engine.Restore, guide.KindVersion: engine.Keep,
		guide.KindIntegration: engine.Delete, guide.KindCredential: engine.Delete,
		guide.KindApp: engine.Delete, guide.KindPolicy: engine.Delete, guide.KindOrigin: engine.Delete,
	}), "acts")
}

// existing is a deployment that is not a run's.
func (w *world) existing(t *testing.T) genesys.Deployment {
	t.Helper()
	all := kit.Must(w.genesys.Deployments(t.Context()))(t)
	return all[0]
}

// A deployment that existed has its configuration again, so that nothing uses the run's own.
func TestMovedDeployment(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 8})
	w.set(t, guide.DeploymentName, w.existing(t).ID)
	before := w.snapshot(t)
	assert.NilError(t, w.apply(t.Context()))
	for kind, act := range w.acts(t) {
		assert.Check(t, act != engine.Keep, "%s is kept", kind)
	}
	assert.Check(t, is.DeepEqual(w.snapshot(t), before), "lists")
}

// TestOldJournals: the runs of earlier versions are read, resumed, and undone from their own journals. Each file was written
// by the first or last version with that format, for a run on a simulator: a whole one, or one that was cut off before it
// published. docs/compatibility.md promises it.
func TestOldJournals(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("../../journal/testdata/run*.json")
	assert.NilError(t, err)
	formats := map[int]bool{}
	for _, file := range files {
		content := kit.Must(os.ReadFile(file))(t)
		var recorded journal.Run
		assert.NilError(t, json.Unmarshal(content, &recorded))
		formats[recorded.Format] = true
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			t.Parallel()
			oldJournal(t, string(content), recorded)
		})
	}
	assert.Check(t, is.Equal(len(formats), journal.Format), "formats with a recorded run; a new format needs the journals of the last one")
}

func oldJournal(t *testing.T, content string, recorded journal.Run) {
	t.Helper()
	cutOff := recorded.State == journal.Running
	w := newWorld(t, simulator.Options{Seed: 7})
	w.keepJournals(t)
	before, page := w.snapshot(t), recorded.Answers[string(guide.RedirectURIs)]
	w.set(t, guide.RedirectURIs, page...)
	if cutOff {
		w.sim.Genesys().Faults.Add(simkit.Fault{
			Method: http.MethodPost, Path: regexp.MustCompile("/publish$"), Status: http.StatusBadRequest, Body: `{"code":"bad.request","message":"no"}`,
		})
	}
	assert.Equal(t, w.apply(t.Context()) != nil, cutOff, "the run was cut off")

	// The orgs are as the old version left them. Only the objects' IDs and the hosts are others.
	now := w.journal.Run()
	same := []string{recorded.ID, now.ID, recorded.Okta, w.sim.OktaURL(), recorded.Genesys, w.sim.GenesysURL()}
	for _, e := range recorded.Entries {
		for _, created := range now.Entries {
			if created.Kind == e.Kind {
				same = append(same, e.ID, created.ID)
			}
		}
	}
	assert.NilError(t, os.WriteFile(w.journal.Path(), []byte(strings.NewReplacer(same...).Replace(content)), 0o600))
	old := kit.Must(w.folder.Run(now.ID))(t)
	assert.Equal(t, old.Format, recorded.Format)
	w.visit(t, old)
	w.session.Answers.FromRun(old.Answers)
	if w.sim.Genesys().Faults.Clear(); cutOff {
		assert.NilError(t, w.apply(t.Context()), "resume")
	}
	plan := kit.Must(w.session.Plan(t.Context()))(t)
	assert.Check(t, !plan.Writes(), "%+v", plan.Changes)
	assert.Check(t, is.Equal(len(w.journal.Run().Left()), len(now.Left())+map[bool]int{true: 2}[cutOff]), "changes in the journal")
	w.undo(t)
	assert.Check(t, is.DeepEqual(w.snapshot(t), before), "lists")
}

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
	assert.NilError(t, w.apply(t.Context()))
	integration := w.install(t)
	w.keepJournals(t)
	app := w.addApp(t, "Customer chat", "https://shop.example/chat")
	kit.Must(w.okta.CreateTrustedOrigin(t.Context(), okta.TrustedOrigin{Name: "Ours", Origin: "https://www.example.com", Scopes: []string{"CORS"}}))(t)
	d := w.existing(t)
	before := w.snapshot(t)
	for key, value := range map[guide.Key]string{
		guide.AppName: app.ID, guide.Assign: guide.AssignEveryone, guide.RedirectURIs: "https://www.example.com/support",
		guide.IntegrationName: integration, guide.MessengerConfig: d.ConfigurationID, guide.DeploymentName: d.ID,
	} {
		w.set(t, key, value)
	}
	assert.NilError(t, w.apply(t.Context()))
	assert.NilError(t, w.folder.Save(format1(t, w.journal.Run())))
	run := kit.Must(w.folder.Run(w.journal.RunID()))(t)
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
