package setup

import (
	"cmp"
	"slices"
	"time"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/services"
)

// Result is what a run of the guide came to, as --output json prints it.
type Result struct {
	Okta      OktaResult     `json:"okta"`
	Genesys   GenesysResult  `json:"genesys"`
	Versions  []Version      `json:"versions,omitempty"` // of the configuration, newest first
	Rollout   *Rollout       `json:"rollout,omitempty"`  // only where a version is tried first
	Snippet   string         `json:"snippet"`            // for the website; of the test deployment, while a version is tried first; empty: there is none yet
	Changes   []ResultChange `json:"changes"`            // what the run changed or reused, in order
	Undone    []ResultChange `json:"undone,omitempty"`   // what the run undid again
	Notices   []string       `json:"notices,omitempty"`  // what needs attention before or after the changes
	Warnings  []string       `json:"warnings,omitempty"` // what needs attention in the result
	Calls     services.Calls `json:"calls"`              // API calls
	ElapsedMS int64          `json:"elapsed_ms"`         // without the time in which a user read or answered
	DryRun    bool           `json:"dry_run,omitempty"`  // the changes are those that a run would make; nothing was changed
	Error     *ResultError   `json:"error,omitempty"`    // why the run stopped
}

// OktaResult is the Okta half of a Result.
type OktaResult struct {
	Org          string `json:"org"`           // its URL
	AppID        string `json:"app_id"`        // of the app integration
	ClientID     string `json:"client_id"`     // of the app integration
	Issuer       string `json:"issuer"`        // of ID tokens
	DiscoveryURI string `json:"discovery_uri"` // of the OpenID Connect metadata
}

// GenesysResult is the Genesys Cloud half of a Result.
type GenesysResult struct {
	Org                  string `json:"org"`    // the name of the organization
	Region               string `json:"region"` // as it was answered
	IntegrationID        string `json:"integration_id"`
	ConfigurationID      string `json:"configuration_id"`
	ConfigurationVersion string `json:"configuration_version"` // that the deployment uses
	DeploymentID         string `json:"deployment_id"`
}

// ResultChange is one thing that was made, changed or found in place.
type ResultChange struct {
	Verb engine.Verb      `json:"verb"` // what became of the object
	Kind guide.ObjectKind `json:"kind"`
	Name string           `json:"name"` // of the object; for settings and states, what changes
	ID   string           `json:"id"`   // of the object; empty: it has none yet

	Unready bool   `json:"unready,omitempty"` // created, and not yet ready when the run ended
	Why     string `json:"why,omitempty"`     // of a dry run: what it follows from, or what would change
}

// ResultError is why a run stopped.
type ResultError struct {
	Problem   string `json:"problem"`              // what is wrong
	Fix       string `json:"fix,omitempty"`        // what to do about it
	RequestID string `json:"request_id,omitempty"` // the service's ID of the failed call, for its support
	ExitCode  int    `json:"exit_code"`            // of the program
}

// Identity is whose orgs are changed, for the head of every screen; a part is empty until it is known.
type Identity struct {
	Okta    string // acme.okta.com
	Genesys string // Acme (Frankfurt)
}

// Identity returns whose orgs are changed, as far as it is known. Not to be called while a run is under way.
func (s *Session) Identity() Identity {
	in := s.orgs()
	return identity(in.okta.Host(), in.organization.Name, in.genesys.Region.Domain, in.genesys.Region.Location)
}

func identity(oktaHost, organization, domain, region string) Identity {
	id := Identity{Okta: oktaHost, Genesys: organization}
	if organization != "" && genesys.InCloud(domain) { // a demo's says nothing
		id.Genesys += " (" + cmp.Or(region, domain) + ")"
	}
	return id
}

// Result returns what the run came to so far. Not to be called while a run is under way.
func (s *Session) Result(elapsed time.Duration) Result {
	g := s.current()
	in := s.orgs()
	app, _ := g.app.Peek()
	doc, _ := g.document.Peek()
	integration, _ := g.integration.Peek()
	configuration, _ := g.configuration.Peek()
	version, _ := g.version.Peek()
	deployment, _ := g.deployment.Peek()
	out, checked := g.outcome.Peek()
	rollout := s.rollout(g)
	switch {
	case rollout.IsLive():
		deployment.ConfigurationID, deployment.ConfigurationVersion = rollout.goLive.Configuration, rollout.goLive.Version
	case checked:
		deployment = out.Deployment
	}
	snippet := ""
	if checked {
		snippet = deployment.Snippet
	}
	used := version.Version // as far as it is known
	if deployment.ConfigurationID != "" && deployment.ConfigurationID == configuration.Draft.ID {
		used = deployment.ConfigurationVersion
	}
	r := Result{
		Okta: OktaResult{Org: in.okta.URL, AppID: app.ID, ClientID: app.ClientID, Issuer: doc.Issuer, DiscoveryURI: doc.URI},
		Genesys: GenesysResult{
			Org: in.organization.Name, Region: in.genesys.RegionName, IntegrationID: integration.ID,
			ConfigurationID: configuration.Draft.ID, ConfigurationVersion: used, DeploymentID: deployment.ID,
		},
		Rollout: rollout, Snippet: snippet, Warnings: g.run.Warnings(), Changes: []ResultChange{},
		ElapsedMS: elapsed.Milliseconds(),
	}
	live := used
	if r.Rollout != nil {
		live = r.Rollout.Live
	}
	r.Versions = versionsOf(configuration, version, live)
	r.Changes, r.Undone = append(r.Changes, ResultChanges(s.changes().Made())...), ResultChanges(s.changes().Undone())
	s.mu.Lock()
	for _, n := range s.notices {
		r.Notices = append(r.Notices, n.Text)
	}
	s.mu.Unlock()
	if s.Calls != nil {
		r.Calls = s.Calls()
	}
	return r
}

// Unassigned reports whether the run left the app without users, so that no one can sign in.
func (r Result) Unassigned() bool { return slices.Contains(r.Notices, oktasteps.NoOneAssigned) }

// Rehearsed is the result with what the plan would change in place of what was changed.
func (r Result) Rehearsed(p Plan) Result {
	r.DryRun, r.Changes = true, []ResultChange{}
	for _, c := range p.Changes {
		change := resultOf(c)
		change.Why = c.Why
		r.Changes = append(r.Changes, change)
	}
	for _, n := range p.Attention() {
		r.Warnings = append(r.Warnings, n.Text)
	}
	return r
}

// ResultChanges are the changes as a result has them; nil: none.
func ResultChanges(changes []engine.Change) (all []ResultChange) {
	for _, c := range changes {
		all = append(all, resultOf(c))
	}
	return all
}

func resultOf(c engine.Change) ResultChange {
	return ResultChange{Verb: c.Verb, Kind: c.Kind, Name: c.Name, ID: c.ID, Unready: c.Unready}
}

// MayBeLive reports whether visitors may notice anything of these changes. They notice nothing of what a new integration
// consists of before a deployment uses it.
func MayBeLive(changes []ResultChange) bool {
	fresh := slices.ContainsFunc(changes, func(c ResultChange) bool { return c.Verb == engine.Create && c.Kind == guide.KindIntegration })
	return slices.ContainsFunc(changes, func(c ResultChange) bool {
		switch c.Kind {
		case guide.KindVersion, guide.KindDeployment:
			return true
		case guide.KindCredential, guide.KindSettings, guide.KindState:
			return !fresh && c.Verb.Writes()
		default:
			return c.Verb == engine.Update
		}
	})
}
