package genesys

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/mark"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/taskgroup"
)

const draftLimit = 30 * time.Second // contract genesys.md 2.3

// fieldAuthentication is the field with the authentication of a draft.
const fieldAuthentication = "authentication"

// Configuration is a Messenger configuration: its draft, and the version that was published last.
type Configuration struct {
	Draft     genesys.Configuration
	Latest    *genesys.Configuration  // nil: never published
	Published []genesys.Configuration // the versions, newest first
}

// ConfigurationObject is a Messenger configuration of an organization.
func ConfigurationObject(api services.Genesys) engine.Object[Configuration] {
	return engine.Object[Configuration]{
		Kind:   guide.KindConfiguration,
		Marked: true,
		Ref:    func(c Configuration) engine.Ref { return engine.Ref{ID: c.Draft.ID} },
		Read: func(ctx context.Context, at engine.Ref) (Configuration, error) {
			return readConfiguration(ctx, api, at.ID)
		},
		Write: func(ctx context.Context, _ engine.Ref, c Configuration) (_ Configuration, err error) {
			c.Draft, err = api.UpdateDraft(ctx, c.Draft)
			return c, err
		},
		Fields: []engine.Field[Configuration]{{
			Name: fieldAuthentication, Moved: "its authentication was changed later", Get: authentication, Set: setAuthentication,
		}},
		Delete:  engine.Deleting(api, services.Genesys.DeleteConfiguration),
		Ready:   func(c Configuration) (bool, error) { return configurationReady(c.Draft) },
		Awaited: "the draft to be Active", Limit: draftLimit,
		Deleted: "with its versions", Restored: "the draft's authentication as it was; it isn't published",
		Taken: func(c Configuration) string { return mark.Taken(c.Draft.Description) },
		Trace: func(ctx context.Context, _ engine.Entry) (out []Configuration, err error) {
			all, err := api.Configurations(ctx)
			for _, c := range all {
				out = append(out, Configuration{Draft: c})
			}
			return out, err
		},
		CreatedByRun: func(c Configuration, e engine.Entry, run string) bool {
			return c.Draft.Name == e.Name && strings.Contains(c.Draft.Description, run)
		},
		Users: func(ctx context.Context, now Configuration, e engine.Entry, u *engine.Undo) (string, error) {
			all, err := deploymentsAfter(ctx, api, u)
			for _, d := range all {
				switch {
				case d.ConfigurationID != now.Draft.ID:
				case e.Verb == engine.Create:
					return fmt.Sprintf("the deployment %q uses it", d.Name), nil
				case now.requires(d.ConfigurationVersion, e.Given(fieldAuthentication)): // the next version must, too
					return signIn(d, "version "+d.ConfigurationVersion, u), nil
				}
			}
			return "", err
		},
	}
}

// requires reports whether a published version has that authentication, and it is on.
func (c Configuration) requires(version string, auth engine.Value) bool {
	return slices.ContainsFunc(c.Published, func(p genesys.Configuration) bool {
		return p.Version == version && signsInWith(p) != "" && slices.Equal(authentication(Configuration{Draft: p}), auth)
	})
}

// readConfiguration reads the draft and the versions.
func readConfiguration(ctx context.Context, api services.Genesys, id string) (c Configuration, err error) {
	var versions []genesys.Configuration
	g, gctx := taskgroup.WithContext(ctx)
	g.Go(func() (err error) { c.Draft, err = api.Draft(gctx, id); return err })
	g.Go(func() (err error) { versions, err = api.ConfigurationVersions(gctx, id); return err })
	err = g.Wait()
	if c.Published = genesys.NewestFirst(versions); len(c.Published) > 0 {
		c.Latest = &c.Published[0]
	}
	return c, err
}

// authentication is "on" with the integration's ID, or "off".
func authentication(c Configuration) engine.Value {
	switch a := c.Draft.Auth; {
	case a == nil:
		return nil
	case a.Enabled:
		return engine.Value{"on", a.IntegrationID}
	default:
		return engine.Value{"off", a.IntegrationID}
	}
}

func setAuthentication(c *Configuration, v engine.Value) {
	if len(v) < 2 {
		c.Draft.Auth = nil
		return
	}
	auth := genesys.AuthenticationSettings{Enabled: v[0] == "on", IntegrationID: v[1]}
	if c.Draft.Auth != nil {
		auth.SessionUpgrade = c.Draft.Auth.SessionUpgrade
	}
	c.Draft.Auth = &auth
}

func configurationReady(c genesys.Configuration) (bool, error) {
	return ready(c.Status, "Messenger configuration", c.Name, guide.PathConfigurations)
}

// usersOf says who signs visitors in with an integration: a draft, other than those that go or that the run itself
// changed to it, or the version that a deployment uses.
func usersOf(ctx context.Context, api services.Genesys, integrationID string, u *engine.Undo) (string, error) {
	all, err := api.Configurations(ctx)
	if err != nil {
		return "", err
	}
	for _, c := range all {
		changed := u.Did(func(e engine.Entry) bool {
			return e.Kind == guide.KindConfiguration && e.Ref.ID == c.ID && e.Verb == engine.Update
		})
		if signsInWith(c) == integrationID && !u.Going(guide.KindConfiguration, c.ID) && !changed {
			return fmt.Sprintf("the configuration %q signs its visitors in with it", c.Name), nil
		}
	}
	live, err := deploymentsAfter(ctx, api, u)
	if err != nil {
		return "", err
	}
	for _, d := range live {
		version, err := api.ConfigurationVersion(ctx, d.ConfigurationID, d.ConfigurationVersion)
		if err != nil && !apiclient.NotFound(err) {
			return "", err
		}
		if signsInWith(version) == integrationID {
			return signIn(d, "it", u), nil
		}
	}
	return "", nil
}

// signIn says that visitors of a deployment sign in with something, and which other run moved the deployment to it.
func signIn(d genesys.Deployment, with string, u *engine.Undo) string {
	moved := u.OtherRun("moved it", func(e engine.Entry) bool {
		return e.Kind == guide.KindDeployment && e.Ref.ID == d.ID && e.Verb == engine.Update && e.Given(fieldVersion).Text() == d.ConfigurationVersion
	})
	if moved != "" {
		moved = ": " + moved
	}
	return fmt.Sprintf("visitors of the deployment %q sign in with %s", d.Name, with) + moved
}

// deploymentsAfter are the deployments that exist when the undo was carried out, as they are then.
func deploymentsAfter(ctx context.Context, api services.Genesys, u *engine.Undo) ([]genesys.Deployment, error) {
	all, err := api.Deployments(ctx)
	var out []genesys.Deployment
	for _, d := range all {
		if u.Going(guide.KindDeployment, d.ID) {
			continue
		}
		if restored, ok := u.Restored(guide.KindDeployment, d.ID); ok {
			d = restored.(genesys.Deployment)
		}
		out = append(out, d)
	}
	return out, err
}
