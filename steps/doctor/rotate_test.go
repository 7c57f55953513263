package doctor

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/journal"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
)

// rotation is a session of an admin who rotates, with its journal.
type rotation struct {
	*world
	session *setup.Session
	journal *journal.Journal
}

func (w *world) rotation(t *testing.T) *rotation {
	t.Helper()
	r := &rotation{world: w, session: w.visit(t, both...)}
	r.journal = journal.New(nil, "test", r.session.Answers)
	r.session.Journal = r.journal
	return r
}

func (r *rotation) plan(t *testing.T, old string) (setup.Plan, error) {
	t.Helper()
	found := r.examine(t, func(c *Config) { c.Env = r.session })
	return PlanRotation(t.Context(), r.session, found, old)
}

// rotate carries a rotation out, until the old secret has that status, and returns what its plan showed.
func (r *rotation) rotate(t *testing.T, old string) (rows []string) {
	t.Helper()
	plan := kit.Must(r.plan(t, old))(t)
	assert.NilError(t, r.session.Apply(t.Context(), plan, engine.NewStop()))
	assert.Check(t, plan.Secrets().New.ID != "", "the new client secret")
	for _, c := range plan.Changes {
		if c.Writes() {
			rows = append(rows, string(c.Verb)+" "+string(c.Kind))
		}
	}
	return rows
}

func (w *world) visitor() simtest.Visitor {
	return simtest.Visitor{
		Sim: w.Sim, Issuer: w.made.Okta.Issuer, ClientID: w.made.Okta.ClientID, DeploymentID: w.made.Genesys.DeploymentID, RedirectURI: "http://localhost:8080/",
	}
}

// statuses are those of the app's secrets, the oldest first.
func (w *world) statuses(t *testing.T) (out []string) {
	t.Helper()
	all := kit.Must(w.Okta.AppSecrets(t.Context(), w.App))(t)
	slices.SortFunc(all, func(a, b okta.AppSecret) int { return a.Created.Compare(b.Created) })
	for _, s := range all {
		out = append(out, s.Status)
	}
	return out
}

func (w *world) undo(t *testing.T, r *rotation) []string {
	t.Helper()
	env := w.visit(t, both...)
	undo := setup.NewUndo(env, journal.Undoing{Journal: r.journal})
	items := kit.Must(undo.Plan(t.Context()))(t)
	assert.NilError(t, undo.Apply(t.Context(), items, engine.NewStop(), nil))
	var out []string
	for _, i := range engine.Shown(items) {
		out = append(out, string(i.Act)+" "+string(i.Kind))
	}
	return out
}

var firstRows = []string{"create client secret", "create credential", "update settings", "update old client secret"}

func TestRotation(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 71})
	before := kit.Must(w.Genesys.IntegrationConfig(t.Context(), w.Integration))(t)
	r := w.rotation(t)
	assert.Check(t, is.DeepEqual(r.rotate(t, ""), firstRows[:3]))
	assert.Check(t, is.DeepEqual(w.statuses(t), []string{"ACTIVE", "ACTIVE"}))
	assert.NilError(t, w.visitor().SignIn(t.Context()))
	assert.Check(t, is.DeepEqual(r.rotate(t, oktasteps.SecretInactive), firstRows[3:]))
	assert.Check(t, is.DeepEqual(w.statuses(t), []string{"INACTIVE", "ACTIVE"}))
	assert.NilError(t, w.visitor().SignIn(t.Context()))

	assert.Check(t, is.DeepEqual(w.undo(t, r), []string{
		"restore old client secret", "restore settings", "delete credential", "delete client secret",
	}))
	assert.NilError(t, w.visitor().SignIn(t.Context()))
	assert.Check(t, is.DeepEqual(w.statuses(t), []string{"ACTIVE"}))
	after := kit.Must(w.Genesys.IntegrationConfig(t.Context(), w.Integration))(t)
	assert.Check(t, is.DeepEqual(after.Credentials, before.Credentials))
}

