package steps

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/taskgroup"
)

// configuration switches authentication on in the draft of a Messenger configuration, new or existing. In an
// existing one every other setting is kept.
type configuration struct{}

func (configuration) ID() string               { return "configuration" }
func (configuration) Section() guide.SectionID { return guide.SectionConfiguration }

const draftLimit = 30 * time.Second // contract genesys.md 2.3

func (configuration) Plan(ctx context.Context, env *Env) ([]Change, error) {
	f, answer := &env.facts, env.Answers.Get(guide.MessengerConfig)
	f.configuration, f.version, f.live = nil, "", false
	all, err := f.allConfigurations(ctx)
	if err != nil {
		return nil, err
	}
	found, err := named(all, answer.Value, guide.MessengerConfig, guide.KindConfiguration, func(c genesys.Configuration) (string, string) { return c.ID, c.Name })
	if err != nil {
		return nil, err
	}
	if found == nil && answer.From <= guide.FromOrg {
		if found, err = f.renamed(ctx, env.Answers, all); err != nil {
			return nil, err
		}
	}
	c := Change{Verb: Create, Kind: guide.KindConfiguration, Name: answer.Value, Why: "authentication on, languages en-us"}
	if found == nil {
		return []Change{c}, nil
	}
	if !ours(found.Description) && answer.From == guide.FromDefault {
		return nil, explain.NameTaken(guide.MessengerConfig, "Genesys Cloud", guide.KindConfiguration, found.Name, found.ID)
	}
	latest, err := f.readVersions(ctx, found.ID)
	if err != nil {
		return nil, err
	}
	if err := f.sameIntegration(ctx, env.Answers, *f.configuration, latest); err != nil {
		return nil, err
	}
	c.ID, c.Name, c.Mark = found.ID, found.Name, found.Description
	switch {
	case f.live:
		c.Verb, c.Why = Reuse, "authentication is on"
	case f.signsIn(*f.configuration):
		c.Verb, c.Why = Reuse, "the draft has authentication on"
	default:
		if a := f.configuration.Auth; a == nil || !a.Enabled {
			f.notice(Notice{guide.SectionConfiguration, false, "From the new version on everybody must sign in: chats without sign-in end, also in mobile apps that use this configuration."})
		}
		c.Verb, c.Why = Update, "authentication "+authWord(f.configuration.Auth)+" → on, every other setting kept"
	}
	return []Change{c}, nil
}

// readVersions learns the draft and the latest published version, nil if there is none, and stops before somebody else's
// unpublished edits, which publishing would release to the visitors.
func (f *facts) readVersions(ctx context.Context, id string) (*genesys.Configuration, error) {
	var (
		draft    genesys.Configuration
		versions []genesys.Configuration
	)
	g, gctx := taskgroup.WithContext(ctx)
	g.Go(func() (err error) { draft, err = f.genesys.Draft(gctx, id); return err })
	g.Go(func() (err error) { versions, err = f.genesys.ConfigurationVersions(gctx, id); return err })
	if err := g.Wait(); err != nil {
		return nil, err
	}
	f.configuration = &draft
	latest := newest(versions)
	if latest == nil {
		if ours(draft.Description) {
			return nil, nil // an earlier run ended before it published
		}
		return nil, foreignDraft(draft, "It has never been published")
	}
	f.version, f.live = latest.Version, f.signsIn(*latest)
	if f.live {
		return latest, nil
	}
	differing := slices.DeleteFunc(draft.Differences(*latest), func(member string) bool {
		return member == "authenticationSettings" && f.signsIn(draft) // left by an earlier run of ours
	})
	if len(differing) > 0 {
		return nil, foreignDraft(draft, "It differs from version "+latest.Version+" in "+strings.Join(differing, ", "))
	}
	return latest, nil
}

func (s configuration) Apply(ctx context.Context, env *Env) error {
	f := &env.facts
	for _, c := range f.planOf(s) {
		if !c.Writes() {
			if f.configuration.Status == "Pending" { // an earlier run ended while it waited
				if err := await(ctx, env, c, *f.configuration, f.draftSettling()); err != nil {
					return err
				}
			}
			continue
		}
		c.Back = f.authenticationBack()
		err := doUntil(ctx, env, c, func(ctx context.Context) (string, genesys.Configuration, error) {
			draft, err := f.sendDraft(ctx, c.Name)
			if err == nil {
				f.configuration = &draft
			}
			return draft.ID, draft, err
		}, f.draftSettling())
		if err != nil {
			return err
		}
	}
	return nil
}

