package doctor

import (
	"context"
	"slices"

	"msgsso-wizard/apiclient/callback"
	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/pagecode"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
)

// Setup is what the sign-in test needs: of the app, the server at which visitors should sign in, and the deployment.
// redirectURI empty means a registered one at which this computer can listen, else the first. Its errors are
// *explain.Error that say what is missing, or the context's. An app that can sign no one in is one of explain.ClassTest.
func (r *Report) Setup(ctx context.Context, env *setup.Session, redirectURI string) (signintest.Setup, error) {
	s := r.seen
	if problem, fix := s.noApp(); problem != "" {
		return signintest.Setup{}, signintest.AtOkta(problem, fix)
	}
	client, err := s.client()
	if err != nil {
		return signintest.Setup{}, err
	}
	setup := signintest.Setup{
		ClientID: client, AppID: s.app.value.ID, AuthMethod: s.app.value.TokenAuthMethod, DeploymentID: s.deploymentID, Region: s.conn.RegionName, RedirectURI: s.testable(redirectURI),
		Discovery: env.Dial.Discovery(s.conn.OktaURL), Messenger: s.conn.Messenger, Okta: s.conn.Okta, Genesys: s.conn.Genesys,
	}
	s.tested = setup.RedirectURI
	if setup.Document, err = s.rightDocument(ctx, env); err != nil {
		return signintest.Setup{}, err
	}
	scopes, _ := s.scopes(setup.Document)
	setup.Refresh = slices.Contains(scopes, offlineAccess)
	setup.Secret = env.Answers.Secret(guide.ManualClientSecret)
	if s.conn.Okta != nil && s.app.known {
		if s.noSecret() {
			return signintest.Setup{}, signintest.AtOkta(noSecret, noSecretFix)
		}
		if setup.Secret, err = oktasteps.ClientSecret(ctx, s.conn.Okta, s.app.value); err != nil {
			return signintest.Setup{}, explain.InWords("read the client secret", err)
		}
	}
	if err := explain.Unconfirmed(env.Answers, guide.OktaOrg); err != nil {
		return signintest.Setup{}, err
	}
	switch {
	case !env.Answers.Get(guide.OktaOrg).Given && !setup.Secret.Empty(): // the integration's may be anyone's
		return signintest.Setup{}, lacking("the Okta org", "Set it.", guide.OktaOrg)
	case setup.Secret.Empty():
		return signintest.Setup{}, lacking("the app's client secret", "Sign in to Okta, or set the app's client secret.", guide.OktaOrg, guide.ManualClientSecret)
	case setup.RedirectURI == "":
		return signintest.Setup{}, lacking("a redirect URI", "Register one in the app, or set it.", guide.RedirectURIs)
	case setup.Messenger == nil || setup.DeploymentID == "":
		return signintest.Setup{}, lacking("the region and the deployment", "Set both.", guide.GenesysRegion, guide.DeploymentName)
	}
	return setup, nil
}

func lacking(what, fix string, key guide.Key, also ...guide.Key) error {
	return explain.New(explain.ClassUsage, key, "Missing: "+what+".", fix).And(also...)
}

// client is the app's client id: as Okta says, else as the integration's notes or the answers say.
func (s *seen) client() (string, error) {
	noted, _ := s.noted()
	for _, id := range []string{s.app.value.ClientID, noted, s.cfg.Env.Answers.Value(guide.ManualClientID)} {
		if id != "" {
			return id, nil
		}
	}
	return "", lacking("the app integration", "Sign in to Okta, or set the app's client ID, with manual setup as the sign-in method.", guide.OktaOrg, guide.ManualClientID, guide.OktaSignIn)
}

// testable is the redirect URI of a test: one on which Messenger may start, if there is one, and of these one on this
// computer.
func (s *seen) testable(named string) string {
	uris := s.startable(append(s.addresses(), s.cfg.Env.Answers.Get(guide.RedirectURIs).Values...))
	if i := slices.IndexFunc(uris, callback.CanListen); named == "" && i >= 0 && s.mayStart(uris[i]) == s.mayStart(uris[0]) {
		return uris[i]
	}
	if named == "" && len(uris) > 0 {
		return uris[0]
	}
	return named
}

