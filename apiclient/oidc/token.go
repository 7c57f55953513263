package oidc

import (
	"encoding/base64"
	"errors"
	"slices"
	"strings"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/json" // names count with their capitals, and a member may not stand twice (RFC 7519 4)
	"github.com/go-jose/go-jose/v4/jwt"

	"msgsso-wizard/apiclient"
)

// longest is more than any ID token needs, in bytes.
const longest = 64 << 10

// strict takes no spare bits in base64url, so that a token has one spelling only.
var strict = base64.RawURLEncoding.Strict()

// token is a signed JWT as it is read, before anything in it is believed (RFC 7519). Its texts are as they were sent.
type token struct {
	signed           *jose.JSONWebSignature
	algorithm, keyID string
	claims           struct {
		Issuer     string           `json:"iss"`
		Party      string           `json:"azp"`
		Nonce      string           `json:"nonce"`
		AccessHash string           `json:"at_hash"`
		Audience   jwt.Audience     `json:"aud"`
		Issued     *jwt.NumericDate `json:"iat"`
		NotBefore  *jwt.NumericDate `json:"nbf"`
		Expires    *jwt.NumericDate `json:"exp"`
	}
	members map[string]any // the claims and all others
}

// readToken takes a JWT apart; why is a sentence, empty when it could be read.
func readToken(raw string) (t token, why string) {
	const undecoded = "The ID token isn't a signed JWT: a part of it can't be decoded."
	parts := strings.Split(raw, ".")
	switch {
	case raw == "":
		return token{}, "There is no ID token."
	case len(raw) > longest:
		return token{}, "The ID token is too large."
	case len(parts) == 5:
		return token{}, "The ID token is encrypted. Genesys Cloud needs one that is only signed."
	case len(parts) != 3:
		return token{}, "The ID token doesn't have the three parts of a signed JWT."
	case slices.ContainsFunc(parts, misspelled):
		return token{}, undecoded
	}
	signed, err := jose.ParseSignedCompact(raw, []jose.SignatureAlgorithm{jose.RS256})
	if other, ok := errors.AsType[*jose.ErrUnexpectedSignatureAlgorithm](err); ok {
		// It is read all the same, so that the other checks can say something. Its signature is never verified.
		signed, err = jose.ParseSignedCompact(raw, []jose.SignatureAlgorithm{other.Got})
	}
	if err != nil {
		return token{}, undecoded
	}
	header, payload := signed.Signatures[0].Header, signed.UnsafePayloadWithoutVerification()
	if header.ExtraHeaders["crit"] != nil || header.ExtraHeaders["b64"] != nil { // RFC 7515 4.1.11, RFC 7797
		return token{}, "The ID token requires an unknown extension (crit)."
	}
	t = token{signed: signed, algorithm: header.Algorithm, keyID: header.KeyID}
	switch {
	case json.Unmarshal(payload, &t.members) != nil || t.members == nil:
		return token{}, undecoded
	case json.Unmarshal(payload, &t.claims) != nil:
		return token{}, "The ID token has a member of the wrong type."
	}
	return t, ""
}

// misspelled reports whether a part of a JWT is no base64url, or has another spelling.
func misspelled(part string) bool {
	_, err := strict.DecodeString(part)
	return err != nil || strings.ContainsAny(part, "\r\n") // encoding/base64 skips line ends
}

// text is a member that is a string; one of another kind says nothing.
func (t token) text(name string) string {
	text, _ := t.members[name].(string)
	return text
}

// user are the claims about the user, cleaned.
func (t token) user() Claims {
	return Claims{
		Issuer: apiclient.Clean(t.claims.Issuer), Subject: apiclient.Clean(t.text("sub")), Name: apiclient.Clean(t.text("name")),
		Email: apiclient.Clean(t.text("email")), Username: apiclient.Clean(t.text("preferred_username")),
		GivenName: apiclient.Clean(t.text("given_name")), FamilyName: apiclient.Clean(t.text("family_name")),
	}
}
