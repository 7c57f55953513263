package opentofu

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/opentofu/hcltest"
)

const (
	appID           = "0oauRcgv37kwWgtBTgJp"
	groupID         = "00gWtAi2QhgbMff2PRvj"
	integrationID   = "106c889a-50bc-498e-99b0-ef4abb9d5e7b"
	configurationID = "f6a1ce38-af1d-4814-a194-e074bf6c8d17"
	deploymentID    = "a0877651-b991-455d-a560-0f5fded208af"
)

// answers are what the services return, as far as the tests need it.
var answers = map[guide.ObjectKind]string{
	guide.KindApp: `{"id":"0oauRcgv37kwWgtBTgJp","label":"Chat","profile":{"managedBy":"msgsso-wizard"},"visibility":{"hide":{"iOS":true,"web":true},"autoSubmitToolbar":false},
		"credentials":{"oauthClient":{"token_endpoint_auth_method":"client_secret_basic","pkce_required":false}},
		"settings":{"notes":{"admin":"Created by msgsso-wizard."},"oauthClient":{"application_type":"web","grant_types":["authorization_code","refresh_token"],
		"response_types":["code"],"redirect_uris":["https://www.example.com/support"],"post_logout_redirect_uris":[],
		"refresh_token":{"rotation_type":"STATIC"},"idp_initiated_login":{"mode":"DISABLED"}}}}`,
	guide.KindAssignment: `{"id":"00gWtAi2QhgbMff2PRvj"}`,
	guide.KindOrigin:     `{"name":"Page","origin":"https://www.example.com","scopes":[{"type":"CORS"},{"type":"REDIRECT"}]}`,
	guide.KindIntegration: `{"integrationType":{"id":"open-messaging"},"intendedState":"ENABLED","config":{"name":"SSO","notes":"",
		"properties":{"max_refresh_token_lifetime":86400},"advanced":{},"credentials":{"slot":{"id":"e722396e-9977-4d46-8670-d3e15ceab30e"}}}}`,
	guide.KindConfiguration: `{"id":"f6a1ce38-af1d-4814-a194-e074bf6c8d17","version":"2","status":"Active","name":"Web","description":"Created by msgsso-wizard.","languages":["en-us"],
		"defaultLanguage":"en-us","messenger":{"enabled":true,"fileUpload":{"modes":[]},"video":{"enabled":false}},
		"authenticationSettings":{"enabled":true,"integrationId":"106c889a-50bc-498e-99b0-ef4abb9d5e7b","allowSessionUpgrade":false}}`,
	guide.KindDeployment: `{"id":"a0877651-b991-455d-a560-0f5fded208af","name":"Site","description":"Created by msgsso-wizard.","allowAllDomains":false,"allowedDomains":["www.example.com"],
		"flow":{"id":"c9c0a0aa-389c-4766-96c4-616810c737d9","name":"Flow"},"configuration":{"id":"f6a1ce38-af1d-4814-a194-e074bf6c8d17","version":"2","name":"Web"}}`,
}

var ids = map[guide.ObjectKind]string{
	guide.KindApp: appID, guide.KindAssignment: groupID, guide.KindOrigin: "tosqfOPkSrKRWfMPQ4Sv",
	guide.KindIntegration: integrationID, guide.KindConfiguration: configurationID, guide.KindDeployment: deploymentID,
}

// object is an object of a kind as its service returns it, after the text was replaced in the answer.
func object(t *testing.T, kind guide.ObjectKind, replace ...string) Object {
	t.Helper()
	text := strings.NewReplacer(replace...).Replace(answers[kind])
	assert.Check(t, len(replace) == 0 || text != answers[kind], "nothing was replaced")
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	o := Object{Kind: kind, Name: string(kind), ID: ids[kind]}
	assert.NilError(t, decoder.Decode((*map[string]any)(&o.Stored)))
	if kind == guide.KindAssignment {
		o.In = []string{appID}
	}
	return o
}

func all(t *testing.T) []Object {
	t.Helper()
	var out []Object
	for kind := range answers {
		out = append(out, object(t, kind))
	}
	return out
}

// written are the files of the objects, which hold all rules, and what they have.
func written(t *testing.T, objects ...Object) (map[string]string, hcltest.Found, Setup) {
	t.Helper()
	files, s := Files(Setup{
		OktaURL: "https://acme.okta.com", Region: genesys.Region{AWS: "eu-central-1", API: "https://api.mypurecloud.de"}, Objects: objects, Version: "v1",
	})
	texts := map[string]string{}
	for _, f := range files {
		texts[f.Name] = f.Text
	}
	found := hcltest.Check(maps.Clone(texts))
	assert.Check(t, is.DeepEqual(found.Problems, []string(nil)))
	return texts, found, s
}

