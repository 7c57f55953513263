package oidc

import (
	"crypto/rand"
	"crypto/rsa"
	"fmt"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

var idRows = []string{"form", "algorithm", "key", "key size", "signature", "issuer", "audience", "expiry", "nonce", "subject", "access token"}

func expected() Expect {
	return Expect{Issuer: "https://acme.okta.com/oauth2/default", ClientID: "0oa1", Nonce: "n-1", Now: noon.Add(time.Minute)}
}

func TestGoodIDToken(t *testing.T) {
	t.Parallel()
	keys := []Key{{ID: "k0", Typ: "EC"}, publishedAs("k1")}
	got, findings := VerifyIDToken(goodToken().text(t), keys, expected())
	var names []string
	for _, f := range findings {
		names = append(names, f.Check)
		assert.Check(t, f.OK && f.Stop && f.Why == "", "%+v", f)
	}
	assert.Check(t, is.DeepEqual(names, idRows), "checks")
	want := Claims{
		Issuer: "https://acme.okta.com/oauth2/default", Subject: "00u1", Name: "Ada ‹U+202E›Lovelace", Email: "ada@acme.test", Username: "ada@acme.test",
	}
	assert.Check(t, is.DeepEqual(got, want), "claims")
}

func TestIDTokensThatAreFineToo(t *testing.T) {
	t.Parallel()
	for name, change := range map[string]func(*minted, *Expect, *[]Key){
		"issuer ends in a slash": func(m *minted, w *Expect, _ *[]Key) {
			m.claims["iss"], w.Issuer = "https://a.test/", "https://a.test/"
		},
		"several clients, asked for by ours": func(m *minted, _ *Expect, _ *[]Key) {
			m.claims["aud"], m.claims["azp"] = []string{"other", "0oa1"}, "0oa1"
		},
		"a list of one client":          func(m *minted, _ *Expect, _ *[]Key) { m.claims["aud"] = []string{"0oa1"} },
		"ended within the skew":         func(_ *minted, w *Expect, _ *[]Key) { w.Now = noon.Add(time.Hour + 119*time.Second) },
		"issued ahead within the skew":  func(_ *minted, w *Expect, _ *[]Key) { w.Now = noon.Add(-120 * time.Second) },
		"no key id, and one key":        func(m *minted, _ *Expect, _ *[]Key) { delete(m.header, "kid") },
		"key without use and algorithm": func(_ *minted, _ *Expect, k *[]Key) { (*k)[0].Use, (*k)[0].Alg = "", "" },
		"times with fractions":          func(m *minted, _ *Expect, _ *[]Key) { m.claims["iat"] = float64(noon.Unix()) + 0.5 },
		"no name at all":                func(m *minted, _ *Expect, _ *[]Key) { m.claims["name"] = nil },
		"a key of the same name before": func(_ *minted, _ *Expect, k *[]Key) { *k = append([]Key{strangersKey(t, "k1")}, *k...) },
		"a useless key of the same name before": func(_ *minted, _ *Expect, k *[]Key) {
			weak := publishedAs("k1")
			weak.RSA = weakened(weak)
			*k = append([]Key{weak}, *k...)
		},
		"valid from within the skew on": func(m *minted, w *Expect, _ *[]Key) { m.claims["nbf"] = w.Now.Add(120 * time.Second).Unix() },
		"the hash of its access token": func(m *minted, w *Expect, _ *[]Key) {
			w.Access, m.claims["at_hash"] = apiclient.NewSecret(accessToken), accessHash
		},
		"a name that is no text": func(m *minted, _ *Expect, _ *[]Key) { m.claims["name"] = 7 },
	} {
		m, w, keys := goodToken(), expected(), []Key{publishedAs("k1")}
		change(m, &w, &keys)
		claims, findings := VerifyIDToken(m.text(t), keys, w)
		bad := failed(findings)
		assert.Check(t, bad == nil && claims.Subject == "00u1", "%s: %v", name, bad)
	}
}

// The example of OpenID Connect Core 1.0 A.3.
const (
	accessToken = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"
	accessHash  = "77QmUPtjPfzWtF2AnpK9RQ"
)

// strangersKey is the public half of a key that signed nothing here.
func strangersKey(t *testing.T, id string) Key {
	t.Helper()
	other, err := rsa.GenerateKey(rand.Reader, 2048)
	assert.NilError(t, err)
	k := publishedAs(id)
	k.RSA = &other.PublicKey
	return k
}

// weakened is a key with fewer bits.
func weakened(k Key) *rsa.PublicKey {
	return &rsa.PublicKey{N: new(big.Int).Rsh(k.RSA.N, 1), E: k.RSA.E}
}

// failed are the sentences of the checks that are not OK, by their names.
func failed(findings []Finding) map[string]string {
	var bad map[string]string
	for _, f := range findings {
		if !f.OK {
			if bad == nil {
				bad = map[string]string{}
			}
			bad[f.Check] = f.Why
		}
	}
	return bad
}

func TestIDTokenFaults(t *testing.T) {
	t.Parallel()
	const (
		unchecked   = "The signature wasn't checked: there is no algorithm or no key for it."
		foreign     = "The ID token's signature doesn't match the provider's key: another server created it, or it was changed in transit."
		unknownKey  = "The ID token is signed with the key k9, which isn't among the provider's RSA keys (jwks_uri)."
		noSubject   = "The ID token doesn't name its user as text (sub)."
		otherAccess = "The ID token belongs to another access token than the one that came with it (at_hash)."
	)
	short := fmt.Sprintf("The provider's signing key has %d bits. It must have 2048 to 8192.", weakened(publishedAs("k1")).N.BitLen())
	for name, tt := range map[string]struct {
		spoil func(*minted, *Expect, *[]Key)
		bad   map[string]string
	}{
		"alg none": {
			func(m *minted, _ *Expect, _ *[]Key) {
				m.header["alg"], m.sign = "none", func(string) []byte { return nil }
			},
			map[string]string{"algorithm": `The ID token is signed with "none", not with RS256, the signature that every provider must offer.`, "signature": unchecked},
		},
		"HS256 with the public key": {
			func(m *minted, _ *Expect, _ *[]Key) { m.header["alg"], m.sign = "HS256", byPublicKey },
			map[string]string{"algorithm": `The ID token is signed with "HS256", not with RS256, the signature that every provider must offer.`, "signature": unchecked},
		},
		"HS256 called RS256":      {func(m *minted, _ *Expect, _ *[]Key) { m.sign = byPublicKey }, map[string]string{"signature": foreign}},
		"no signature":            {func(m *minted, _ *Expect, _ *[]Key) { m.sign = func(string) []byte { return nil } }, map[string]string{"signature": foreign}},
		"signature of other text": {func(m *minted, _ *Expect, _ *[]Key) { m.sign = func(s string) []byte { return bySigningKey(s + "x") } }, map[string]string{"signature": foreign}},
		"unknown key":             {func(m *minted, _ *Expect, _ *[]Key) { m.header["kid"] = "k9" }, map[string]string{"key": unknownKey, "signature": unchecked}},
		"key for encryption": {
			func(m *minted, _ *Expect, k *[]Key) { (*k)[0].ID, (*k)[0].Use, m.header["kid"] = "k9", "enc", "k9" },
			map[string]string{"key": unknownKey, "signature": unchecked},
		},
		"short key":   {func(_ *minted, _ *Expect, k *[]Key) { (*k)[0].RSA = weakened((*k)[0]) }, map[string]string{"key size": short, "signature": unchecked}},
		"garbled key": {func(_ *minted, _ *Expect, k *[]Key) { (*k)[0].RSA = nil }, map[string]string{"key size": "The provider's signing key can't be read as an RSA key.", "signature": unchecked}},
		"huge exponent": {
			func(_ *minted, _ *Expect, k *[]Key) { (*k)[0].RSA = &rsa.PublicKey{N: (*k)[0].RSA.N, E: 1 << 31} },
			map[string]string{"key size": "The provider's signing key has too large an exponent.", "signature": unchecked},
		},
		"two keys of its name, neither signed": {
			func(_ *minted, _ *Expect, k *[]Key) { *k = []Key{strangersKey(t, "k1"), strangersKey(t, "k1")} },
			map[string]string{"signature": foreign},
		},
		"no key id, and two keys": {
			func(m *minted, _ *Expect, k *[]Key) { delete(m.header, "kid"); *k = append(*k, publishedAs("k2")) },
			map[string]string{"key": "The ID token doesn't name its key, and the provider publishes 2 that could be it.", "signature": unchecked},
		},
		"other issuer": {
			func(m *minted, _ *Expect, _ *[]Key) { m.claims["iss"] = "https://acme.okta.com" },
			map[string]string{"issuer": "The ID token's issuer is https://acme.okta.com, but the discovery document's is https://acme.okta.com/oauth2/default. The two must match exactly."},
		},
		"issuer with a slash more": {
			func(m *minted, _ *Expect, _ *[]Key) { m.claims["iss"] = "https://acme.okta.com/oauth2/default/" },
			map[string]string{"issuer": "The ID token's issuer is https://acme.okta.com/oauth2/default/, but the discovery document's is https://acme.okta.com/oauth2/default. The two must match exactly."},
		},
		"other client": {
			func(m *minted, _ *Expect, _ *[]Key) { m.claims["aud"] = []string{"0oa2", "0oa3\n"} },
			map[string]string{"audience": "The ID token is for 0oa2, 0oa3‹U+000A›, not for the client 0oa1."},
		},
		"several clients, none asked": {
			func(m *minted, _ *Expect, _ *[]Key) { m.claims["aud"] = []string{"0oa2", "0oa1"} },
			map[string]string{"audience": "The ID token is for several clients and doesn't say which one requested it (azp)."},
		},
		"asked for by another client": {
			func(m *minted, _ *Expect, _ *[]Key) { m.claims["azp"] = "0oa2" },
			map[string]string{"audience": "The ID token was requested by 0oa2 (azp), not by the client 0oa1."},
		},
		"ended": {
			func(_ *minted, w *Expect, _ *[]Key) { w.Now = noon.Add(time.Hour + 120*time.Second) },
			map[string]string{"expiry": "The ID token expired 2 minutes ago."},
		},
		"from the future": {
			func(_ *minted, w *Expect, _ *[]Key) { w.Now = noon.Add(-121 * time.Second) },
			map[string]string{"expiry": "The ID token was issued 2 minutes in the future."},
		},
		"not valid yet": {
			func(m *minted, w *Expect, _ *[]Key) { m.claims["nbf"] = w.Now.Add(121 * time.Second).Unix() },
			map[string]string{"expiry": "The ID token isn't valid for another 2 minutes (nbf)."},
		},
		"the hash of another access token": {
			func(m *minted, w *Expect, _ *[]Key) {
				w.Access, m.claims["at_hash"] = apiclient.NewSecret(accessToken+"x"), accessHash
			},
			map[string]string{"access token": otherAccess},
		},
		"the hash of an access token that is not there": {
			func(m *minted, _ *Expect, _ *[]Key) { m.claims["at_hash"] = accessHash },
			map[string]string{"access token": otherAccess},
		},
		"an empty hash of the access token": {
			func(m *minted, _ *Expect, _ *[]Key) { m.claims["at_hash"] = nil },
			map[string]string{"access token": otherAccess},
		},
		"no end": {
			func(m *minted, _ *Expect, _ *[]Key) { delete(m.claims, "exp") },
			map[string]string{"expiry": "The ID token doesn't say when it was issued and when it expires."},
		},
		"other nonce": {
			func(m *minted, _ *Expect, _ *[]Key) { m.claims["nonce"] = "N-1" },
			map[string]string{"nonce": "The ID token has another nonce than the one that was sent for the code."},
		},
		"no nonce": {
			func(m *minted, _ *Expect, _ *[]Key) { delete(m.claims, "nonce") },
			map[string]string{"nonce": "The ID token has no nonce, but one was sent for the code."},
		},
		"no subject":                {func(m *minted, _ *Expect, _ *[]Key) { delete(m.claims, "sub") }, map[string]string{"subject": noSubject}},
		"an empty subject":          {func(m *minted, _ *Expect, _ *[]Key) { m.claims["sub"] = "" }, map[string]string{"subject": noSubject}},
		"a subject that is null":    {func(m *minted, _ *Expect, _ *[]Key) { m.claims["sub"] = nil }, map[string]string{"subject": noSubject}},
		"a subject that is no text": {func(m *minted, _ *Expect, _ *[]Key) { m.claims["sub"] = 7 }, map[string]string{"subject": noSubject}},
		"capitals in a member's name": {
			func(m *minted, _ *Expect, _ *[]Key) { delete(m.claims, "nonce"); m.claims["Nonce"] = "n-1" },
			map[string]string{"nonce": "The ID token has no nonce, but one was sent for the code."},
		},
	} {
		m, w, keys := goodToken(), expected(), []Key{publishedAs("k1")}
		tt.spoil(m, &w, &keys)
		claims, findings := VerifyIDToken(m.text(t), keys, w)
		assert.Check(t, is.DeepEqual(failed(findings), tt.bad), name)
		if diff := cmp.Diff(Claims{}, claims); diff != "" || len(findings) != len(idRows) {
			t.Errorf("%s: %d findings, and these claims are taken for true:\n%s", name, len(findings), diff)
		}
	}
}

// respelled sets the bits of a signature's last letter that do not count.
func respelled(raw string) string {
	const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	last := len(raw) - 1
	return raw[:last] + string(letters[strings.IndexByte(letters, raw[last])|1])
}

func TestNotAnIDToken(t *testing.T) {
	t.Parallel()
	const undecoded = "The ID token isn't a signed JWT: a part of it can't be decoded."
	const oddKind = "The ID token has a member of the wrong type."
	good := goodToken().text(t).Reveal()
	for name, tt := range map[string]struct {
		spoil func(*minted)
		why   string
	}{
		"garbage":              {func(m *minted) { m.raw = "garbage" }, "The ID token doesn't have the three parts of a signed JWT."},
		"1 MB of garbage":      {func(m *minted) { m.raw = strings.Repeat(".", 1<<20) }, "The ID token is too large."},
		"encrypted":            {func(m *minted) { m.raw = "a.b.c.d.e" }, "The ID token is encrypted. Genesys Cloud needs one that is only signed."},
		"padded":               {func(m *minted) { m.raw = good + "==" }, undecoded},
		"a line end inside":    {func(m *minted) { m.raw = good[:9] + "\n" + good[9:] }, undecoded},
		"a header of garbage":  {func(m *minted) { m.headerText = "{" }, undecoded},
		"claims in a list":     {func(m *minted) { m.claimsText = "[]" }, undecoded},
		"null":                 {func(m *minted) { m.claimsText = "null" }, undecoded},
		"more than an object":  {func(m *minted) { m.claimsText = "{}{}" }, undecoded},
		"a member twice":       {func(m *minted) { m.claimsText = `{"nonce":"n-1","nonce":"n-2"}` }, undecoded},
		"an algorithm twice":   {func(m *minted) { m.headerText = `{"alg":"none","alg":"RS256","kid":"k1"}` }, undecoded},
		"an unencoded payload": {func(m *minted) { m.header["b64"] = false }, "The ID token requires an unknown extension (crit)."},
		"another spelling":     {func(m *minted) { m.raw = respelled(good) }, undecoded},
		"unknown extension":    {func(m *minted) { m.header["crit"] = []string{"b64"} }, "The ID token requires an unknown extension (crit)."},
		"times as text":        {func(m *minted) { m.claims["exp"] = "tomorrow" }, oddKind},
		"a time out of range":  {func(m *minted) { m.claims["exp"] = 1e300 }, oddKind},
		"clients by number":    {func(m *minted) { m.claims["aud"] = []int{1} }, oddKind},
	} {
		m := goodToken()
		tt.spoil(m)
		claims, findings := VerifyIDToken(m.text(t), []Key{publishedAs("k1")}, expected())
		if findings[0].Why != tt.why || findings[0].OK || len(findings) != len(idRows) || len(failed(findings)) != len(idRows) {
			t.Errorf("%s: %+v", name, findings)
		}
		assert.Check(t, is.DeepEqual(claims, Claims{}), "%s: claims are taken for true", name)
	}
	_, findings := VerifyIDToken(apiclient.Secret{}, nil, Expect{})
	assert.Check(t, is.Equal(findings[0].Why, "There is no ID token."), "none: %+v", findings)
}
