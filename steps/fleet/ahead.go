package fleet

import (
	"slices"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	oktasteps "msgsso-wizard/steps/okta"
)

// owners are the questions that name the object to which objects of a kind belong. The others are the org's.
var owners = map[guide.ObjectKind]guide.Key{
	guide.KindApp: guide.AppName, guide.KindAssignment: guide.AppName, guide.KindPolicy: guide.AppName, guide.KindRule: guide.AppName,
	guide.KindFederated:   guide.AppName,
	guide.KindIntegration: guide.IntegrationName, guide.KindCredential: guide.IntegrationName, guide.KindSettings: guide.IntegrationName,
	guide.KindState:         guide.IntegrationName,
	guide.KindConfiguration: guide.MessengerConfig, guide.KindVersion: guide.MessengerConfig,
}

// ahead is what the sites before one do first.
type ahead struct {
	sites   []*Site
	answers *guide.Answers // of the one
}

// Does returns what they do to the object of a change.
func (a ahead) Does(c engine.Change) (changes []engine.Change, by string) {
	for _, site := range a.sites {
		for _, own := range site.Plan.Changes {
			if own.Writes() && own.Kind == c.Kind && a.same(site, own, c) {
				if changes = append(changes, own); by == "" {
					by = site.Name
				}
			}
		}
	}
	return changes, by
}

// same reports whether the change of an earlier site is of the same object. No two sites share a deployment.
func (a ahead) same(site *Site, own, c engine.Change) bool {
	owner, owned := owners[c.Kind]
	switch {
	case c.Kind == guide.KindDeployment:
		return false
	case c.ID != "" && own.ID != "" && c.Kind != guide.KindAssignment: // its ID is the group's
		return c.ID == own.ID
	case owned && site.Session.Answers.Value(owner) != a.answers.Value(owner):
		return false
	}
	return c.Name == own.Name || c.Kind == guide.KindPolicy // that has a number
}

// Creates are the objects of a kind that they create.
func (a ahead) Creates(kind guide.ObjectKind) (all []engine.Change) {
	for _, site := range a.sites {
		for _, c := range site.Plan.Changes {
			if c.Kind == kind && c.Verb == engine.Create {
				all = append(all, c)
			}
		}
	}
	return all
}

// SharedApp is an app integration of several sites, with its pages once all of them are set up.
type SharedApp struct {
	Name         string
	RedirectURIs []string
}

// SharedApps are the app integrations that several sites change, as far as the plans know their pages.
func (f *Fleet) SharedApps() (all []SharedApp) {
	for _, site := range f.Sites {
		for _, c := range site.Plan.Changes {
			if c.Kind != guide.KindApp || c.By == "" || slices.ContainsFunc(all, func(a SharedApp) bool { return a.Name == c.Name }) {
				continue
			}
			app := SharedApp{Name: c.Name}
			changes, _ := ahead{f.Sites, site.Session.Answers}.Does(c)
			for _, change := range changes {
				for _, given := range change.Fields {
					if given.Field == oktasteps.FieldRedirectURIs {
						app.RedirectURIs = given.After
					}
				}
			}
			all = append(all, app)
		}
	}
	return all
}
