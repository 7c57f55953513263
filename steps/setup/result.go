package setup

import (
	"cmp"
	"slices"
	"time"

	oktasteps "msgsso-wizard/steps/okta"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// Result is what a run came to, as --output json prints it.
type Result struct {
	Okta      OktaResult     `json:"okta"`
	Genesys   GenesysResult  `json:"genesys"`
	Versions  []Version      `json:"versions,omitempty"` // of the configuration, newest first
	Rollout   *Rollout       `json:"rollout,omitempty"`  // nil: no version is tried first
	Snippet   string         `json:"snippet"`            // of the test deployment, while a version is tried first
	Changes   []ResultChange `json:"changes"`
	Undone    []ResultChange `json:"undone,omitempty"`  // undone
	Notices   []string       `json:"notices,omitempty"` // of the plans that were applied, those that need attention
	Warnings  []string       `json:"warnings,omitempty"`
	Calls     services.Calls `json:"calls"`
	ElapsedMS int64          `json:"elapsed_ms"`
	DryRun    bool           `json:"dry_run,omitempty"` // the changes are those that a run would make; nothing was changed
	Error     *ResultError   `json:"error,omitempty"`
}

// OktaResult is the Okta half of a Result.
type OktaResult struct {
	Org          string `json:"org"`
	AppID        string `json:"app_id"`
	ClientID     string `json:"client_id"`
	Issuer       string `json:"issuer"`
	DiscoveryURI string `json:"discovery_uri"`
}

// GenesysResult is the Genesys Cloud half of a Result.
type GenesysResult struct {
	Org                  string `json:"org"`
	Region               string `json:"region"`
	IntegrationID        string `json:"integration_id"`
	ConfigurationID      string `json:"configuration_id"`
	ConfigurationVersion string `json:"configuration_version"`
	DeploymentID         string `json:"deployment_id"`
}

// ResultChange is one thing that was made, changed or found in place.
type ResultChange struct {
	Verb engine.Verb      `json:"verb"`
	Kind guide.ObjectKind `json:"kind"`
	Name string           `json:"name"`
	ID   string           `json:"id"`

	Unready bool   `json:"unready,omitempty"` // made, and not yet ready when the run ended
	Why     string `json:"why,omitempty"`     // of a dry run: what it follows from, or what would change
}

// ResultError is why a run stopped.
type ResultError struct {
	Problem   string `json:"problem"`
	Fix       string `json:"fix,omitempty"`
	RequestID string `json:"request_id,omitempty"`
	ExitCode  int    `json:"exit_code"`
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
	for _, c := range s.ledger.Made() {
		r.Changes = append(r.Changes, resultOf(c))
	}
	for _, c := range s.ledger.Undone() {
		r.Undone = append(r.Undone, resultOf(c))
	}
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

func resultOf(c engine.Change) ResultChange {
	return ResultChange{Verb: c.Verb, Kind: c.Kind, Name: c.Name, ID: c.ID, Unready: c.Unready}
}
