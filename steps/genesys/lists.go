package genesys

import (
	"context"
	"fmt"
	"strings"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// Organization is an organization that a run is in, with the lists that several resources need. Each is read once.
type Organization struct {
	Session        *engine.Lookup[Session]
	Integrations   *engine.Lookup[[]genesys.Integration]
	Configurations *engine.Lookup[[]genesys.Configuration]
	Deployments    *engine.Lookup[[]genesys.Deployment]
	Flows          *engine.Lookup[[]genesys.Flow]
}

// AddLists adds the lists to a run.
func AddLists(r *engine.Run, session *engine.Lookup[Session]) Organization {
	return Organization{
		Session:        session,
		Integrations:   list(r, session, guide.StepIntegrations, guide.SectionIntegration, services.Genesys.Integrations),
		Configurations: list(r, session, guide.StepConfigurations, guide.SectionConfiguration, services.Genesys.Configurations),
		Deployments:    list(r, session, guide.StepDeployments, guide.SectionDeployment, services.Genesys.Deployments),
		Flows:          list(r, session, guide.StepFlows, guide.SectionDeployment, services.Genesys.Flows),
	}
}

func list[T any](r *engine.Run, session *engine.Lookup[Session], id guide.StepID, section guide.SectionID, read func(services.Genesys, context.Context) ([]T, error)) *engine.Lookup[[]T] {
	return engine.AddList(r, id, section, func(ctx context.Context, _ *engine.Look) ([]T, error) {
		return engine.List(ctx, apiOf(session), read)
	})
}

func (o Organization) api(ctx context.Context) (services.Genesys, error) {
	return apiOf(o.Session)(ctx)
}

func apiOf(session *engine.Lookup[Session]) API {
	return func(ctx context.Context) (services.Genesys, error) {
		s, err := session.Get(ctx)
		return s.API, err
	}
}

// named finds the object that an answer means, by ID or else by name; nil: a new one is meant.
func named[T any](all []T, want string, key guide.Key, kind guide.ObjectKind, identify func(T) (id, name string)) (*T, error) {
	var byName []int
	var ids []string
	for i := range all {
		id, name := identify(all[i])
		if id == want {
			return &all[i], nil
		}
		if name == want {
			byName, ids = append(byName, i), append(ids, id)
		}
	}
	switch len(byName) {
	case 0:
		return nil, nil
	case 1:
		return &all[byName[0]], nil
	default:
		return nil, explain.Several(key, "Genesys Cloud", kind, want, ids...)
	}
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// named deployments, for sentences.
func livesOn(d genesys.Deployment) string { return fmt.Sprintf("%q (%s)", d.Name, Serves(d)) }

// Serves says where a deployment's Messenger starts.
func Serves(d genesys.Deployment) string {
	if d.AllowAllDomains {
		return "all domains"
	}
	return strings.Join(d.AllowedDomains, ", ")
}

// signsInWith returns the integration with which a version signs visitors in; empty: it does not.
func signsInWith(c genesys.Configuration) string {
	if c.Auth == nil || !c.Auth.Enabled {
		return ""
	}
	return c.Auth.IntegrationID
}
