package oidc

import (
	"fmt"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

const org = "https://acme.okta.com"

var goodKeys = []Key{publishedAs("k1"), {ID: "k2", Typ: "RSA", RSA: &signingKey().PublicKey}, {ID: "k3", Typ: "EC", Use: "sig"}}

// rows are the checks of a good document, in order.
var rows = []string{
	"discovery URI", "discovery document", "issuer matches", "issuer is https", "nothing missing", "code", "authorization_code",
	"refresh_token", "client authentication", "scopes", "RS256", "S256", "endpoints", "userinfo", "end session", "2 keys",
}

func want(t *testing.T, base string) Want {
	t.Helper()
	return Want{
		URI: parse(t, base+"/oauth2/default"+suffix), Org: parse(t, base),
		Refresh: true, AuthMethod: "client_secret_basic",
	}
}

func TestGoodDocument(t *testing.T) {
	t.Parallel()
	for _, base := range []string{org, "http://127.0.0.1:8080"} {
		var names []string
		for _, f := range Validate(decoded(t, base), goodKeys, want(t, base)) {
			names = append(names, f.Check)
			assert.Check(t, f.OK && f.Why == "", "%s: %+v", base, f)
		}
		assert.Check(t, is.DeepEqual(names, rows), "checks")
	}
}

// one is a single defect and the findings that are not OK because of it.
type one struct {
	spoil func(*Document, *Want)
	bad   []Finding
}

func stop(check, why string) Finding { return Finding{Check: check, Stop: true, Why: why} }

func note(check, why string) Finding { return Finding{Check: check, Why: why} }

func tryDefects(t *testing.T, defects map[string]one) {
	t.Helper()
	for name, tc := range defects {
		doc, w := decoded(t, org), want(t, org)
		tc.spoil(&doc, &w)
		var got []Finding
		for _, f := range Validate(doc, goodKeys, w) {
			if !f.OK {
				got = append(got, f)
			}
		}
		assert.Check(t, is.DeepEqual(got, tc.bad), name)
	}
}

func TestOneDefectAtATime(t *testing.T) {
	t.Parallel()
	tryDefects(t, map[string]one{
		"no code": {
			func(d *Document, _ *Want) { d.ResponseTypes = []string{"id_token", "code token"} },
			[]Finding{stop("code", "The response type code isn't offered. Messenger's sign-in needs it.")},
		},
		"grants absent, refresh wanted": {
			func(d *Document, _ *Want) { d.GrantTypes = nil },
			[]Finding{note("refresh_token", "The grant type refresh_token isn't offered, so visitors must sign in again after each session.")},
		},
		"grants absent, no refresh": {func(d *Document, w *Want) { d.GrantTypes, w.Refresh = nil, false }, nil},
		"no authorization_code": {
			func(d *Document, _ *Want) { d.GrantTypes = []string{"refresh_token"} },
			[]Finding{stop("authorization_code", "The grant type authorization_code isn't offered, so Genesys Cloud couldn't redeem the code.")},
		},
		"auth methods absent": {func(d *Document, _ *Want) { d.TokenAuthMethods = nil }, nil},
		"auth methods absent, post wanted": {
			func(d *Document, w *Want) { d.TokenAuthMethods, w.AuthMethod = nil, "client_secret_post" },
			[]Finding{stop("client authentication", "The client authentication client_secret_post isn't offered at the token endpoint. Genesys Cloud uses it.")},
		},
		"other auth method": {
			func(d *Document, _ *Want) { d.TokenAuthMethods = []string{"private_key_jwt"} },
			[]Finding{stop("client authentication", "The client authentication client_secret_basic isn't offered at the token endpoint. Genesys Cloud uses it.")},
		},
		"scopes absent": {func(d *Document, _ *Want) { d.Scopes = nil }, nil},
		"scopes": {
			func(d *Document, _ *Want) { d.Scopes = []string{"openid", "profile"} },
			[]Finding{stop("scopes", "The sign-in needs scopes that aren't offered: email, offline_access.")},
		},
		"offline_access not wanted": {
			func(d *Document, w *Want) { d.Scopes, w.Refresh = []string{"openid", "email", "profile"}, false }, nil,
		},
		"no RS256": {
			func(d *Document, _ *Want) { d.SigningAlgs = []string{"ES256"} },
			[]Finding{stop("RS256", "ID tokens aren't signed with RS256, the signature that every provider must offer.")},
		},
		"no S256": {
			func(d *Document, _ *Want) { d.CodeChallengeMethods = []string{"plain"} },
			[]Finding{stop("S256", "PKCE with S256 isn't offered. Without it, a stolen code could be used.")},
		},
		"PKCE not listed": {
			func(d *Document, _ *Want) { d.CodeChallengeMethods = nil },
			[]Finding{stop("S256", "PKCE with S256 isn't offered. Without it, a stolen code could be used.")},
		},
		"required texts": {
			func(d *Document, _ *Want) { d.AuthorizationEndpoint, d.TokenEndpoint, d.JWKSURI = "", "", "" },
			[]Finding{stop("nothing missing", "The document lacks authorization_endpoint, token_endpoint, jwks_uri.")},
		},
		"subject types": {
			func(d *Document, _ *Want) { d.SubjectTypes = nil },
			[]Finding{stop("nothing missing", "The document lacks subject_types_supported.")},
		},
		"userinfo": {
			func(d *Document, _ *Want) { d.UserinfoEndpoint = "" },
			[]Finding{note("userinfo", "The document names no userinfo_endpoint.")},
		},
		"end session": {
			func(d *Document, _ *Want) { d.EndSessionEndpoint = "" },
			[]Finding{note("end session", "The document names no end_session_endpoint.")},
		},
		"http endpoint": {
			func(d *Document, _ *Want) { d.TokenEndpoint = "http://acme.okta.com/token" },
			[]Finding{stop("endpoints", "Of the endpoints, token_endpoint isn't https.")},
		},
		"endpoints elsewhere": {
			func(d *Document, _ *Want) { d.JWKSURI, d.UserinfoEndpoint = "https://evil.test/keys", "/userinfo" },
			[]Finding{stop("endpoints", "Of the endpoints, userinfo_endpoint isn't a URL; jwks_uri is on another host, evil.test.")},
		},
	})
}

func TestKeysOfADocument(t *testing.T) {
	t.Parallel()
	short := publishedAs("s")
	short.RSA = weakened(short)
	const none = "The provider publishes no RSA signing key with an ID (kid), so ID tokens couldn't be verified."
	for name, tc := range map[string]struct {
		keys []Key
		want Finding
	}{
		"one":                 {[]Key{publishedAs("a")}, Finding{Check: "1 key", OK: true, Stop: true}},
		"one and a short one": {[]Key{short, publishedAs("a")}, Finding{Check: "1 key", OK: true, Stop: true}},
		"short":               {[]Key{short}, stop("0 keys", fmt.Sprintf("The provider's signing key has %d bits. It must have 2048 to 8192.", short.RSA.N.BitLen()))},
		"none":                {nil, stop("0 keys", none)},
		"no id":               {[]Key{{Typ: "RSA", Use: "sig"}}, stop("0 keys", none)},
		"other use":           {[]Key{{ID: "a", Typ: "RSA", Use: "enc"}}, stop("0 keys", none)},
		"not RSA":             {[]Key{{ID: "a", Typ: "EC", Use: "sig"}}, stop("0 keys", none)},
	} {
		findings := Validate(decoded(t, org), tc.keys, want(t, org))
		assert.Check(t, is.DeepEqual(findings[len(findings)-1], tc.want), name)
	}
}

func TestWhoseDocumentItIs(t *testing.T) {
	t.Parallel()
	at := func(raw string) func(*Document, *Want) {
		return func(_ *Document, w *Want) { w.URI = parse(t, raw) }
	}
	named := func(issuer string) func(*Document, *Want) {
		return func(d *Document, _ *Want) { d.Issuer = issuer }
	}
	const (
		mismatch   = ", but its URL belongs to https://acme.okta.com/oauth2/default. The two must match exactly. The URL of that issuer is "
		customHint = ", not to Okta org acme.okta.com. If that is the org's custom domain, set up the wizard with the domain that visitors see."
		elsewhere  = "Of the endpoints, authorization_endpoint is on another host, acme.okta.com; token_endpoint is on another host, acme.okta.com; " +
			"userinfo_endpoint is on another host, acme.okta.com; jwks_uri is on another host, acme.okta.com; end_session_endpoint is on another host, acme.okta.com."
	)
	tryDefects(t, map[string]one{
		"trailing slash is legal":  {named(org + "/oauth2/default/"), nil},
		"client_id in the address": {at(org + "/oauth2/default" + suffix + "?client_id=0oa1"), nil},
		"issuer of the org authorization server": {
			named(org),
			[]Finding{stop("issuer matches", "The document's issuer is https://acme.okta.com"+mismatch+"https://acme.okta.com/.well-known/openid-configuration.")},
		},
		"issuer with a query": {
			named(org + "/oauth2/default?x"),
			[]Finding{
				stop("issuer matches", "The document's issuer is https://acme.okta.com/oauth2/default?x"+mismatch+"https://acme.okta.com/oauth2/default?x/.well-known/openid-configuration."),
				stop("issuer is https", "The issuer has a query, a fragment, or a user name."),
			},
		},
		"http issuer": {
			named("http://acme.okta.com/oauth2/default"),
			[]Finding{
				stop("issuer matches", "The document's issuer is http://acme.okta.com/oauth2/default"+mismatch+"http://acme.okta.com/oauth2/default/.well-known/openid-configuration."),
				stop("issuer is https", "The issuer doesn't start with https."),
			},
		},
		"no issuer": {
			named(""),
			[]Finding{
				stop("issuer matches", "The document names no issuer."),
				stop("issuer is https", "The issuer isn't a URL."),
				stop("nothing missing", "The document lacks issuer."),
				stop("endpoints", "The issuer isn't a URL, so its endpoints can't be judged."),
			},
		},
		"issuer isn't a URL": {
			named("https://%zz"),
			[]Finding{
				stop("issuer matches", "The document's issuer is https://%zz"+mismatch+"https://%zz/.well-known/openid-configuration."),
				stop("issuer is https", "The issuer isn't a URL."),
				stop("endpoints", "The issuer isn't a URL, so its endpoints can't be judged."),
			},
		},
		"custom domain": {
			named("https://login.acme.test/oauth2/default"),
			[]Finding{
				stop("discovery document", "The discovery document belongs to login.acme.test"+customHint),
				stop("issuer matches", "The document's issuer is https://login.acme.test/oauth2/default"+mismatch+"https://login.acme.test/oauth2/default/.well-known/openid-configuration."),
				stop("endpoints", elsewhere),
			},
		},
		"Google": {
			func(d *Document, w *Want) {
				*d = decoded(t, "https://accounts.google.com")
				w.URI = parse(t, "https://accounts.google.com/oauth2/default"+suffix)
			},
			[]Finding{stop("discovery document", "This is Google's discovery document. Visitors from Okta couldn't sign in with it. Use the one of acme.okta.com.")},
		},
		"OAuth metadata": {
			at(org + "/oauth2/default" + oauthSuffix),
			[]Finding{
				stop("discovery URI", "This is the URL of the OAuth metadata, which lacks OpenID Connect: use https://acme.okta.com/oauth2/default/.well-known/openid-configuration."),
			},
		},
		"OAuth metadata in RFC 8414's place": {
			at(org + oauthSuffix + "/oauth2/default"),
			[]Finding{
				stop("discovery URI", "This is the URL of the OAuth metadata, which lacks OpenID Connect: use https://acme.okta.com/oauth2/default/.well-known/openid-configuration."),
			},
		},
		"issuer pasted": {
			at(org + "/oauth2/default?x=1"),
			[]Finding{
				stop("discovery URI", "The URL doesn't end in /.well-known/openid-configuration. If it is the issuer, use https://acme.okta.com/oauth2/default/.well-known/openid-configuration."),
			},
		},
	})
}
