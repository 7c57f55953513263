package oktasim

import (
	"cmp"
	"net/url"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

const chatPage = "https://www.example.com/support"

// visit signs in at an authorize end point with a new browser.
func (o *testOrg) visit(server, app string, changes map[string]string) answer {
	o.t.Helper()
	return o.browser().visit(server, app, changes)
}

// wish is the query of an authorize end point, changed; an empty value takes the parameter out. "who" is no parameter but
// the user who fills in the sign-in page, without whom it is only asked for.
func wish(app string, changes map[string]string) (query url.Values, who string) {
	query = url.Values{
		"client_id": {app}, "redirect_uri": {chatPage}, "response_type": {"code"}, "scope": {"openid email profile"},
		"state": {"s t&1"}, "nonce": {"n1"}, "who": {visitorLogin},
	}
	for name, value := range changes {
		query.Set(name, value)
		if value == "" {
			query.Del(name)
		}
	}
	who = query.Get("who")
	query.Del("who")
	return query, who
}

// landing is where the browser goes: the address without its query, and the query.
func (a answer) landing(t *testing.T) (string, url.Values) {
	t.Helper()
	assert.Equal(t, a.status, 302, a.raw)
	u, err := url.Parse(a.header.Get("Location"))
	assert.NilError(t, err)
	query := u.Query()
	u.RawQuery = ""
	return u.String(), query
}

// openApp is an app for everyone, and the path of its id.
func (o *testOrg) openApp(changes object) string {
	o.t.Helper()
	id := o.do("POST", "/api/v1/apps", webApp(changes)).want(o.t, "200").text("id")
	o.assignTo(id, "Everyone")
	return id
}

func TestSignInGivesACode(t *testing.T) {
	t.Parallel()
	o, c := slow(t, Options{Profile: Workforce, Limits: map[string]int{}})
	app := o.openApp(object{"settings.oauthClient.redirect_uris": []any{chatPage, chatPage + "?shop=1", chatPage + "?code=x&state=y"}})
	for _, server := range []string{"/oauth2", "/oauth2/default"} {
		to, query := o.visit(server, app, nil).landing(t)
		code := query.Get("code")
		assert.Check(t, to == chatPage && query.Get("state") == "s t&1" && code != "" && len(query) == 2,
			"%s: %s %v", server, to, query)
		end := o.codes[code].End
		kept := o.codes[code].Value
		want := []any{app, visitorLogin, []string{"openid", "email", "profile"}, chatPage, "n1", c.now().Add(300 * time.Second), server != "/oauth2"}
		assert.Check(t, is.DeepEqual([]any{kept.app.id, kept.user.login(), kept.scopes, kept.redirect, kept.nonce, end, kept.server != nil}, want))
	}
	_, query := o.visit("/oauth2", app, map[string]string{"redirect_uri": chatPage + "?shop=1"}).landing(t)
	assert.Check(t, query.Get("shop") == "1" && query.Get("code") != "",
		"an address with a query of its own: %v", query)
	_, query = o.visit("/oauth2", app, map[string]string{"redirect_uri": chatPage + "?code=x&state=y"}).landing(t)
	assert.Check(t, len(query["code"]) == 2 && query["code"][0] == "x" && query["state"][1] == "s t&1",
		"parameters of the same name are appended, not replaced: %v", query)
}

// Browsers aren't sent to an address that is not the app's.
func TestErrorsThatStayAtOkta(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	app := o.openApp(nil)
	off := o.openApp(nil)
	o.do("POST", "/api/v1/apps/"+off+"/lifecycle/deactivate", nil).want(t, "200")
	illegal := "The &#39;redirect_uri&#39; parameter must be a Login redirect URI in the client app settings."
	for name, tt := range map[string]struct {
		app     string
		changes map[string]string
		words   string
	}{
		"unknown client": {"none", nil, "Invalid value for &#39;client_id&#39; parameter."},
		"inactive":       {off, nil, "Invalid value for &#39;client_id&#39; parameter."},
		"no address":     {app, map[string]string{"redirect_uri": ""}, "redirect_uri is missing."},
		"slash":          {app, map[string]string{"redirect_uri": chatPage + "/"}, illegal},
		"case":           {app, map[string]string{"redirect_uri": "https://www.example.com/Support"}, illegal},
		"query":          {app, map[string]string{"redirect_uri": chatPage + "?a=b"}, illegal},
		"port":           {app, map[string]string{"redirect_uri": "https://www.example.com:8443/support"}, illegal},
	} {
		a := o.visit("/oauth2", tt.app, tt.changes).want(t, "400")
		assert.Check(t, strings.Contains(a.raw, tt.words) && a.header.Get("Location") == "", "%s: %s", name, a.raw)
	}
	o.visit("/oauth2/none", app, nil).want(t, "404 E0000007")
}

func TestErrorsThatAreSentBack(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	app, plain := o.openApp(nil), o.openApp(object{"settings.oauthClient.grant_types": []any{"authorization_code"}})
	strict := o.openApp(object{"credentials.oauthClient.pkce_required": true})
	lonely := o.do("POST", "/api/v1/apps", webApp(nil)).want(t, "200").text("id")
	good := strings.Repeat("a", 43)
	for name, tt := range map[string]struct {
		server, app string
		changes     map[string]string
		code, words string // no code: the visitor is signed in
	}{
		"response type":          {"/oauth2", app, map[string]string{"response_type": "id_token"}, "unsupported_response_type", "The response type is not supported by the authorization server. Configured response types: [code]."},
		"no state":               {"/oauth2", app, map[string]string{"state": ""}, "invalid_request", "The 'state' parameter is missing."},
		"no scope":               {"/oauth2", app, map[string]string{"scope": ""}, "invalid_scope", oauthError("invalid_scope").Words},
		"unknown scope":          {"/oauth2", app, map[string]string{"scope": "openid shop"}, "invalid_scope", oauthError("invalid_scope").Words},
		"groups, org":            {"/oauth2", app, map[string]string{"scope": "openid groups"}, "", ""},
		"groups, custom":         {"/oauth2/default", app, map[string]string{"scope": "openid groups"}, "invalid_scope", oauthError("invalid_scope").Words},
		"offline":                {"/oauth2", app, map[string]string{"scope": "openid offline_access"}, "", ""},
		"offline, not granted":   {"/oauth2", plain, map[string]string{"scope": "openid offline_access"}, "invalid_scope", oauthError("invalid_scope").Words},
		"PKCE missing":           {"/oauth2", strict, nil, "invalid_request", "PKCE code challenge is required by the application."},
		"PKCE":                   {"/oauth2", strict, map[string]string{"code_challenge": good, "code_challenge_method": "S256"}, "", ""},
		"PKCE, though optional":  {"/oauth2", app, map[string]string{"code_challenge": good, "code_challenge_method": "S256"}, "", ""},
		"PKCE plain":             {"/oauth2", app, map[string]string{"code_challenge": good}, "invalid_request", "PKCE code challenge method is not supported. Valid values: [S256]"},
		"PKCE bad":               {"/oauth2", app, map[string]string{"code_challenge": "short", "code_challenge_method": "S256"}, "invalid_request", "PKCE code challenge contains illegal characters."},
		"silent":                 {"/oauth2", app, map[string]string{"prompt": "none", "who": ""}, "login_required", "The client specified not to prompt, but the user is not logged in."},
		"not assigned":           {"/oauth2", lonely, nil, "access_denied", "User is not assigned to the client application."},
		"no policy on Free Plan": {"/oauth2/default", app, nil, "access_denied", "Policy evaluation failed for this request, please check the policy configurations."},
	} {
		to, query := o.visit(tt.server, tt.app, tt.changes).landing(t)
		assert.Check(t, to == chatPage && query.Get("error") == tt.code &&
			query.Get("error_description") == tt.words && (query.Get("code") != "") == (tt.code == ""), "%s: %s %v", name, to, query)
		if name != "no state" && query.Get("state") != "s t&1" {
			t.Errorf("%s: state %q", name, query.Get("state"))
		}
	}
}

// How an org's settings decide a sign-in.
func TestSettingsDecideSignIn(t *testing.T) {
	t.Parallel()
	const (
		org, custom = "/oauth2", "/oauth2/default"
		noPolicy    = "access_denied: Policy evaluation failed for this request, please check the policy configurations."
		notAssigned = "access_denied: User is not assigned to the client application."
	)
	for name, tt := range map[string]struct {
		opts             Options
		app              object // changes
		assign           string // a group; empty: none; "-": Ada
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
		"workforce":           {opts: Options{Profile: Workforce}, assign: "Everyone", server: custom, who: visitorLogin},
		"custom domain":       {opts: Options{Profile: CustomDomain}, assign: "Everyone", server: custom, who: visitorLogin},
		"no licence, org":     {opts: Options{Profile: NoAPIAM}, assign: "Everyone", server: org, who: visitorLogin},
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
			_, query := o.visit(tt.server, app, map[string]string{"who": tt.who}).landing(t)
			assert.Check(t, is.Equal(query.Get("code") != "", tt.why == ""), query)
			assert.Check(t, is.Equal(query.Get("error")+": "+query.Get("error_description"), cmp.Or(tt.why, ": ")))
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
		a := o.visit("/oauth2", app, map[string]string{"redirect_uri": address})
		assert.Check(t, is.Equal(a.status == 302, want), "%s, %s", address, a.raw)
		if want {
			_, query := a.landing(t)
			assert.Check(t, query.Get("code") != "", "%s, %v", address, query)
		}
	}
}
