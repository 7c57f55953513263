package doctor

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/address"
	"msgsso-wizard/apiclient/site"
)

// checkPlugin checks the AuthProvider on the page: what it is, where it stands, and whom it asks.
func checkPlugin(s *seen) []Finding {
	const fix = "Paste the wizard's page code right after the snippet."
	plugins := s.page.value.Plugins
	if len(plugins) == 0 {
		return s.noPlugin(fix)
	}
	var out []Finding
	add := func(f []Finding) { out = append(out, f...) }
	p := plugins[0]
	if snippets := s.page.value.Snippets; len(snippets) > 0 && p.Offset < snippets[0].Offset && !p.Later {
		add(fails("The AuthProvider plugin comes before the snippet.", "The Genesys object that it registers with doesn't exist yet.", "Move it right after the snippet, or load it with defer.", ""))
	}
	if client := s.app.value.ClientID; s.app.known && !s.pluginSays(client) {
		if other := clientIDs.FindString(p.Code); other != "" {
			add(fails(fmt.Sprintf("The page uses client %s, but the integration has the credential of client %s.", other, client), "Okta accepts a code only from the client it was issued to.", fix, ""))
		}
	}
	if at := signInAt(p.Code); s.document.known && len(at) > 0 && !slices.Contains(at, strings.TrimSuffix(s.document.value.Issuer, "/")) {
		add(fails(fmt.Sprintf("The page uses the authorization server %s, but the integration uses %s.", strings.Join(at, ", "), s.document.value.Issuer), "A code from one server isn't valid at the other.", fix, ""))
	}
	const refused = "Okta refuses: \"PKCE code challenge is required by the application.\""
	switch required := s.app.value.PKCERequired; {
	case required && noPKCE.MatchString(p.Code):
		add(fails("The app requires PKCE, but the page code turns it off.", refused, fix, ""))
	case required && !pkce.MatchString(p.Code):
		add(warns("The app requires PKCE, but the page code doesn't seem to send a code_challenge.", refused, fix, ""))
	}
	if scopes, sure := s.scopes(s.document.value); sure && !slices.Contains(scopes, offlineAccess) && asksOffline.MatchString(p.Code) {
		add(fails("The page requests offline_access, but the app or the rule doesn't allow refresh tokens.", "Okta refuses every visitor.",
			"Remove offline_access from the page's scopes, or allow it in both: Refresh Token (the app > General > Grant type), and the scope in the rule.", ""))
	}
	if !strings.Contains(p.Code, "nonce") {
		add(warns("The page code doesn't pass on a nonce.", "A nonce stops others from injecting their own sign-in. If the page sends one, Genesys Cloud needs the same value.", fix, ""))
	}
	if out == nil {
		return fine("The AuthProvider plugin is on the page.")
	}
	return out
}

// noPlugin is no fault where visitors do not sign in, and none that is certain where scripts could not be read.
func (s *seen) noPlugin(fix string) []Finding {
	const why = "Visitors can't sign in with the snippet alone. Messenger asks the plugin for an authorization code."
	switch unread := s.unread(); {
	case s.pinned.known && !s.pinned.value.SignsIn():
		return nil
	case unread != "":
		return warns("No AuthProvider plugin was found. It may be in code that the wizard can't read: "+unread, why, checkInBrowser, "")
	}
	return fails("The page registers no AuthProvider plugin.", why, fix, "")
}

func (s *seen) pluginSays(text string) bool {
	return text != "" && slices.ContainsFunc(s.page.value.Plugins, func(p site.Plugin) bool { return strings.Contains(p.Code, text) })
}

var (
	clientIDs = regexp.MustCompile(`\b0oa[A-Za-z0-9]{17}\b`)
	addresses = regexp.MustCompile(`https?://[^\s"'<>\\` + "`" + `]+`)
	pkce      = regexp.MustCompile(`(?i)code_?challenge|code_?verifier|pkce|OktaAuth`) // the last one does it by itself
	noPKCE    = regexp.MustCompile(`pkce['"]?\s*:\s*(false|!1)`)
	// Next to another scope it is requested; alone it may be anything.
	asksOffline = regexp.MustCompile(`\b(openid|email|profile)[\s"',+]+offline_access|\boffline_access[\s"',+]+(openid|email|profile)\b`)

	ofServer = regexp.MustCompile(`^/oauth2/([A-Za-z0-9]+)(/|$)`)
)

func (s *seen) pageSignsInAt(issuer string) bool {
	return s.page.known && slices.ContainsFunc(s.page.value.Plugins, func(p site.Plugin) bool { return slices.Contains(signInAt(p.Code), issuer) })
}

// signInAt are the issuers at which a script signs visitors in, as far as its addresses tell: those of Okta's
// authorize end points and custom servers (contract okta.md 4). A script that names more than a few is no plugin.
func signInAt(script string) []string {
	var issuers []string
	for _, found := range addresses.FindAllString(script, -1) {
		u, _ := address.Parse(found)
		issuer := u.Origin.String()
		server := ofServer.FindStringSubmatch(u.URL().Path)
		if server == nil {
			continue
		}
		if server[1] != "v1" {
			issuer += "/oauth2/" + server[1]
		}
		if len(issuers) < 10 && !slices.Contains(issuers, issuer) {
			issuers = append(issuers, issuer)
		}
	}
	return issuers
}
