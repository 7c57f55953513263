package guide

import (
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/address"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/oidc"
	"msgsso-wizard/apiclient/okta"
)

// maxName is the longest name that both vendors take (contract okta.md 1.1, genesys.md 2.2).
const maxName = 100

// maxURI bounds what is read as an address; no vendor documents a limit.
const maxURI = 2000

func parseOrg(raw string) (value, note string, err error) {
	org, err := okta.ParseOrg(raw)
	if err != nil {
		return "", "", err
	}
	if !knownHost(OktaOrg, org.URL) {
		org.Notes = append(org.Notes, notOktas)
	}
	return org.URL, strings.Join(org.Notes, " "), nil
}

func parseRegion(raw string) (value, note string, err error) {
	region, note, err := genesys.ParseRegion(raw)
	if err != nil {
		return "", "", err
	}
	if apiclient.IsLoopback(region.Domain) {
		return region.API, note, nil
	}
	return region.Domain, note, nil
}

// parseName reads a name that both vendors take; what says in words what it names.
func parseName(what string) func(string) (string, string, error) {
	return func(name string) (string, string, error) {
		switch n := utf8.RuneCountInString(name); {
		case n == 0:
			return "", "", fmt.Errorf("the %s is empty. Enter 1 to %d characters", what, maxName)
		case n > maxName:
			return "", "", fmt.Errorf("the %s has %d characters. The maximum is %d", what, n, maxName)
		}
		return name, "", nil
	}
}

// parseAppName also refuses what Okta's character set does not have (contract okta.md 1.1).
func parseAppName(raw string) (string, string, error) {
	name, note, err := parseName("app name")(raw)
	if err == nil && strings.ContainsFunc(name, func(r rune) bool { return r > 0xFFFF }) {
		err = fmt.Errorf("the app name has a character that Okta doesn't store, such as an emoji. Remove it")
	}
	return name, note, err
}

func parseWord(what string) func(string) (string, string, error) {
	return func(word string) (string, string, error) {
		if word == "" || strings.ContainsFunc(word, unicode.IsSpace) {
			return "", "", fmt.Errorf("the %s is one word without spaces", what)
		}
		if fault := miscopied(word, unsent); fault != "" {
			return "", "", fmt.Errorf("the %s %s", what, fault)
		}
		return word, "", nil
	}
}

// parsePath refuses the path of a variable that isn't set, which would leave out a file without a word.
func parsePath(path string) (string, string, error) {
	if path == "" {
		return "", "", errors.New("the path is empty. Enter the path of a file or folder")
	}
	return apiclient.ExpandHome(path), "", nil
}

// FilePath reads the path of a file or a folder, as the question for the snippet's file does.
func FilePath(raw string) (string, error) {
	q, _ := QuestionFor(SnippetFile)
	path, _, _, err := q.read(raw)
	return path, err
}

func parsePort(raw string) (string, string, error) {
	port, err := strconv.Atoi(raw)
	if err != nil || port < 1024 || port > 65535 {
		return "", "", fmt.Errorf("a port is a number from 1024 to 65535, such as 8085")
	}
	return strconv.Itoa(port), "", nil
}

func oneOf(what string, options []Option) func(string) (string, string, error) {
	return func(raw string) (string, string, error) {
		typed := strings.ToLower(raw)
		var all []string
		for _, o := range options {
			if raw == o.Value || typed == o.Value || typed == o.Spelling() {
				return o.Value, "", nil
			}
			all = append(all, o.Spelling())
		}
		return "", "", fmt.Errorf("there is no %s %q. Choose %s", what, raw, strings.Join(all, ", "))
	}
}

// responseParameters are what an authorization server adds to a redirect URI. A page reads the first of each name, so
// none can be there already (RFC 6749 4.1.2, RFC 9207).
var responseParameters = []string{"code", "state", "session_state", "iss", "error", "error_description", "error_uri"}

