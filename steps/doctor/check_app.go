package doctor

import (
	"fmt"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/mark"
	"msgsso-wizard/steps/signintest"
)

func checkApp(s *seen) []Finding {
	const why = "Nobody can sign in with it."
	app := s.app.value
	client, _ := mark.Client(s.settings.value.Notes)
	switch e := s.app.err; {
	case e != nil && okta.NotFound(e.Err):
		return fails(fmt.Sprintf("Okta does not have the app integration. The integration has the credential of client %s.", client),
			"Okta does not let Genesys Cloud redeem codes.", "Choose an app that exists, and store its credential: run the guide with its id (--app-name).", "")
	case s.app.gap() != "":
		return skipped(s.app.gap())
	case app.Status != "ACTIVE":
		return fails(fmt.Sprintf("The app integration %q is %s.", app.Label, strings.ToLower(app.Status)), why, "Activate it in Okta (Applications > Applications).", "")
	case app.SignOnMode != "OPENID_CONNECT" || app.ApplicationType != "web":
		return fails(fmt.Sprintf("The app integration %q is not an OIDC web application.", app.Label), "It has no client secret for Genesys Cloud.", "Make one with the guide; the type of an app cannot be changed.", "")
	case app.TokenAuthMethod != "client_secret_basic" && app.TokenAuthMethod != "client_secret_post":
		return fails(fmt.Sprintf("The app integration %q signs in by %s.", app.Label, app.TokenAuthMethod), "Genesys Cloud signs in by client id and secret only.", "Choose Client secret as the client authentication (the app > General).", "")
	case s.guessed:
		return fine("%q (client %s), found by its redirect URIs.", app.Label, app.ClientID)
	}
	return fine("%q is active (client %s).", app.Label, app.ClientID)
}

// checkRedirects looks at the registered redirect URIs, and for those that somebody named.
func checkRedirects(s *seen) []Finding {
	const why = "Okta compares redirect URIs letter by letter, and shows visitors an error page where none fits."
	have := s.app.value.RedirectURIs
	var out []Finding
	for _, want := range s.wanted() {
		if !s.registered(want) {
			out = append(out, fails(notRegistered(want, have), why, "Add it to the app (General > Login > Sign-in redirect URIs).", signintest.FixRedirect)...)
		}
	}
	switch {
	case len(have) == 0:
		return fails("The app has no sign-in redirect URI.", why, "Add the page's full address to the app (General > Login > Sign-in redirect URIs).", signintest.FixRedirect)
	case out != nil:
		return out
	}
	for _, uri := range have {
		if strings.HasPrefix(uri, "http://") && !apiclient.IsLoopback(nameOf(uri)) {
			out = append(out, warns(fmt.Sprintf("The redirect URI %s is not encrypted.", uri), "Whoever listens could take a visitor's code, and PKCE does not run on such a page.", "Use https, and remove this one.", "")...)
		}
	}
	return append(fine("Sign-in redirect URIs: %s", strings.Join(have, " ")), out...)
}

// wanted are the redirect URIs that somebody named, not the default's.
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
		return fails(fmt.Sprintf("The app's grant types are %s, without Authorization Code.", strings.Join(grants, ", ")), "Messenger's sign-in begins with a code.", "Tick Authorization Code (the app > General > Grant type).", "")
	case !slices.Contains(grants, "refresh_token"):
		return fine("Authorization Code, without Refresh Token: the page must not ask for offline_access.")
	}
	return fine("Authorization Code and Refresh Token.")
}

func checkPKCE(s *seen) []Finding {
	if s.app.value.PKCERequired {
		return fine("Okta requires PKCE: the page must send a code_challenge (S256), and pass its codeVerifier on. The wizard's page code does.")
	}
	return fine("Okta takes sign-ins with PKCE and without.")
}
