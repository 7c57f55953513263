package okta

import (
	"cmp"
	"context"
	"fmt"
	"net/url"
	"path"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/taskgroup"
)

// AuthServer is the Okta authorization server that signs visitors in.
type AuthServer struct {
	okta.AuthorizationServer               // ID empty: the org authorization server
	DiscoveryURI             string        // where it describes itself
	Likely                   oidc.Document // fetched before it was known whether it is the right one
}

// ChooseAuthServer settles which authorization server signs visitors in. Genesys Cloud and the page must use the same
// one: a code from one server is unknown to every other (contract okta.md 4).
func ChooseAuthServer(ctx context.Context, in services.Access, org Org, given guide.Answer, notes *engine.Notes) (AuthServer, error) {
	if given.Given {
		if err := ownDiscoveryURI(org, given.Value); err != nil {
			return AuthServer{}, err
		}
	}
	servers, likely, err := searchServers(ctx, in, org, given)
	switch {
	case okta.NoFeature(err):
		notes.OK("This org doesn't have API Access Management. The wizard uses the org authorization server.")
	case okta.Forbidden(err):
		if err := unread(ctx, in, org, given, notes); err != nil {
			return AuthServer{}, err
		}
	case err != nil:
		return AuthServer{}, err
	}
	if guide.OktaIsManual(in.Answers) && likely.Issuer != "" {
		// Without a token the list cannot be read.
		servers = []okta.AuthorizationServer{{Name: "default", Issuer: likely.Issuer, Status: "ACTIVE"}}
	}
	chosen, err := choose(org, given, servers)
	s := AuthServer{AuthorizationServer: chosen, DiscoveryURI: given.Value, Likely: likely}
	if !given.Given {
		s.DiscoveryURI = oidc.WellKnown(chosen.Issuer)
	}
	return s, err
}

// searchServers lists the authorization servers, and at the same time fetches the discovery document that will most likely
// be the one. If that fails, or another server is chosen, the check of the document fetches its own.
func searchServers(ctx context.Context, in services.Access, org Org, given guide.Answer) (servers []okta.AuthorizationServer, likely oidc.Document, err error) {
	g, gctx := taskgroup.WithContext(ctx)
	if guide.OktaIsAutomated(in.Answers) {
		g.Go(func() (err error) { servers, err = AuthServers(gctx, org.API, given.Value); return err })
	}
	g.Go(func() error {
		likely, _ = document(gctx, in, org, given.Value)
		return nil
	})
	err = g.Wait()
	return servers, likely, err
}

// document fetches a discovery document; for an empty address the one of "default".
func document(ctx context.Context, in services.Access, org Org, discoveryURI string) (oidc.Document, error) {
	uri, err := url.Parse(cmp.Or(discoveryURI, oidc.WellKnown(org.Visitors()+"/oauth2/default")))
	if err != nil {
		return oidc.Document{}, err
	}
	return in.Dial.Discovery(org.URL).Document(ctx, uri)
}

// AuthServers lists the custom authorization servers. Where Okta doesn't list them, it may still answer for the one of a
// Discovery URI, or for "default" (contract okta.md 0.4, 8).
func AuthServers(ctx context.Context, api services.Okta, discoveryURI string) ([]okta.AuthorizationServer, error) {
	servers, err := api.AuthorizationServers(ctx)
	if !okta.NoFeature(err) && !okta.Forbidden(err) {
		return servers, err
	}
	name := "default"
	if issuer := issuerOf(discoveryURI); strings.Contains(issuer, "/oauth2/") {
		name = path.Base(issuer)
	}
	one, refused := api.AuthorizationServer(ctx, name)
	switch {
	case refused == nil:
		return []okta.AuthorizationServer{one}, nil
	case okta.NotFound(refused):
		return nil, nil
	case okta.Forbidden(refused):
		return nil, err // the list's may say that there is no such feature
	}
	return nil, refused
}

const notFound = 404 // RFC 9110 15.5.5

// unread refuses an admin who can't read the authorization servers, before the first write. The org's own server needs no
// access policy, so it can do without.
func unread(ctx context.Context, in services.Access, org Org, given guide.Answer, notes *engine.Notes) error {
	if org.owns(given.Value) {
		return nil
	}
	if !given.Given {
		_, err := document(ctx, in, org, "")
		if e, ok := apiclient.AsError(err); ok && e.Status == notFound {
			notes.OK("This org has no authorization server \"default\". The wizard uses the org authorization server.")
			return nil
		}
		if err != nil {
			return err
		}
	}
	return explain.New(explain.ClassPermission, guide.OktaToken,
		"This admin can't read the authorization servers, so the wizard can't check their access policies.",
		explain.RoleFix).And(guide.DiscoveryURI)
}

