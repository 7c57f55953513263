package genesys

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/mark"
	"msgsso-wizard/steps/services"
)

// configuration is the Messenger configuration that a run wants: with authentication on in its draft. In an existing one
// every other setting is kept.
type configuration struct {
	engine.Object[Configuration]
	api         services.Genesys
	org         Organization
	integration engine.Source[genesys.Integration]
	answers     *guide.Answers
	run         string
}

// NewConfiguration wants the Messenger configuration that the answers name to sign visitors in with the integration. run
// is the ID of the run, for its mark.
func NewConfiguration(org Organization, integration engine.Source[genesys.Integration], answers *guide.Answers, run string) engine.Open[engine.Resource[Configuration]] {
	return opens(org, func(api services.Genesys) engine.Resource[Configuration] {
		return configuration{ConfigurationObject(api), api, org, integration, answers, run}
	})
}

func (c configuration) Key(context.Context) (engine.Key, error) {
	return engine.Key{Name: c.answers.Value(guide.MessengerConfig)}, nil
}

func (c configuration) Find(ctx context.Context, notes *engine.Notes) (*Configuration, error) {
	answer := c.answers.Get(guide.MessengerConfig)
	all, err := c.org.Configurations.For(ctx, notes)
	if err != nil {
		return nil, err
	}
	listed, err := named(all, answer.Value, guide.MessengerConfig, guide.KindConfiguration, func(f genesys.Configuration) (string, string) { return f.ID, f.Name })
	if err != nil {
		return nil, err
	}
	if listed == nil && answer.From <= guide.FromOrg && !notes.Again {
		if listed, err = c.renamed(ctx, all); err != nil {
			return nil, err
		}
	}
	if listed == nil {
		return nil, nil
	}
	if !mark.Has(listed.Description) && answer.From == guide.FromDefault && !c.answers.Manual(guide.SectionConfiguration) {
		return nil, explain.NameTaken(guide.MessengerConfig, "Genesys Cloud", guide.KindConfiguration, listed.Name, listed.ID)
	}
	found, err := c.Read(ctx, engine.Ref{ID: listed.ID})
	if err != nil {
		return nil, err
	}
	return &found, nil
}

// renamed finds the configuration of this program that has another name by now: the one that its deployment uses.
func (c configuration) renamed(ctx context.Context, all []genesys.Configuration) (*genesys.Configuration, error) {
	deployments, err := c.org.Deployments.Get(ctx)
	if err != nil {
		return nil, err
	}
	for _, d := range deployments {
		if answer := c.answers.Value(guide.DeploymentName); answer != d.Name && answer != d.ID || !mark.Has(d.Description) {
			continue
		}
		if i := slices.IndexFunc(all, func(f genesys.Configuration) bool {
			return f.ID == d.ConfigurationID && mark.Has(f.Description)
		}); i >= 0 {
			return &all[i], nil
		}
	}
	return nil, nil
}

func (c configuration) Describe(ctx context.Context, found Configuration, notes *engine.Notes) (engine.Row, error) {
	p, err := c.integration.Planned(ctx)
	if err != nil {
		return engine.Row{}, err
	}
	if err := foreignDraft(found, p); err != nil {
		return engine.Row{}, err
	}
	row := engine.Row{
		Name: found.Draft.Name, Mark: found.Draft.Description, Why: "the draft has authentication on",
		Mine: func(run string) bool { return strings.Contains(found.Draft.Description, run) },
	}
	if live(found, p) {
		row.Why = "authentication is on"
	}
	return row, c.sameIntegration(ctx, found, p, notes)
}

// signsIn reports whether a version has authentication on with the run's integration.
func signsIn(c genesys.Configuration, p engine.Planned[genesys.Integration]) bool {
	return p.Exists && signsInWith(c) == p.Value.ID
}

// live reports whether the version that was published last signs visitors in with the run's integration.
func live(c Configuration, p engine.Planned[genesys.Integration]) bool {
	return c.Latest != nil && signsIn(*c.Latest, p)
}

