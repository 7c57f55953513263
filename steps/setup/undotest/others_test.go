package undo

import (
	"context"
	"maps"
	"slices"
	"testing"
	"time"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
	"msgsso-wizard/steps/services"
)

// names sets every name of a second set-up beside the first one.
func (w *world) names(t *testing.T, name, page string) {
	t.Helper()
	for _, key := range []guide.Key{guide.AppName, guide.IntegrationName, guide.MessengerConfig, guide.DeploymentName} {
		w.set(t, key, name)
	}
	w.set(t, guide.RedirectURIs, page)
}

// acts undoes, and returns what became of each kind.
func (w *world) acts(t *testing.T) map[guide.ObjectKind]Act {
	t.Helper()
	acts := map[guide.ObjectKind]Act{}
	for _, i := range w.undo(t) {
		acts[i.Kind] = i.Act
	}
	return acts
}

// TestNeverMade: a run of which nothing came to be takes nothing of what somebody else made by the same names since.
func TestNeverMade(t *testing.T) {
	t.Parallel()
	cutOff := func(t *testing.T) *world {
		b := &breaker{at: 0}
		w := newWorld(t, simulator.Options{Seed: 4, WrapOkta: b.wrap, WrapGenesys: b.wrap})
		b.arm(true)
		if err := w.run(t); err == nil {
			t.Fatal("the run was not cut off")
		}
		b.arm(false)
		return w
	}
	t.Run("a whole set-up", func(t *testing.T) {
		t.Parallel()
		w := cutOff(t)
		mine := w.book.Run()
		w.visit(t, journal.NewRun(time.Now(), "test"))
		noError(t, w.run(t))
		before := w.lists(t)
		w.visit(t, mine)
		work := New(w.env, w.book)
		out, err := work.Plan(t.Context())
		noError(t, err)
		noError(t, work.Apply(t.Context(), nil))
		for _, i := range out.Items { // an origin has no mark
			if i.Act != Keep {
				t.Errorf("%s %s %s: %s", i.Act, i.Kind, i.Name, i.Why)
			}
		}
		same(t, "what both services list", before, w.lists(t))
	})
	t.Run("an origin", func(t *testing.T) {
		t.Parallel()
		w := cutOff(t)
		_, err := w.admin.Okta.CreateTrustedOrigin(t.Context(), okta.TrustedOrigin{
			Name: "Our web team", Origin: "http://localhost:8080", Scopes: []string{"CORS", "REDIRECT"},
		})
		noError(t, err)
		before := w.lists(t)
		w.visit(t, w.book.Run())
		noError(t, w.run(t))
		w.undo(t)
		same(t, "what both services list", before, w.lists(t))
	})
}

// TestNewerVersion: a colleague published on top of what the run did, and moved the deployment there.
func TestNewerVersion(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 8})
	deployments, err := w.admin.Genesys.Deployments(t.Context())
	noError(t, err)
	d := deployments[0]
	w.set(t, guide.MessengerConfig, d.ConfigurationID)
	w.set(t, guide.DeploymentName, d.ID)
	noError(t, w.run(t))
	next, err := w.admin.Genesys.Publish(t.Context(), d.ConfigurationID)
	noError(t, err)
	d, err = w.admin.Genesys.Deployment(t.Context(), d.ID)
	noError(t, err)
	d.ConfigurationVersion = next.Version
	_, err = w.admin.Genesys.UpdateDeployment(t.Context(), d)
	noError(t, err)
	acts := w.acts(t)
	for _, kind := range []guide.ObjectKind{guide.KindDeployment, guide.KindIntegration, guide.KindCredential, guide.KindApp, guide.KindPolicy} {
		same(t, string(kind), Keep, acts[kind])
	}
}

// TestMovedDeployment: a deployment that was there before goes back to its configuration, and then nothing uses the
// run's own.
func TestMovedDeployment(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 8})
	deployments, err := w.admin.Genesys.Deployments(t.Context())
	noError(t, err)
	w.set(t, guide.DeploymentName, deployments[0].ID)
	before := w.lists(t)
	noError(t, w.run(t))
	if acts := w.acts(t); slices.Contains(slices.Collect(maps.Values(acts)), Keep) {
		t.Errorf("%v", acts)
	}
	same(t, "what both services list", withoutTimes(before), withoutTimes(w.lists(t)))
}