// owns reports whether a Discovery URI is of the org authorization server.
func (o Org) owns(discoveryURI string) bool {
	issuer := issuerOf(discoveryURI)
	return issuer != "" && (issuer == o.URL || issuer == o.Alternate)
}

// issuerOf is that of a Discovery URI; empty: the address is none.
func issuerOf(discoveryURI string) string {
	u, err := url.Parse(discoveryURI)
	if err != nil {
		return ""
	}
	if issuer, ok := oidc.IssuerOf(u); ok {
		return issuer
	}
	return ""
}

// OrgAuthServer returns the org authorization server, which every org has and no list shows.
func OrgAuthServer(org Org) okta.AuthorizationServer {
	return okta.AuthorizationServer{Name: "the org authorization server", Issuer: org.Visitors(), Status: "ACTIVE"}
}

// choose takes the server of a Discovery URI that was given, else "default", on which Genesys' own guide is built, else
// the org authorization server.
func choose(org Org, given guide.Answer, servers []okta.AuthorizationServer) (okta.AuthorizationServer, error) {
	own := OrgAuthServer(org)
	if !given.Given {
		i := slices.IndexFunc(servers, func(s okta.AuthorizationServer) bool {
			return s.Status == "ACTIVE" && (s.Default || s.Name == "default")
		})
		if i < 0 {
			return own, nil
		}
		servers[i].Issuer = Issuers(org, servers[i])[0]
		return servers[i], nil
	}
	issuer := issuerOf(given.Value)
	if issuer == "" {
		return own, nil // the check of the document says what is wrong with the address
	}
	if org.owns(given.Value) {
		own.Issuer = issuer
		return own, nil
	}
	i := slices.IndexFunc(servers, func(s okta.AuthorizationServer) bool { return slices.Contains(Issuers(org, s), issuer) })
	switch {
	case i < 0:
		return own, explain.New(explain.ClassUsage, guide.DiscoveryURI,
			fmt.Sprintf("%s has no authorization server with the issuer %s.", org.Host(), issuer),
			"Okta lists them under Security > API. Leave the Discovery URI empty to use the one in your Okta org. "+knownIssuers(org, servers))
	case servers[i].Status != "ACTIVE":
		return own, explain.New(explain.ClassConflict, guide.DiscoveryURI,
			fmt.Sprintf("Authorization server %q is %s, so sign-in fails.", servers[i].Name, strings.ToLower(servers[i].Status)),
			"Activate it in Okta (Security > API), or use another one.")
	}
	servers[i].Issuer = issuer
	return servers[i], nil
}

// Issuers returns what a server calls itself, visitors' first: in the mode DYNAMIC that depends on the domain at which it
// is asked, and the list is asked for at the org's own (contract okta.md 4).
func Issuers(org Org, s okta.AuthorizationServer) []string {
	path, atOrg := strings.CutPrefix(s.Issuer, org.URL)
	if org.Alternate == "" || s.IssuerMode != "DYNAMIC" || !atOrg {
		return []string{s.Issuer}
	}
	return []string{org.Alternate + path, s.Issuer}
}

func knownIssuers(org Org, servers []okta.AuthorizationServer) string {
	issuers := []string{org.Visitors()}
	for _, s := range servers {
		issuers = append(issuers, Issuers(org, s)[0])
	}
	return "Available issuers: " + strings.Join(issuers, ", ") + "."
}

// Hosts reports whether an address is on a host of the org.
func (o Org) Hosts(uri string) bool {
	host := guide.Host(uri)
	return host == o.Host() || host == guide.Host(o.Visitors())
}

// ownDiscoveryURI refuses another provider's address before anything is fetched from it.
func ownDiscoveryURI(org Org, uri string) error {
	if org.Hosts(uri) {
		return nil
	}
	host, visitors := guide.Host(uri), guide.Host(org.Visitors())
	e := explain.New(explain.ClassUsage, guide.DiscoveryURI,
		fmt.Sprintf("The Discovery URI is on %s, but visitors sign in at %s.", host, visitors),
		"Genesys Cloud couldn't redeem authorization codes. Leave the Discovery URI empty to use the one in your Okta org.")
	if host == "accounts.google.com" {
		e.Problem = fmt.Sprintf("This is Google's Discovery URI, from an old edition of the guide. Your visitors sign in at %s.", visitors)
	}
	return e
}
