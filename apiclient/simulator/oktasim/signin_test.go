package oktasim

import (
	"net/url"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// How an org's settings decide a sign-in, asked both ways: at the end point and by WouldSignIn.
func TestWouldSignIn(t *testing.T) {
	t.Parallel()
	const (
		org, custom = "", "/oauth2/default"
		noPolicy    = "access_denied: Policy evaluation failed for this request, please check the policy configurations."
		notAssigned = "access_denied: User is not assigned to the client application."
	)
	for name, tt := range map[string]struct {
		opts             Options
		app              object // changes
		assign           string // a group; empty: nobody; "-": Ada
		policy, rule     object // nil: none
		server, who, why string
	}{
		"everyone":            {assign: "Everyone", server: org, who: visitorLogin},
		"her group":           {assign: "Web customers", server: org, who: visitorLogin},
		"not his group":       {assign: "Web customers", server: org, who: adminLogin, why: notAssigned},
		"himself":             {assign: "-", server: org, who: adminLogin},
		"not herself":         {assign: "-", server: org, who: visitorLogin, why: notAssigned},
		"nobody":              {server: org, who: visitorLogin, why: notAssigned},
		"broker mode":         {app: object{"settings.implicitAssignment": true}, server: org, who: visitorLogin},
		"unknown person":      {assign: "Everyone", server: org, who: "x", why: "nobody is called x"},
		"workforce":           {opts: Options{Profile: Workforce}, assign: "Everyone", server: custom, who: visitorLogin},
		"custom domain":       {opts: Options{Profile: CustomDomain}, assign: "Everyone", server: custom, who: visitorLogin},
		"no licence, org":     {opts: Options{Profile: NoAPIAM}, assign: "Everyone", server: org, who: visitorLogin},
		"no licence":          {opts: Options{Profile: NoAPIAM}, assign: "Everyone", server: custom, who: visitorLogin, why: "there is no authorization server at /oauth2/default"},
		"no such server":      {assign: "Everyone", server: "/oauth2/x", who: visitorLogin, why: "there is no authorization server at /oauth2/x"},
		"Free Plan":           {assign: "Everyone", server: custom, who: visitorLogin, why: noPolicy},
		"policy and rule":     {assign: "Everyone", policy: object{}, rule: object{}, server: custom, who: visitorLogin},
		"policy without rule": {assign: "Everyone", policy: object{}, server: custom, who: visitorLogin, why: noPolicy},
		"inactive policy":     {assign: "Everyone", policy: object{"status": "INACTIVE"}, rule: object{}, server: custom, who: visitorLogin, why: noPolicy},
		"inactive rule":       {assign: "Everyone", policy: object{}, rule: object{"status": "INACTIVE"}, server: custom, who: visitorLogin, why: noPolicy},
		"another client's":    {assign: "Everyone", policy: object{"conditions": object{"clients": object{"include": []any{"other"}}}}, rule: object{}, server: custom, who: visitorLogin, why: noPolicy},
		"another grant":       {assign: "Everyone", policy: object{}, rule: object{"conditions": object{"grantTypes": object{"include": []any{"implicit"}}}}, server: custom, who: visitorLogin, why: noPolicy},
		"excluded":            {assign: "Everyone", policy: object{}, rule: object{"conditions": object{"people": object{"groups": object{"exclude": []any{"EVERYONE"}}}}}, server: custom, who: visitorLogin, why: noPolicy},
		"some scopes": {
			assign: "Everyone", policy: object{}, rule: object{"conditions": object{"scopes": object{"include": []any{"openid"}}}}, server: custom, who: visitorLogin,
			why: "access_denied: Some of the requested scopes were denied by the policy. Denied scopes: [email, profile].",
		},
		"no scopes": {
			assign: "Everyone", policy: object{}, rule: object{"conditions": object{"scopes": object{"include": []any{"phone"}}}}, server: custom, who: visitorLogin,
			why: "access_denied: Policy evaluation succeeded, but all the requested scopes were rejected.",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := start(t, tt.opts)
			app := o.do("POST", "/api/v1/apps", webApp(tt.app)).want(t, "200").text("id")
			o.assignTo(app, tt.assign)
			if tt.policy != nil {
				made := o.do("POST", defaultPolicies, policyBody("Chat", tt.policy)).want(t, "201")
				if tt.rule != nil {
					o.do("POST", defaultPolicies+"/"+made.text("id")+"/rules", ruleBody(tt.rule)).want(t, "201")
				}
			}
			ok, why := o.WouldSignIn(app, chatPage, tt.server, tt.who)
			assert.Assert(t, ok == (tt.why == "") && why == tt.why, "%t, %q; want %q", ok, why, tt.why)
			if tt.who == "x" || tt.server != org && tt.server != custom || tt.opts.Profile == NoAPIAM && tt.server == custom {
				return
			}
			server := tt.server
			if server == org {
				server = "/oauth2"
			}
			_, query := o.visit(server, app, map[string]string{"who": tt.who}).landing(t)
			got := query.Get("error") + ": " + query.Get("error_description")
			assert.Check(t, (query.Get("code") != "") == ok && (ok || got == why), "the end point says %v", query)
		})
	}
}

func (o *testOrg) assignTo(app, whom string) {
	o.t.Helper()
	at := "/api/v1/apps/" + app
	switch whom {
	case "":
	case "-":
		o.do("POST", at+"/users", object{"id": o.do("GET", "/api/v1/users/me", nil).text("id"), "scope": "USER"}).want(o.t, "200")
	default:
		id := o.do("GET", "/api/v1/groups?q="+url.QueryEscape(whom), nil).column("id")[0]
		o.do("PUT", at+"/groups/"+id, object{}).want(o.t, "200")
	}
}

func TestWildcardRedirects(t *testing.T) {
	t.Parallel()
	const pattern = "https://*.example.com/cb"
	o := start(t, Options{})
	app := o.openApp(object{"settings.oauthClient.wildcard_redirect": "SUBDOMAIN", "settings.oauthClient.redirect_uris": []any{pattern}})
	for address, want := range map[string]bool{
		"https://a.example.com/cb": true, "https://a.b.example.com/cb": false, "https://.example.com/cb": false,
		"https://a.example.com/cb/": false, "http://a.example.com/cb": false, "https://evil.test/.example.com/cb": false,
	} {
		ok, why := o.WouldSignIn(app, address, "", visitorLogin)
		assert.Check(t, is.Equal(ok, want), "%s, %s", address, why)
	}
}
