package oidc

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// Want says what a discovery document must be good for.
type Want struct {
	URI        *url.URL // where the document was fetched
	Org        *url.URL // the Okta org's base; may be loopback
	Refresh    bool     // the refresh_token grant is needed
	AuthMethod string   // how Genesys Cloud signs in at the token endpoint: client_secret_basic
}

// published is all that a check looks at.
type published struct {
	Document
	want Want
}

// check is one row of the table; why returns a sentence for an admin, empty when all is well.
type check struct {
	name string
	soft bool // sign-in works without it
	why  func(published) string
}

// usualGrants stand where a document lists none (OpenID Connect Discovery 1.0 section 3).
var usualGrants = []string{"authorization_code", "implicit"}

// checks are those of contract okta.md 4 "Validating a discovery document", in the order of reading.
var checks = []check{
	{name: "discovery URI", why: notDiscovery},
	{name: "Okta's document", why: notOkta},
	{name: "issuer matches", why: otherIssuer},
	{name: "issuer is https", why: unsafeIssuer},
	{name: "nothing missing", why: incomplete},
	{name: "code", why: lacks("The response type %s is not offered; Messenger's sign-in begins with it.", responseTypes, fixed("code"), nil)},
	{name: "authorization_code", why: lacks("The grant type %s is not offered; Genesys Cloud could not exchange the code.", grantTypes, fixed("authorization_code"), usualGrants)},
	{name: "refresh_token", soft: true, why: lacks("The grant type %s is not offered; visitors would have to sign in again after each session.", grantTypes, refreshGrant, usualGrants)},
	{name: "client authentication", why: lacks("Signing in at the token endpoint by %s is not offered; Genesys Cloud uses it.", authMethods, authMethod, []string{"client_secret_basic"})},
	{name: "scopes", why: lacks("Not offered, though the sign-in asks for them: the scopes %s.", scopes, neededScopes, nil)},
	{name: "RS256", why: lacks("ID tokens are not signed with %s, the one signature that every provider must offer.", signingAlgs, fixed("RS256"), nil)},
	{name: "S256", why: lacks("PKCE by %s is not offered; without it a stolen code could be used.", challengeMethods, fixed("S256"), nil)},
	{name: "endpoints", why: strayEndpoints},
	{name: "userinfo", soft: true, why: absent("userinfo_endpoint", func(p published) string { return p.UserinfoEndpoint })},
	{name: "end session", soft: true, why: absent("end_session_endpoint", func(p published) string { return p.EndSessionEndpoint })},
}

// Validate checks a discovery document and the keys that it points to. It returns one Finding a check, always
// the same ones in the same order; the last counts the keys.
func Validate(doc Document, keys []Key, want Want) []Finding {
	p := published{Document: doc, want: want}
	findings := make([]Finding, 0, len(checks)+1)
	for _, c := range checks {
		findings = append(findings, find(c.name, c.soft, c.why(p)))
	}
	usable := len(slices.DeleteFunc(slices.Clone(keys), unusable))
	name := fmt.Sprintf("%d keys", usable)
	if usable == 1 {
		name = "1 key"
	}
	return append(findings, find(name, false, noKey(usable)))
}

func find(name string, soft bool, why string) Finding {
	return Finding{Check: name, OK: why == "", Stop: !soft, Why: why}
}

// lacks makes a check that every needed value is among those that the document lists; why takes the ones that
// are not. An absent list stands for the standard's default.
func lacks(why string, listed, needed func(published) []string, standard []string) func(published) string {
	return func(p published) string {
		have := listed(p)
		if have == nil {
			have = standard
		}
		missing := slices.DeleteFunc(slices.Clone(needed(p)), func(v string) bool { return slices.Contains(have, v) })
		if len(missing) == 0 {
			return ""
		}
		return fmt.Sprintf(why, strings.Join(missing, ", "))
	}
}

func absent(member string, value func(published) string) func(published) string {
	return func(p published) string {
		if value(p) != "" {
			return ""
		}
		return "The document names no " + member + "."
	}
}

func fixed(values ...string) func(published) []string {
	return func(published) []string { return values }
}

func responseTypes(p published) []string    { return p.ResponseTypes }
func grantTypes(p published) []string       { return p.GrantTypes }
func authMethods(p published) []string      { return p.TokenAuthMethods }
func signingAlgs(p published) []string      { return p.SigningAlgs }
func challengeMethods(p published) []string { return p.CodeChallengeMethods }
func authMethod(p published) []string       { return []string{p.want.AuthMethod} }

// scopes may be left unlisted (OpenID Connect Discovery 1.0 section 3): then nothing can be said.
func scopes(p published) []string {
	if p.Scopes == nil {
		return neededScopes(p)
	}
	return p.Scopes
}

func neededScopes(p published) []string {
	if p.want.Refresh {
		return []string{"openid", "email", "profile", "offline_access"}
	}
	return []string{"openid", "email", "profile"}
}

func refreshGrant(p published) []string {
	if p.want.Refresh {
		return []string{"refresh_token"}
	}
	return nil
}
