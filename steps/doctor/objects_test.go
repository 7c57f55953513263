package doctor

import (
	"slices"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/opentofu"
	"msgsso-wizard/steps/opentofu/hcltest"
	"msgsso-wizard/steps/setup"
)

// byMark takes an object for the wizard's if its mark says so.
func byMark(_ opentofu.Object, marked bool) bool { return marked }

// exported are the objects of the setup as files, which hold all rules and none of the secrets of both orgs.
func (w *world) exported(t *testing.T, created Created) (hcltest.Found, opentofu.Setup) {
	t.Helper()
	read := kit.Must(w.examine(t, nil).OpenTofu(t.Context(), created))(t)
	files, read := opentofu.Files(read)
	texts := hcltest.Files{}
	for _, f := range files {
		texts[f.Name] = f.Text
	}
	app := kit.Must(w.Okta.App(t.Context(), w.App))(t)
	secret := kit.Must(oktasteps.ClientSecret(t.Context(), w.Okta, app))(t).Reveal()
	keys := w.Sim.Credentials()
	assert.Assert(t, secret != "" && keys.OktaToken != "" && keys.GenesysClientSecret != "")
	found := hcltest.Check(texts, secret, keys.OktaToken, keys.GenesysClientSecret, w.Sim.Genesys().AccessToken())
	assert.Check(t, is.DeepEqual(found.Problems, []string(nil)))
	return found, read
}

func TestOpenTofu(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 3})
	found, read := w.exported(t, byMark)
	assert.Check(t, is.Len(found.Imports, 9))
	assert.Check(t, is.Len(read.Left, 0), "%v", read.Left)
	assert.Check(t, is.Equal(found.Imports["okta_app_oauth.messenger"], w.App))
	assert.Check(t, is.Equal(found.Imports["genesyscloud_webdeployments_deployment.site"], w.Deployment))

	// Of an adopted setup, only what the run created is written.
	some := func(o opentofu.Object, _ bool) bool {
		return slices.Contains([]guide.ObjectKind{guide.KindAssignment, guide.KindOrigin, guide.KindIntegration, guide.KindCredential}, o.Kind)
	}
	found, read = w.exported(t, some)
	assert.Check(t, is.Len(found.Imports, 4))
	assert.Check(t, is.Len(read.Left, 5))
}

// TestNotesChanged knows the app by the journal where OpenTofu changed the notes that name it.
func TestNotesChanged(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 3})
	settings := kit.Must(w.Genesys.IntegrationConfig(t.Context(), w.Integration))(t)
	settings.Notes = "Managed by OpenTofu."
	kit.Must(w.Genesys.UpdateIntegrationConfig(t.Context(), w.Integration, settings))(t)
	said := func(keep setup.Journal) string {
		r := w.examine(t, func(c *Config) { c.Env.Journal = keep })
		assert.Check(t, is.DeepEqual(bad(r), []string{}))
		text := ""
		for _, f := range r.Findings {
			text += f.What + "\n"
		}
		return text
	}
	client := kit.Must(w.Okta.App(t.Context(), w.App))(t).ClientID
	assert.Check(t, is.Contains(said(w.env.Journal), "The wizard recorded client "+client))
	without := said(nil)
	assert.Check(t, is.Contains(without, "found by its redirect URIs"))
	assert.Check(t, is.Contains(without, "notes don't name its client"))
}

// TestRotationFindsOthers: another integration has the same credential, and its notes say nothing of it any more.
func TestRotationFindsOthers(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 3})
	first := kit.Must(w.Genesys.Integration(t.Context(), w.Integration))(t)
	settings := kit.Must(w.Genesys.IntegrationConfig(t.Context(), w.Integration))(t)
	other := kit.Must(w.Genesys.CreateIntegration(t.Context(), "Help SSO", first.TypeID))(t)
	theirs := kit.Must(w.Genesys.IntegrationConfig(t.Context(), other.ID))(t)
	theirs.Properties, theirs.Credentials, theirs.Notes = settings.Properties, settings.Credentials, "Managed by OpenTofu."
	kit.Must(w.Genesys.UpdateIntegrationConfig(t.Context(), other.ID, theirs))(t)
	also := func(keep setup.Journal) []string {
		r := w.examine(t, func(c *Config) { c.Env.Journal = keep })
		return kit.Must(r.seen.rotate(t.Context(), ""))(t).Also
	}
	assert.Check(t, is.DeepEqual(also(w.env.Journal), []string{other.ID}))
	assert.Check(t, is.Len(also(nil), 0), "without the journal")
}

// TestOpenTofuNeedsBoth refuses to write a part of a setup.
func TestOpenTofuNeedsBoth(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{})
	_, r := w.examineWith(t, genesysOnly...)
	_, err := r.OpenTofu(t.Context(), byMark)
	assert.Check(t, is.ErrorContains(err, "The setup can't be exported"))
}
