package doctor

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient/address"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/guide"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/signintest"
)

// checkOrg warns of an org that is inactive or expires. A small admin role may not read that, which is no gap.
func checkOrg(s *seen) []Finding {
	what, why := oktasteps.OrgWarning(s.org.value, time.Now())
	if what == "" {
		return nil
	}
	return warns(what, why, oktasteps.OrgFix, "")
}

func checkApp(s *seen) []Finding {
	const why = "Users can't sign in with it."
	app := s.app.value
	switch problem, fix := s.noApp(); {
	case problem != "":
		return fails(problem, why, fix, "")
	case s.app.gap() != "":
		return skipped(s.app.gap())
	case app.SignOnMode != "OPENID_CONNECT" || app.ApplicationType != "web":
		return fails(fmt.Sprintf("The app integration %q isn't an OIDC web application.", app.Label), "It has no client secret for Genesys Cloud.", "Create another one with the guide. An app's type can't be changed.", "")
	case app.TokenAuthMethod != oktasteps.BasicAuth && app.TokenAuthMethod != "client_secret_post":
		return fails(fmt.Sprintf("The app integration %q uses the client authentication %s.", app.Label, app.TokenAuthMethod), "Genesys Cloud supports only the client ID and client secret.", "Choose Client secret as the client authentication (the app > General).", "")
	case s.guessed:
		return fine("%q (client %s), found by its redirect URIs.", app.Label, app.ClientID)
	}
	return fine("%q is active (client %s).", app.Label, app.ClientID)
}

// noApp says that the app is deleted, of another org, or inactive; empty: it is active, or can't be read.
func (s *seen) noApp() (problem, fix string) {
	const another = "Choose an existing app and store its credential: run the guide with its ID as the app integration name."
	app, named := s.app.value, s.cfg.Env.Answers.Get(guide.AppName)
	client, org := s.noted()
	here := hostOf(s.conn.OktaURL)
	gone := s.app.err != nil && okta.NotFound(s.app.err.Err)
	switch {
	case gone && named.From > guide.FromOrg && strings.HasPrefix(named.Value, "0oa"):
		return fmt.Sprintf("The org %s has no app integration %s. It was deleted, or it is in another org.", here, named.Value), another
	case gone && client != "" && org != here:
		return fmt.Sprintf("The wizard recorded client %s of %s, but you signed in to %s.", client, org, here), "Sign in to that org, or store the credential of an app of this one."
	case gone && client != "":
		return fmt.Sprintf("The app integration with client %s was deleted in Okta.", client), another
	case gone:
		return "The org " + here + " has no app integration with this client ID.", another
	case s.app.known && app.Status != "ACTIVE":
		return fmt.Sprintf("The app integration %q is %s.", app.Label, strings.ToLower(app.Status)), "Activate it in Okta (Applications > Applications)."
	}
	return "", ""
}

// checkAuthMethod compares how the app's client signs in at the token endpoint: Okta accepts the app's own way only.
func checkAuthMethod(s *seen) []Finding {
	method := s.app.value.TokenAuthMethod
	if method != "client_secret_post" { // checkApp refuses the others
		return nil
	}
	return warns("The app accepts only the client authentication "+method+". Genesys Cloud likely uses "+oktasteps.BasicAuth+".",
		"Okta refuses another method with invalid_client. Which one Genesys Cloud uses isn't documented.",
		signintest.AuthMethodFix, signintest.FixAuthMethod)
}

// checkRedirects checks the registered redirect URIs, and for those that the user named.
func checkRedirects(s *seen) []Finding {
	const why = "Okta compares redirect URIs exactly and shows an error page if none matches."
	have := s.app.value.RedirectURIs
	var out []Finding
	for _, want := range s.wanted() {
		if !s.registered(want) {
			out = append(out, fails(notRegistered(want, have), why, "Add it to the app (General > Login > Sign-in redirect URIs).", signintest.FixRedirect)...)
		}
	}
	switch {
	case len(have) == 0:
		return fails("The app has no sign-in redirect URI.", why, "Add the page's full URL to the app (General > Login > Sign-in redirect URIs).", signintest.FixRedirect)
	case out != nil:
		return out
	}
	for _, uri := range have {
		if strings.HasPrefix(uri, "http://") && !address.OriginOf(uri).Host.Local() {
			out = append(out, warns(fmt.Sprintf("The redirect URI %s isn't encrypted.", uri), "Others on the network could steal the authorization code, and PKCE doesn't work on this page.", "Use HTTPS, and remove this URI.", "")...)
		}
	}
	return append(fine("Sign-in redirect URIs: %s", strings.Join(have, " ")), out...)
}

// wanted are the redirect URIs that the user named, not the default's.
func (s *seen) wanted() []string {
	if named := s.cfg.Env.Answers.Get(guide.RedirectURIs); named.From > guide.FromOrg {
		return named.Values
	}
	return nil
}

func checkGrants(s *seen) []Finding {
	grants := s.app.value.GrantTypes
	switch {
	case !slices.Contains(grants, "authorization_code"):
		return fails(fmt.Sprintf("The app's grant types are %s, without Authorization Code.", strings.Join(grants, ", ")), "Messenger's sign-in needs an authorization code.", "Select Authorization Code (the app > General > Grant type).", "")
	case !slices.Contains(grants, "refresh_token"):
		return fine("Authorization Code, without Refresh Token: the page must not request offline_access.")
	}
	return fine("Authorization Code and Refresh Token.")
}

func checkPKCE(s *seen) []Finding {
	if s.app.value.PKCERequired {
		return fine("Okta requires PKCE. The page must send a code_challenge (S256) and pass its codeVerifier to Messenger. The wizard's page code does.")
	}
	return fine("The app accepts sign-ins with or without PKCE.")
}

// checkClientSettings looks for what the app demands of its client that Genesys Cloud, or the page, can't meet.
func checkClientSettings(s *seen) []Finding {
	var found []Finding
	for _, d := range oktasteps.Demands(s.app.value) {
		found = append(found, fails(fmt.Sprintf("The app integration %q %s.", s.app.value.Label, d.What), d.Why, d.Fix, "")...)
	}
	if oktasteps.InZonesOnly(s.app.value) {
		found = append(found, warns("Okta accepts token requests of the app from some network zones only.",
			"Sign-in fails unless these zones include Genesys Cloud.",
			"Add the addresses of Genesys Cloud to the zones (Security > Networks), or allow any zone (the app > General).", "")...)
	}
	if found == nil {
		return fine("The app doesn't require DPoP, PAR, encrypted ID tokens, or a network zone.")
	}
	return found
}
