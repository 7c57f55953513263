package oktasim

import (
	"crypto/rsa"
	"maps"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"gotest.tools/v3/assert"
)

// The dance that Okta asks for: no proof, a proof without nonce, a proof with it.
func TestNonceDance(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	x := newTool(t, o, o.ServiceApp)
	at := o.http.URL + "/oauth2/v1/token"
	const scope = "okta.apps.read"
	a := x.ask(scope, x.assertion(nil), nil).want(t, "400 invalid_dpop_proof")
	assert.Check(t, a.text("error_description") == "The DPoP proof JWT header is missing.", a.raw)
	spent := x.assertion(nil)
	a = x.ask(scope, spent, x.dpop("POST", at, nil)).want(t, "400 use_dpop_nonce")
	value := a.header.Get("dpop-nonce")
	assert.Check(t, value != "" && a.text("error_description") == "Authorization server requires nonce in DPoP proof.",
		a.raw)
	withNonce := object{"nonce": value}
	x.ask(scope, spent, x.dpop("POST", at, withNonce)).want(t, "401 invalid_client") // the assertion is used up
	good := x.ask(scope, x.assertion(nil), x.dpop("POST", at, withNonce)).want(t, "200")
	assert.Check(t, good.text("token_type") == "DPoP" && good.at("expires_in") == 3600.0, good.raw)
	bearer := newTool(t, o, o.BearerApp) // may be bound without having to
	a = bearer.ask(scope, bearer.assertion(nil), bearer.dpop("POST", at, withNonce)).want(t, "200")
	assert.Check(t, a.text("token_type") == "DPoP", a.raw)
}

func TestProofsOfTokenRequests(t *testing.T) {
	t.Parallel()
	o, c := slow(t, Options{Limits: map[string]int{}})
	x := newTool(t, o, o.ServiceApp)
	at := o.http.URL + "/oauth2/v1/token"
	first := x.ask("okta.apps.read", x.assertion(nil), x.dpop("POST", at, nil)).want(t, "400 use_dpop_nonce")
	n, now := first.header.Get("DPoP-Nonce"), c.now().Unix()
	twice := x.dpop("POST", at, object{"nonce": n})
	x.ask("okta.apps.read", x.assertion(nil), twice).want(t, "200")
	own := jose.JSONWebKey{Key: &x.key.(*rsa.PrivateKey).PublicKey}
	sameKey := o.sign(jose.RS256, x.key, object{"typ": "dpop+jwt", "jwk": own}, object{"htm": "POST", "htu": at, "iat": now, "jti": newID(), "nonce": n})
	noKey := o.sign(jose.RS256, x.key, object{"typ": "dpop+jwt"}, object{"htm": "POST", "htu": at, "iat": now, "jti": newID(), "nonce": n})
	for name, tt := range map[string]struct {
		proof http.Header
		want  string
	}{
		"method":        {x.dpop("GET", at, object{"nonce": n}), "'htm' claim in the DPoP proof JWT is invalid."},
		"double slash":  {x.dpop("POST", o.http.URL+"//oauth2/v1/token", object{"nonce": n}), "'htu' claim in the DPoP proof JWT is invalid."},
		"query":         {x.dpop("POST", at+"?a=b", object{"nonce": n}), "'htu' claim in the DPoP proof JWT is invalid."},
		"six minutes":   {x.dpop("POST", at, object{"nonce": n, "iat": now - 360}), "'iat' claim in the DPoP proof JWT is invalid."},
		"in the future": {x.dpop("POST", at, object{"nonce": n, "iat": now + 360}), "'iat' claim in the DPoP proof JWT is invalid."},
		"no id":         {x.dpop("POST", at, object{"nonce": n, "jti": ""}), "'jti' claim in the DPoP proof JWT is invalid."},
		"twice":         {twice, "'jti' claim in the DPoP proof JWT is invalid."},
		"type":          {x.dpop("POST", at, object{"nonce": n, "typ": "JWT"}), "The DPoP proof JWT is invalid."},
		"two proofs":    {http.Header{"Dpop": {x.dpop("POST", at, nil).Get("DPoP"), x.dpop("POST", at, nil).Get("DPoP")}}, "The DPoP proof JWT is invalid."},
		"no JWT":        {http.Header{"Dpop": {"x"}}, "The DPoP proof JWT is invalid."},
		"same key":      {http.Header{"Dpop": {sameKey}}, "The DPoP proof JWT is invalid."},
		"no key":        {http.Header{"Dpop": {noKey}}, "The DPoP proof JWT is invalid."},
	} {
		a := x.ask("okta.apps.read", x.assertion(nil), tt.proof)
		assert.Check(t, a.status == 400 &&
			a.text("error") == "invalid_dpop_proof" && a.text("error_description") == tt.want, "%s: %d %s", name, a.status, a.raw)
	}
	x.ask("okta.apps.read", x.assertion(nil), x.dpop("POST", at, object{"nonce": "made up"})).want(t, "400 use_dpop_nonce")
}

