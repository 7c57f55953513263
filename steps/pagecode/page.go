// Package pagecode writes the code that a customer's page needs in addition to the Messenger snippet: without an AuthProvider
// plugin the snippet can't sign visitors in (contract genesys.md 4).
//
//	plugin.js   the plugin, as a script with places to fill in
//	page.html   a whole page around snippet and plugin, and status.js, its own script
package pagecode

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"slices"
	"strings"

	"msgsso-wizard/steps/explain"
)

var (
	//go:embed plugin.js
	pluginScript string
	//go:embed status.js
	statusScript string
	//go:embed page.html
	completePage string
)

// Facts are what the page code is filled in with.
type Facts struct {
	Issuer       string // as the discovery document spells it: a page compares it with the iss parameter (RFC 9207)
	AuthorizeURL string // authorization_endpoint of the same document
	ClientID     string // of the app integration
	RedirectURI  string // one that is registered, letter by letter (contract okta.md 9)
	OktaURL      string // the org's, whose session a sign-out ends (contract okta.md 5)
	SendsIssuer  bool   // the document promises that each answer names the issuer (RFC 9207)
	Scopes       []string
	Snippet      string // as Genesys Cloud gives it; for Complete only
	DeploymentID string
	StepUp       bool // the configuration has allowSessionUpgrade: an anonymous chat may sign in later
}

// Plugin returns the <script>…</script> to paste right after the snippet. It needs no other script and holds no
// secret. An error names the fact with which no page could sign visitors in.
func Plugin(f Facts) (string, error) {
	if err := f.check(); err != nil {
		return "", err
	}
	script := fill(pluginScript, map[string]any{
		"issuer":       f.Issuer,
		"authorizeUrl": f.AuthorizeURL,
		"clientId":     f.ClientID,
		"redirectUri":  f.RedirectURI,
		"scopes":       f.Scopes,
		"oktaUrl":      strings.TrimSuffix(f.OktaURL, "/"),
		"deploymentId": f.DeploymentID,
		"sendsIssuer":  f.SendsIssuer,
		"stepUp":       f.StepUp,
	})
	return "<script>\n" + script + "</script>\n", nil
}

// Complete returns a whole page to try the sign-in with: the snippet unchanged, the plugin after it, a line that
// tells what Messenger reports, and buttons to sign in and out. Its errors are Plugin's.
func Complete(f Facts) (string, error) {
	plugin, err := Plugin(f)
	if err != nil {
		return "", err
	}
	if strings.TrimSpace(f.Snippet) == "" {
		return "", unfit("The deployment has no snippet yet.", "Wait until it is active, and try again.")
	}
	return fill(completePage, map[string]any{
		"snippet":      strings.TrimSuffix(f.Snippet, "\n"),
		"plugin":       strings.TrimSuffix(plugin, "\n"),
		"status":       statusScript,
		"deploymentId": html.EscapeString(f.DeploymentID),
		"clientId":     html.EscapeString(f.ClientID),
		"issuer":       html.EscapeString(f.Issuer),
		"redirectUri":  html.EscapeString(f.RedirectURI),
	}), nil
}

// fill puts values in the places of a text, all at once: a value that looks like a place is left alone. @name@ is filled
// with the text as it is, and '@name@' with JSON in which <, >, &, U+2028 and U+2029 are escaped, so that nothing in it ends
// the script or the line.
func fill(text string, values map[string]any) string {
	var pairs []string
	for name, value := range values {
		quoted, err := json.Marshal(value)
		if err != nil {
			panic(err) // strings, lists of them and booleans only
		}
		pairs = append(pairs, "'@"+name+"@'", string(quoted), "@"+name+"@", fmt.Sprint(value))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

func (f Facts) check() error {
	for _, address := range []struct{ name, value string }{
		{"issuer", f.Issuer},
		{"authorization URL", f.AuthorizeURL},
		{"redirect URI", f.RedirectURI},
		{"Okta org's URL", f.OktaURL},
	} {
		u, err := url.Parse(address.value)
		if err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" {
			return unfit("The page code needs the "+address.name+", but it isn't an HTTP or HTTPS URL here.",
				"Check the Discovery URI and the redirect URIs with doctor.")
		}
	}
	switch {
	case f.ClientID == "":
		return unfit("The page code needs the app integration's client ID, which isn't known here.",
			"Run doctor. It shows which app has the integration's credential.")
	case !slices.Contains(f.Scopes, "openid"):
		return unfit("The page code needs the scope openid. Without it, Okta doesn't issue an ID token.", "Add openid to the scopes.")
	}
	return nil
}

func unfit(problem, fix string) error {
	return explain.New(explain.ClassUsage, "", problem, fix)
}
