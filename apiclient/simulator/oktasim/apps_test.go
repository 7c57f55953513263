package oktasim

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestAppLife(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	before := o.Counts()

	made := o.do("POST", "/api/v1/apps?activate=true", webApp(nil)).want(t, "200")
	id, secret := made.text("id"), made.text("credentials.oauthClient.client_secret")
	at := "/api/v1/apps/" + id
	assert.Assert(t, len(id) == 20 && strings.HasPrefix(id, "0oa") &&
		len(secret) == 64 && made.text("status") == "ACTIVE", "id %q, secret of %d characters, status %q", id, len(secret), made.text("status"))
	assert.Check(t, is.Equal(made.text("_links.groups.href"), o.http.URL+at+"/groups"), "groups link")
	got := o.Counts()
	assert.Check(t, got.Apps == before.Apps+1 && got.Secrets == before.Secrets+1, "counts %+v after %+v", got, before)

	read := o.do("GET", at, nil).want(t, "200")
	assert.Check(t, !read.has("credentials.oauthClient.client_secret"), "a read shows the secret")
	assert.Check(t, read.has("universalLogout") && read.at("universalLogout") == nil,
		"universalLogout is %v, want null", read.at("universalLogout"))
	assert.Check(t, is.Equal(read.text("settings.oauthClient.refresh_token.rotation_type"), "STATIC"),
		"rotation type")

	put := o.do("PUT", at, webApp(object{"label": "Renamed", "settings.oauthClient.post_logout_redirect_uris": []any{"https://www.example.com/"}})).want(t, "200")
	assert.Check(t, put.text("credentials.oauthClient.client_secret") == secret &&
		put.text("label") == "Renamed" && put.text("id") == id, "PUT without a secret: %s", put.raw)
	put = o.do("PUT", at, webApp(object{"credentials.oauthClient.client_secret": "a-secret-of-my-own"})).want(t, "200")
	assert.Check(t, is.Equal(put.text("credentials.oauthClient.client_secret"), "a-secret-of-my-own"),
		"PUT with a secret does not set it")
	assert.Check(t, !put.has("settings.oauthClient.post_logout_redirect_uris"),
		"PUT is no full replacement: a member left out is still there")

	o.do("DELETE", at, nil).want(t, "403 E0000056")
	off := o.do("POST", at+"/lifecycle/deactivate", object{}).want(t, "200")
	assert.Check(t, is.Equal(off.raw, "{}"), "deactivate answers")
	if read := o.do("GET", at, nil); read.text("status") != "INACTIVE" || !read.has("_links.activate") || read.has("_links.deactivate") {
		t.Errorf("after deactivate: %s", read.raw)
	}
	assert.Check(t, is.Equal(o.do("DELETE", at, nil).want(t, "204").raw, ""), "delete answers")
	gone := o.do("GET", at, nil).want(t, "404 E0000007")
	if got, want := gone.text("errorSummary"), "Not found: Resource not found: "+id+" (AppInstance)"; got != want {
		t.Errorf("summary %q, want %q", got, want)
	}
	assert.Check(t, is.DeepEqual(o.Counts(), before))
}

