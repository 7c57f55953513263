package oidc

import (
	"net/url"
	"strings"
)

const (
	suffix      = "/.well-known/openid-configuration"
	oauthSuffix = "/.well-known/oauth-authorization-server" // RFC 8414
)

// WellKnown returns the discovery URI of an issuer (OpenID Connect Discovery 1.0 section 4).
func WellKnown(issuer string) string { return strings.TrimSuffix(issuer, "/") + suffix }

// IssuerOf returns the issuer that a discovery URI belongs to, without a trailing slash; false: uri does not
// end like a discovery URI. A query, such as Okta's client_id, is no part of it.
func IssuerOf(uri *url.URL) (string, bool) {
	path, found := strings.CutSuffix(uri.EscapedPath(), suffix)
	return uri.Scheme + "://" + uri.Host + path, found
}
