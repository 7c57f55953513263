package doctor

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/address"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/signintest"
)

// checkPageAddress compares the redirect URI that the page code sends with the app's.
func checkPageAddress(s *seen) []Finding {
	const why = "Okta sends visitors to this URI and compares it exactly."
	const fix = "Add it to the app (General > Login > Sign-in redirect URIs)."
	sent, here := s.redirectURI(), s.pageAddress()
	switch {
	case address.OriginOf(sent) != address.OriginOf(here):
		return fails(fmt.Sprintf("The page code sends visitors back to %s, which isn't on the page's origin.", sent),
			"The browser stores sign-in data per origin, so the other page rejects the response.",
			"Set redirectUri in the page code to a URL of this site, and register it.", "")
	case !s.registered(sent) && len(s.page.value.Plugins) == 0 && s.unread() != "":
		return warns("The wizard can't see what the page code sends. "+notRegistered(sent, s.app.value.RedirectURIs), why, fix, "")
	case !s.registered(sent):
		return fails(notRegistered(sent, s.app.value.RedirectURIs), why, fix, signintest.FixRedirect)
	case sent != here:
		return fine("The page code sends visitors back to %s, which is registered.", sent)
	}
	return fine("%s is a registered redirect URI.", sent)
}

func (s *seen) registered(uri string) bool { return s.app.value.RedirectsTo(uri) }

// addresses are the registered redirect URIs that a page can have: a pattern is none.
func (s *seen) addresses() []string {
	return slices.DeleteFunc(slices.Clone(s.app.value.RedirectURIs), func(uri string) bool { return strings.Contains(uri, "*") })
}

// redirectURI is the one that the page code sends: what it calls so, or a registered one that it has in it. Code with
// neither takes the page's own address from the browser.
func (s *seen) redirectURI() string {
	for _, p := range s.page.value.Plugins {
		if found := namedRedirect.FindStringSubmatch(p.Code); found != nil {
			return unescaped(found[1] + found[2]) // in quotes, or in a query
		}
		for _, text := range texts.FindAllString(p.Code, -1) {
			if uri := unescaped(text[1 : len(text)-1]); s.registered(uri) {
				return uri
			}
		}
	}
	return s.pageAddress()
}

var (
	namedRedirect = regexp.MustCompile(`(?i)\bredirect_?uri["'` + "`" + `]?\s*[:=,]\s*(?:["'` + "`" + `](https?:(?:\\?/){2}[^\s"'` + "`" + `]+)|(https?(?::|%3a)[^\s"'` + "`" + `&]+))`)
	texts         = regexp.MustCompile(`"http[^"\n]*"|'http[^'\n]*'|` + "`http[^`\n]*`")
)

// unescaped is an address as a script's text, or the query of another address, writes it.
func unescaped(text string) string {
	if plain, err := url.QueryUnescape(text); err == nil && !strings.Contains(text, "://") && !strings.Contains(text, `\`) {
		text = plain
	}
	var plain string
	if json.Unmarshal([]byte(`"`+text+`"`), &plain) != nil {
		return text
	}
	return plain
}

// pageAddress is the page's without what comes after ? and #.
func (s *seen) pageAddress() string {
	address, _, _ := strings.Cut(s.page.value.URL, "#")
	address, _, _ = strings.Cut(address, "?")
	return address
}

// differences are the ways in which two addresses of one page may differ, each with what makes them equal.
var differences = []struct {
	what  string
	level func(*url.URL)
}{
	{"by the slash at the end", func(u *url.URL) { u.Path = strings.TrimSuffix(u.Path, "/") }},
	{"by capital letters", func(u *url.URL) { u.Host, u.Path = strings.ToLower(u.Host), strings.ToLower(u.Path) }},
	{"by how the host is written", func(u *url.URL) { u.Host = cmp.Or(guide.Host("https://"+u.Host), u.Host) }},
	{"by http and https", func(u *url.URL) { u.Scheme = "https" }},
	{"by www", func(u *url.URL) { u.Host = strings.TrimPrefix(u.Host, "www.") }},
	{"by the port", func(u *url.URL) { u.Host = u.Hostname() }},
	{"by what comes after the ?", func(u *url.URL) { u.RawQuery = "" }},
	{"by the file name", func(u *url.URL) { u.Path = u.Path[:strings.LastIndex(u.Path, "/")+1] }},
	{"by localhost and 127.0.0.1", func(u *url.URL) { u.Host = strings.Replace(u.Host, "127.0.0.1", "localhost", 1) }},
}

// notRegistered says that a redirect URI is not among those that are registered, and names the one that it was
// perhaps meant to be.
func notRegistered(want string, have []string) string {
	text := fmt.Sprintf("%s isn't a sign-in redirect URI of the app.", want)
	for _, d := range differences {
		for _, registered := range have {
			if levelled(want, d.level) == levelled(registered, d.level) {
				return text + fmt.Sprintf(" %s is registered. It differs %s.", registered, d.what)
			}
		}
	}
	if len(have) > 0 {
		text += " Registered: " + strings.Join(have, " ")
	}
	return text
}

func levelled(address string, level func(*url.URL)) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	level(u)
	return u.String()
}