func TestAppRefused(t *testing.T) {
	o := start(t, Options{Profile: NoAPIAM})
	const settings = "settings.oauthClient"
	many := strings.Repeat("x", 101)
	for _, tt := range []struct {
		change object
		cause  string // empty: accepted
	}{
		{nil, ""},
		{object{"label": many[:100]}, ""},
		{object{"misspelt": "x"}, ""},
		{object{settings + ".redirect_uris": []any{"http://d.com/", "http://localhost:8080/a", "http://127.0.0.1:5173/?a=b"}}, ""},
		{object{settings + ".wildcard_redirect": "SUBDOMAIN", settings + ".redirect_uris": []any{"https://*.example.com/cb"}}, ""},
		{object{"profile": object{"managedBy": "x", "none": nil}}, ""},
		{object{"credentials.oauthClient": nil}, ""},
		{object{"settings.notes": object{"admin": nil, "enduser": nil}, "accessibility": object{"errorRedirectUrl": nil, "loginRedirectUrl": nil}}, ""},

		{object{"label": nil}, "label: The field cannot be left blank"},
		{object{"label": ""}, "label: must be 1 to 100 characters"},
		{object{"label": many}, "label: must be 1 to 100 characters"},
		{object{"label": "chat 💬"}, "label: The field contains characters that are not supported"},
		{object{"label": 7}, "label: must be a string"},
		{object{"name": nil}, "name: The field cannot be left blank"},
		{object{"name": "other"}, "name: 'other' is not one of oidc_client"},
		{object{"signOnMode": nil}, "signOnMode: The field cannot be left blank"},
		{object{"credentials": nil}, "credentials: The field cannot be left blank"},
		{object{"settings": nil}, "settings: The field cannot be left blank"},
		{object{settings: nil}, "oauthClient: The field cannot be left blank"},
		{object{settings + ".grant_types": nil}, "grant_types: The field cannot be left blank"},
		{object{settings + ".grant_types": []any{"authorization_code", "magic"}}, "grant_types: 'magic' is not one of " + strings.Join(requests()["app"].Members["settings"].Members["oauthClient"].Members["grant_types"].Items.Allowed, ", ")},
		{object{settings + ".grant_types": []any{"implicit"}}, "grant_types: 'authorization_code' is required for an application of type 'web'"},
		{object{settings + ".grant_types": []any{"authorization_code", "implicit"}}, "response_types: 'token' or 'id_token' is required for the grant type 'implicit'"},
		{object{settings + ".response_types": nil}, "response_types: 'code' is required for the grant type 'authorization_code'"},
		{object{settings + ".redirect_uris": nil}, "redirect_uris: At least one redirect URI is required"},
		{object{settings + ".redirect_uris": "https://a.example"}, "redirect_uris: must be a list of strings"},
		{object{settings + ".redirect_uris": []any{"/support"}}, "redirect_uris: '/support' must be an absolute URI"},
		{object{settings + ".redirect_uris": []any{"myapp://callback"}}, "redirect_uris: 'myapp://callback' must be an absolute URI"},
		{object{settings + ".redirect_uris": []any{"https://a.example/#x"}}, "redirect_uris: 'https://a.example/#x' must not contain a fragment"},
		{object{settings + ".redirect_uris": []any{"https://*.example.com/"}}, "redirect_uris: 'https://*.example.com/' must not contain a wildcard"},
		{object{settings + ".wildcard_redirect": "SUBDOMAIN", settings + ".redirect_uris": []any{"https://*.com/"}}, "redirect_uris: 'https://*.com/' must not contain a wildcard"},
		{object{settings + ".refresh_token": object{"rotation_type": "STATIC"}, settings + ".grant_types": []any{"authorization_code"}}, "'refresh_token' grant type is required to configure the refresh token settings."},
		{object{settings + ".refresh_token": object{"rotation_type": "ROTATE", "leeway": 61}}, "leeway: must be 0 to 60"},
		{object{settings + ".consent_method": "REQUIRED"}, "consent_method: 'REQUIRED' is not available for this organization"},
		{object{settings + ".network": object{"connection": "HOME"}}, "connection: 'HOME' is not one of ANYWHERE, ZONE"},
		{object{settings + ".network": object{"include": []any{"x"}}}, "connection: The field cannot be left blank"},
		{object{settings + ".jwks": object{"keys": []any{}}, settings + ".client_uri": 7}, "client_uri: must be a string"},
		{object{settings + ".backchannel_token_delivery_mode": "fax"}, "backchannel_token_delivery_mode: 'fax' is not one of poll, ping, push"},
		{object{settings + ".issuer_mode": "DYNAMIC"}, "issuer_mode: 'DYNAMIC' is not enabled for this organization"},
		{object{"credentials.oauthClient.token_endpoint_auth_method": "none"}, "pkce_required: must be true when 'token_endpoint_auth_method' is 'none'"},
		{object{"credentials.oauthClient.client_id": "ALL_CLIENTS"}, "client_id: The value is not allowed"},
		{object{"credentials.oauthClient.client_id": "short"}, "client_id: must be 6 to 100 characters"},
		{object{"credentials.oauthClient.client_secret": "short"}, "client_secret: 'client_secret' must be at least '14' characters long."},
	} {
		t.Run(fmt.Sprint(tt.change), func(t *testing.T) {
			before := o.Counts().Apps
			want, more := "400 E0000001 "+tt.cause, 0
			if tt.cause == "" {
				want, more = "200", 1
			}
			o.do("POST", "/api/v1/apps", webApp(tt.change)).want(t, want)
			assert.Check(t, is.Equal((o.Counts().Apps-before), more))
		})
	}
}

