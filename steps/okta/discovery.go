package okta

import (
	"context"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// CheckDiscovery fetches the discovery document and checks it before Genesys Cloud gets it, because Genesys Cloud
// reports a wrong one only when a visitor fails to sign in.
func CheckDiscovery(ctx context.Context, in services.Access, org Org, server AuthServer, pages Pages, notes *engine.Notes) (oidc.Document, error) {
	none := oidc.Document{}
	if err := ownDiscoveryURI(org, server.DiscoveryURI); err != nil {
		return none, err // also where the org, or the document of its default server, named it
	}
	uri, err := url.Parse(server.DiscoveryURI)
	if err != nil {
		return none, err
	}
	issuer, err := url.Parse(org.URL)
	if err != nil {
		return none, err
	}
	if uri.Host == guide.Host(org.Alternate) {
		issuer = &url.URL{Scheme: uri.Scheme, Host: uri.Host} // the org's custom domain is the org, too
	}
	api := in.Dial.Discovery(org.URL)
	doc := server.Likely
	if doc.URI != uri.String() {
		if doc, err = api.Document(ctx, uri); err != nil {
			return none, explain.NoDocument(uri.String(), err)
		}
	}
	var keys []oidc.Key
	if doc.JWKSURI != "" && doc.Trusted() == nil { // else that is the finding
		if keys, err = api.Keys(ctx, doc); err != nil {
			return none, err
		}
	}
	return doc, judge(oidc.Validate(doc, keys, oidc.Want{
		URI: uri, Org: issuer, AuthMethod: BasicAuth,
		Refresh: slices.Contains(pages.GrantTypes.Values, "refresh_token"),
	}), notes)
}

// shown are the passed checks that are worth a line; the others appear only when they fail.
var shown = regexp.MustCompile(`^(discovery document|issuer matches|RS256|S256|\d+ keys?)$`)

// judge turns findings into notices, and the first that forbids saving the document into an error.
func judge(findings []oidc.Finding, notes *engine.Notes) error {
	var passed []string
	for _, finding := range findings {
		switch {
		case finding.OK && shown.MatchString(finding.Check):
			passed = append(passed, finding.Check)
		case finding.OK:
		case finding.Stop:
			return explain.New(explain.ClassUsage, guide.DiscoveryURI, finding.Why,
				"The Discovery URI wasn't saved. Leave it empty to use the one in your Okta org.")
		default:
			notes.Attend(finding.Why)
		}
	}
	notes.OK(strings.Join(passed, " · "))
	return nil
}
