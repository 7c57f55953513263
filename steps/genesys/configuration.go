package genesys

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/mark"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/taskgroup"
)

const draftLimit = 30 * time.Second // contract genesys.md 2.3

// Configuration is a Messenger configuration: its draft, and the version that was published last.
type Configuration struct {
	Draft  genesys.Configuration
	Latest *genesys.Configuration // nil: never published
}

// configurationObject is a Messenger configuration of an organization.
type configurationObject struct{ API API }

// UndoConfiguration undoes what a run did to one.
func UndoConfiguration(api API) engine.UndoKind { return engine.Undoing(configurationObject{API: api}) }

func (configurationObject) Kind() guide.ObjectKind         { return guide.KindConfiguration }
func (configurationObject) Ref(c Configuration) engine.Ref { return engine.Ref{ID: c.Draft.ID} }

// Read reads the draft and the versions.
func (o configurationObject) Read(ctx context.Context, at engine.Ref) (Configuration, error) {
	api, err := o.API(ctx)
	if err != nil {
		return Configuration{}, err
	}
	var (
		c        Configuration
		versions []genesys.Configuration
	)
	g, gctx := taskgroup.WithContext(ctx)
	g.Go(func() (err error) { c.Draft, err = api.Draft(gctx, at.ID); return err })
	g.Go(func() (err error) { versions, err = api.ConfigurationVersions(gctx, at.ID); return err })
	err = g.Wait()
	c.Latest = newest(versions)
	return c, err
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

// Write replaces the draft.
func (o configurationObject) Write(ctx context.Context, _ engine.Ref, c Configuration) (Configuration, error) {
	draft, err := engine.Ask(ctx, o.API, services.Genesys.UpdateDraft, c.Draft)
	c.Draft = draft
	return c, err
}

// Delete deletes it, with its versions.
func (o configurationObject) Delete(ctx context.Context, at engine.Ref) error {
	return engine.Tell(ctx, o.API, services.Genesys.DeleteConfiguration, at.ID)
}

// Fields returns what the guide changes. The value is "on" with the integration's ID, or "off".
func (configurationObject) Fields() []engine.Field[Configuration] {
	return []engine.Field[Configuration]{{
		Name: "authentication", Moved: "somebody changed its authentication since",
		Get: func(c Configuration) engine.Value {
			switch a := c.Draft.Auth; {
			case a == nil:
				return nil
			case a.Enabled:
				return engine.Value{"on", a.IntegrationID}
			default:
				return engine.Value{"off", a.IntegrationID}
			}
		},
		Set: func(c *Configuration, v engine.Value) {
			if len(v) < 2 {
				c.Draft.Auth = nil
				return
			}
			auth := genesys.AuthenticationSettings{Enabled: v[0] == "on", IntegrationID: v[1]}
			if c.Draft.Auth != nil {
				auth.SessionUpgrade = c.Draft.Auth.SessionUpgrade
			}
			c.Draft.Auth = &auth
		},
	}}
}

func (configurationObject) Undone(verb engine.Verb) string {
	return verb.Says("with its versions", "the draft's authentication as it was; it is not published")
}

// takenOver says whether others took over what has that description.
func takenOver(description string) string {
	if mark.Has(description) {
		return ""
	}
	return "its description does not carry this wizard's mark any more: somebody took it over"
}

func (configurationObject) Taken(c Configuration) string {
	return takenOver(c.Draft.Description)
}

// Trace finds what a run created, by its description.
func (o configurationObject) Trace(ctx context.Context, e engine.Entry, run string) ([]engine.Ref, error) {
	all, err := engine.List(ctx, o.API, services.Genesys.Configurations)
	ref := func(c genesys.Configuration) engine.Ref { return engine.Ref{ID: c.ID} }
	return engine.RefsOf(all, ref, func(c genesys.Configuration) bool {
		return c.Name == e.Name && strings.Contains(c.Description, run)
	}), err
}

// Users says which deployment uses it.
func (o configurationObject) Users(ctx context.Context, now Configuration, e engine.Entry, u *engine.Undo) (string, error) {
	if e.Verb != engine.Create {
		return "", nil
	}
	all, err := deploymentsAfter(ctx, o.API, u)
	for _, d := range all {
		if d.ConfigurationID == now.Draft.ID {
			return fmt.Sprintf("the deployment %q uses it", d.Name), nil
		}
	}
	return "", err
}

// Ready reports whether the draft can be published.
func (configurationObject) Ready(c Configuration) (bool, error) { return configurationReady(c.Draft) }

// Settling says how long that may take.
func (configurationObject) Settling() (string, time.Duration) {
	return "the draft to be Active", draftLimit
}

func configurationReady(c genesys.Configuration) (bool, error) {
	if c.Status == "Error" {
		return false, &explain.Error{
			Class: explain.ClassFault, Retry: true,
			Problem: fmt.Sprintf("Genesys Cloud reports an error in the Messenger configuration %q.", c.Name),
			Fix:     "Open it under Admin > Message > Messenger Configurations to see why, then try again.",
		}
	}
	return c.Status == "Active", nil
}