// A nonce is renewed after a day and good for three.
func TestNonceAges(t *testing.T) {
	t.Parallel()
	o, c := slow(t, Options{Limits: map[string]int{}})
	x := newTool(t, o, o.ServiceApp)
	at := o.http.URL + "/oauth2/v1/token"
	ask := func(n string) answer {
		return x.ask("okta.apps.read", x.assertion(nil), x.dpop("POST", at, object{"nonce": n}))
	}
	first := ask("").want(t, "400 use_dpop_nonce").header.Get("DPoP-Nonce")
	c.advance(24 * time.Hour)
	ask(first).want(t, "200")
	second := ask("").want(t, "400 use_dpop_nonce").header.Get("DPoP-Nonce")
	c.advance(48 * time.Hour)
	third := ask(first).want(t, "400 use_dpop_nonce").header.Get("DPoP-Nonce")
	ask(second).want(t, "200")
	assert.Check(t, first != second && second != third, "nonces %s %s %s", first, second, third)
}

func TestProofsOfAPICalls(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	x := newTool(t, o, o.ServiceApp)
	token := x.token("okta.apps.manage")
	at := o.http.URL + "/api/v1/apps"
	send := func(scheme string, proof http.Header) answer {
		header := http.Header{"Authorization": {scheme + " " + token}}
		maps.Copy(header, proof)
		return o.send("GET", "/api/v1/apps?limit=5", nil, header)
	}
	send("DPoP", x.dpop("GET", at, object{"ath": ath(token)})).want(t, "200")
	used := x.dpop("GET", at, object{"ath": ath(token)})
	send("dpop", used).want(t, "200")
	another := newTool(t, o, o.ServiceApp)
	for name, tt := range map[string]struct {
		proof http.Header
		want  string
	}{
		"none":        {nil, "The DPoP proof JWT header is missing."},
		"used":        {used, "'jti' claim in the DPoP proof JWT is invalid."},
		"with query":  {x.dpop("GET", at+"?limit=5", object{"ath": ath(token)}), "'htu' claim in the DPoP proof JWT is invalid."},
		"method":      {x.dpop("POST", at, object{"ath": ath(token)}), "'htm' claim in the DPoP proof JWT is invalid."},
		"no hash":     {x.dpop("GET", at, nil), "'ath' claim in the DPoP proof JWT is invalid."},
		"other hash":  {x.dpop("GET", at, object{"ath": ath("x")}), "'ath' claim in the DPoP proof JWT is invalid."},
		"another key": {another.dpop("GET", at, object{"ath": ath(token)}), "The DPoP proof JWT is invalid."},
	} {
		a := send("DPoP", tt.proof)
		header := a.header.Get("WWW-Authenticate")
		if a.status != 400 || a.raw != "" || !strings.HasPrefix(header, `DPoP algs="RS256 RS384 RS512 ES256 ES384 ES512", `) ||
			!strings.Contains(header, `error="invalid_dpop_proof", error_description="`+tt.want+`", resource="/api/v1/apps"`) {
			t.Errorf("%s: %d %q %s", name, a.status, a.raw, header)
		}
	}
	send("Bearer", x.dpop("GET", at, object{"ath": ath(token)})).want(t, "401 E0000011") // a bound token is no bearer token
}
