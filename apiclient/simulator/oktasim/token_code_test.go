package oktasim

import (
	"fmt"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestCodesAreRefused(t *testing.T) {
	t.Parallel()
	challenge := map[string]string{"code_challenge": challengeOf(verifier), "code_challenge_method": "S256"}
	for name, tt := range map[string]struct {
		asked, sent map[string]string
		between     func(o *testOrg, c *clock, x webClient)
		words       string // of the refusal; empty: the code is good
	}{
		"good":                       {},
		"PKCE":                       {asked: challenge, sent: map[string]string{"code_verifier": verifier}},
		"another redirect URI":       {sent: map[string]string{"redirect_uri": chatPage + "/"}, words: "mismatched_redirect_uri"},
		"no redirect URI":            {sent: map[string]string{"redirect_uri": ""}, words: "mismatched_redirect_uri"},
		"no verifier":                {asked: challenge, words: "pkce_missing_verifier"},
		"wrong verifier":             {asked: challenge, sent: map[string]string{"code_verifier": verifier + "x"}, words: "pkce_verification_failed"},
		"verifier without challenge": {sent: map[string]string{"code_verifier": verifier}, words: "pkce_missing_challenge_verifier_present"},
		"unknown code":               {sent: map[string]string{"code": "none"}, words: "invalid_authorization_code"},
		"299 s":                      {between: func(_ *testOrg, c *clock, _ webClient) { c.advance(299 * time.Second) }},
		"300 s":                      {between: func(_ *testOrg, c *clock, _ webClient) { c.advance(300 * time.Second) }, words: "invalid_authorization_code"},
		"app off": {words: "invalid_client_id", between: func(o *testOrg, _ *clock, x webClient) {
			o.do("POST", "/api/v1/apps/"+x.id+"/lifecycle/deactivate", nil).want(o.t, "200")
		}},
		"no longer assigned": {words: "user_not_assigned", between: func(o *testOrg, _ *clock, x webClient) {
			everyone := o.do("GET", "/api/v1/groups?q=Everyone", nil).column("id")[0]
			o.do("DELETE", "/api/v1/apps/"+x.id+"/groups/"+everyone, nil).want(o.t, "204")
		}},
		"suspended": {words: "access_denied", between: func(o *testOrg, _ *clock, _ webClient) { o.setStatus(visitorLogin, "SUSPENDED") }},
		"policy gone": {words: "no_matching_policy", between: func(o *testOrg, _ *clock, _ webClient) {
			for _, id := range o.do("GET", defaultPolicies, nil).column("id") {
				o.do("DELETE", defaultPolicies+"/"+id, nil).want(o.t, "204")
			}
		}},
		"secret rotated": {words: "invalid_client_secret", between: func(o *testOrg, _ *clock, x webClient) {
			at := "/api/v1/apps/" + x.id + "/credentials/secrets"
			old := o.do("GET", at, nil).column("id")[0]
			o.do("POST", at, object{}).want(o.t, "201")
			o.do("POST", at+"/"+old+"/lifecycle/deactivate", nil).want(o.t, "200")
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o, c := slow(t, Options{Profile: Workforce, Limits: map[string]int{}})
			x := o.webClient(nil)
			code := o.browser().code("/oauth2/default", x.id, tt.asked)
			if tt.between != nil {
				tt.between(o, c, x)
			}
			want := "200"
			if tt.words != "" {
				want = refusalOf(tt.words)
			}
			a := o.redeem("/oauth2/default", x, code, tt.sent).want(t, want)
			assert.Check(t, is.Equal(a.text("error_description"), oauthError(tt.words).Words), a.raw)
			if want == "200" {
				o.redeem("/oauth2/default", x, code, tt.sent).want(t, refusalOf("invalid_authorization_code"))
			}
		})
	}
}

// A code is good for its own client at its own server, and only once, also when something else was wrong.
func TestCodesOfOthers(t *testing.T) {
	t.Parallel()
	o := start(t, Options{Profile: Workforce})
	x, other := o.webClient(nil), o.webClient(nil)
	code := o.browser().code("/oauth2/default", x.id, nil)
	o.redeem("/oauth2/default", other, code, nil).want(t, refusalOf("another_client"))
	o.redeem("/oauth2", x, code, nil).want(t, refusalOf("invalid_authorization_code"))
	o.redeem("/oauth2/default", x, code, nil).want(t, "200")
	code = o.browser().code("/oauth2", x.id, nil)
	o.redeem("/oauth2", x, code, map[string]string{"redirect_uri": leftPage}).want(t, refusalOf("mismatched_redirect_uri"))
	o.redeem("/oauth2", x, code, nil).want(t, refusalOf("invalid_authorization_code"))
}

// refusalOf is the outcome of a refusal.
func refusalOf(name string) string {
	e := oauthError(name)
	return fmt.Sprint(e.Status, " ", e.Code)
}
