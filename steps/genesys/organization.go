// Package genesys has the objects that the guide makes in a Genesys Cloud organization, one file a kind: how they are
// found, compared, created, and undone. The engine does the rest.
package genesys

import (
	"context"
	"fmt"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// Session is a run's sign-in to an organization.
type Session struct {
	API        services.Genesys
	Region     genesys.Region
	RegionName string // as it was answered: a domain, or a loopback address
	Actor      string // who has the permissions, in words
}

// SignIn signs in to the organization.
func SignIn(ctx context.Context, in services.Access) (Session, error) {
	s := Session{RegionName: in.Answers.Value(guide.GenesysRegion)}
	var err error
	if s.Region, _, err = genesys.ParseRegion(s.RegionName); err != nil {
		return s, err
	}
	login, err := in.GenesysLogin()
	if err != nil {
		return s, err
	}
	api, err := in.Dial.Genesys(s.RegionName, login)
	if err != nil {
		return s, err
	}
	if err := api.SignIn(ctx); err != nil {
		return s, unknownClient(s.Region, err)
	}
	s.API, s.Actor = api, actors[login.Method]
	return s, nil
}

// actors say who it is that has the permissions.
var actors = map[string]string{
	guide.GenesysByClient:  "the OAuth client",
	guide.GenesysByBrowser: "your user",
	guide.GenesysByToken:   "the owner of the access token",
}

// worthTrying is how many other regions are named to someone who may be in a wrong one.
const worthTrying = 3

// unknownClient names other regions where this one does not know the client.
func unknownClient(r genesys.Region, err error) error {
	e, _ := apiclient.AsError(err)
	if !genesys.UnknownClient(err) {
		return err
	}
	var others []string
	for _, other := range genesys.OtherRegions(r)[:worthTrying] {
		others = append(others, other.Location+" ("+other.Domain+")")
	}
	return &explain.Error{
		Class: explain.ClassSignIn, Question: guide.GenesysRegion, RequestID: e.RequestID, Err: err,
		Problem: e.Host + " doesn't recognize this OAuth client. Its ID is wrong, or it is in another region.",
		Fix:     "Compare the ID with the OAuth client (" + guide.PathOAuth + "), or change the region. Try " + strings.Join(others, ", ") + ".",
	}
}

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
	o := Organization{Session: session}
	o.Integrations = engine.AddList(r, guide.StepIntegrations, guide.SectionIntegration, reading(o, services.Genesys.Integrations))
	o.Configurations = engine.AddList(r, guide.StepConfigurations, guide.SectionConfiguration, reading(o, services.Genesys.Configurations))
	o.Deployments = engine.AddList(r, guide.StepDeployments, guide.SectionDeployment, reading(o, services.Genesys.Deployments))
	o.Flows = engine.AddLookup(r, guide.StepFlows, guide.SectionDeployment, reading(o, services.Genesys.Flows)) // no run changes them
	return o
}

func reading[T any](o Organization, read func(services.Genesys, context.Context) ([]T, error)) engine.Find[[]T] {
	return func(ctx context.Context, _ *engine.Notes) ([]T, error) {
		api, err := o.api(ctx)
		if err != nil {
			return nil, err
		}
		return read(api, ctx)
	}
}

// opens opens a resource of the organization.
func opens[T any](o Organization, of func(services.Genesys) engine.Resource[T]) engine.Open[engine.Resource[T]] {
	return func(ctx context.Context) (engine.Resource[T], error) {
		api, err := o.api(ctx)
		return of(api), err
	}
}

func (o Organization) api(ctx context.Context) (services.Genesys, error) {
	s, err := o.Session.Get(ctx)
	return s.API, err
}

// named finds the object that an answer means, by ID or else by name; nil: a new one is meant.
func named[T any](all []T, want string, key guide.Key, kind guide.ObjectKind, identify func(T) (id, name string)) (*T, error) {
	var found *T
	var ids []string // of those that have the name
	for i := range all {
		id, name := identify(all[i])
		if id == want {
			return &all[i], nil
		}
		if name == want {
			found, ids = &all[i], append(ids, id)
		}
	}
	if len(ids) > 1 {
		return nil, explain.Several(key, "Genesys Cloud", kind, want, ids...)
	}
	return found, nil
}

// named deployments, for sentences.
func livesOn(d genesys.Deployment) string { return fmt.Sprintf("%q (%s)", d.Name, AllowedDomains(d)) }

// AllowedDomains says where a deployment's Messenger starts.
func AllowedDomains(d genesys.Deployment) string {
	if d.AllowAllDomains {
		return "all domains"
	}
	return strings.Join(d.AllowedDomains, ", ")
}

// SignsIn reports whether a version signs visitors in.
func SignsIn(c genesys.Configuration) bool { return signsInWith(c) != "" }

// signsInWith returns the integration with which a version signs visitors in; empty: it does not.
func signsInWith(c genesys.Configuration) string {
	if c.Auth == nil || !c.Auth.Enabled {
		return ""
	}
	return c.Auth.IntegrationID
}