// TestRotationDeletesCredential: once the old secret is deleted, so is its credential, unless the wizard didn't store it, an
// integration uses it, or the permission is missing.
func TestRotationDeletesCredential(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 71})
	stored := func() (ids []string) {
		for _, c := range kit.Must(w.Genesys.Credentials(t.Context()))(t) {
			ids = append(ids, c.ID)
		}
		return ids
	}
	setUp := stored()
	theirs := w.rotation(t) // this computer knows nothing of the setup's run
	theirs.rotate(t, oktasteps.SecretInactive)
	assert.Check(t, is.DeepEqual(theirs.rotate(t, oktasteps.SecretDeleted), []string{"delete old client secret"}))
	assert.Check(t, slices.Contains(stored(), setUp[0]), "a credential was deleted that the journal doesn't know")

	next := w.rotation(t)
	next.journal = theirs.journal.OtherRun(next.session.Answers)
	next.session.Journal = next.journal
	before := stored()
	next.rotate(t, oktasteps.SecretInactive)
	assert.Check(t, is.Len(stored(), len(before)+1), "undo needs the old credential")
	assert.Check(t, is.DeepEqual(next.rotate(t, oktasteps.SecretDeleted), []string{"delete old client secret", "delete old credential"}))
	assert.Check(t, is.Len(stored(), len(before)))
	assert.Check(t, slices.Contains(stored(), setUp[0]))
	assert.NilError(t, w.visitor().SignIn(t.Context()))

	last := w.rotation(t)
	last.journal = theirs.journal.OtherRun(last.session.Answers)
	last.session.Journal = last.journal
	last.rotate(t, oktasteps.SecretInactive)
	grantOnly(w.Sim, "view", "add", "edit")
	plan := kit.Must(last.plan(t, oktasteps.SecretDeleted))(t)
	assert.Check(t, is.Contains(plan.Attention()[0].Text, "The old credential stays in Genesys Cloud"))
	assert.Check(t, is.DeepEqual(last.rotate(t, oktasteps.SecretDeleted), []string{"delete old client secret"}))
}

// grantOnly has Genesys Cloud tell that the client has these permissions of integrations and no others.
func grantOnly(sim *simulator.Server, actions ...string) {
	body := `{"grants":[{"role":{"policies":[{"domain":"integrations","entityName":"integration","actions":["` + strings.Join(actions, `","`) + `"]}]}}]}`
	sim.Genesys().Faults.Add(simkit.Fault{Path: regexp.MustCompile("/subjects/me"), Status: http.StatusOK, Header: http.Header{"Content-Type": {"application/json"}}, Body: body})
}

// Once the old secret is deleted, undo keeps the new one: nothing else lets visitors sign in.
func TestRotationUndoEndsWithOldSecret(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 72})
	r := w.rotation(t)
	assert.Check(t, is.DeepEqual(r.rotate(t, oktasteps.SecretInactive), firstRows))
	assert.Check(t, is.DeepEqual(r.rotate(t, oktasteps.SecretDeleted), []string{"delete old client secret"}))
	assert.Check(t, is.DeepEqual(w.statuses(t), []string{"ACTIVE"}))
	assert.Check(t, is.DeepEqual(w.undo(t, r), []string{"keep settings", "keep credential", "keep client secret"}))
	assert.NilError(t, w.visitor().SignIn(t.Context()))
	assert.Check(t, is.DeepEqual(w.statuses(t), []string{"ACTIVE"}))
}

// Two rotations in a row: the second one deletes the secret that the first one left inactive, which Okta demands.
func TestRotationAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 73})
	first, second := w.rotation(t), w.rotation(t)
	first.rotate(t, oktasteps.SecretInactive)
	assert.Check(t, is.DeepEqual(second.rotate(t, oktasteps.SecretInactive), append([]string{"delete old client secret"}, firstRows...)))
	assert.Check(t, is.DeepEqual(w.statuses(t), []string{"INACTIVE", "ACTIVE"}))
	assert.NilError(t, w.visitor().SignIn(t.Context()))
	w.undo(t, second)
	assert.NilError(t, w.visitor().SignIn(t.Context()))
}

// What a rotation can't do is said before anything changes.
func TestRotationRefused(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 74})
	method := func(name string) kit.Damage {
		return kit.PutApp(func(credentials, _ map[string]any) {
			credentials["token_endpoint_auth_method"], credentials["pkce_required"] = name, name == "none"
		})
	}
	for _, tt := range []struct {
		name  string
		cause kit.Damage
		says  string
		code  int
	}{
		{"private_key_jwt", method("private_key_jwt"), "there is no client secret to rotate", 5},
		{"no secret", method("none"), "there is no client secret to rotate", 5},
		{"another method", method("client_secret_post"), "can't check a new client secret", 5},
		{"inactive app", kit.All(method("client_secret_basic"), kit.DeactivateApp), "is inactive", 5},
	} {
		tt.cause(t, w.Org)
		wrote := kit.Writes(w.Sim)
		_, err := w.rotation(t).plan(t, oktasteps.SecretInactive)
		assert.Check(t, is.ErrorContains(err, tt.says), tt.name)
		assert.Check(t, is.Equal(explain.ExitCode(err), tt.code), tt.name)
		assert.Check(t, is.Equal(kit.Writes(w.Sim), wrote), tt.name)
	}
}

