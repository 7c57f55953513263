package matrix

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/journal"
)

// names sets every name of a second setup next to the first one.
func (w *world) names(t *testing.T, name, page string) {
	t.Helper()
	for _, key := range []guide.Key{guide.AppName, guide.IntegrationName, guide.MessengerConfig, guide.DeploymentName} {
		w.set(t, key, name)
	}
	w.set(t, guide.RedirectURIs, page)
}

// install installs an integration of the same type, with a working Discovery URI and a credential, as an admin would,
// and returns its ID.
func (w *world) install(t *testing.T) string {
	t.Helper()
	made := kit.Must(w.genesys.Integration(t.Context(), w.session.Result(0).Genesys.IntegrationID))(t)
	config := kit.Must(w.genesys.IntegrationConfig(t.Context(), made.ID))(t)
	theirs := kit.Must(w.genesys.CreateIntegration(t.Context(), "By an admin", made.TypeID))(t)
	stored := kit.Must(w.genesys.Credential(t.Context(), credentialOf(t, config)))(t)
	own, err := w.genesys.CreateCredential(t.Context(), genesys.NewCredential{
		Name: "Shop", Type: stored.Type, Fields: map[string]guide.Secret{"oauthClientId": guide.NewSecret("0oashop"), "oauthClientSecret": guide.NewSecret("shop's")},
	})
	assert.NilError(t, err)
	config.Name, config.Notes, config.Version = theirs.Name, "Shop team", 1
	for key := range config.Credentials {
		config.Credentials[key] = own.ID
	}
	kit.Must(w.genesys.UpdateIntegrationConfig(t.Context(), theirs.ID, config))(t)
	return theirs.ID
}

func credentialOf(t *testing.T, config genesys.IntegrationConfig) string {
	t.Helper()
	for _, id := range config.Credentials {
		return id
	}
	t.Fatal("the integration has no credential")
	return ""
}

func (w *world) addPages(t *testing.T, pages ...string) {
	t.Helper()
	app := kit.Must(w.okta.App(t.Context(), w.session.Result(0).Okta.AppID))(t)
	app.RedirectURIs = append(app.RedirectURIs, pages...)
	kit.Must(w.okta.UpdateApp(t.Context(), app))(t)
}

// Where others changed an integration's settings since, they stay with the credential that they name, and with the app
// whose credential it is.
func TestChangedSettings(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 12})
	assert.NilError(t, w.apply(t.Context()))
	theirs := w.install(t)
	w.begin(t)
	w.names(t, "Second", "http://localhost:8080/")
	w.set(t, guide.IntegrationName, theirs)
	assert.NilError(t, w.apply(t.Context()))
	config := kit.Must(w.genesys.IntegrationConfig(t.Context(), theirs))(t)
	for key, value := range config.Properties {
		if _, ok := value.(string); ok {
			config.Properties[key] = "https://other.example/.well-known/openid-configuration"
		}
	}
	kit.Must(w.genesys.UpdateIntegrationConfig(t.Context(), theirs, config))(t)
	acts := w.acts(t)
	for _, kind := range []guide.ObjectKind{guide.KindSettings, guide.KindCredential, guide.KindApp, guide.KindPolicy} {
		assert.Check(t, is.Equal(acts[kind], engine.Keep), string(kind))
	}
	assert.Check(t, is.Equal(acts[guide.KindConfiguration], engine.Delete), "configuration")
}

// A colleague published on top of what the run did, and moved the deployment there.
func TestNewerVersion(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 8})
	d := w.existing(t)
	w.set(t, guide.MessengerConfig, d.ConfigurationID)
	w.set(t, guide.DeploymentName, d.ID)
	assert.NilError(t, w.apply(t.Context()))
	next := kit.Must(w.genesys.Publish(t.Context(), d.ConfigurationID))(t)
	d = kit.Must(w.genesys.Deployment(t.Context(), d.ID))(t)
	d.ConfigurationVersion = next.Version
	kit.Must(w.genesys.UpdateDeployment(t.Context(), d))(t)
	acts := w.acts(t)
	for _, kind := range []guide.ObjectKind{guide.KindDeployment, guide.KindIntegration, guide.KindCredential, guide.KindApp, guide.KindPolicy} {
		assert.Check(t, is.Equal(acts[kind], engine.Keep), string(kind))
	}
}

