package oktasim

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/jsontree"
)

// logged is the log from the start on as lines "type result reason", and the entries.
func (o *testOrg) logged(t *testing.T, query url.Values) (lines []string, entries []object) {
	t.Helper()
	a := o.do("GET", "/api/v1/logs?"+query.Encode(), nil).want(t, "200")
	for _, item := range a.doc.([]any) {
		e := item.(object)
		lines = append(lines, strings.TrimSpace(jsontree.Text(e, "eventType")+" "+jsontree.Text(e, "outcome.result")+" "+jsontree.Text(e, "outcome.reason")))
		entries = append(entries, e)
	}
	return lines, entries
}

var oauthEvents = url.Values{"filter": {`eventType sw "app.oauth2"`}}

func TestSignInIsLogged(t *testing.T) {
	t.Parallel()
	o := start(t, Options{Profile: Workforce})
	x := o.webClient(nil)
	for server, prefix := range map[string]string{"/oauth2": "app.oauth2.", "/oauth2/default": "app.oauth2.as."} {
		_, before := o.logged(t, nil)
		code := o.browser().code(server, x.id, map[string]string{"scope": offline})
		header := x.header()
		header.Set("X-Forwarded-For", "198.51.100.7, 127.0.0.1")
		header.Set("User-Agent", "a server")
		o.post(server+"/v1/token", url.Values{"grant_type": {codeGrant}, "code": {code}, "redirect_uri": {chatPage}}, header).want(t, "200")
		lines, entries := o.logged(t, nil)
		lines, entries = lines[len(before):], entries[len(before):]
		want := []string{
			"policy.evaluate_sign_on ALLOW Sign-on policy evaluation resulted in ALLOW",
			prefix + "authorize SUCCESS", prefix + "authorize.code SUCCESS", "user.authentication.sso SUCCESS",
			prefix + "token.grant SUCCESS", prefix + "token.grant.access_token SUCCESS", prefix + "token.grant.refresh_token SUCCESS", prefix + "token.grant.id_token SUCCESS",
		}
		assert.Check(t, is.DeepEqual(lines, want))
		alice := o.userNamed(visitorLogin)
		for at, want := range map[int][]any{
			2: {alice.id, "User", visitorLogin, "127.0.0.1", server + "/v1/authorize", []string{x.id}},
			7: {x.id, "PublicClientApp", x.id, "198.51.100.7", server + "/v1/token", []string{"", x.id, alice.id}},
		} {
			e := entries[at]
			var targets []string
			for _, target := range e["target"].([]any) {
				targets = append(targets, jsontree.Text(target.(object), "id"))
			}
			got := []any{
				jsontree.Text(e, "actor.id"), jsontree.Text(e, "actor.type"), jsontree.Text(e, "actor.alternateId"), jsontree.Text(e, "client.ipAddress"),
				jsontree.Text(e, "debugContext.debugData.requestUri"), targets,
			}
			assert.Check(t, is.DeepEqual(got, want))
		}
		assert.Check(t, is.Equal(jsontree.Text(entries[7], "client.userAgent.rawUserAgent"), "a server"), "agent")
	}
}

