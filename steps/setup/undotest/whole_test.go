package undotest

import (
	"slices"
	"strings"
	"testing"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
)

func TestWholeRun(t *testing.T) {
	t.Parallel()
	for _, profile := range oktasim.Profiles() {
		t.Run(profile, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, simulator.Options{Seed: 3, Okta: oktasim.Options{Profile: profile}})
			before := w.lists(t)
			noError(t, w.run(t))
			items := w.undo(t)
			same(t, "lists", before, w.lists(t))
			if len(items) < 6 || slices.ContainsFunc(items, func(i engine.Item) bool { return i.Act != engine.Delete }) {
				t.Errorf("%+v", items)
			}
			same(t, "left", false, w.undoing().Left())
			same(t, "a second undo", 0, len(w.undo(t)))
		})
	}
}

// What existed before a run is as it was, and nothing of it is deleted.
func TestExistingObjects(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 5})
	noError(t, w.run(t))
	result := w.session.Result(0)
	before := w.lists(t)

	w.begin(t) // another page on the same objects, by somebody who knows their IDs only
	w.set(t, guide.AppName, result.Okta.AppID)
	w.set(t, guide.RedirectURIs, "https://shop.example/chat")
	w.set(t, guide.DeploymentName, result.Genesys.DeploymentID)
	noError(t, w.run(t))
	var shown []string
	for _, i := range w.undo(t) {
		shown = append(shown, string(i.Act)+" "+string(i.Kind)+": "+i.Why)
	}
	same(t, "items", []string{
		"restore deployment: allowed domains - shop.example",
		"delete trusted origin: the page cannot call Okta any more",
		"restore app integration: sign-in redirect URIs - https://shop.example/chat, sign-out redirect URIs - https://shop.example/chat",
	}, shown)
	same(t, "lists", before, w.lists(t))
}

// A list that was empty is empty again.
func TestSignOutURIsEmptyAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 5})
	app, err := w.okta.CreateApp(t.Context(), okta.NewApp{
		Label: "Customer chat", GrantTypes: []string{"authorization_code"}, RedirectURIs: []string{"http://localhost:8080/"},
	})
	noError(t, err)
	before := w.lists(t)
	w.set(t, guide.AppName, app.ID)
	w.set(t, guide.LogoutURIs, "http://localhost:8080/")
	noError(t, w.run(t))
	during, err := w.okta.App(t.Context(), app.ID)
	noError(t, err)
	same(t, "sign-out URIs of the run", []string{"http://localhost:8080/"}, during.LogoutURIs)
	items := w.undo(t)
	i := slices.IndexFunc(items, func(i engine.Item) bool { return i.Kind == guide.KindApp })
	if i < 0 || items[i].Act != engine.Restore || !strings.Contains(items[i].Why, "sign-out redirect URIs - http://localhost:8080/") {
		t.Errorf("%+v", items)
	}
	same(t, "lists", before, w.lists(t))
}

// A credential that others stored is neither overwritten nor lost: the integration has it again after undo. Its notes
// never claim that the program installed it.
func TestCredentialOfOthers(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 12})
	noError(t, w.run(t))
	id := w.install(t)
	config, err := w.genesys.IntegrationConfig(t.Context(), id)
	noError(t, err)
	before, theirs := w.lists(t), credentialOf(t, config)
	w.begin(t)
	w.names(t, "Second", "https://shop.example/chat")
	w.set(t, guide.IntegrationName, id)
	w.refuseWrites(theirs)
	noError(t, w.run(t))
	config, err = w.genesys.IntegrationConfig(t.Context(), id)
	noError(t, err)
	if credentialOf(t, config) == theirs {
		t.Error("the integration still uses the credential of others")
	}
	if notes := config.Notes; !strings.HasPrefix(notes, "Shop team\nCredential set by msgsso-wizard: client ") || strings.Contains(notes, "Created") {
		t.Errorf("notes %q", notes)
	}
	w.undo(t)
	same(t, "lists", before, w.lists(t))
}

// A deployment that existed uses its former version again. The run's version stays: Genesys Cloud deletes none alone.
func TestFormerVersion(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 8})
	before := w.existing(t)
	w.set(t, guide.MessengerConfig, before.ConfigurationID)
	w.set(t, guide.DeploymentName, before.ID)
	noError(t, w.run(t))
	during, err := w.genesys.Deployment(t.Context(), before.ID)
	noError(t, err)
	if during.ConfigurationVersion == before.ConfigurationVersion {
		t.Fatal("the run did not move the deployment")
	}
	acts := w.acts(t)
	after, err := w.genesys.Deployment(t.Context(), before.ID)
	noError(t, err)
	same(t, "version", before.ConfigurationVersion, after.ConfigurationVersion)
	same(t, "domains", before.AllowedDomains, after.AllowedDomains)
	same(t, "acts", map[guide.ObjectKind]engine.Act{
		guide.KindDeployment: engine.Restore, guide.KindConfiguration: engine.Restore, guide.KindVersion: engine.Keep,
		guide.KindIntegration: engine.Delete, guide.KindCredential: engine.Delete,
		guide.KindApp: engine.Delete, guide.KindPolicy: engine.Delete, guide.KindOrigin: engine.Delete,
	}, acts)
}

// existing is a deployment that is not a run's.
func (w *world) existing(t *testing.T) genesys.Deployment {
	t.Helper()
	all, err := w.genesys.Deployments(t.Context())
	noError(t, err)
	return all[0]
}

// A deployment that existed has its configuration again, so that nothing uses the run's own.
func TestMovedDeployment(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 8})
	w.set(t, guide.DeploymentName, w.existing(t).ID)
	before := w.lists(t)
	noError(t, w.run(t))
	for kind, act := range w.acts(t) {
		if act == engine.Keep {
			t.Errorf("%s is kept", kind)
		}
	}
	same(t, "lists", before, w.lists(t))
}