// The first of two runs is undone, and the page of the second goes on, whether or not this computer has its journal.
func TestSecondPage(t *testing.T) {
	t.Parallel()
	for _, recorded := range []bool{false, true} {
		w := newWorld(t, simulator.Options{Seed: 3})
		w.keepJournals(t)
		assert.NilError(t, w.apply(t.Context()))
		first, app, folder := w.journal.Run(), w.session.Result(0).Okta.AppID, w.folder
		if !recorded {
			w.folder = nil
		}
		w.begin(t)
		w.set(t, guide.AppName, app)
		w.set(t, guide.RedirectURIs, "https://shop.example/chat")
		assert.NilError(t, w.apply(t.Context()))
		w.folder = folder
		w.visit(t, first)
		for _, i := range w.undo(t) {
			assert.Check(t, i.Act == engine.Keep || i.Kind == guide.KindOrigin,
				"recorded %t: %s %s: %s", recorded, i.Act, i.Kind, i.Why)
		}
	}
}

// keepJournals has the runs that begin from now on kept in one folder.
func (w *world) keepJournals(t *testing.T) {
	t.Helper()
	w.folder = kit.Must(journal.Open(t.TempDir()))(t)
	w.begin(t)
}

// Another app of the org has a page at the origin.
func TestSharedOrigin(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 3})
	w.set(t, guide.RedirectURIs, "https://www.example.com/support")
	assert.NilError(t, w.apply(t.Context()))
	first := w.journal.Run()
	w.begin(t)
	w.names(t, "Shop", "https://www.example.com/shop")
	assert.NilError(t, w.apply(t.Context()))
	w.visit(t, first)
	acts := w.acts(t)
	assert.Check(t, is.Equal(acts[guide.KindOrigin], engine.Keep), "origin")
	assert.Check(t, is.Equal(acts[guide.KindApp], engine.Delete), "app")
}

// Two runs used an app that existed before both. The second one's page needs what the first one made.
func TestSharedApp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 3})
	app := w.addApp(t, "Customer chat", "https://shop.example/chat")
	w.keepJournals(t)
	w.set(t, guide.AppName, app.ID)
	w.set(t, guide.Assign, guide.AssignEveryone)
	w.set(t, guide.RedirectURIs, "https://www.example.com/support")
	assert.NilError(t, w.apply(t.Context()))
	first := w.journal.Run()
	w.begin(t)
	w.names(t, "Shop", "https://www.example.com/shop")
	w.set(t, guide.AppName, app.ID)
	assert.NilError(t, w.apply(t.Context()))
	w.visit(t, first)
	acts := w.acts(t)
	for _, kind := range []guide.ObjectKind{guide.KindAssignment, guide.KindPolicy, guide.KindOrigin} {
		assert.Check(t, is.Equal(acts[kind], engine.Keep), string(kind))
	}
	assert.Check(t, is.Equal(acts[guide.KindIntegration], engine.Delete), "integration")
}

// What others change between undo's plan and its acts is not lost.
func TestStaleUndo(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 5})
	assert.NilError(t, w.apply(t.Context()))
	made := w.session.Result(0)
	w.begin(t)
	w.set(t, guide.AppName, made.Okta.AppID)
	w.set(t, guide.RedirectURIs, "https://shop.example/chat")
	assert.NilError(t, w.apply(t.Context()))
	undo := w.undoing()
	items := kit.Must(undo.Plan(t.Context()))(t)

	w.addPages(t, "https://colleague.example/")
	d := kit.Must(w.genesys.Deployment(t.Context(), made.Genesys.DeploymentID))(t)
	d.AllowedDomains = append(d.AllowedDomains, "colleague.example")
	kit.Must(w.genesys.UpdateDeployment(t.Context(), d))(t)

	assert.NilError(t, undo.Apply(t.Context(), items, engine.NewStop(), nil))
	app := kit.Must(w.okta.App(t.Context(), made.Okta.AppID))(t)
	assert.Check(t, is.DeepEqual(app.RedirectURIs, []string{"http://localhost:8080/", "https://colleague.example/"}), "redirect URIs")
	d = kit.Must(w.genesys.Deployment(t.Context(), made.Genesys.DeploymentID))(t)
	assert.Check(t, is.DeepEqual(d.AllowedDomains, []string{"localhost", "colleague.example"}), "domains")
}