func TestFiles(t *testing.T) {
	t.Parallel()
	texts, found, s := written(t, all(t)...)
	assert.Equal(t, len(s.Left), 0, "%v", s.Left)
	assert.DeepEqual(t, found.Imports, map[string]string{
		"okta_app_oauth.messenger": appID, "okta_app_group_assignment.messenger": appID + "/" + groupID, "okta_trusted_origin.site": ids[guide.KindOrigin],
		"genesyscloud_integration.oidc": integrationID, "genesyscloud_webdeployments_configuration.messenger": configurationID,
		"genesyscloud_webdeployments_deployment.site": deploymentID,
	})
	for file, lines := range map[string][]string{
		"okta.tf": {
			"app_id   = okta_app_oauth.messenger.id", "omit_secret                = true", "skip_authentication_policy = true",
			"refresh_token_rotation     = \"STATIC\"", `scopes = ["CORS", "REDIRECT"]`, "prevent_destroy = true",
		},
		"genesys.tf": {
			"integration_id        = genesyscloud_integration.oidc.id", "id      = genesyscloud_webdeployments_configuration.messenger.id",
			"version = genesyscloud_webdeployments_configuration.messenger.version", "slot = \"e722396e-9977-4d46-8670-d3e15ceab30e\"",
			"max_refresh_token_lifetime = 86400", "advanced = jsonencode({})", "ignore_changes  = [config[0].credentials]",
		},
		"providers.tf": {`org_name = "acme"`, `base_url = "okta.com"`, "token_pool_size = 1"},
		"versions.tf":  {`">= 1.6"`, `"~> 6.12"`, `"~> 1.82"`},
		"README.md":    {"**6 to import, 0 to add, 1 to change, 0 to destroy**", "GENESYSCLOUD_REGION=eu-central-1", "- The `description` of the deployment."},
	} {
		for _, line := range lines {
			assert.Check(t, is.Contains(texts[file], line))
		}
	}
	for _, absent := range []string{"post_logout", "notes ", "allow_all_domains", "status", "gateway", "http_proxy"} {
		assert.Check(t, !strings.Contains(texts["okta.tf"]+texts["genesys.tf"]+texts["providers.tf"], absent), absent)
	}
}

// TestHostileTexts writes names that HCL, a terminal, or Markdown would obey, as they are.
func TestHostileTexts(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"a${path.root}", "%{ for x in y }", `"quoted" \ `, "two\nlines", "\u202eabc\u001b[31m", "$${x} %%{y}", "| `b` <i>", "日本"} {
		text, err := json.Marshal(name)
		assert.NilError(t, err)
		o := object(t, guide.KindApp, `"Chat"`, string(text))
		o.Name = name
		_, found, _ := written(t, o)
		assert.Check(t, is.Equal(found.Resources["okta_app_oauth.messenger"]["label"].AsString(), name))
	}
}

func TestVariants(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		kind    guide.ObjectKind
		replace []string
		file    string
		has     string
		left    string // why it isn't written
	}{
		"app without refresh":      {guide.KindApp, []string{`,"refresh_token"]`, "]"}, "okta.tf", "ignore_changes  = [refresh_token_rotation, refresh_token_leeway, omit_secret, skip_authentication_policy]", ""},
		"app without a profile":    {guide.KindApp, []string{`"profile":{"managedBy":"msgsso-wizard"}`, `"profile":null`}, "okta.tf", "omit_secret", ""},
		"an older version":         {guide.KindDeployment, []string{`"version":"2"`, `"version":"1"`}, "genesys.tf", `version = "1"`, ""},
		"all domains":              {guide.KindDeployment, []string{`"allowAllDomains":false,"allowedDomains":["www.example.com"]`, `"allowAllDomains":true,"allowedDomains":[]`}, "genesys.tf", "allow_all_domains = true", ""},
		"a feature of its own":     {guide.KindConfiguration, []string{`"video":{"enabled":false}`, `"video":{"enabled":true}`}, "README.md", "messenger.video", "it has settings that an import would remove: messenger.video"},
		"more at the top":          {guide.KindConfiguration, []string{`"status":"Active"`, `"status":"Active","cobrowse":{"enabled":true}`}, "README.md", "cobrowse", "it has settings that an import would remove: cobrowse"},
		"a deployment with pushes": {guide.KindDeployment, []string{`"name":"Site"`, `"name":"Site","pushIntegrations":[{"id":"x"}]`}, "README.md", "pushIntegrations", "it has settings that an import would remove: pushIntegrations"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			objects := []Object{object(t, tc.kind, tc.replace...)}
			if tc.kind == guide.KindDeployment {
				objects = append(objects, object(t, guide.KindConfiguration))
			}
			texts, _, s := written(t, objects...)
			assert.Check(t, is.Contains(texts[tc.file], tc.has))
			why := ""
			for _, l := range s.Left {
				why += l.Why
			}
			assert.Check(t, is.Equal(why, tc.left))
		})
	}
}

