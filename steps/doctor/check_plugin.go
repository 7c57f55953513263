package doctor

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/site"
)

// checkPlugin looks at the AuthProvider on the page: what it is, where it stands, and whom it asks.
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
		add(fails("The AuthProvider plugin stands before the snippet.", "Genesys, which it registers with, is not there yet.", "Move it right after the snippet, or load it with defer.", ""))
	}
	if client := s.app.value.ClientID; s.app.known && !s.pluginSays(client) {
		if other := clientIDs.FindString(p.Code); other != "" {
			add(fails(fmt.Sprintf("The page signs visitors in as client %s, and the integration has the credential of client %s.", other, client), "Okta gives a client's code to no other client.", fix, ""))
		}
	}
	if at := signInAt(p.Code); s.document.known && len(at) > 0 && !slices.Contains(at, strings.TrimSuffix(s.document.value.Issuer, "/")) {
		add(fails(fmt.Sprintf("The page signs visitors in at %s, and the integration's server is %s.", strings.Join(at, ", "), s.document.value.Issuer), "A code of one server is unknown to the other.", fix, ""))
	}
	const refused = "Okta refuses: \"PKCE code challenge is required by the application.\""
	switch required := s.app.value.PKCERequired; {
	case required && noPKCE.MatchString(p.Code):
		add(fails("The app requires PKCE, and the page code switches it off.", refused, fix, ""))
	case required && !pkce.MatchString(p.Code):
		add(warns("The app requires PKCE, and nothing in the page code tells that it sends a code_challenge.", refused, fix, ""))
	}
	if scopes, sure := s.scopes(s.document.value); sure && !slices.Contains(scopes, offlineAccess) && asksOffline.MatchString(p.Code) {
		add(fails("The page asks for offline_access, and the app or the rule gives no refresh tokens.", "Okta refuses every visitor.",
			"Leave offline_access out of the page's scopes, or allow it at both: Refresh Token (the app > General > Grant type), and the scope in the rule.", ""))
	}
	if !strings.Contains(p.Code, "nonce") {
		add(warns("The page code passes no nonce on.", "With a nonce nobody can slip another person's sign-in in; once one is sent, Genesys Cloud needs the same.", fix, ""))
	}
	if out == nil {
		return fine("The AuthProvider plugin is on the page.")
	}
	return out
}

// noPlugin is no fault where visitors do not sign in, and none that is certain where scripts could not be read.
func (s *seen) noPlugin(fix string) []Finding {
	const why = "The snippet alone signs nobody in: Messenger asks the plugin for a code."
	switch unread := s.unread(); {
	case s.pinned.known && !signsIn(s.pinned.value):
		return nil
	case unread != "":
		return warns("No AuthProvider plugin was found; it may be in what cannot be seen here: "+unread, why, lookThere, "")
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
	// Beside another scope it is asked for; alone it may be anything.
	asksOffline = regexp.MustCompile(`\b(openid|email|profile)[\s"',+]+offline_access|\boffline_access[\s"',+]+(openid|email|profile)\b`)

	ofServer = regexp.MustCompile(`^/oauth2/([A-Za-z0-9]+)(/|$)`)
)

func (s *seen) pageSignsInAt(issuer string) bool {
	return s.page.known && slices.ContainsFunc(s.page.value.Plugins, func(p site.Plugin) bool { return slices.Contains(signInAt(p.Code), issuer) })
}

// signInAt are the issuers at which a script signs visitors in, as far as its addresses tell: those of Okta's
// authorize end points and custom servers (contract okta.md 4).
func signInAt(script string) []string {
	var issuers []string
	for _, found := range addresses.FindAllString(script, -1) {
		u, err := url.Parse(found)
		if err != nil {
			continue
		}
		issuer := u.Scheme + "://" + u.Host
		server := ofServer.FindStringSubmatch(u.Path)
		if server == nil {
			continue
		}
		if server[1] != "v1" {
			issuer += "/oauth2/" + server[1]
		}
		if !slices.Contains(issuers, issuer) {
			issuers = append(issuers, issuer)
		}
	}
	return issuers
}