// A body that was read is full of nulls; to send one back is refused.
func TestNullsAreRefused(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	made := o.do("POST", "/api/v1/apps", webApp(nil)).want(t, "200")
	a := o.do("PUT", "/api/v1/apps/"+made.text("id"), made.doc)
	a.want(t, "400 E0000001 helpUrl: The field cannot be null")
	assert.Check(t, is.Equal(a.text("errorSummary"), "Api validation failed: helpUrl"), "summary")
}

// Some nulls are in recorded requests that Okta took (contract okta.md 1.4).
func TestNullsThatAreTaken(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	body := webApp(object{
		"settings.notes": object{"admin": nil, "enduser": nil}, "settings.app": object{"base_url": nil},
		"accessibility": object{"errorRedirectUrl": nil, "loginRedirectUrl": nil, "selfService": false},
	})
	made := o.do("POST", "/api/v1/apps", body).want(t, "200")
	o.do("PUT", "/api/v1/apps/"+made.text("id"), body).want(t, "200")
}

func TestReadOnlyFields(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	off := o.do("POST", "/api/v1/apps?activate=false", webApp(object{"credentials.oauthClient.client_id": "chosen-id"})).want(t, "200")
	assert.Check(t, is.Equal(off.text("status"), "INACTIVE"))
	o.do("POST", "/api/v1/apps", webApp(object{"credentials.oauthClient.client_id": "chosen-id"})).want(t, "400 E0000001 client_id: The value is already in use")
	id := off.text("id")
	o.do("PUT", "/api/v1/apps/"+id, webApp(object{"credentials.oauthClient.client_id": "another-id"})).want(t, "400 E0000001 client_id: The value cannot be changed")
	o.do("PUT", "/api/v1/apps/"+id, webApp(object{"settings.oauthClient.application_type": "native"})).want(t, "400 E0000001 application_type: The value cannot be changed")
	got := o.do("PUT", "/api/v1/apps/"+id, webApp(nil)).want(t, "200").text("credentials.oauthClient.client_id")
	assert.Check(t, is.Equal(got, "chosen-id"), "client id")
}

