package setup

import (
	"context"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	genesyssteps "msgsso-wizard/steps/genesys"
	"msgsso-wizard/steps/guide"
	oktasteps "msgsso-wizard/steps/okta"
)

// Rotate is what a fix wants of the app's client secrets: a new one takes the place of the old one.
type Rotate struct {
	Old  string   // the status that the old one gets in the end; empty: it stays active
	Also []string // the IDs of further integrations with the same client
}

// RotationSteps are the steps of a fix that rotates.
var RotationSteps = []guide.StepID{
	guide.StepOkta, guide.StepApp, guide.StepSecrets, guide.StepSpareSecret, guide.StepSecret,
	guide.StepGenesys, guide.StepAuthServer, guide.StepDiscovery, guide.StepTypeKeys, guide.StepIntegration,
	guide.StepCheckSecret, guide.StepCredential, guide.StepSettings, guide.StepOldSecret, guide.StepOldCredential,
}

// overlap is how long the old client secret works after nothing refers to it any more, in first pauses: 5 s. Genesys Cloud
// may be redeeming a code with it.
const overlap = 20

// secretNodes make the new client secret.
func (b *builder) secretNodes() {
	const section = guide.SectionOkta
	b.rotation = &oktasteps.Rotation{Secrets: engine.AddLookup(b.run, guide.StepSecrets, section, oktasteps.FindSecrets(b.okta, b.app, b.did))}
	b.rotation.Spare = engine.AddSet(b.run, guide.StepSpareSecret, section, oktasteps.NewSpares(b.okta, b.rotation.Secrets))
	b.rotation.New = engine.Add(b.run, guide.StepSecret, section, oktasteps.NewSecret(b.okta, b.rotation.Secrets, b.rotation.Spare))
}

// did is what the run did so far, if it keeps a journal.
func (b *builder) did(kind guide.ObjectKind) []engine.Entry {
	if b.Journal == nil {
		return nil
	}
	return b.Journal.Did(kind)
}

// rotationNodes store the new client secret in each integration that has the old one, and then retire that.
func (b *builder) rotationNodes(wish genesyssteps.CredentialWish) {
	const section = guide.SectionIntegration
	r, answers := b.run, b.in.Answers
	b.rotation.Checked = engine.AddCheck(r, guide.StepCheckSecret, section, oktasteps.CheckSecret(r, b.in, b.okta, b.document, b.app, b.rotation.New))
	b.status = b.integration
	var stored []engine.Source[genesyssteps.Settings]
	var unstored error // an integration keeps the old client secret, which then stays
	integration := b.integration
	for i := range len(b.fix.Rotate.Also) + 1 {
		if i > 0 {
			answers = answers.Clone()
			if err := answers.Set(guide.IntegrationName, guide.FromUser, b.fix.Rotate.Also[i-1]); err != nil {
				unstored = explain.InWords("choose the integration", err)
				continue
			}
			integration = engine.Add(r, guide.StepIntegration, section, genesyssteps.NewIntegration(b.genesys, b.keys, answers))
		}
		credential := engine.Add(r, guide.StepCredential, section, genesyssteps.NewCredential(r, b.genesys, b.keys, b.okta, b.app, integration, answers, wish))
		stored = append(stored, engine.Add(r, guide.StepSettings, section,
			genesyssteps.NewSettings(b.genesys, b.keys, b.okta, b.app, b.document, integration, credential, wish)))
	}
	b.rotation.Old = engine.Add(r, guide.StepOldSecret, section, oktasteps.NewOldSecret(b.okta, b.rotation.Secrets, b.fix.Rotate.Old, func(ctx context.Context) error {
		if unstored != nil {
			return unstored
		}
		return b.unusedOld(ctx, stored)
	}))
	engine.AddSet(r, guide.StepOldCredential, section, genesyssteps.NewOldCredentials(r, b.genesys, b.rotation, b.fix.Rotate.Old, b.did, func(ctx context.Context) error {
		return engine.Await(ctx, b.rotation.Old)
	}))
}

// unusedOld waits until every integration has the new client secret, and a while longer.
func (b *builder) unusedOld(ctx context.Context, stored []engine.Source[genesyssteps.Settings]) error {
	for _, s := range stored {
		if err := engine.Await(ctx, s); err != nil {
			return err
		}
	}
	if _, err := b.rotation.Checked.Get(ctx); err != nil || b.fix.Rotate.Old == oktasteps.SecretDeleted {
		return err
	}
	b.Pause("waiting for sign-ins under way to end", overlap*b.poll())
	for tries := 0; b.run.Patient(tries); tries++ {
		if err := b.run.Rest(ctx, tries); err != nil {
			return err
		}
	}
	return nil
}

// rotatedSettings stay in an undo where they would refer to a client secret that Okta refuses.
func rotatedSettings(c *Connection) engine.Object[genesyssteps.Settings] {
	o := genesyssteps.SettingsObject(c.Genesys)
	o.Users = func(ctx context.Context, _ genesyssteps.Settings, _ engine.Entry, u *engine.Undo) (string, error) {
		return oktasteps.KeepNewSecret(ctx, c.Okta, u)
	}
	return o
}

// Rotates reports whether it is the plan of a rotation.
func (p Plan) Rotates() bool { return p.graph != nil && p.graph.rotation != nil }

// Secrets are the app's client secrets as the plan of a rotation found them, and as they are once it is applied.
func (p Plan) Secrets() oktasteps.Secrets {
	if !p.Rotates() {
		return oktasteps.Secrets{}
	}
	of := p.graph.rotation
	if p.graph.renewed != nil {
		of = p.graph.renewed.rotation
	}
	s, _ := of.Secrets.Peek()
	if made, ok := of.New.Peek(); ok && s.New.ID == "" {
		s.New = made
	}
	if old, ok := of.Old.Peek(); ok {
		s.Old.Status = old.Status
	}
	return s
}

// MayStore refuses a rotation for want of permissions before it creates a client secret, where Genesys Cloud tells them.
func (c *Connection) MayStore(ctx context.Context) error {
	return c.permits(ctx, genesyssteps.LackingToStore)
}

func (c *Connection) permits(ctx context.Context, lackingOf func(have []string) []string) error {
	have, err := c.Genesys.Permissions(ctx)
	lacking := lackingOf(have)
	if err != nil || len(have) == 0 || len(lacking) == 0 {
		return nil //nolint:nilerr // what is missing shows when it is needed
	}
	return explain.MissingPermissions(c.actor, lacking)
}