// parseRedirectURI returns what browsers make of the URL, because Okta compares it exactly (contract okta.md 1.6).
func parseRedirectURI(uri string) (string, string, error) {
	u, err := address.Parse(uri)
	beforeQuery, query, _ := strings.Cut(uri, "?")
	taken := slices.IndexFunc(strings.Split(query, "&"), isResponseParameter)
	switch {
	case errors.Is(err, address.ErrUser):
		return "", "", err
	case len(uri) > maxURI:
		return "", "", fmt.Errorf("the URL has %d characters. The maximum is %d", len(uri), maxURI)
	case strings.Count(beforeQuery, "://") > 1:
		return "", "", fmt.Errorf("%q is two URLs in one. Enter each separately", clip(uri))
	case strings.Contains(uri, "*"):
		return "", "", fmt.Errorf("%q has a wildcard, which Okta refuses here. Enter the full URL of each page", clip(uri))
	case err != nil:
		return "", "", fmt.Errorf("%q isn't the URL of a page: %w. Enter the full URL, such as https://www.example.com/support", clip(uri), err)
	case u.Scheme == "http" && !u.Host.Local():
		return "", "", fmt.Errorf("%q isn't encrypted. Others on the network could steal the authorization code. Use https:// (http:// is allowed for localhost)", clip(uri))
	case strings.Contains(uri, "#"):
		return "", "", fmt.Errorf("%q has a fragment (#…), which Okta refuses. Remove it", clip(uri))
	case taken >= 0:
		return "", "", fmt.Errorf("%q has a query parameter that Okta's response also has (%s). Rename it", clip(uri), strings.Join(responseParameters, ", "))
	}
	notes := rewritten(uri, u)
	if u.URL().Path == "" {
		notes = append(notes, "Browsers show this page with a slash at the end. If sign-in is refused, also register "+u.Origin.String()+"/.")
	}
	return u.String(), strings.Join(notes, " "), nil
}

// rewritten says how browsers write a URL that was typed otherwise.
func rewritten(text string, u address.URL) []string {
	if u.String() == text {
		return nil
	}
	return []string{"Browsers write this URL as " + u.String() + "."}
}

func isResponseParameter(pair string) bool {
	name, _, _ := strings.Cut(pair, "=")
	plain, err := url.QueryUnescape(name)
	return err == nil && slices.Contains(responseParameters, plain)
}

// parseDomain turns an address into the bare host that Messenger compares (contract genesys.md 2.4).
func parseDomain(raw string) (string, string, error) {
	text := strings.ToLower(raw)
	u, _, err := address.ParsePasted(raw)
	host := u.Host.String()
	switch {
	case errors.Is(err, address.ErrUser):
		return "", "", err
	case err != nil:
		return "", "", fmt.Errorf("%q isn't a domain: %w. Enter a host such as www.example.com, without a wildcard", clip(raw), err)
	case u.Host.Shared():
		return "", "", fmt.Errorf("%q is a public suffix: Messenger would start on websites of others. Enter your own host, such as www.example.com", host)
	case host != u.Host.Unicode() && host != text:
		return host, "Browsers write " + u.Host.Unicode() + " as " + host + ".", nil
	case host != text:
		return host, "Only the host is used: " + clip(text) + " became " + host + ".", nil
	}
	return host, "", nil
}

func parseDiscoveryURI(text string) (string, string, error) {
	u, err := address.Parse(text)
	uri := u.String()
	switch {
	case errors.Is(err, address.ErrUser) || err == nil && strings.ContainsAny(uri, "?#"):
		return "", "", fmt.Errorf("the Discovery URI can't have a user name, query, or fragment. Enter the URL without them")
	case err != nil || len(uri) > maxURI:
		return "", "", fmt.Errorf("%q isn't a URL. It looks like https://acme.okta.com/oauth2/default/.well-known/openid-configuration", clip(text))
	case u.Scheme == "http" && !u.Host.Loopback():
		return "", "", fmt.Errorf("the Discovery URI must start with https://")
	case strings.Contains(uri, "/.well-known/"):
		return uri, strings.Join(rewritten(text, u), ""), nil
	}
	whole := oidc.WellKnown(uri)
	return whole, "That was the issuer; its Discovery URI is " + whole + ".", nil
}

// Hosts lists the hosts of redirect URIs once each, in order. A pattern is on none.
func Hosts(uris []string) []string {
	var hosts []string
	for _, uri := range uris {
		if host := address.OriginOf(uri).Host.String(); host != "" && !slices.Contains(hosts, host) {
			hosts = append(hosts, host)
		}
	}
	return hosts
}

// Host returns the host of a URL, with its port unless it is the scheme's own.
func Host(uri string) string { return address.OriginOf(uri).HostPort() }

func clip(s string) string {
	if utf8.RuneCountInString(s) <= 60 {
		return apiclient.Clean(s)
	}
	return apiclient.Clean(string([]rune(s)[:59])) + "…"
}
