package steps

import (
	"slices"
	"sync"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/guide"
)

// facts is what the steps of a run learned. A step writes only the facts named after it, and reads those of
// the steps that it comes after; that order is what keeps them apart. Plans and notices are shared, so they
// have a lock.
type facts struct {
	// connect to Okta
	okta       OktaAPI
	oktaURL    string
	alternate  string // the org's custom domain as a URL, or empty
	serviceApp string // client id of the service app that signed in; empty: a person did

	// app integration, trusted origins
	app       *okta.App    // nil: to be created
	appSecret guide.Secret // known only after a create or update
	origins   []originPlan

	// connect to Genesys Cloud
	genesys    GenesysAPI
	region     genesys.Region
	regionName string // as it was answered: a domain, or a loopback address
	genesysOrg genesys.Organization

	genesysActor string // who has the permissions there, in words

	// lists that several steps need
	integrations   shared[genesys.Integration]
	configurations shared[genesys.Configuration]
	deployments    shared[genesys.Deployment]
	flows          shared[genesys.Flow]

	// integration
	server      okta.AuthorizationServer // ID empty: the org's own server
	likely      oidc.Document            // fetched before it was known whether it is the right one
	document    oidc.Document
	policies    []okta.Policy
	policy      *okta.Policy // ours, made by this run or left without a rule by an earlier one
	kind        integrationKind
	integration *genesys.Integration
	credential  string // id of the one that the settings use
	overtaken   string // what somebody else changed in its settings just before this run did
	unnoted     bool   // whose credential it is is not known, so the notes say nothing of it

	// Messenger configuration
	configuration *genesys.Configuration // its draft; nil: to be created
	version       string                 // the latest published version; empty: none
	live          bool                   // that version signs visitors in with our integration

	// Messenger deployment
	deployment *genesys.Deployment // nil: to be created
	flow       genesys.Flow        // ID empty: none
	domains    []string            // that it has to allow
	pinned     bool                // it keeps the version that it has
	older      string              // the older version that somebody had it go back to; empty: none

	madeBy   string // the mark of what this run makes
	snippet  string
	warnings []string
	found    findings // what no document tells

	mu      sync.Mutex
	plans   map[string][]Change
	planned time.Time // when the last plan was begun
	seen    []Notice
}

func (f *facts) keepPlans(nodes []node, plans [][]Change) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.plans == nil {
		f.plans = map[string][]Change{}
	}
	for i, n := range nodes {
		f.plans[n.step.ID()] = plans[i]
	}
}

func (f *facts) planOf(s Step) []Change {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.plans[s.ID()]
}

// plansOf are the changes that the steps of the nodes planned, in the guide's order.
func (f *facts) plansOf(nodes []node) []Change {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []Change
	for _, n := range nodes {
		out = append(out, f.plans[n.step.ID()]...)
	}
	return out
}

func (f *facts) plannedAt() time.Time {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.planned
}

func (f *facts) notice(n Notice) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.seen = append(f.seen, n)
}

// begin forgets what an earlier plan of the sections found out.
func (f *facts) begin(sections []guide.SectionID) {
	f.forgetLists()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.planned = time.Now()
	f.seen = slices.DeleteFunc(f.seen, func(n Notice) bool { return inSections(n.Section, sections) })
	for _, n := range graph {
		if inSections(n.step.Section(), sections) {
			delete(f.plans, n.step.ID())
		}
	}
}

func (f *facts) forgetLists() {
	f.integrations.forget()
	f.configurations.forget()
	f.deployments.forget()
	f.flows.forget()
}

func (f *facts) notices(sections []guide.SectionID) []Notice {
	f.mu.Lock()
	defer f.mu.Unlock()
	var out []Notice
	for _, s := range guide.Sections() {
		for _, n := range f.seen {
			if n.Section == s.ID && inSections(n.Section, sections) {
				out = append(out, n)
			}
		}
	}
	return out
}

func inSections(id guide.SectionID, sections []guide.SectionID) bool {
	return len(sections) == 0 || slices.Contains(sections, id)
}

func (f *facts) identity() Identity {
	id := Identity{Okta: guide.Host(f.oktaURL), Genesys: f.genesysOrg.Name}
	switch {
	case id.Genesys == "":
	case apiclient.IsLoopback(f.region.Domain): // one host for all: it says nothing
	case f.region.Place != "":
		id.Genesys += " (" + f.region.Place + ")"
	default:
		id.Genesys += " (" + f.region.Domain + ")"
	}
	return id
}

func (f *facts) result() Result {
	r := Result{
		Okta:     OktaResult{Org: f.oktaURL, Issuer: f.document.Issuer, DiscoveryURI: f.document.URI},
		Genesys:  GenesysResult{Org: f.genesysOrg.Name, Region: f.regionName, ConfigurationVersion: f.shown()},
		Snippet:  f.snippet,
		Warnings: f.warnings,
	}
	if f.app != nil {
		r.Okta.AppID, r.Okta.ClientID = f.app.ID, f.app.ClientID
	}
	if f.integration != nil {
		r.Genesys.IntegrationID = f.integration.ID
	}
	if f.configuration != nil {
		r.Genesys.ConfigurationID = f.configuration.ID
	}
	if f.deployment != nil {
		r.Genesys.DeploymentID = f.deployment.ID
	}
	return r
}
