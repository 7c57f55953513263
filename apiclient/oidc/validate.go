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

// Validate checks a discovery document and the keys that it points to (contract okta.md 4 "Validating a discovery
// document"). It returns one Finding a check, always the same ones in the order of reading; the last counts the keys.
func Validate(d Document, keys []Key, want Want) []Finding {
	grants := orElse(d.GrantTypes, "authorization_code", "implicit")
	scopes, refresh := []string{"openid", "email", "profile"}, []string(nil)
	if want.Refresh {
		scopes, refresh = append(scopes, "offline_access"), []string{"refresh_token"}
	}
	return []Finding{
		needed("discovery URI", notDiscovery(want.URI)),
		needed("discovery document", notOkta(d, want)),
		needed("issuer matches", otherIssuer(d, want.URI)),
		needed("issuer is https", unsafeIssuer(d)),
		needed("nothing missing", incomplete(d)),
		needed("code", lacks("The response type %s isn't offered. Messenger's sign-in needs it.", d.ResponseTypes, "code")),
		needed("authorization_code", lacks("The grant type %s isn't offered, so Genesys Cloud couldn't redeem the code.", grants, "authorization_code")),
		useful("refresh_token", lacks("The grant type %s isn't offered, so visitors must sign in again after each session.", grants, refresh...)),
		needed("client authentication", lacks("The client authentication %s isn't offered at the token endpoint. Genesys Cloud uses it.",
			orElse(d.TokenAuthMethods, "client_secret_basic"), want.AuthMethod)),
		needed("scopes", lacks("The sign-in needs scopes that aren't offered: %s.", orElse(d.Scopes, scopes...), scopes...)),
		needed("RS256", lacks("ID tokens aren't signed with %s, the signature that every provider must offer.", d.SigningAlgs, "RS256")),
		needed("S256", lacks("PKCE with %s isn't offered. Without it, a stolen code could be used.", d.CodeChallengeMethods, "S256")),
		needed("endpoints", strayEndpoints(d)),
		useful("userinfo", absent("userinfo_endpoint", d.UserinfoEndpoint)),
		useful("end session", absent("end_session_endpoint", d.EndSessionEndpoint)),
		countKeys(keys),
	}
}

// needed is a Finding without which sign-in cannot work. why is a sentence for an admin, empty when all is well.
func needed(check, why string) Finding {
	return Finding{Check: check, OK: why == "", Stop: true, Why: why}
}

// useful is a Finding without which sign-in works all the same.
func useful(check, why string) Finding { return Finding{Check: check, OK: why == "", Why: why} }

// orElse is a list of the document, or what stands where it has none (OpenID Connect Discovery 1.0 section 3).
func orElse(listed []string, standard ...string) []string {
	if listed == nil {
		return standard
	}
	return listed
}

// lacks says which of the needed values are not listed.
func lacks(why string, listed []string, needed ...string) string {
	missing := slices.DeleteFunc(slices.Clone(needed), func(v string) bool { return slices.Contains(listed, v) })
	if len(missing) == 0 {
		return ""
	}
	return fmt.Sprintf(why, strings.Join(missing, ", "))
}

func absent(member, value string) string {
	if value != "" {
		return ""
	}
	return "The document names no " + member + "."
}

// countKeys counts the keys that can check an ID token's RS256 signature.
func countKeys(keys []Key) Finding {
	usable, weak := 0, ""
	for _, k := range keys {
		if k.Typ == "RSA" && k.ID != "" && (k.Use == "" || k.Use == "sig") {
			if strong(k) {
				usable++
			} else {
				weak = weakness(k)
			}
		}
	}
	switch {
	case usable == 0 && weak != "":
		return needed("0 keys", weak)
	case usable == 0:
		return needed("0 keys", "The provider publishes no RSA signing key with an ID (kid), so ID tokens couldn't be verified.")
	case usable == 1:
		return needed("1 key", "")
	}
	return needed(fmt.Sprintf("%d keys", usable), "")
}
