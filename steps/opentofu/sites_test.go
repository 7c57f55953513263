package opentofu

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/opentofu/hcltest"
)

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