// authenticationBack is what the authentication of an existing draft was, and will be.
func (f *facts) authenticationBack() Back {
	if f.configuration == nil {
		return Back{}
	}
	was := ""
	if a := f.configuration.Auth; a != nil && a.Enabled {
		was = a.IntegrationID
	}
	return Back{Before: map[string]string{BackAuthentication: was}, After: map[string]string{BackAuthentication: f.integration.ID}}
}

// draftSettling: a draft can be published once it is Active.
func (f *facts) draftSettling() settling[genesys.Configuration] {
	return settling[genesys.Configuration]{"the draft to be Active", draftLimit, configurationActive, func(ctx context.Context) (genesys.Configuration, error) {
		return f.genesys.Draft(ctx, f.configuration.ID)
	}}
}

func (f *facts) sendDraft(ctx context.Context, name string) (genesys.Configuration, error) {
	auth := genesys.AuthenticationSettings{Enabled: true, IntegrationID: f.integration.ID}
	if f.configuration == nil {
		return f.genesys.CreateConfiguration(ctx, genesys.NewConfiguration{
			Name: name, Description: f.madeBy, Languages: []string{"en-us"}, DefaultLanguage: "en-us", Auth: auth,
		})
	}
	draft, err := f.draftAsSeen(ctx, "Nothing in it was changed.")
	if err != nil {
		return draft, err
	}
	if draft.Auth != nil {
		auth.SessionUpgrade = draft.Auth.SessionUpgrade
	}
	draft.Auth = &auth
	return f.genesys.UpdateDraft(ctx, draft)
}

// signsIn reports whether a version has authentication on with our integration.
func (f *facts) signsIn(c genesys.Configuration) bool {
	return f.integration != nil && c.Auth != nil && c.Auth.Enabled && c.Auth.IntegrationID == f.integration.ID
}

// newest is the published version with the highest number (contract genesys.md 2.3).
func newest(versions []genesys.Configuration) *genesys.Configuration {
	var best *genesys.Configuration
	highest := 0
	for i, v := range versions {
		if n, err := strconv.Atoi(v.Version); err == nil && n > highest {
			best, highest = &versions[i], n
		}
	}
	return best
}

func configurationActive(c genesys.Configuration) (bool, error) {
	if c.Status == "Error" {
		return false, &explain.Error{
			Class: explain.ClassFault, Retry: true,
			Problem: fmt.Sprintf("Genesys Cloud reports an error in the Messenger configuration %q.", c.Name),
			Fix:     "Open it under Admin > Message > Messenger Configurations to see why, then try again.",
		}
	}
	return c.Status == "Active", nil
}

func authWord(a *genesys.AuthenticationSettings) string {
	if a != nil && a.Enabled {
		return "with another integration"
	}
	return "off"
}

func foreignDraft(draft genesys.Configuration, difference string) error {
	return &explain.Error{
		Class: explain.ClassConflict, Question: guide.MessengerConfig,
		Problem: fmt.Sprintf("The Messenger configuration %q has unpublished edits%s. %s; publishing would release them to your visitors.", draft.Name, lastEdit(draft), difference),
		Fix:     "Have them published or discarded (Admin > Message > Messenger Configurations), or choose another configuration (--messenger-config).",
	}
}

// draftAsSeen reads the draft right before it is written or published, and stops where it is not any more what this run
// saw or wrote last: the whole draft is replaced, and the whole draft is published.
func (f *facts) draftAsSeen(ctx context.Context, undone string) (genesys.Configuration, error) {
	now, err := f.genesys.Draft(ctx, f.configuration.ID)
	if err != nil {
		return now, err
	}
	differing := now.Differences(*f.configuration)
	if len(differing) == 0 {
		return now, nil
	}
	return now, &explain.Error{
		Class: explain.ClassConflict, Question: guide.MessengerConfig, Retry: true,
		Problem: fmt.Sprintf("A colleague is editing the Messenger configuration %q: after this run looked at it, its draft was changed%s in %s. %s", now.Name, lastEdit(now), strings.Join(differing, ", "), undone),
		Fix:     "Wait until these edits are published or discarded (Admin > Message > Messenger Configurations), then try again.",
	}
}

// lastEdit says who changed a draft last, and when, as far as that is known.
func lastEdit(draft genesys.Configuration) string {
	who := ""
	if draft.ModifiedByID != "" {
		who = " by user " + draft.ModifiedByID
	}
	when := ""
	if !draft.Modified.IsZero() {
		when = " on " + draft.Modified.UTC().Format("2 January 2006 15:04 UTC")
	}
	return who + when
}
