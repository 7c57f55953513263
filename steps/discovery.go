package steps

import (
	"context"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// discovery fetches the discovery document and checks it before Genesys Cloud is told of it, because
// Genesys Cloud reports a wrong one only when a visitor fails to sign in.
type discovery struct{}

func (discovery) ID() string               { return "discovery" }
func (discovery) Section() guide.SectionID { return guide.SectionIntegration }

func (discovery) Plan(ctx context.Context, env *Env) ([]Change, error) {
	f := &env.facts
	uri, err := url.Parse(env.Answers.Value(guide.DiscoveryURI))
	if err != nil {
		return nil, err
	}
	org, err := url.Parse(f.oktaURL)
	if err != nil {
		return nil, err
	}
	if uri.Host == guide.Host(f.alternate) {
		org = &url.URL{Scheme: uri.Scheme, Host: uri.Host} // the org's custom domain is the org, too
	}
	api := env.Dial.Discovery(f.oktaURL)
	doc := f.likely
	if doc.URI != uri.String() {
		if doc, err = api.Document(ctx, uri); err != nil {
			return nil, explain.NoDocument(uri.String(), err)
		}
	}
	keys, err := providerKeys(ctx, api, doc)
	if err != nil {
		return nil, err
	}
	findings := oidc.Validate(doc, keys, oidc.Want{
		URI: uri, Org: org, AuthMethod: "client_secret_basic",
		Refresh: slices.Contains(env.Answers.Get(guide.GrantTypes).Values, "refresh_token"),
	})
	if err := f.judge(findings); err != nil {
		return nil, err
	}
	f.document = doc
	return nil, nil
}

// Apply does nothing: a check changes nothing.
func (discovery) Apply(context.Context, *Env) error { return nil }

// providerKeys fetches the signing keys if they are where the document says; keys that it keeps on another
// host, or nowhere, are a finding and not fetched.
func providerKeys(ctx context.Context, api Discovery, doc oidc.Document) ([]oidc.Key, error) {
	u, err := url.Parse(doc.JWKSURI)
	if err != nil || u.Host == "" || u.Host != guide.Host(doc.URI) {
		return nil, nil
	}
	return api.Keys(ctx, u)
}

// told are the passed checks that are worth a line; the others speak up only when they fail.
var told = regexp.MustCompile(`^(Okta's document|issuer matches|RS256|S256|\d+ keys?)$`)

// judge turns findings into notices, and the first that forbids saving the document into an error.
func (f *facts) judge(findings []oidc.Finding) error {
	var passed []string
	for _, finding := range findings {
		switch {
		case finding.OK && told.MatchString(finding.Check):
			passed = append(passed, finding.Check)
		case finding.OK:
		case finding.Stop:
			return &explain.Error{
				Class: explain.ClassUsage, Question: guide.DiscoveryURI, Problem: finding.Why,
				Fix: "The Discovery URI is not saved. Leave it out to use the one the wizard finds in your Okta org.",
			}
		default:
			f.notice(Notice{guide.SectionIntegration, false, finding.Why})
		}
	}
	f.notice(Notice{guide.SectionIntegration, true, strings.Join(passed, " · ")})
	return nil
}
