package oidc

import (
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"

	"msgsso-wizard/apiclient"
)

// Expect is what an ID token must say to be taken.
type Expect struct {
	Issuer   string // as the discovery document spells it
	ClientID string
	Nonce    string           // that was sent for the code
	Access   apiclient.Secret // the access token that came with it; empty: none
	Now      time.Time
}

// Claims are what an ID token says of the user (OpenID Connect Core 1.0 sections 2 and 5.1), cleaned.
type Claims struct {
	Issuer, Subject, Name, Email string
	Username                     string // preferred_username
	GivenName, FamilyName        string
}

// skew is how far the provider's clock may be off.
const skew = 120 * time.Second

// idToken is all that a check reads.
type idToken struct {
	token
	keys []Key
	want Expect
}

// idChecks are those of OpenID Connect Core 1.0 3.1.3.7 and 2, in the order of reading; why is as in needed.
var idChecks = []struct {
	name string
	why  func(idToken) string
}{
	{"algorithm", otherAlgorithm},
	{"key", noSuchKey},
	{"key size", shortKey},
	{"signature", badSignature},
	{"issuer", otherTokenIssuer},
	{"audience", otherAudience},
	{"expiry", outOfTime},
	{"nonce", otherNonce},
	{"subject", noSubject},
	{"access token", otherAccessToken},
}

// VerifyIDToken checks an ID token (OpenID Connect Core 1.0 3.1.3.7). It returns one Finding a check, always the
// same in the same order: form, algorithm, key, key size, signature, issuer, audience, expiry, nonce, subject,
// access token. Where the form is wrong nothing else can be checked. The Claims are empty unless every Finding is OK.
func VerifyIDToken(raw apiclient.Secret, keys []Key, want Expect) (Claims, []Finding) {
	read, unread := readToken(raw.Reveal())
	findings := []Finding{needed("form", unread)}
	good := unread == ""
	for _, c := range idChecks {
		why := "This wasn't checked: the ID token can't be read."
		if unread == "" {
			why = c.why(idToken{read, keys, want})
		}
		good = good && why == ""
		findings = append(findings, needed(c.name, why))
	}
	if !good {
		return Claims{}, findings
	}
	return read.user(), findings
}

// Encrypted reports whether an ID token is a JWE (RFC 7516 7.1), which only the holder of a key can read.
func Encrypted(raw apiclient.Secret) bool { return strings.Count(raw.Reveal(), ".") == 4 }

// otherAlgorithm takes RS256 only: no signature, or one by a secret that is published as a key, proves nothing.
func otherAlgorithm(t idToken) string {
	if t.algorithm == string(jose.RS256) {
		return ""
	}
	return fmt.Sprintf("The ID token is signed with %q, not with RS256, the signature that every provider must offer.", apiclient.Clean(t.algorithm))
}

func otherTokenIssuer(t idToken) string {
	if t.claims.Issuer == t.want.Issuer {
		return ""
	}
	return fmt.Sprintf("The ID token's issuer is %s, but the discovery document's is %s. The two must match exactly.",
		apiclient.Clean(t.claims.Issuer), t.want.Issuer)
}

func otherAudience(t idToken) string {
	switch {
	case !slices.Contains(t.claims.Audience, t.want.ClientID):
		return fmt.Sprintf("The ID token is for %s, not for the client %s.", apiclient.Clean(strings.Join(t.claims.Audience, ", ")), t.want.ClientID)
	case len(t.claims.Audience) > 1 && t.claims.Party == "":
		return "The ID token is for several clients and doesn't say which one requested it (azp)."
	case t.claims.Party != "" && t.claims.Party != t.want.ClientID:
		return fmt.Sprintf("The ID token was requested by %s (azp), not by the client %s.", apiclient.Clean(t.claims.Party), t.want.ClientID)
	}
	return ""
}

func outOfTime(t idToken) string {
	issued, begins, expires := t.claims.Issued.Time(), t.claims.NotBefore.Time(), t.claims.Expires.Time()
	switch {
	case expires.IsZero() || issued.IsZero():
		return "The ID token doesn't say when it was issued and when it expires."
	case !t.want.Now.Before(expires.Add(skew)):
		return fmt.Sprintf("The ID token expired %s ago.", apiclient.Spell(t.want.Now.Sub(expires)))
	case issued.After(t.want.Now.Add(skew)):
		return fmt.Sprintf("The ID token was issued %s in the future.", apiclient.Spell(issued.Sub(t.want.Now)))
	case begins.After(t.want.Now.Add(skew)): // RFC 7519 4.1.5
		return fmt.Sprintf("The ID token isn't valid for another %s (nbf).", apiclient.Spell(begins.Sub(t.want.Now)))
	}
	return ""
}

func otherNonce(t idToken) string {
	switch t.claims.Nonce {
	case t.want.Nonce:
		return ""
	case "":
		return "The ID token has no nonce, but one was sent for the code."
	}
	return "The ID token has another nonce than the one that was sent for the code."
}

// noSubject refuses a token without a subject: sub is required (OpenID Connect Core 1.0 section 2).
func noSubject(t idToken) string {
	if t.text("sub") == "" {
		return "The ID token doesn't name its user as text (sub)."
	}
	return ""
}

// otherAccessToken refuses an ID token that belongs to another access token. at_hash is optional with a code (OpenID
// Connect Core 1.0 3.1.3.8).
func otherAccessToken(t idToken) string {
	sum := sha256.Sum256([]byte(t.want.Access.Reveal()))
	if _, has := t.members["at_hash"]; !has || t.claims.AccessHash == base64.RawURLEncoding.EncodeToString(sum[:len(sum)/2]) {
		return ""
	}
	return "The ID token belongs to another access token than the one that came with it (at_hash)."
}
