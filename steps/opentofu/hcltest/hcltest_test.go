package hcltest

import (
	_ "embed" // of the proven file
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

//go:embed testdata/proven.tf
var proven string

// TestProvenFile checks the file that the providers accepted.
func TestProvenFile(t *testing.T) {
	t.Parallel()
	found := Check(Files{"all.tf": proven}, "canary-secret")
	assert.DeepEqual(t, found.Problems, []string(nil))
	assert.Equal(t, len(found.Resources), 9)
	assert.Equal(t, len(found.Imports), 9)
	assert.Equal(t, found.Resources["okta_app_oauth.messenger"]["label"].AsString(), "Genesys Cloud Messenger")
}

// TestBrokenFiles breaks each rule in the proven file.
func TestBrokenFiles(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ from, to, want string }{
		"syntax":                  {`type                       = "web"`, `type = "web`, "Invalid multi-line string"},
		"required missing":        {`label                      = "Genesys Cloud Messenger"`, ``, "okta_app_oauth.messenger.label is missing"},
		"required in a block":     {`    integration_id        = genesyscloud_integration.oidc.id`, ``, "authentication_settings.integration_id is missing"},
		"unknown attribute":       {`hide_web                   = true`, `hide_all = true`, "okta_app_oauth.messenger.hide_all: no such attribute"},
		"unknown block":           {`  position {`, `  place {`, "messenger.place: no such block"},
		"unknown resource":        {`resource "okta_trusted_origin" "site"`, `resource "okta_origin" "site"`, "okta_origin.site: no such resource"},
		"unknown provider option": {`org_name   = "acme"`, `org = "acme"`, "provider okta.org: no such attribute"},
		"text for a switch":       {`hide_ios                   = true`, `hide_ios = "true"`, "hide_ios is string, not bool"},
		"number for a text":       {`default_language = "en-us"`, `default_language = 1`, "default_language is number, not string"},
		"text for a list":         {`allowed_domains = ["www.example.com"]`, `allowed_domains = "www.example.com"`, "not list(string)"},
		"number in a list":        {`["CORS", "REDIRECT"]`, `["CORS", 1]`, "not list(string)"},
		"computed only":           {`  languages        = ["en-us"]`, "  languages = [\"en-us\"]\n  version = \"1\"", "messenger.version is computed only"},
		"a secret's attribute":    {`credential_type_name = "oidcClientCredentialsV2"`, "credential_type_name = \"x\"\n  fields = {}", "okta.fields is sensitive"},
		"a block twice":           {"  position {\n", "  position {\n  }\n  position {\n", "position is there 2 times"},
		"a block missing":         {"  configuration {\n    id      = genesyscloud_webdeployments_configuration.messenger.id\n    version = genesyscloud_webdeployments_configuration.messenger.version\n  }\n", "", "configuration is there 0 times"},
		"reference to nothing":    {`okta_auth_server_policy.messenger.id`, `okta_auth_server_policy.other.id`, "policy_id"},
		"import of another kind":  {`id = "tosqfOPkSrKRWfMPQ4Sv"`, `id = "0oaqfOPkSrKRWfMPQ4Sv"`, `"0oaqfOPkSrKRWfMPQ4Sv" isn't an import ID`},
		"import without its app":  {`id = "0oauRcgv37kwWgtBTgJp/00gWtAi2QhgbMff2PRvj"`, `id = "00gWtAi2QhgbMff2PRvj"`, "isn't an import ID"},
		"import with too much":    {`id = "e722396e-9977-4d46-8670-d3e15ceab30e"`, `id = "x/e722396e-9977-4d46-8670-d3e15ceab30e"`, "isn't an import ID"},
		"import of nothing":       {`to = okta_trusted_origin.site`, `to = okta_trusted_origin.page`, "okta_trusted_origin.page: imports no resource"},
		"no import":               {"import {\n  to = okta_trusted_origin.site\n  id = \"tosqfOPkSrKRWfMPQ4Sv\"\n}\n", "", "okta_trusted_origin.site isn't imported"},
		"a secret":                {`Created by msgsso-wizard"`, `canary-secret"`, "all.tf has a secret"},
		"an open template":        {`"Web SSO"`, `"Web ${SSO}"`, "site.name"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			broken := strings.Replace(proven, tc.from, tc.to, 1)
			assert.Assert(t, broken != proven, "nothing was broken")
			assert.Check(t, is.Contains(strings.Join(Check(Files{"all.tf": broken}, "canary-secret").Problems, "\n"), tc.want))
		})
	}
}