// TestRotationWithoutSignIn: what is missing is the sign-in, not the name of the app.
func TestRotationWithoutSignIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 79})
	s := &seen{cfg: Config{Env: w.env}, conn: &setup.Connection{Okta: w.Okta, Genesys: w.Genesys}}
	s.deployment.value.Name, s.pinned.known = "Shop", true
	s.integration.skip("No version of the configuration names an integration.")
	s.app.skip("The integration doesn't name the app of its credential.")
	_, err := s.rotate(t.Context(), oktasteps.SecretInactive)
	assert.Check(t, is.ErrorContains(err, `The deployment "Shop" doesn't sign visitors in.`))
}

// Permissions are checked before a second secret exists.
func TestRotationForbidden(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		cause func(*simulator.Server)
		opts  oktasim.Options
		says  string
	}{
		"read-only admin":     {func(sim *simulator.Server) { sim.Okta().SetAdminRoles("READ_ONLY_ADMIN") }, oktasim.Options{}, "can't create the client secret"},
		"secrets are hidden":  {func(*simulator.Server) {}, oktasim.Options{HideSecrets: true}, "Okta didn't allow this admin to read the client secrets"},
		"credentials are not": {func(sim *simulator.Server) { grantOnly(sim, "view") }, oktasim.Options{}, "integrations:integration:add"},
	} {
		w := newWorld(t, simulator.Options{Seed: 75, Okta: tt.opts})
		tt.cause(w.Sim)
		wrote := kit.Writes(w.Sim)
		_, err := w.rotation(t).plan(t, oktasteps.SecretInactive)
		assert.Check(t, is.ErrorContains(err, tt.says), name)
		assert.Check(t, is.Equal(explain.ExitCode(err), 4), name)
		assert.Check(t, is.Equal(kit.Writes(w.Sim), wrote), name)
	}
}

// TestSharedClientRotates: two integrations have the same client, so both get the new secret before the old one ends.
func TestSharedClientRotates(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 76})
	i := kit.Must(w.Genesys.Integration(t.Context(), w.Integration))(t)
	config := kit.Must(w.Genesys.IntegrationConfig(t.Context(), w.Integration))(t)
	other := kit.Must(w.Genesys.CreateIntegration(t.Context(), "Another brand", i.TypeID))(t)
	theirs := kit.Must(w.Genesys.IntegrationConfig(t.Context(), other.ID))(t)
	theirs.Credentials, theirs.Properties, theirs.Notes = config.Credentials, config.Properties, config.Notes
	kit.Must(w.Genesys.UpdateIntegrationConfig(t.Context(), other.ID, theirs))(t)
	w.rotation(t).rotate(t, oktasteps.SecretInactive)
	for _, id := range []string{w.Integration, other.ID} {
		now := kit.Must(w.Genesys.IntegrationConfig(t.Context(), id))(t)
		for key, was := range config.Credentials {
			assert.Check(t, now.Credentials[key] != was, "%s has the old credential", id)
		}
	}
	assert.Check(t, is.DeepEqual(w.statuses(t), []string{"INACTIVE", "ACTIVE"}))
}

// TestDoctorRotates: doctor's fix of an old secret is a rotation.
func TestDoctorRotates(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 77})
	agedSecret(t, w.Org)
	env, r := w.examineWith(t, both...)
	assert.Check(t, is.DeepEqual(r.Fixes(), []signintest.Fix{FixRotate}))
	applyFixes(t, env, r)
	assert.Check(t, is.DeepEqual(bad(w.examine(t, nil)), []string{}))
	assert.Check(t, is.DeepEqual(w.statuses(t), []string{"INACTIVE", "ACTIVE"}))
	assert.NilError(t, w.visitor().SignIn(t.Context()))
}

// TestDoctorKeepsInactiveSecret: an inactive client secret that no rotation left isn't deleted by a fix.
func TestDoctorKeepsInactiveSecret(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 80})
	r := w.rotation(t)
	r.rotate(t, oktasteps.SecretInactive)
	agedSecret(t, w.Org)
	for journalOf, fixes := range map[*journal.Journal][]signintest.Fix{r.journal: {FixRotate}, journal.New(nil, "test", r.session.Answers): nil} {
		r.session.Journal = journalOf
		found := r.examine(t, func(c *Config) { c.Env = r.session })
		assert.Check(t, is.DeepEqual(found.Fixes(), fixes))
	}
}