// TestAdopted writes only what the wizard created. It names the rest by its IDs.
func TestAdopted(t *testing.T) {
	t.Parallel()
	texts, found, s := written(t, object(t, guide.KindAssignment), object(t, guide.KindIntegration), object(t, guide.KindDeployment),
		Object{Kind: guide.KindFederated, Name: "given_name", ID: "ofc1"})
	assert.Equal(t, len(found.Resources), 3)
	assert.Check(t, is.Contains(texts["okta.tf"], `app_id   = "`+appID+`"`))
	assert.Check(t, is.Contains(texts["genesys.tf"], `id      = "`+configurationID+`"`))
	assert.Check(t, is.Contains(texts["genesys.tf"], `version = "2"`))
	assert.Check(t, is.Contains(texts["README.md"], "**3 to import, 0 to add, 0 to change, 0 to destroy**"))
	assert.Equal(t, len(s.Left), 1)
	assert.Equal(t, s.Left[0].Why, "the providers have no resource for it")
}

// TestSeveral gives each object of a kind its own name.
func TestSeveral(t *testing.T) {
	t.Parallel()
	second := object(t, guide.KindOrigin)
	second.ID = "tosqfOPkSrKRWfMPQ4Sw"
	_, found, _ := written(t, object(t, guide.KindOrigin), second)
	assert.Check(t, is.Equal(found.Imports["okta_trusted_origin.site_2"], second.ID))
}

// TestSimulatedOrgs leads the providers to services on this computer.
func TestSimulatedOrgs(t *testing.T) {
	t.Parallel()
	files, _ := Files(Setup{OktaURL: "http://127.0.0.1:18110", Region: genesys.Region{API: "http://127.0.0.1:18111"}})
	text := ""
	for _, f := range files {
		text += f.Text
	}
	for _, want := range []string{`http_proxy = "http://127.0.0.1:18110"`, `port     = "18111"`, `protocol = "http"`} {
		assert.Check(t, is.Contains(text, want))
	}
}

// siteOf is a site with an app, a configuration, and a deployment of its name, which shares an integration with the others.
func siteOf(t *testing.T, name string, n int, replace ...string) Site {
	t.Helper()
	number := fmt.Sprintf("%d", n)
	other := func(kind guide.ObjectKind, id string, replace ...string) Object {
		o := object(t, kind, append(replace, ids[kind], id)...)
		o.ID = id
		return o
	}
	app, configuration := appID[:19]+number, configurationID[:35]+number
	assignment := object(t, guide.KindAssignment)
	assignment.In = []string{app}
	return Site{name, Setup{OktaURL: "https://acme.okta.com", Objects: []Object{
		other(guide.KindApp, app, append(replace, `"Chat"`, `"Chat `+name+`"`)...), assignment, object(t, guide.KindIntegration),
		other(guide.KindConfiguration, configuration, `"Web"`, `"Web `+name+`"`),
		other(guide.KindDeployment, deploymentID[:35]+number, configurationID, configuration, `"Site"`, `"Site `+name+`"`, "www.example.com", name+".example.com"),
	}}}
}

func checked(t *testing.T, sites ...Site) (hcltest.Files, hcltest.Found) {
	t.Helper()
	files, whole := SiteFiles(sites)
	texts := hcltest.Files{}
	for _, f := range files {
		texts[f.Name] = f.Text
	}
	found := hcltest.Check(texts)
	assert.Check(t, is.DeepEqual(found.Problems, []string(nil)))
	assert.Check(t, is.Len(found.Imports, len(whole.Objects)))
	return texts, found
}