// startable are the URLs with those first on which the deployment lets Messenger start: a live deployment and one for
// tests differ in them.
func (s *seen) startable(urls []string) []string {
	refused := func(url string) int {
		if s.mayStart(url) {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(urls, func(a, b string) int { return refused(a) - refused(b) })
	return urls
}

// rightDocument is the one of the Discovery URI where that holds. Otherwise it is the one of the server that should
// be there: "default", else the org's own (contract okta.md 4).
func (s *seen) rightDocument(ctx context.Context, env *setup.Session) (oidc.Document, error) {
	if s.rightDiscovery() {
		return s.document.value, nil
	}
	if s.conn.Visitors == "" {
		return oidc.Document{}, lacking("the Okta org", "Set it.", guide.OktaOrg)
	}
	api := env.Dial.Discovery(s.conn.OktaURL)
	var failed error
	for _, issuer := range []string{s.conn.Visitors + "/oauth2/default", s.conn.Visitors} {
		doc, err := api.Document(ctx, parsed(oidc.WellKnown(issuer)))
		if err == nil {
			return doc, s.refuse(doc)
		}
		failed = err
	}
	return oidc.Document{}, explain.InWords("read the discovery document", failed)
}

// refuse returns an error unless the document holds. Its keys are checked by those who use them.
func (s *seen) refuse(doc oidc.Document) error {
	all := s.validate(doc, nil)
	i := slices.IndexFunc(all[:len(all)-1], func(f oidc.Finding) bool { return f.Stop && !f.OK })
	if i < 0 {
		return nil
	}
	return explain.New(explain.ClassConflict, "", "The discovery document at "+doc.URI+" can't be used. "+all[i].Why,
		"Correct the authorization server in Okta (Security > API). Doctor checks it.")
}

// Page is what the page code is filled in with. The redirect URI is one on which Messenger may start, if there is one: that
// the user named, else the page that was checked, else the first of the app's. Its errors are those of Setup.
func (r *Report) Page(ctx context.Context, env *setup.Session) (pagecode.Facts, error) {
	s := r.seen
	client, err := s.client()
	if err != nil {
		return pagecode.Facts{}, err
	}
	doc, err := s.rightDocument(ctx, env)
	if err != nil {
		return pagecode.Facts{}, err
	}
	uris := slices.Clone(s.wanted())
	if s.page.known {
		uris = append(uris, s.pageAddress())
	}
	uris = s.startable(append(append(uris, s.addresses()...), env.Answers.Get(guide.RedirectURIs).Values...))
	if len(uris) == 0 {
		return pagecode.Facts{}, lacking("the page's URL", "Set it.", guide.RedirectURIs)
	}
	scopes, _ := s.scopes(doc)
	return pagecode.Facts{
		Issuer: doc.Issuer, AuthorizeURL: doc.Hosts.Local(doc.AuthorizationEndpoint), ClientID: client, RedirectURI: uris[0],
		OktaURL: doc.Hosts.Local(s.conn.Visitors), SendsIssuer: doc.SendsIssuer, Scopes: scopes,
		Snippet: s.deployment.value.Snippet, DeploymentID: s.deploymentID, StepUp: s.stepUp(),
	}, nil
}

// stepUp reports whether visitors may begin anonymously and sign in later.
func (s *seen) stepUp() bool {
	if !s.deployment.known {
		return s.publicConfig.value.SessionUpgrade
	}
	return s.pinned.value.SignsIn() && s.pinned.value.Auth.SessionUpgrade
}

const offlineAccess = "offline_access"

// scopes are what a page should ask for at the document's server. They are sure where all is known that Okta goes by;
// else the page does not ask for offline_access, for which Okta could refuse everyone.
func (s *seen) scopes(doc oidc.Document) (scopes []string, sure bool) {
	_, rule, allowed := s.rule()
	if s.access.value.server.ID == "" { // the org's own, which has no rules
		rule, allowed = okta.Rule{Scopes: []string{"*"}}, true
	}
	if sure = s.app.known && s.access.known && allowed && s.rightDiscovery(); !sure {
		rule = okta.Rule{}
	}
	return oktasteps.PageScopes(s.app.value.GrantTypes, doc.Scopes, rule), sure
}