func TestSecrets(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	made := o.do("POST", "/api/v1/apps", webApp(nil)).want(t, "200")
	app := "/api/v1/apps/" + made.text("id")
	at := app + "/credentials/secrets"

	list := o.do("GET", at, nil).want(t, "200")
	assert.Check(t, is.DeepEqual(list.column("client_secret"), []string{made.text("credentials.oauthClient.client_secret")}))
	first := list.column("id")[0]
	only := "400 E0000001 You can't deactivate the only active client secret."
	o.do("POST", at+"/"+first+"/lifecycle/deactivate", object{}).want(t, only)
	o.do("DELETE", at+"/"+first, nil).want(t, "400 E0000001 You can't delete an active client secret. Deactivate the secret before deleting it.")

	o.do("POST", at, object{"client_secret": "short"}).want(t, "400 E0000001 client_secret: 'client_secret' must be at least '14' characters long.")
	second := o.do("POST", at, object{}).want(t, "201")
	full := o.do("POST", at, object{}).want(t, "400 E0000001 You've reached the maximum number of client secrets per client.")
	assert.Check(t, is.Equal(full.text("errorSummary"), "Api validation failed: OAuth2ClientSecretMediated"),
		"summary")
	got := o.do("PUT", app, webApp(nil)).text("credentials.oauthClient.client_secret")
	assert.Check(t, is.Equal(got, second.text("client_secret")), "with two secrets the newer one is shown")

	off := o.do("POST", at+"/"+first+"/lifecycle/deactivate", object{}).want(t, "200")
	assert.Check(t, off.text("status") == "INACTIVE" && off.has("_links.activate") &&
		off.has("_links.delete") && !off.has("_links.deactivate"), "deactivated: %s", off.raw)
	o.do("POST", at+"/"+first+"/lifecycle/activate", object{}).want(t, "200")
	o.do("POST", at+"/"+first+"/lifecycle/deactivate", object{}).want(t, "200")
	o.do("DELETE", at+"/"+first, nil).want(t, "204")
	o.do("GET", at+"/"+first, nil).want(t, "404 E0000007")
	o.do("GET", at+"/"+second.text("id"), nil).want(t, "200")
}

// Each active secret opens the token endpoint, and no other one does.
func TestActiveSecretsAuthenticate(t *testing.T) {
	t.Parallel()
	o := start(t, Options{Limits: map[string]int{}})
	x := o.webClient(nil)
	at := "/api/v1/apps/" + x.id + "/credentials/secrets"
	made := o.do("POST", at, object{}).want(t, "201")
	assert.Check(t, made.text("status") == "ACTIVE" && made.text("created") != "" && made.text("lastUpdated") != "", made.raw)
	first, second := x, webClient{x.id, made.text("client_secret")}
	firstID := o.do("GET", at, nil).want(t, "200").column("id")[0]
	accepts := func(clients ...webClient) {
		t.Helper()
		for _, client := range []webClient{first, second} {
			want := "401 invalid_client"
			if slices.Contains(clients, client) {
				want = "400 invalid_grant"
			}
			got, _, _ := strings.Cut(o.redeem("/oauth2/default", client, "none", nil).outcome(), ":")
			assert.Check(t, strings.HasPrefix(got, want), "%s instead of %s", got, want)
		}
	}
	accepts(first, second)
	o.do("POST", at+"/"+firstID+"/lifecycle/deactivate", object{}).want(t, "200")
	accepts(second)
	o.do("POST", at+"/"+firstID+"/lifecycle/activate", object{}).want(t, "200")
	accepts(first, second)
	o.do("POST", at+"/"+firstID+"/lifecycle/deactivate", object{}).want(t, "200")
	o.do("DELETE", at+"/"+firstID, nil).want(t, "204")
	accepts(second)
}

// A custom admin role may lack the permission to read secrets.
func TestSecretsHidden(t *testing.T) {
	t.Parallel()
	o := start(t, Options{HideSecrets: true})
	app := o.do("POST", "/api/v1/apps", webApp(nil)).want(t, "200").text("id")
	o.do("GET", "/api/v1/apps/"+app+"/credentials/secrets", nil).want(t, "403 E0000006")
	o.do("POST", "/api/v1/apps/"+app+"/credentials/secrets", object{}).want(t, "403 E0000006")
}

// An app whose client has no secret gets one when its method changes.
func TestSecretlessClient(t *testing.T) {
	t.Parallel()
	o := start(t, Options{})
	bare := object{"credentials.oauthClient.token_endpoint_auth_method": "none", "credentials.oauthClient.pkce_required": true}
	made := o.do("POST", "/api/v1/apps", webApp(bare)).want(t, "200")
	assert.Check(t, !made.has("credentials.oauthClient.client_secret"), "a public client has a secret")
	put := o.do("PUT", "/api/v1/apps/"+made.text("id"), webApp(nil)).want(t, "200")
	assert.Check(t, is.Equal(len(put.text("credentials.oauthClient.client_secret")), 64),
		"no secret after the method changed")
}
