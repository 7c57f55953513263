package plain

import (
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/journal"
	"msgsso-wizard/steps/mark"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/setup"
)

// TestRotationRisk: what others may use is not retired without a word, and what isn't the wizard's is not deleted.
func TestRotationRisk(t *testing.T) {
	t.Parallel()
	kept := journal.New(nil, "test", guide.NewAnswers())
	entry, err := kept.Intend(engine.Change{Verb: engine.Update, Kind: guide.KindOldSecret, ID: "ocs-known"})
	assert.NilError(t, err)
	assert.NilError(t, kept.Settle(entry, "ocs-known", nil))
	g := &Session{Config: Config{Env: &setup.Session{Journal: kept}}}
	spare := func(id string) oktasteps.Secret { return oktasteps.Secret{AppSecret: okta.AppSecret{ID: id}} }
	own := okta.App{Label: "Chat", ManagedBy: mark.Tag}
	for name, tt := range map[string]struct {
		secrets oktasteps.Secrets
		old     string
		says    string // empty: no risk
	}{
		"the wizard's app":             {oktasteps.Secrets{App: own}, "", ""},
		"others' app":                  {oktasteps.Secrets{App: okta.App{Label: "Chat"}}, "", "didn't create the app"},
		"others' app, said":            {oktasteps.Secrets{App: okta.App{Label: "Chat"}}, OldDeactivate, ""},
		"two active":                   {oktasteps.Secrets{App: own, Adopted: true}, "", "2 active client secrets"},
		"two active, said":             {oktasteps.Secrets{App: own, Adopted: true}, OldKeep, ""},
		"an earlier rotation's secret": {oktasteps.Secrets{App: own, Spare: spare("ocs-known")}, "", ""},
		"others' inactive secret":      {oktasteps.Secrets{App: own, Spare: spare("ocs-other")}, OldDeactivate, "has an inactive one"},
		"others' inactive one, said":   {oktasteps.Secrets{App: own, Spare: spare("ocs-other")}, OldDelete, ""},
	} {
		got := g.rotationRisk(tt.secrets, tt.old)
		assert.Check(t, (got == "") == (tt.says == ""), "%s: %q", name, got)
		assert.Check(t, is.Contains(got, tt.says), name)
	}
}

// TestRotationSteps: without questions, both steps are one plan. A test comes in between only for a user.
func TestRotationSteps(t *testing.T) {
	t.Parallel()
	const off, gone = oktasteps.SecretInactive, oktasteps.SecretDeleted
	for _, tt := range []struct {
		want  Rotation
		steps []string
	}{
		{Rotation{}, []string{"", off, gone}},
		{Rotation{Old: OldDeactivate}, []string{"", off}},
		{Rotation{Old: OldKeep, Yes: true}, []string{""}},
		{Rotation{Yes: true, MaxAge: time.Hour}, []string{off}},
		{Rotation{Old: OldDelete, Yes: true}, []string{off, gone}},
	} {
		assert.Check(t, is.DeepEqual(rotationSteps(tt.want), tt.steps), "%+v", tt.want)
	}
}
