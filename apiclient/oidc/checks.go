package oidc

import (
	"fmt"
	"net/url"
	"strings"

	"msgsso-wizard/apiclient"
)

func notDiscovery(uri *url.URL) string {
	if _, ok := IssuerOf(uri); ok {
		return ""
	}
	address := url.URL{Scheme: uri.Scheme, Host: uri.Host, Path: uri.Path}
	if before, after, ok := strings.Cut(uri.Path, oauthSuffix); ok {
		address.Path = before + after
		return fmt.Sprintf("This is the URL of the OAuth metadata, which lacks OpenID Connect: use %s.", WellKnown(address.String()))
	}
	return fmt.Sprintf("The URL doesn't end in %s. If it is the issuer, use %s.", suffix, WellKnown(address.String()))
}

func notOkta(d Document, want Want) string {
	host := strings.ToLower(want.URI.Host)
	if issuer, err := url.Parse(d.Issuer); err == nil && issuer.Host != "" {
		host = strings.ToLower(issuer.Host)
	}
	switch host {
	case want.Org.Host:
		return ""
	case "accounts.google.com": // pasted by mistake
		return "This is Google's discovery document. Visitors from Okta couldn't sign in with it. " +
			"Use the one of " + want.Org.Host + "."
	}
	return fmt.Sprintf("The discovery document belongs to %s, not to Okta org %s. If that is the org's custom domain, set up the wizard with the domain that visitors see.",
		host, want.Org.Host)
}

func otherIssuer(d Document, uri *url.URL) string {
	expected, ok := IssuerOf(uri)
	switch {
	case d.Issuer == "":
		return "The document names no issuer."
	case !ok: // told by another check
		return ""
	case d.Issuer == expected || d.Issuer == expected+"/":
		return ""
	}
	return fmt.Sprintf("The document's issuer is %s, but its URL belongs to %s. The two must match exactly. The URL of that issuer is %s.",
		d.Issuer, expected, WellKnown(d.Issuer))
}

func unsafeIssuer(d Document) string {
	u, err := url.Parse(d.Issuer)
	switch {
	case err != nil || u.Host == "":
		return "The issuer isn't a URL."
	case !safe(u):
		return "The issuer doesn't start with https."
	case u.RawQuery != "" || u.ForceQuery || strings.Contains(d.Issuer, "#") || u.User != nil:
		return "The issuer has a query, a fragment, or a user name."
	}
	return ""
}

// safe allows http on this machine only, for the simulator.
func safe(u *url.URL) bool {
	return u.Scheme == "https" || u.Scheme == "http" && apiclient.IsLoopback(u.Host)
}

func incomplete(d Document) string {
	var missing []string
	for _, r := range []struct {
		member  string
		present bool
	}{
		{"issuer", d.Issuer != ""},
		{"authorization_endpoint", d.AuthorizationEndpoint != ""},
		{"token_endpoint", d.TokenEndpoint != ""},
		{"jwks_uri", d.JWKSURI != ""},
		{"response_types_supported", len(d.ResponseTypes) > 0},
		{"subject_types_supported", len(d.SubjectTypes) > 0},
		{"id_token_signing_alg_values_supported", len(d.SigningAlgs) > 0},
	} {
		if !r.present {
			missing = append(missing, r.member)
		}
	}
	if missing == nil {
		return ""
	}
	return "The document lacks " + strings.Join(missing, ", ") + "."
}