func TestSiteFiles(t *testing.T) {
	t.Parallel()
	texts, found := checked(t, siteOf(t, "shop", 1), siteOf(t, "help ${x}", 2))
	assert.Check(t, is.Equal(found.Imports["genesyscloud_integration.oidc"], integrationID), "what all share")
	for name, number := range map[string]string{"shop": "1", "help ${x}": "2"} {
		at := fmt.Sprintf("module.site[%q].", name)
		assert.Check(t, is.Equal(found.Imports[at+"okta_app_oauth.messenger"], appID[:19]+number))
		assert.Check(t, is.Equal(found.Imports[at+"okta_app_group_assignment.messenger"], appID[:19]+number+"/"+groupID))
		assert.Check(t, is.Equal(found.Resources[at+"okta_app_oauth.messenger"]["label"].AsString(), "Chat "+name))
		assert.Check(t, is.Equal(found.Resources[at+"genesyscloud_webdeployments_deployment.site"]["allowed_domains"].AsValueSlice()[0].AsString(), name+".example.com"))
	}
	for file, lines := range map[string][]string{
		"sites.tf":         {"for_each = local.sites", `"help $${x}" = {`, "authentication_settings_integration_id = genesyscloud_integration.oidc.id", `to = module.site["shop"].okta_app_oauth.messenger`},
		"site/okta.tf":     {"label                      = var.site.okta_app_oauth_messenger.label", "app_id   = okta_app_oauth.messenger.id", "omit_secret                = true"},
		"site/genesys.tf":  {"integration_id        = var.site.genesyscloud_webdeployments_configuration_messenger.authentication_settings_integration_id", "version = genesyscloud_webdeployments_configuration.messenger.version"},
		"site/versions.tf": {"okta/okta"},
		"README.md":        {"**9 to import, 0 to add, 2 to change, 0 to destroy**", "`module.site[\"shop\"].okta_app_oauth.messenger`"},
	} {
		for _, line := range lines {
			assert.Check(t, is.Contains(texts[file], line))
		}
	}
}

// TestBrokenModule breaks the module and its sites on purpose.
func TestBrokenModule(t *testing.T) {
	t.Parallel()
	texts, _ := checked(t, siteOf(t, "shop", 1), siteOf(t, "help", 2))
	for name, tc := range map[string]struct{ file, from, to, want string }{
		"no such value":     {"site/okta.tf", "messenger.label", "messenger.name", "okta_app_oauth.messenger.label"},
		"a value of a type": {"sites.tf", `"Chat shop"`, "1", `module.site["shop"].okta_app_oauth.messenger.label is number`},
		"no such site":      {"sites.tf", `module.site["shop"].okta_app_oauth`, `module.site["shops"].okta_app_oauth`, "imports no resource"},
		"another resource":  {"sites.tf", "genesyscloud_integration.oidc.id", "genesyscloud_integration.okta.id", "local.sites"},
		"attribute missing": {"site/okta.tf", "type                       = \"web\"", "", "okta_app_oauth.messenger.type is missing"},
		"no module":         {"sites.tf", `"./site"`, `"./sites"`, "module site"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			broken := maps.Clone(texts)
			broken[tc.file] = strings.Replace(texts[tc.file], tc.from, tc.to, 1)
			assert.Assert(t, broken[tc.file] != texts[tc.file], "nothing was broken")
			assert.Check(t, is.Contains(strings.Join(hcltest.Check(broken).Problems, "\n"), tc.want))
		})
	}
}

// TestUnevenSites writes outside of the module what only some sites have, or have in another form.
func TestUnevenSites(t *testing.T) {
	t.Parallel()
	more := siteOf(t, "shop", 1)
	more.Setup.Objects = append(more.Setup.Objects, object(t, guide.KindOrigin))
	_, found := checked(t, more, siteOf(t, "help", 2, `,"refresh_token"]`, "]"))
	assert.Check(t, is.Equal(found.Imports["okta_trusted_origin.site"], ids[guide.KindOrigin]))
	assert.Check(t, is.Equal(found.Imports["okta_app_oauth.messenger"], appID[:19]+"1"), "one of the apps has no Refresh Token grant")
	assert.Check(t, is.Equal(found.Imports["okta_app_oauth.messenger_2"], appID[:19]+"2"))
	assert.Check(t, is.Equal(found.Imports[`module.site["help"].genesyscloud_webdeployments_deployment.site`], deploymentID[:35]+"2"))
}

// TestOneSite has no module.
func TestOneSite(t *testing.T) {
	t.Parallel()
	texts, found := checked(t, siteOf(t, "shop", 1))
	assert.Check(t, is.Equal(found.Imports["okta_app_oauth.messenger"], appID[:19]+"1"))
	assert.Check(t, is.Equal(texts["sites.tf"], ""))
}
