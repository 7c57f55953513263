package signin

import (
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"net/url"
	"slices"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

func sha256URL(text string) string {
	sum := sha256.Sum256([]byte(text))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// The example proof of RFC 9449 4.1, and what RFC 9449 6.1 says its key's thumbprint is.
const (
	exampleProof = "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19" +
		".eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ" +
		".2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg"
)

func TestProofIsLikeTheExample(t *testing.T) {
	t.Parallel()
	example, err := verify(exampleProof, nil)
	assert.NilError(t, err)
	p, err := newProver()
	assert.NilError(t, err)
	target, err := url.Parse("https://server.example.com/token?secret=1#part")
	assert.NilError(t, err)
	text, err := p.sign("POST", target, time.Unix(1562262616, 0), "", apiclient.Secret{})
	assert.NilError(t, err)
	own, err := verify(text, nil)
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(slices.Sorted(maps.Keys(own.claims)), slices.Sorted(maps.Keys(example.claims))))
	assert.Check(t, is.DeepEqual(slices.Sorted(maps.Keys(own.header)), slices.Sorted(maps.Keys(example.header))))
	for _, part := range []map[string]any{own.claims, own.header, example.claims, example.header} {
		delete(part, "jti")
		delete(part, "jwk")
	}
	assert.Check(t, is.DeepEqual(own.claims, example.claims))
	assert.Check(t, is.DeepEqual(own.header, example.header))
}

// The hash of the token in RFC 9449 7.1.
func TestTokenHash(t *testing.T) {
	t.Parallel()
	got := tokenHash(apiclient.NewSecret("Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU"))
	assert.Check(t, is.Equal(got, "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo"))
}

func TestProofsDiffer(t *testing.T) {
	t.Parallel()
	p, err := newProver()
	assert.NilError(t, err)
	target := &url.URL{Scheme: "http", Host: "127.0.0.1:8080", Path: "/api/v1/a b", RawPath: "/api/v1/a%20b", RawQuery: "q=1"}
	var ids []any
	for range 2 {
		text, err := p.sign("GET", target, time.Unix(1, 0), "n-1", apiclient.NewSecret("token"))
		assert.NilError(t, err)
		s, err := verify(text, nil)
		assert.NilError(t, err)
		ids = append(ids, s.claims["jti"])
		delete(s.claims, "jti")
		assert.Check(t, is.DeepEqual(s.claims, map[string]any{
			"htm": "GET", "htu": "http://127.0.0.1:8080/api/v1/a%20b", "iat": 1.0, "nonce": "n-1", "ath": sha256URL("token"),
		}))
	}
	assert.Check(t, ids[0] != ids[1], "both are %v", ids[0])
}
