package oidc

import (
	"fmt"
	"net/url"
	"strings"

	"msgsso-wizard/apiclient"
)

// foreign are providers whose document is pasted by mistake, by the issuer's host.
var foreign = map[string]string{
	"accounts.google.com": "Google",
}

func notDiscovery(p published) string {
	uri := p.want.URI
	if _, ok := IssuerOf(uri); ok {
		return ""
	}
	address := url.URL{Scheme: uri.Scheme, Host: uri.Host, Path: uri.Path}
	if before, after, ok := strings.Cut(uri.Path, oauthSuffix); ok {
		address.Path = before + after
		return fmt.Sprintf("This is the address of the OAuth metadata, which lacks what OpenID Connect adds; use %s.", WellKnown(address.String()))
	}
	return fmt.Sprintf("The address does not end in %s; if it is the issuer, use %s.", suffix, WellKnown(address.String()))
}

func notOkta(p published) string {
	issuer, err := url.Parse(p.Issuer)
	host := p.want.URI.Host
	if err == nil && issuer.Host != "" {
		host = issuer.Host
	}
	host = strings.ToLower(host)
	if host == p.want.Org.Host {
		return ""
	}
	if name, known := foreign[host]; known {
		return fmt.Sprintf("This is %[1]s's discovery document; Okta's visitors could not sign in with it, because Genesys Cloud would ask %[1]s about them. Use the one of %[2]s.",
			name, p.want.Org.Host)
	}
	return fmt.Sprintf("The document speaks for %s and not for the Okta org %s; if that is the org's custom domain, set the wizard up with the domain that visitors see.",
		host, p.want.Org.Host)
}

func otherIssuer(p published) string {
	expected, ok := IssuerOf(p.want.URI)
	switch {
	case p.Issuer == "":
		return "The document names no issuer."
	case !ok: // told by another check
		return ""
	case p.Issuer == expected || p.Issuer == expected+"/":
		return ""
	}
	return fmt.Sprintf("The document's issuer is %s but its address belongs to %s; the two must be the same to the letter. The address of that issuer is %s.",
		p.Issuer, expected, WellKnown(p.Issuer))
}

func unsafeIssuer(p published) string {
	u, err := url.Parse(p.Issuer)
	switch {
	case err != nil || u.Host == "":
		return "The issuer is not a URL."
	case !safe(u):
		return "The issuer does not begin with https."
	case u.RawQuery != "" || u.ForceQuery || strings.Contains(p.Issuer, "#") || u.User != nil:
		return "The issuer carries a query, a fragment or a user name."
	}
	return ""
}

// safe allows http on this machine only, for the simulator.
func safe(u *url.URL) bool {
	return u.Scheme == "https" || u.Scheme == "http" && apiclient.IsLoopback(u.Host)
}

func incomplete(p published) string {
	required := []struct {
		member  string
		present bool
	}{
		{"issuer", p.Issuer != ""},
		{"authorization_endpoint", p.AuthorizationEndpoint != ""},
		{"token_endpoint", p.TokenEndpoint != ""},
		{"jwks_uri", p.JWKSURI != ""},
		{"response_types_supported", len(p.ResponseTypes) > 0},
		{"subject_types_supported", len(p.SubjectTypes) > 0},
		{"id_token_signing_alg_values_supported", len(p.SigningAlgs) > 0},
	}
	var missing []string
	for _, r := range required {
		if !r.present {
			missing = append(missing, r.member)
		}
	}
	if missing == nil {
		return ""
	}
	return "The document lacks " + strings.Join(missing, ", ") + "."
}

func strayEndpoints(p published) string {
	issuer, err := url.Parse(p.Issuer)
	if err != nil || issuer.Host == "" {
		return "The issuer is not a URL, so its endpoints cannot be judged."
	}
	endpoints := []struct{ member, uri string }{
		{"authorization_endpoint", p.AuthorizationEndpoint},
		{"token_endpoint", p.TokenEndpoint},
		{"userinfo_endpoint", p.UserinfoEndpoint},
		{"jwks_uri", p.JWKSURI},
		{"end_session_endpoint", p.EndSessionEndpoint},
		{"revocation_endpoint", p.RevocationEndpoint},
	}
	var wrong []string
	for _, e := range endpoints {
		u, err := url.Parse(e.uri)
		switch {
		case e.uri == "": // told by another check
		case err != nil || u.Host == "":
			wrong = append(wrong, e.member+" is not a URL")
		case !safe(u):
			wrong = append(wrong, e.member+" is not https")
		case !strings.EqualFold(u.Host, issuer.Host):
			wrong = append(wrong, e.member+" is on another host, "+u.Host)
		}
	}
	if wrong == nil {
		return ""
	}
	return "Of the endpoints, " + strings.Join(wrong, "; ") + "."
}

// unusable reports whether a key cannot check an ID token's RS256 signature.
func unusable(k Key) bool {
	return k.Typ != "RSA" || k.ID == "" || k.Use != "" && k.Use != "sig"
}

func noKey(usable int) string {
	if usable > 0 {
		return ""
	}
	return "The provider publishes no RSA signing key with an id (kid), so no ID token could be checked."
}
