package doctor

import (
	"cmp"
	"fmt"
	"net/url"
	"strings"

	"msgsso-wizard/steps/guide"
)

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
