package doctor

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/address"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/site"
	"msgsso-wizard/steps/explain"
)

func checkPage(s *seen) []Finding {
	if s.cfg.Site == "" {
		return skipped(s.page.gap())
	}
	if e := s.page.err; e != nil {
		return []Finding{unreadPage(e)}
	}
	page := s.page.value
	what := "The page " + page.URL + " answers."
	if len(page.Redirects) > 0 {
		what = fmt.Sprintf("%s redirects to %s.", page.Redirects[0], page.URL)
	}
	if strings.HasPrefix(page.URL, "http://") && !address.OriginOf(page.URL).Host.Local() {
		return fails(what+" It isn't encrypted.", "Browsers don't support PKCE on such pages, and others on the network could steal the authorization code.", "Serve it over HTTPS, and redirect HTTP to it.", "")
	}
	return fine("%s", what)
}

// unreadPage says why the page was not read. What answers is neither vendor, so their advice fits only where nothing did.
func unreadPage(e *explain.Error) Finding {
	f := Finding{State: Fail, What: e.Problem, Why: "Visitors can't reach Messenger there.", Fix: e.Fix}
	x, ok := apiclient.AsError(e)
	switch {
	case !ok || errors.Is(x.Err, apiclient.ErrUnreachable) || errors.Is(x.Err, apiclient.ErrTimeout) || errors.Is(x.Err, apiclient.ErrTLS):
		return f
	case x.Status > 0:
		f.What = fmt.Sprintf("The page on %s answers with HTTP %d.", x.Host, x.Status)
	case errors.Is(x.Err, apiclient.ErrRedirect):
		f.What = fmt.Sprintf("The page redirects, and the wizard can't follow: %s.", x.Summary)
	default:
		f.What = fmt.Sprintf("The page can't be read: %s.", x.Summary)
	}
	f.Fix = "Check the page's URL. The wizard must be able to open it without signing in."
	return f
}

// checkSnippet compares the snippet on the page with the one that Genesys Cloud gives for the deployment.
func checkSnippet(s *seen) []Finding {
	const why = "The page starts Messenger with the values of its snippet."
	const fix = "Replace the snippet on the page with the deployment's snippet, unchanged."
	found := s.page.value.Snippets
	if unread := s.unread(); len(found) == 0 && unread != "" {
		return warns("No Messenger snippet was found. It may be in code that the wizard can't read: "+unread, "Messenger doesn't start without it.", checkInBrowser, "")
	} else if len(found) == 0 {
		return fails("The page has no Messenger snippet.", "Messenger doesn't start without it.", "Paste the deployment's snippet before </head>.", "")
	}
	has := found[0]
	if other := slices.IndexFunc(found, func(x site.Snippet) bool { return x.DeploymentID != has.DeploymentID }); other > 0 {
		return fails(fmt.Sprintf("The page has %d snippets, for the deployments %s and %s.", len(found), has.DeploymentID, found[other].DeploymentID), "Only the first one starts Messenger.", "Keep the one for this deployment.", "")
	}
	want := s.wantedSnippet()
	switch {
	case has.DeploymentID != s.deploymentID && s.deploymentID != "":
		return fails(fmt.Sprintf("The page's snippet is for the deployment %s, not for %s.", has.DeploymentID, s.named()), why, fix, "")
	case want.Environment != "" && environment(has.Environment) != environment(want.Environment):
		return fails(fmt.Sprintf("The page's snippet is for the environment %s, but the organization is in %s.", has.Environment, want.Environment), why, fix, "")
	case want.ScriptURL != "" && has.ScriptURL != want.ScriptURL:
		return fails(fmt.Sprintf("The page loads Messenger from %s, not from %s.", has.ScriptURL, want.ScriptURL), "Genesys Cloud doesn't support loading its script from elsewhere.", fix, "")
	case len(found) > 1:
		return warns(fmt.Sprintf("The page has the snippet %d times.", len(found)), "Messenger may start twice.", "Keep one.", "")
	}
	return fine("The page has the snippet of %s.", s.named())
}

const checkInBrowser = "Check in a browser whether Messenger starts and signs in. If not, paste the code into the page itself."

// unread says which scripts of the page could not be looked through; empty: all were.
func (s *seen) unread() string {
	const most = 3
	files := s.page.value.Unread
	text := strings.Join(files[:min(most, len(files))], "; ")
	if more := len(files) - most; more > 0 {
		text += fmt.Sprintf("; and %d more", more)
	}
	if text != "" {
		text += "."
	}
	return text
}

func (s *seen) named() string {
	if s.deployment.known {
		return fmt.Sprintf("%q (%s)", s.deployment.value.Name, s.deploymentID)
	}
	return s.deploymentID
}

// wantedSnippet is what Genesys Cloud's own says, else what is known of the region (contract genesys.md 3, 5).
func (s *seen) wantedSnippet() site.Snippet {
	want := site.Snippet{Environment: s.conn.Region.Environment}
	if own := site.Snippets(s.deployment.value.Snippet); len(own) > 0 {
		want.Environment, want.ScriptURL = cmp.Or(own[0].Environment, want.Environment), own[0].ScriptURL
	}
	return want
}

// environment is a region's name as snippets spell it; older ones leave something out (contract genesys.md 5).
func environment(name string) string {
	for _, r := range genesys.Regions() {
		if strings.TrimPrefix(r.Environment, "prod-") == strings.ToLower(name) {
			return r.Environment
		}
	}
	if strings.EqualFold(name, "use1") {
		return "prod"
	}
	return strings.ToLower(name)
}

// checkPolicy looks whether the page's Content Security Policies let Messenger and the page code run.
func checkPolicy(s *seen) []Finding {
	page := s.page.value
	var blocked []string
	note := func(what string, ok bool, directive string) {
		if text := fmt.Sprintf("%s (%s)", what, directive); !ok && !slices.Contains(blocked, text) {
			blocked = append(blocked, text)
		}
	}
	allows := func(kind site.Kind, address string) {
		if address != "" {
			ok, directive := page.Allows(kind, address)
			note(address, ok, directive)
		}
	}
	for _, x := range page.Snippets {
		allows(site.KindScript, x.ScriptURL)
		ok, directive := page.AllowsInline(x.Script)
		note("the snippet", ok || x.URL != "", directive)
	}
	for _, x := range page.Plugins {
		ok, directive := page.AllowsInline(x.Script)
		note("the AuthProvider plugin", ok || x.URL != "", directive)
	}
	for _, address := range s.conn.Region.Calls(s.deploymentID) {
		allows(site.KindConnect, address)
	}
	if len(blocked) == 0 {
		return fine("The page's Content Security Policy allows Messenger and the page code.")
	}
	return fails("The page's Content Security Policy blocks "+strings.Join(blocked, ", ")+".", "The browser doesn't load it and reports this only in its console.",
		"Allow it in the policy. For inline scripts, use a nonce or a hash.", "")
}
