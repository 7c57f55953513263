package doctor

import (
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/site"
	"msgsso-wizard/steps/explain"
	genesyssteps "msgsso-wizard/steps/genesys"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/taskgroup"
)

// seen is all that was read.
type seen struct {
	cfg          Config
	conn         *setup.Connection
	deploymentID string
	tested       string // the redirect URI of the last Setup

	page part[*site.Page]

	deployment    part[genesys.Deployment]
	publicConfig  part[genesys.PublicConfig]
	publicDomains part[genesys.PublicDomains]

	pinned   part[genesys.Configuration]   // the version that the deployment uses
	versions part[[]genesys.Configuration] // the published ones
	draft    part[genesys.Configuration]

	integration part[genesys.Integration]
	settings    part[genesys.IntegrationConfig]
	keys        part[genesyssteps.TypeKeys]
	credential  part[genesys.Credential]

	document part[oidc.Document]
	signing  part[[]oidc.Key]

	org     part[okta.Org]
	app     part[okta.App]
	guessed bool // the app was found by its redirect URIs only
	secrets part[[]okta.AppSecret]
	groups  part[[]string]
	users   part[[]okta.AppUser]
	user    part[okta.User] // whom cfg names
	member  part[okta.AppUser]
	whole   part[okta.Group] // the org's group of everyone
	policy  part[oktasteps.SignInPolicy]
	servers part[[]okta.AuthorizationServer]
	access  part[access]
	names   part[oktasteps.Names]
	origins part[[]okta.TrustedOrigin]
	events  part[[]okta.LogEvent]
}

// access is what the authorization servers say about the app.
type access struct {
	server   okta.AuthorizationServer // that of the Discovery URI; ID empty: the org's own, which has no policies
	policies []policy                 // its active ones that cover the app, in their order
	other    string                   // the issuer of another server with a policy that names the app; empty: none
}

// policy is an access policy with its rules.
type policy struct {
	okta.Policy
	rules []okta.Rule
}

// piece is something that a check may need.
type piece interface{ gap() string }

// part is something that was to be read.
type part[T any] struct {
	value T
	known bool
	why   string         // why it is not known, as a sentence
	err   *explain.Error // where it could not be read
}

// gap is why the part is not known; empty: it is.
func (p part[T]) gap() string {
	switch {
	case p.known:
		return ""
	case p.err != nil:
		return p.err.Error()
	default:
		return p.why
	}
}

// read fills the part; what says in words what get does.
func (p *part[T]) read(what string, get func() (T, error)) {
	value, err := get()
	if err != nil {
		p.err = explain.InWords(what, err)
		return
	}
	p.value, p.known = value, true
}

// start fills the part in a task of the group.
func (p *part[T]) start(wg *taskgroup.Group, what string, get func() (T, error)) {
	wg.Go(func() { p.read(what, get) })
}

func (p *part[T]) skip(why string) { p.why = why }

func skipAll(why string, parts ...interface{ skip(why string) }) {
	for _, p := range parts {
		p.skip(why)
	}
}