// foreignDraft stops before unpublished edits of others, which publishing would release to the visitors.
func foreignDraft(c Configuration, p engine.Planned[genesys.Integration]) error {
	switch {
	case c.Latest == nil && mark.Has(c.Draft.Description): // an earlier run ended before it published
		return nil
	case c.Latest == nil:
		return unpublished(c.Draft, "It has never been published")
	case live(c, p):
		return nil
	}
	differing := slices.DeleteFunc(c.Draft.Differences(*c.Latest), func(member string) bool {
		return member == "authenticationSettings" && signsIn(c.Draft, p) // left by an earlier run
	})
	if len(differing) > 0 {
		return unpublished(c.Draft, "It differs from version "+c.Latest.Version+" in "+strings.Join(differing, ", "))
	}
	return nil
}

func unpublished(draft genesys.Configuration, difference string) error {
	return explain.New(explain.ClassConflict, guide.MessengerConfig,
		fmt.Sprintf("Configuration %q has unpublished changes%s. %s. Publishing would release them to your visitors.", draft.Name, lastEdit(draft), difference),
		"Publish or discard them ("+guide.PathConfigurations+"), or choose another configuration.")
}

// lastEdit says who changed a draft last, and when, as far as that is known.
func lastEdit(draft genesys.Configuration) string {
	who, when := "", ""
	if draft.ModifiedByID != "" {
		who = " by user " + draft.ModifiedByID
	}
	if !draft.Modified.IsZero() {
		when = " on " + draft.Modified.UTC().Format("2006-01-02 15:04 UTC")
	}
	return who + when
}

func (c configuration) Draft(ctx context.Context, stage engine.Stage, _ *engine.Notes) (engine.Draft[Configuration], error) {
	d := engine.Draft[Configuration]{Name: c.answers.Value(guide.MessengerConfig), Why: "authentication on, languages en-us"}
	if stage == engine.Planning {
		return d, nil
	}
	i, err := c.integration.Made(ctx)
	if err != nil {
		return d, err
	}
	d.Send = func(ctx context.Context) (Configuration, error) {
		draft, err := c.api.CreateConfiguration(ctx, genesys.NewConfiguration{
			Name: d.Name, Description: mark.Created(c.run), Languages: []string{"en-us"}, DefaultLanguage: "en-us",
			Auth: genesys.AuthenticationSettings{Enabled: true, IntegrationID: i.ID},
		})
		return Configuration{Draft: draft}, err
	}
	return d, nil
}

// After waits for the integration.
func (c configuration) After(ctx context.Context) error { return engine.Await(ctx, c.integration) }

func (c configuration) Want(ctx context.Context, stage engine.Stage, now Configuration, notes *engine.Notes) (Configuration, string, error) {
	p, err := c.integration.Planned(ctx)
	if err != nil || live(now, p) || signsIn(now.Draft, p) {
		return now, "", err
	}
	i, exists, err := engine.At(ctx, stage, c.integration)
	if err != nil {
		return now, "", err
	}
	id := engine.Unknown.Text()
	if exists {
		id = i.ID
	}
	word := "off"
	if signsInWith(now.Draft) != "" {
		word = "with another integration"
	} else {
		moved, kept, err := c.pagesOf(ctx, now.Draft.ID)
		if err != nil {
			return now, "", err
		}
		when := "publishing"
		if moved != "" && c.answers.Value(guide.Rollout) == guide.RolloutTry {
			when = "going live"
		}
		notes.Attend("After " + when + ", everyone must sign in to chat, also in mobile apps." + keeps(kept))
	}
	setAuthentication(&now, engine.Value{"on", id})
	return now, "authentication " + word + " → on, other settings kept", nil
}

// Unchanged stops where the draft is not what this run saw: the whole draft is replaced, and the whole draft is
// published.
func (configuration) Unchanged(planned, now, _ Configuration, _ *engine.Notes) error {
	return asSeen(planned.Draft, now.Draft, "The wizard didn't change it.")
}

// asSeen refuses a draft that others changed after this run saw or wrote it.
func asSeen(seen, now genesys.Configuration, undone string) error {
	differing := now.Differences(seen)
	if len(differing) == 0 {
		return nil
	}
	return explain.New(explain.ClassConflict, guide.MessengerConfig,
		fmt.Sprintf("Another user is editing configuration %q: its draft changed%s in %s after this run read it. %s", now.Name, lastEdit(now), strings.Join(differing, ", "), undone),
		"Wait until these changes are published or discarded ("+guide.PathConfigurations+"), then try again.").Again()
}
