package oidc

import (
	"cmp"
	"errors"
	"fmt"
	"net/url"
	"strings"
)

// named is a member of a document that holds an address.
type named struct{ member, uri string }

// endpoints are all addresses that a document names.
func (d Document) endpoints() []named {
	return []named{
		{"authorization_endpoint", d.AuthorizationEndpoint},
		{"token_endpoint", d.TokenEndpoint},
		{"userinfo_endpoint", d.UserinfoEndpoint},
		{"jwks_uri", d.JWKSURI},
		{"end_session_endpoint", d.EndSessionEndpoint},
		{"revocation_endpoint", d.RevocationEndpoint},
	}
}

// Trusted returns an error unless the document is the one of the issuer at whose address it was fetched, and all its
// endpoints are on that origin. A document that sends credentials or browsers elsewhere is not used.
func (d Document) Trusted() error {
	if why := cmp.Or(d.notIssuers(), strayEndpoints(d)); why != "" {
		return fmt.Errorf("the discovery document at %s can't be used: %s", d.URI, strings.TrimSuffix(why, "."))
	}
	return nil
}

// notIssuers says why the document isn't its issuer's own; empty: it is.
func (d Document) notIssuers() string {
	at, err := url.Parse(d.URI)
	if err != nil {
		return "Its URL can't be read."
	}
	return cmp.Or(notDiscovery(at), otherIssuer(d, at), unsafeIssuer(d))
}

// endpoint returns an address of the document to call or to show. Every use of one comes through here.
func (d Document) endpoint(uri string) (*url.URL, error) {
	if err := d.Trusted(); err != nil {
		return nil, err
	}
	if uri == "" {
		return nil, errors.New("the discovery document doesn't name this endpoint")
	}
	return url.Parse(uri)
}

func strayEndpoints(d Document) string {
	issuer, err := url.Parse(d.Issuer)
	if err != nil || issuer.Host == "" {
		return "The issuer isn't a URL, so its endpoints can't be judged."
	}
	var wrong []string
	for _, e := range d.endpoints() {
		u, err := url.Parse(e.uri)
		switch {
		case e.uri == "": // told by another check
		case err != nil || u.Host == "" || u.User != nil:
			wrong = append(wrong, e.member+" isn't a URL")
		case !safe(u) || issuer.Scheme == "https" && u.Scheme != "https":
			wrong = append(wrong, e.member+" isn't https")
		case !strings.EqualFold(u.Host, issuer.Host):
			wrong = append(wrong, e.member+" is on another host, "+u.Host)
		}
	}
	if wrong == nil {
		return ""
	}
	return "Of the endpoints, " + strings.Join(wrong, "; ") + "."
}
