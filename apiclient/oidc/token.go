package oidc

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"math"
	"strings"
	"time"

	"msgsso-wizard/apiclient"
)

// longest is more than any ID token needs, in bytes.
const longest = 64 << 10

// strict takes no spare bits in base64url, so that a token has one spelling only.
var strict = base64.RawURLEncoding.Strict()

// token is a signed JWT as it is read, before anything in it is believed (RFC 7519, RFC 7515 3.1). Its texts are as
// they were sent.
type token struct {
	signed               string // what the signature covers
	signature            []byte
	algorithm, keyID     string
	issuer, party, nonce string
	audience             []string
	issued, expires      time.Time
	body                 map[string]json.RawMessage
}

// readToken takes a JWT apart; why is a sentence, empty when it could be read.
func readToken(raw string) (t token, why string) {
	parts := strings.Split(raw, ".")
	switch {
	case raw == "":
		return token{}, "There is no ID token."
	case len(raw) > longest:
		return token{}, "The ID token is too large to be one."
	case len(parts) == 5:
		return token{}, "The ID token is encrypted; Genesys Cloud needs one that is only signed."
	case len(parts) != 3:
		return token{}, "The ID token does not have the three parts of a signed JWT."
	}
	header, headErr := object(parts[0])
	body, bodyErr := object(parts[1])
	signature, signErr := strict.DecodeString(parts[2])
	if err := errors.Join(headErr, bodyErr, signErr); err != nil || strings.ContainsAny(raw, "\r\n") { // encoding/base64 skips line ends
		return token{}, "The ID token is not a signed JWT: a part of it cannot be decoded."
	}
	if _, critical := header["crit"]; critical {
		return token{}, "The ID token asks for an extension (crit) that is not known here." // RFC 7515 4.1.11
	}
	t = token{signed: parts[0] + "." + parts[1], signature: signature, body: body}
	for _, err := range []error{
		text(header, "alg", &t.algorithm), text(header, "kid", &t.keyID),
		text(body, "iss", &t.issuer), text(body, "azp", &t.party), text(body, "nonce", &t.nonce),
		audience(body["aud"], &t.audience), moment(body["iat"], &t.issued), moment(body["exp"], &t.expires),
	} {
		if err != nil {
			return token{}, "The ID token has a member of another kind than the standard's."
		}
	}
	return t, ""
}

// claims are what the token says of the person, cleaned.
func (t token) claims() Claims {
	c := Claims{Issuer: apiclient.Clean(t.issuer), Issued: t.issued, Expires: t.expires}
	for name, to := range map[string]*string{"sub": &c.Subject, "name": &c.Name, "email": &c.Email, "preferred_username": &c.Username} {
		if text(t.body, name, to) == nil { // one of another kind says nothing
			*to = apiclient.Clean(*to)
		}
	}
	for _, a := range t.audience {
		c.Audience = append(c.Audience, apiclient.Clean(a))
	}
	_ = moment(t.body["auth_time"], &c.SignedIn) // not needed: left out
	return c
}

// object decodes a part that is a JSON object. A member that stands in it twice could be read in two ways, so it is
// refused (RFC 7519 4), and names count with their capitals, which json.Unmarshal into a struct would not see.
func object(part string) (map[string]json.RawMessage, error) {
	data, err := strict.DecodeString(part)
	if err != nil {
		return nil, err
	}
	d := json.NewDecoder(bytes.NewReader(data))
	if open, err := d.Token(); err != nil || open != json.Delim('{') {
		return nil, errors.New("no object")
	}
	members := map[string]json.RawMessage{}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		name, _ := key.(string)
		var value json.RawMessage
		if err := d.Decode(&value); err != nil {
			return nil, err
		}
		if _, twice := members[name]; twice {
			return nil, errors.New("a member stands twice")
		}
		members[name] = value
	}
	if _, err := d.Token(); err != nil { // the closing brace
		return nil, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("something follows the object")
	}
	return members, nil
}

// text reads a member that is a string; an absent one leaves to as it is.
func text(from map[string]json.RawMessage, name string, to *string) error {
	if raw, there := from[name]; there {
		return json.Unmarshal(raw, to)
	}
	return nil
}

// audience is one string or several (RFC 7519 4.1.3).
func audience(raw json.RawMessage, to *[]string) error {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		*to = []string{one}
		return nil
	}
	if raw == nil {
		return nil
	}
	return json.Unmarshal(raw, to)
}

// moment reads a time in seconds since 1970, which may have a fraction (RFC 7519 2, NumericDate).
func moment(raw json.RawMessage, to *time.Time) error {
	if raw == nil {
		return nil
	}
	var seconds float64
	if err := json.Unmarshal(raw, &seconds); err != nil {
		return err
	}
	if seconds < 0 || seconds > math.MaxInt32*100 {
		return errors.New("no time")
	}
	*to = time.Unix(int64(seconds), 0)
	return nil
}
