package doctor

import (
	"fmt"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/address"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/mark"
	"msgsso-wizard/steps/signintest"
)

func checkApp(s *seen) []Finding {
	const why = "Users can't sign in with it."
	app := s.app.value
	client, _ := mark.Client(s.settings.value.Notes)
	switch e := s.app.err; {
	case e != nil && okta.NotFound(e.Err):
		return fails(fmt.Sprintf("The app integration doesn't exist in Okta. The integration has the credential of client %s.", client),
			"Genesys Cloud can't redeem authorization codes.", "Choose an existing app and store its credential: run the guide with its ID as the app integration name.", "")
	case s.app.gap() != "":
		return skipped(s.app.gap())
	case app.Status != "ACTIVE":
		return fails(fmt.Sprintf("The app integration %q is %s.", app.Label, strings.ToLower(app.Status)), why, "Activate it in Okta (Applications > Applications).", "")
	case app.SignOnMode != "OPENID_CONNECT" || app.ApplicationType != "web":
		return fails(fmt.Sprintf("The app integration %q isn't an OIDC web application.", app.Label), "It has no client secret for Genesys Cloud.", "Create another one with the guide. An app's type can't be changed.", "")
	case app.TokenAuthMethod != "client_secret_basic" && app.TokenAuthMethod != "client_secret_post":
		return fails(fmt.Sprintf("The app integration %q uses the client authentication %s.", app.Label, app.TokenAuthMethod), "Genesys Cloud supports only the client ID and client secret.", "Choose Client secret as the client authentication (the app > General).", "")
	case s.guessed:
		return fine("%q (client %s), found by its redirect URIs.", app.Label, app.ClientID)
	}
	return fine("%q is active (client %s).", app.Label, app.ClientID)
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