// TestSecondPage: the first of two runs is taken back, and the page of the second goes on, whether or not this computer
// has the record of the second.
func TestSecondPage(t *testing.T) {
	t.Parallel()
	for _, recorded := range []bool{false, true} {
		w := newWorld(t, simulator.Options{Seed: 3})
		noError(t, w.run(t))
		first, app := w.book.Run(), w.env.Result(0).Okta.AppID
		w.visit(t, journal.NewRun(time.Now(), "test"))
		w.set(t, guide.AppName, app)
		w.set(t, guide.RedirectURIs, "https://shop.example/chat")
		noError(t, w.run(t))
		var others []journal.Run
		if recorded {
			others = append(others, w.book.Run())
		}
		items, err := Plan(t.Context(), w.admin, first, others...)
		noError(t, err)
		for _, i := range Shown(items) {
			if i.Act != Keep && i.Kind != guide.KindOrigin {
				t.Errorf("%s %s: %s", i.Act, i.Kind, i.Why)
			}
		}
	}
}

// TestSharedOrigin: another app of the org has a page at the origin.
func TestSharedOrigin(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 3})
	w.set(t, guide.RedirectURIs, "https://www.example.com/support")
	noError(t, w.run(t))
	first := w.book.Run()
	w.visit(t, journal.NewRun(time.Now(), "test"))
	w.names(t, "Shop", "https://www.example.com/shop")
	noError(t, w.run(t))
	w.visit(t, first)
	acts := w.acts(t)
	same(t, "origin", Keep, acts[guide.KindOrigin])
	same(t, "app", Delete, acts[guide.KindApp])
}

// TestSharedApp: two runs used an app that was there before both. The second one's page needs what the first one made.
func TestSharedApp(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 3})
	app, err := w.admin.Okta.CreateApp(t.Context(), okta.NewApp{
		Label: "Customer chat", GrantTypes: []string{"authorization_code"}, RedirectURIs: []string{"https://shop.example/chat"},
	})
	noError(t, err)
	w.set(t, guide.AppName, app.ID)
	w.set(t, guide.Assign, guide.AssignEveryone)
	w.set(t, guide.RedirectURIs, "https://www.example.com/support")
	noError(t, w.run(t))
	first := w.book.Run()
	w.visit(t, journal.NewRun(time.Now(), "test"))
	w.names(t, "Shop", "https://www.example.com/shop")
	w.set(t, guide.AppName, app.ID)
	noError(t, w.run(t))
	items, err := Plan(t.Context(), w.admin, first, w.book.Run())
	noError(t, err)
	acts := map[guide.ObjectKind]Act{}
	for _, i := range items {
		acts[i.Kind] = i.Act
	}
	for _, kind := range []guide.ObjectKind{guide.KindAssignment, guide.KindPolicy, guide.KindOrigin} {
		same(t, string(kind), Keep, acts[kind])
	}
	same(t, "integration", Delete, acts[guide.KindIntegration])
}

// widened is an org in which a colleague has every access policy cover all clients since.
type widened struct{ services.Okta }

func (w widened) Policies(ctx context.Context, server string) ([]okta.Policy, error) {
	all, err := w.OktaAPI.Policies(ctx, server)
	for i := range all {
		all[i].Clients = []string{"ALL_CLIENTS"}
	}
	return all, err
}

func TestWidenedPolicy(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 3})
	noError(t, w.run(t))
	w.admin.Okta = widened{w.admin.Okta}
	same(t, "policy", Keep, w.acts(t)[guide.KindPolicy])
}

// TestStaleUndo: what somebody changed between undo's plan and its act is not lost.
func TestStaleUndo(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 5})
	noError(t, w.run(t))
	made := w.env.Result(0)
	w.visit(t, journal.NewRun(time.Now(), "test"))
	w.set(t, guide.AppName, made.Okta.AppID)
	w.set(t, guide.RedirectURIs, "https://shop.example/chat")
	noError(t, w.run(t))
	items, err := Plan(t.Context(), w.admin, w.book.Run())
	noError(t, err)

	app, err := w.admin.Okta.App(t.Context(), made.Okta.AppID)
	noError(t, err)
	app.RedirectURIs = append(app.RedirectURIs, "https://colleague.example/")
	_, err = w.admin.Okta.UpdateApp(t.Context(), app)
	noError(t, err)
	d, err := w.admin.Genesys.Deployment(t.Context(), made.Genesys.DeploymentID)
	noError(t, err)
	d.AllowedDomains = append(d.AllowedDomains, "colleague.example")
	_, err = w.admin.Genesys.UpdateDeployment(t.Context(), d)
	noError(t, err)

	noError(t, Apply(t.Context(), items, w.book, nil, nil))
	app, err = w.admin.Okta.App(t.Context(), made.Okta.AppID)
	noError(t, err)
	same(t, "redirect URIs", []string{"http://localhost:8080/", "https://colleague.example/"}, app.RedirectURIs)
	d, err = w.admin.Genesys.Deployment(t.Context(), made.Genesys.DeploymentID)
	noError(t, err)
	same(t, "domains", []string{"localhost", "colleague.example"}, d.AllowedDomains)
}