// Errors are logged with the internal codes of contract okta.md 11, and by whom.
func TestRefusalsAreLogged(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	x := o.webClient(nil)
	lonely := o.do("POST", "/api/v1/apps", webApp(nil)).want(t, "200").text("id")
	strict := o.openApp(object{"credentials.oauthClient.pkce_required": true})
	ruled := o.do("POST", defaultPolicies, policyBody("Chat", object{"conditions": object{"clients": object{"include": []any{strict}}}})).want(t, "201").text("id")
	o.do("POST", defaultPolicies+"/"+ruled+"/rules", ruleBody(object{"conditions": object{"scopes": object{"include": []any{"openid"}}}})).want(t, "201")
	challenge := map[string]string{"code_challenge": hashOf(verifier), "code_challenge_method": "S256"}
	wrong := webClient{x.id, "wrong"}
	for name, tt := range map[string]struct {
		do    func()
		actor string
		want  []string
	}{
		"redirect URI": {
			func() { o.visit("/oauth2/default", x.id, map[string]string{"redirect_uri": chatPage + "/"}) }, x.id,
			[]string{"app.oauth2.as.authorize FAILURE illegal_redirect_uri"},
		},
		"unknown client": {func() { o.visit("/oauth2", "0oaNone", nil) }, "0oaNone", []string{"app.oauth2.authorize FAILURE invalid_client_id"}},
		"PKCE":           {func() { o.visit("/oauth2", strict, nil) }, strict, []string{"app.oauth2.authorize FAILURE pkce_missing_challenge"}},
		"not assigned": {func() { o.visit("/oauth2", lonely, nil) }, o.userNamed(visitorLogin).id, []string{
			"policy.evaluate_sign_on ALLOW Sign-on policy evaluation resulted in ALLOW", "app.generic.unauth_app_access_attempt FAILURE", "app.oauth2.authorize FAILURE user_not_assigned",
		}},
		"no policy": {func() { o.visit("/oauth2/default", x.id, nil) }, o.userNamed(visitorLogin).id, []string{
			"policy.evaluate_sign_on ALLOW Sign-on policy evaluation resulted in ALLOW", "app.oauth2.as.authorize FAILURE no_matching_policy",
		}},
		"scopes": {func() { o.visit("/oauth2/default", strict, challenge) }, o.userNamed(visitorLogin).id, []string{
			"policy.evaluate_sign_on ALLOW Sign-on policy evaluation resulted in ALLOW", "app.oauth2.as.authorize.scope_denied FAILURE scope_denied",
		}},
		"silent": {func() { o.visit("/oauth2", x.id, map[string]string{"who": "", "prompt": "none"}) }, x.id, []string{"app.oauth2.authorize FAILURE login_required"}},
		"secret": {func() { o.redeem("/oauth2/default", wrong, "none", nil) }, x.id, []string{
			"app.oauth2.invalid_client_credentials FAILURE invalid_client_secret", "app.oauth2.as.token.grant FAILURE invalid_client_secret",
		}},
		"code": {func() { o.redeem("/oauth2", x, "none", nil) }, x.id, []string{"app.oauth2.token.grant FAILURE invalid_authorization_code"}},
	} {
		_, before := o.logged(t, nil)
		tt.do()
		lines, entries := o.logged(t, nil)
		assert.Check(t, is.DeepEqual(lines[len(before):], tt.want), name)
		last := entries[len(entries)-1]
		if got := jsontree.Text(last, "actor.id"); got != tt.actor || jsontree.Text(last, "severity") != "WARN" {
			t.Errorf("%s: actor %q, severity %s", name, got, jsontree.Text(last, "severity"))
		}
	}
	_, found := o.logged(t, url.Values{"filter": {`eventType eq "app.oauth2.as.authorize" and actor.id eq "` + x.id + `"`}})
	if len(found) != 1 || jsontree.Text(found[0], "debugContext.debugData.redirectUri") != chatPage+"/" ||
		!strings.Contains(jsontree.Text(found[0], "debugContext.debugData.url"), url.QueryEscape(chatPage+"/")) {
		t.Error(found)
	}
	lines, _ := o.logged(t, url.Values{"filter": {`actor.id eq "` + wrong.id + `" and client.ipAddress eq "127.0.0.1" and outcome.result eq "FAILURE" and eventType sw "app.oauth2.as.token"`}})
	assert.Check(t, is.Len(lines, 1))
	// A secret is in no event.
	assert.Check(t, !strings.Contains(o.do("GET", "/api/v1/logs?limit=1000", nil).want(t, "200").raw, x.secret),
		"the secret is in the log")
}

func TestEnrollmentAndSecretsAreLogged(t *testing.T) {
	t.Parallel()
	o := start(t, Options{MFAEnrol: true})
	x := o.webClient(nil)
	o.visit("/oauth2", x.id, nil).want(t, "200")
	at := "/api/v1/apps/" + x.id + "/credentials/secrets"
	o.do("GET", at, nil).want(t, "200")
	lines, _ := o.logged(t, nil)
	want := []string{
		"app.oauth2.client.read_client_secret SUCCESS", "policy.evaluate_sign_on CHALLENGE Sign-on policy evaluation resulted in CHALLENGE",
		"app.oauth2.client.read_client_secret SUCCESS",
	}
	assert.Check(t, is.DeepEqual(lines, want))
	made := o.do("POST", at, object{}).want(t, "201").text("id")
	for _, change := range []string{"deactivate", "activate", "deactivate"} {
		o.do("POST", at+"/"+made+"/lifecycle/"+change, object{}).want(t, "200")
	}
	o.do("DELETE", at+"/"+made, nil).want(t, "204")
	lines, entries := o.logged(t, nil)
	assert.Check(t, is.DeepEqual(lines[len(want):], []string{
		"app.oauth2.credentials.lifecycle.create SUCCESS", "app.oauth2.credentials.lifecycle.deactivate SUCCESS",
		"app.oauth2.credentials.lifecycle.activate SUCCESS", "app.oauth2.credentials.lifecycle.deactivate SUCCESS",
		"app.oauth2.credentials.lifecycle.delete SUCCESS",
	}))
	for _, e := range entries {
		assert.Check(t, jsontree.Text(e, "displayMessage") != "", "%s has no words", jsontree.Text(e, "eventType"))
	}
	if lines, found := o.logged(t, oauthEvents); len(lines) != 7 || found[0]["legacyEventType"] != nil {
		t.Error(lines)
	}
	o.send("GET", "/api/v1/logs", nil, http.Header{}).want(t, "403 E0000005")
}

