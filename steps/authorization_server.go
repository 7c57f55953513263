package steps

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/taskgroup"
)

// authorizationServer settles which Okta authorization server signs visitors in. Genesys Cloud and the page
// must use the same one: a code from one server is unknown to every other (contract okta.md 4).
type authorizationServer struct{}

func (authorizationServer) ID() string               { return "authorization-server" }
func (authorizationServer) Section() guide.SectionID { return guide.SectionIntegration }

func (authorizationServer) Plan(ctx context.Context, env *Env) ([]Change, error) {
	f := &env.facts
	if err := f.ownDiscoveryURI(env.Answers); err != nil {
		return nil, err
	}
	servers, err := f.lookAround(ctx, env)
	switch {
	case okta.NoFeature(err):
		f.notice(Notice{guide.SectionIntegration, true, "This org has no API Access Management: Okta's org authorization server is used."})
	case err != nil:
		return nil, err
	}
	if guide.OktaIsManual(env.Answers) {
		servers = f.likelyServer()
	}
	f.server, err = f.chooseServer(env.Answers, servers)
	if err != nil {
		return nil, err
	}
	env.Answers.Found(guide.DiscoveryURI, oidc.WellKnown(f.server.Issuer))
	return nil, nil
}

// Apply does nothing: the choice is a fact, not a change.
func (authorizationServer) Apply(context.Context, *Env) error { return nil }

// lookAround lists the authorization servers and fetches meanwhile the discovery document that will most
// likely be the one. If that fails, or another one is chosen, the check of the document fetches its own.
func (f *facts) lookAround(ctx context.Context, env *Env) (servers []okta.AuthorizationServer, err error) {
	f.likely = oidc.Document{}
	g, gctx := taskgroup.WithContext(ctx)
	if !guide.OktaIsManual(env.Answers) {
		g.Go(func() (err error) { servers, err = f.okta.AuthorizationServers(gctx); return err })
	}
	g.Go(func() error {
		uri := oidc.WellKnown(f.visitorsURL() + "/oauth2/default")
		if given := env.Answers.Get(guide.DiscoveryURI); given.Given {
			uri = given.Value
		}
		if u, err := url.Parse(uri); err == nil {
			f.likely, _ = env.Dial.Discovery(f.oktaURL).Document(gctx, u)
		}
		return nil
	})
	err = g.Wait()
	return servers, err
}

// visitorsURL is the org's address as visitors know it. With a custom domain, Okta signs their tokens with that
// as the issuer (contract okta.md 1.1 issuer_mode, 4).
func (f *facts) visitorsURL() string {
	if f.alternate != "" {
		return f.alternate
	}
	return f.oktaURL
}

// orgServer is the org's own authorization server, which every org has and no list shows.
func (f *facts) orgServer() okta.AuthorizationServer {
	return okta.AuthorizationServer{Name: "the org authorization server", Issuer: f.visitorsURL(), Status: "ACTIVE"}
}

// chooseServer takes the server of a Discovery URI that somebody gave, else "default", on which Genesys'
// own guide is built, else the org's own server.
func (f *facts) chooseServer(a *guide.Answers, servers []okta.AuthorizationServer) (okta.AuthorizationServer, error) {
	own := f.orgServer()
	given := a.Get(guide.DiscoveryURI)
	if !given.Given || given.From == guide.FromOrg {
		i := slices.IndexFunc(servers, func(s okta.AuthorizationServer) bool {
			return s.Status == "ACTIVE" && (s.Default || s.Name == "default")
		})
		if i < 0 {
			return own, nil
		}
		servers[i].Issuer = f.issuers(servers[i])[0]
		return servers[i], nil
	}
	u, err := url.Parse(given.Value)
	if err != nil {
		return own, err
	}
	issuer, ok := oidc.IssuerOf(u)
	if !ok {
		return own, nil // the check of the document says what is wrong with the address
	}
	if issuer == f.oktaURL || issuer == f.alternate {
		own.Issuer = issuer
		return own, nil
	}
	i := slices.IndexFunc(servers, func(s okta.AuthorizationServer) bool { return slices.Contains(f.issuers(s), issuer) })
	switch {
	case i < 0:
		return own, &explain.Error{
			Class: explain.ClassUsage, Question: guide.DiscoveryURI,
			Problem: fmt.Sprintf("%s has no authorization server with the issuer %s.", guide.Host(f.oktaURL), issuer),
			Fix:     "Okta lists them under Security > API. Leave the Discovery URI out to use the one the wizard finds. " + f.knownIssuers(servers),
		}
	case servers[i].Status != "ACTIVE":
		return own, &explain.Error{
			Class: explain.ClassConflict, Question: guide.DiscoveryURI,
			Problem: fmt.Sprintf("The authorization server %q is %s: it signs nobody in.", servers[i].Name, strings.ToLower(servers[i].Status)),
			Fix:     "Activate it in Okta (Security > API), or use another one.",
		}
	}
	servers[i].Issuer = issuer
	return servers[i], nil
}

// issuers are what a server calls itself, visitors' first: in the mode DYNAMIC that depends on the domain at which
// it is asked, and the list is asked for at the org's own (contract okta.md 4).
func (f *facts) issuers(s okta.AuthorizationServer) []string {
	path, atOrg := strings.CutPrefix(s.Issuer, f.oktaURL)
	if f.alternate == "" || s.IssuerMode != "DYNAMIC" || !atOrg {
		return []string{s.Issuer}
	}
	return []string{f.alternate + path, s.Issuer}
}

func (f *facts) knownIssuers(servers []okta.AuthorizationServer) string {
	issuers := []string{f.visitorsURL()}
	for _, s := range servers {
		issuers = append(issuers, f.issuers(s)[0])
	}
	return "Issuers there: " + strings.Join(issuers, ", ") + "."
}

// ownDiscoveryURI refuses another provider's address before anything is fetched from it.
func (f *facts) ownDiscoveryURI(a *guide.Answers) error {
	given := a.Get(guide.DiscoveryURI)
	host, visitors := guide.Host(given.Value), guide.Host(f.visitorsURL())
	if !given.Given || given.From == guide.FromOrg || host == guide.Host(f.oktaURL) || host == visitors {
		return nil
	}
	e := &explain.Error{
		Class: explain.ClassUsage, Question: guide.DiscoveryURI,
		Problem: fmt.Sprintf("The Discovery URI is on %s, but visitors sign in at %s.", host, visitors),
		Fix:     "Genesys Cloud could never redeem their codes. Leave the Discovery URI out: the wizard finds the right one in your Okta org.",
	}
	if host == "accounts.google.com" {
		e.Problem = fmt.Sprintf("This is Google's discovery document, which an old edition of the guide printed. Visitors sign in at %s, and Google knows nothing of them.", visitors)
	}
	return e
}
