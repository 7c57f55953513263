package oktasim

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

const deviceScopes = "okta.apps.manage okta.users.read okta.roles.read"

func (o *testOrg) device() answer {
	o.t.Helper()
	return o.post("/oauth2/v1/device/authorize", url.Values{"client_id": {o.DeviceApp()}, "scope": {deviceScopes}}, nil).want(o.t, "200")
}

func (o *testOrg) poll(asked answer) answer {
	o.t.Helper()
	return o.post("/oauth2/v1/token", url.Values{
		"grant_type": {deviceGrant}, "device_code": {asked.text("device_code")}, "client_id": {o.DeviceApp()},
	}, nil)
}

func (o *testOrg) activate(asked answer, more url.Values) answer {
	o.t.Helper()
	form := url.Values{"user_code": {strings.ToLower(asked.text("user_code"))}}
	for name, values := range more {
		form[name] = values
	}
	return o.post("/activate", form, nil)
}

func TestDeviceGrant(t *testing.T) {
	t.Parallel()
	o, c := slow(t, Options{Limits: map[string]int{}})
	asked := o.device()
	page := o.http.URL + "/activate"
	want := []any{page, page + "?user_code=" + asked.text("user_code"), 600.0, 5.0}
	assert.Check(t, is.DeepEqual([]any{asked.at("verification_uri"), asked.at("verification_uri_complete"), asked.at("expires_in"), asked.at("interval")}, want))
	o.poll(asked).want(t, "400 authorization_pending")
	o.poll(asked).want(t, "400 slow_down")
	c.advance(5 * time.Second)
	o.poll(asked).want(t, "400 slow_down") // ten by now
	c.advance(15 * time.Second)
	o.poll(asked).want(t, "400 authorization_pending")
	shown := o.send("GET", asked.text("verification_uri_complete"), nil, nil).want(t, "200")
	assert.Check(t, is.Contains(shown.raw, asked.text("user_code")))
	o.activate(asked, nil).want(t, "200")
	a := o.poll(asked).want(t, "200")
	assert.Check(t, a.text("token_type") == "Bearer" && a.text("scope") == deviceScopes, a.raw)
	o.poll(asked).want(t, "400 invalid_grant") // once
	sign := http.Header{"Authorization": {"Bearer " + a.text("access_token")}}
	got := o.send("GET", "/api/v1/users/me", nil, sign).want(t, "200").text("profile.login")
	assert.Check(t, is.Equal(got, adminLogin), "the token")
	o.send("POST", "/api/v1/apps", webApp(nil), sign).want(t, "200")
	o.send("GET", "/api/v1/org", nil, sign).want(t, "403")
}

func TestDeviceAnswers(t *testing.T) {
	t.Parallel()
	o, c := slow(t, Options{Limits: map[string]int{}})
	kept := o.device()
	o.activate(kept, url.Values{"decision": {"deny"}}).want(t, "200")
	o.poll(kept).want(t, "403 access_denied")

	// Scopes come back that the user's role cannot use.
	alice := o.device()
	o.activate(alice, url.Values{"login": {visitorLogin}}).want(t, "200")
	token := o.poll(alice).want(t, "200").text("access_token")
	o.send("GET", "/api/v1/apps", nil, http.Header{"Authorization": {"Bearer " + token}}).want(t, "403 E0000006")

	late := o.device()
	for what, a := range map[string]answer{
		"Nobody":     o.activate(late, url.Values{"login": {"nobody"}}),
		"not known,": o.activate(late, url.Values{"user_code": {"<x>"}}),
	} {
		assert.Check(t, a.status == 200 && !strings.Contains(a.raw, "<x>") && !strings.Contains(a.raw, "let in"),
			"%s: %s", what, a.raw)
	}
	o.poll(late).want(t, "400 authorization_pending")
	c.advance(10 * time.Minute)
	o.activate(late, nil)
	o.poll(late).want(t, "400 expired_token")

	automatic := start(t, Options{AutoApprove: true})
	automatic.poll(automatic.device()).want(t, "200")
}

func TestDeviceRefusals(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	web := o.do("POST", "/api/v1/apps", webApp(nil)).want(t, "200").text("id")
	for want, form := range map[string]url.Values{
		"401 invalid_client":      {"client_id": {"none"}, "scope": {"openid"}},
		"400 unauthorized_client": {"client_id": {web}, "scope": {"openid"}},
		"400 invalid_scope":       {"client_id": {o.DeviceApp()}, "scope": {"okta.idps.read"}},
	} {
		o.post("/oauth2/v1/device/authorize", form, nil).want(t, want)
	}
	asked := o.device()
	o.post("/oauth2/v1/token", url.Values{"grant_type": {deviceGrant}, "device_code": {asked.text("device_code")}, "client_id": {web}}, nil).want(t, "400 invalid_grant")
	group := o.do("GET", "/api/v1/groups?q=Everyone&limit=1", nil).column("id")[0]
	o.do("DELETE", "/api/v1/apps/"+o.DeviceApp()+"/groups/"+group, nil).want(t, "204")
	o.activate(asked, nil)
	o.poll(asked).want(t, "400 authorization_pending") // Ada is no longer assigned
}
