package oidc

import (
	"testing"
)

func TestWhoseDocumentItIs(t *testing.T) {
	t.Parallel()
	at := func(raw string) func(*Document, *Want) {
		return func(_ *Document, w *Want) { w.URI = parse(t, raw) }
	}
	named := func(issuer string) func(*Document, *Want) {
		return func(d *Document, _ *Want) { d.Issuer = issuer }
	}
	const (
		mismatch  = " but its address belongs to https://acme.okta.com/oauth2/default; the two must be the same to the letter. The address of that issuer is "
		customWay = " and not for the Okta org acme.okta.com; if that is the org's custom domain, set the wizard up with the domain that visitors see."
		elsewhere = "Of the endpoints, authorization_endpoint is on another host, acme.okta.com; token_endpoint is on another host, acme.okta.com; " +
			"userinfo_endpoint is on another host, acme.okta.com; jwks_uri is on another host, acme.okta.com; end_session_endpoint is on another host, acme.okta.com."
	)
	tryDefects(t, map[string]one{
		"trailing slash is legal":  {named(org + "/oauth2/default/"), nil},
		"client_id in the address": {at(org + "/oauth2/default" + suffix + "?client_id=0oa1"), nil},
		"issuer of the org's own server": {
			named(org),
			[]Finding{stop("issuer matches", "The document's issuer is https://acme.okta.com"+mismatch+"https://acme.okta.com/.well-known/openid-configuration.")},
		},
		"issuer with a query": {
			named(org + "/oauth2/default?x"),
			[]Finding{
				stop("issuer matches", "The document's issuer is https://acme.okta.com/oauth2/default?x"+mismatch+"https://acme.okta.com/oauth2/default?x/.well-known/openid-configuration."),
				stop("issuer is https", "The issuer carries a query, a fragment or a user name."),
			},
		},
		"http issuer": {
			named("http://acme.okta.com/oauth2/default"),
			[]Finding{
				stop("issuer matches", "The document's issuer is http://acme.okta.com/oauth2/default"+mismatch+"http://acme.okta.com/oauth2/default/.well-known/openid-configuration."),
				stop("issuer is https", "The issuer does not begin with https."),
			},
		},
		"no issuer": {
			named(""),
			[]Finding{
				stop("issuer matches", "The document names no issuer."),
				stop("issuer is https", "The issuer is not a URL."),
				stop("nothing missing", "The document lacks issuer."),
				stop("endpoints", "The issuer is not a URL, so its endpoints cannot be judged."),
			},
		},
		"issuer is not a URL": {
			named("https://%zz"),
			[]Finding{
				stop("issuer matches", "The document's issuer is https://%zz"+mismatch+"https://%zz/.well-known/openid-configuration."),
				stop("issuer is https", "The issuer is not a URL."),
				stop("endpoints", "The issuer is not a URL, so its endpoints cannot be judged."),
			},
		},
		"custom domain": {
			named("https://login.acme.test/oauth2/default"),
			[]Finding{
				stop("Okta's document", "The document speaks for login.acme.test"+customWay),
				stop("issuer matches", "The document's issuer is https://login.acme.test/oauth2/default"+mismatch+"https://login.acme.test/oauth2/default/.well-known/openid-configuration."),
				stop("endpoints", elsewhere),
			},
		},
		"Google": {
			func(d *Document, w *Want) {
				*d = decoded(t, "https://accounts.google.com")
				w.URI = parse(t, "https://accounts.google.com/oauth2/default"+suffix)
			},
			[]Finding{stop("Okta's document", "This is Google's discovery document; Okta's visitors could not sign in with it, because Genesys Cloud would ask Google about them. Use the one of acme.okta.com.")},
		},
		"OAuth metadata": {
			at(org + "/oauth2/default" + oauthSuffix),
			[]Finding{
				stop("discovery URI", "This is the address of the OAuth metadata, which lacks what OpenID Connect adds; use https://acme.okta.com/oauth2/default/.well-known/openid-configuration."),
			},
		},
		"OAuth metadata in RFC 8414's place": {
			at(org + oauthSuffix + "/oauth2/default"),
			[]Finding{
				stop("discovery URI", "This is the address of the OAuth metadata, which lacks what OpenID Connect adds; use https://acme.okta.com/oauth2/default/.well-known/openid-configuration."),
			},
		},
		"issuer pasted": {
			at(org + "/oauth2/default?x=1"),
			[]Finding{
				stop("discovery URI", "The address does not end in /.well-known/openid-configuration; if it is the issuer, use https://acme.okta.com/oauth2/default/.well-known/openid-configuration."),
			},
		},
	})
}
