package oktasim

import (
	"net/url"
	"testing"

	"github.com/go-jose/go-jose/v4"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// The catch-all rule of the policy that a new app gets says how many factors it asks for (contract okta.md 9.3).
func TestSignOnRules(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		opts            Options
		policy, factors string
	}{
		"usual":    {Options{}, "Any two factors", "2FA"},
		"upgraded": {Options{OneFactor: true}, "Classic Migrated", "1FA"},
	} {
		o := start(t, tt.opts)
		made := o.do("POST", "/api/v1/apps", webApp(nil)).want(t, "200")
		policy := o.do("GET", made.text("_links.accessPolicy.href"), nil).want(t, "200")
		assert.Check(t, is.Equal(policy.text("name"), tt.policy), name)
		assert.Check(t, is.Equal(policy.at("system"), true), name)
		rules := o.do("GET", policy.text("_links.rules.href"), nil).want(t, "200")
		const method = "actions.appSignOn.verificationMethod.factorMode"
		assert.Check(t, is.DeepEqual(rules.column(method), []string{tt.factors}), name)
	}
}

// A client that may call from some zones only gets no tokens elsewhere (contract okta.md 1.1, 11). This computer is in
// the zone "office".
func TestNetworkZone(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	const refused = "403 access_denied"
	for name, tt := range map[string]struct {
		network     object
		here, there string
	}{
		"no restriction": {object{"connection": "ANYWHERE"}, "200", "200"},
		"another zone":   {object{"connection": "ZONE", "include": []any{"nzo1"}}, refused, refused},
		"this zone":      {object{"connection": "ZONE", "include": []any{o.OfficeZone()}}, "200", refused},
		"any zone":       {object{"connection": "ZONE", "include": []any{"ALL_IP_ZONES"}}, "200", refused},
		"not this zone":  {object{"connection": "ZONE", "exclude": []any{o.OfficeZone()}}, refused, "200"},
		"no zone":        {object{"connection": "ZONE", "exclude": []any{"ALL_IP_ZONES"}}, refused, "200"},
	} {
		x := o.webClient(object{oauthSettings + ".network": tt.network})
		got := o.redeem("/oauth2", x, o.browser().code("/oauth2", x.id, nil), nil)
		assert.Check(t, is.Equal(got.outcome(), tt.here), name)
		if tt.here == refused {
			assert.Check(t, is.Equal(got.text("error_description"), oauthError("disallowed_network_zone").Words), name)
		}
		form := url.Values{"grant_type": {codeGrant}, "code": {o.browser().code("/oauth2", x.id, nil)}, "redirect_uri": {chatPage}}
		from := x.header()
		from.Set("X-Forwarded-For", "198.51.100.23")
		assert.Check(t, is.Equal(o.post("/oauth2/v1/token", form, from).outcome(), tt.there), "%s, from elsewhere", name)
	}
}

// Settings of an app that a page and a server with a client secret can't do with (contract okta.md 1.1, 9; RFC 9126).
func TestAppsForOtherClients(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	dpop := o.webClient(object{oauthSettings + ".dpop_bound_access_tokens": true})
	o.redeem("/oauth2", dpop, o.browser().code("/oauth2", dpop.id, nil), nil).want(t, "400 invalid_dpop_proof")

	par := o.webClient(object{oauthSettings + "." + pushed: true})
	_, query := o.browser().visit("/oauth2", par.id, nil).landing(t)
	assert.Check(t, is.Equal(query.Get("error"), "invalid_request"))

	jwe := o.webClient(object{oauthSettings + ".id_token_encrypted_response_alg": "RSA-OAEP-256"})
	got := o.redeem("/oauth2", jwe, o.browser().code("/oauth2", jwe.id, nil), nil).want(t, "200")
	assert.Check(t, readBy(o.orgKey, got.text("id_token")) == nil, "the ID token can be read")
	_, err := jose.ParseEncryptedCompact(got.text("id_token"), []jose.KeyAlgorithm{jose.RSA_OAEP_256}, []jose.ContentEncryption{jose.A256GCM})
	assert.Check(t, err)
}