// fill writes five events down, a minute apart from the hour on, which it returns.
func (o *testOrg) fill(c *clock) time.Time {
	first := c.now()
	for _, uri := range []string{"/1", "/2", "/3", "/4", "/5"} {
		o.visit("/oauth2", o.DeviceApp(), map[string]string{"redirect_uri": chatPage + uri})
		c.advance(time.Minute)
	}
	return first
}

// sent are the last characters of the redirect URIs of the events in an answer.
func (a answer) sent() string {
	var all string
	for _, uri := range a.column("debugContext.debugData.redirectUri") {
		all += uri[len(uri)-1:]
	}
	return all
}

func TestLogQueries(t *testing.T) {
	t.Parallel()
	o, c := slow(t, Options{Limits: map[string]int{}})
	first := o.fill(c)
	at := func(minutes int) string { return first.Add(time.Duration(minutes) * time.Minute).Format(time.RFC3339) }
	for name, tt := range map[string]struct {
		query url.Values
		want  string
	}{
		"all":          {nil, "12345"},
		"newest first": {url.Values{"sortOrder": {"DESCENDING"}}, "54321"},
		"from":         {url.Values{"since": {at(2)}}, "345"},
		"to":           {url.Values{"until": {at(2)}}, "12"}, // its end is left out
		"between":      {url.Values{"since": {at(1)}, "until": {at(3)}}, "23"},
		"some":         {url.Values{"limit": {"2"}}, "12"},
		"the newest":   {url.Values{"limit": {"2"}, "sortOrder": {"DESCENDING"}}, "54"},
		"none":         {url.Values{"limit": {"0"}}, ""},
		"type":         {url.Values{"filter": {`eventType eq "app.oauth2.authorize"`}}, "12345"},
		"beginning":    {url.Values{"filter": {`eventType sw "app.oauth2.as"`}}, ""},
		"or":           {url.Values{"filter": {`eventType eq "x" or outcome.result eq "FAILURE"`}}, "12345"},
		"and":          {url.Values{"filter": {`target.id eq "` + o.DeviceApp() + `" and outcome.result eq "SUCCESS"`}}, ""},
		"target":       {url.Values{"filter": {`target.id eq "` + o.DeviceApp() + `"`}}, "12345"},
	} {
		assert.Check(t, is.Equal(o.do("GET", "/api/v1/logs?"+tt.query.Encode(), nil).want(t, "200").sent(), tt.want),
			name)
	}
	for member, value := range map[string]string{
		"filter": `published gt "2020"`, "limit": "1001", "sortOrder": "x", "since": "yesterday", "until": "1", "after": "none",
	} {
		o.do("GET", "/api/v1/logs?"+url.Values{member: {value}}.Encode(), nil).want(t, "400 E0000001 "+map[string]string{
			"filter": "filter: Invalid search criteria.", "limit": "limit: must be a number from 0 to 1000", "after": "after: the cursor is not known",
			"sortOrder": "sortOrder: must be ASCENDING or DESCENDING",
			"since":     "since: must be a time such as 2026-01-31T08:15:00.000Z", "until": "until: must be a time such as 2026-01-31T08:15:00.000Z",
		}[member])
	}
	c.advance(7*24*time.Hour - 4*time.Minute)
	assert.Check(t, is.Equal(o.do("GET", "/api/v1/logs", nil).want(t, "200").sent(), "2345"), "a week later")
}

// Events can be late.
func TestLogDelay(t *testing.T) {
	t.Parallel()
	o, c := slow(t, Options{LogDelay: 90 * time.Second, Limits: map[string]int{}})
	o.fill(c)
	assert.Check(t, is.Equal(o.do("GET", "/api/v1/logs", nil).want(t, "200").sent(), "1234"))
	c.advance(30 * time.Second)
	assert.Check(t, is.Equal(o.do("GET", "/api/v1/logs", nil).want(t, "200").sent(), "12345"))
}
