package oktasim

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

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
