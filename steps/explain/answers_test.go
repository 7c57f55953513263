package explain

import (
	"errors"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/guide"
)

func TestEnvironment(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		vars map[string]string
		want map[guide.Key][]string
		err  string
	}{
		"the vendors' names": {
			vars: map[string]string{"OKTA_CLIENT_ORGURL": "https://acme.okta.com/", "GENESYSCLOUD_REGION": "eu-central-1", "GENESYSCLOUD_OAUTHCLIENT_ID": "id"},
			want: map[guide.Key][]string{guide.OktaOrg: {"https://acme.okta.com"}, guide.GenesysRegion: {"mypurecloud.de"}, guide.GenesysClientID: {"id"}},
		},
		"the vendor's name first": {
			vars: map[string]string{"OKTA_CLIENT_ORGURL": "one.okta.com", "MSGSSO_OKTA_ORG": "two.okta.com"},
			want: map[guide.Key][]string{guide.OktaOrg: {"https://one.okta.com"}},
		},
		"an empty one is none": {
			vars: map[string]string{"OKTA_CLIENT_ORGURL": "", "MSGSSO_OKTA_ORG": "two.okta.com"},
			want: map[guide.Key][]string{guide.OktaOrg: {"https://two.okta.com"}},
		},
		"name and base":     {vars: map[string]string{"OKTA_ORG_NAME": "acme", "OKTA_BASE_URL": "oktapreview.com"}, want: map[guide.Key][]string{guide.OktaOrg: {"https://acme.oktapreview.com"}}},
		"name without base": {vars: map[string]string{"OKTA_ORG_NAME": "acme"}, want: map[guide.Key][]string{guide.OktaOrg: {"https://acme.okta.com"}}},
		"base without name": {vars: map[string]string{"OKTA_BASE_URL": "okta.com"}, want: map[guide.Key][]string{guide.OktaOrg: nil}},
		"the URL before the name": {
			vars: map[string]string{"OKTA_ORG_NAME": "other", "OKTA_CLIENT_ORGURL": "acme.okta.com"},
			want: map[guide.Key][]string{guide.OktaOrg: {"https://acme.okta.com"}},
		},
		"several values": {
			vars: map[string]string{
				"MSGSSO_REDIRECT_URI": "https://a.example/ https://b.example/", "MSGSSO_GROUP": "Web customers, Web partners",
				"MSGSSO_GRANT_TYPE": "authorization_code", "MSGSSO_ALLOWED_DOMAIN": "a.example  b.example",
			},
			want: map[guide.Key][]string{
				guide.RedirectURIs: {"https://a.example/", "https://b.example/"}, guide.AssignGroups: {"Web customers", "Web partners"},
				guide.GrantTypes: {"authorization_code"}, guide.AllowedDomains: {"a.example", "b.example"},
			},
		},
		"a bad value":    {vars: map[string]string{"GENESYSCLOUD_REGION": "10.0.0.1"}, err: "GENESYSCLOUD_REGION: 10.0.0.1 is an IP address and not a domain: sign in to Genesys Cloud and copy the browser's URL, such as https://apps.mypurecloud.de."},
		"a bad name":     {vars: map[string]string{"OKTA_ORG_NAME": "a b"}, err: "OKTA_ORG_NAME and OKTA_BASE_URL: the URL contains a space. Enter the host only, such as acme.okta.com."},
		"a broken token": {vars: map[string]string{"OKTA_CLIENT_TOKEN": "can ary"}, err: "OKTA_CLIENT_TOKEN: API token has a space or a line break inside. Paste it again in one piece."},
	} {
		a := guide.NewAnswers()
		err := a.FromEnvironment(func(name string) (string, bool) { v, ok := tt.vars[name]; return v, ok })
		if tt.err != "" {
			assert.Check(t, is.Error(Explain("", err), tt.err), name)
			assert.Check(t, is.Equal(ExitCode(Explain("", err)), 2), name)
			continue
		}
		assert.NilError(t, err)
		for key, want := range tt.want {
			assert.Check(t, is.DeepEqual(a.Get(key).Values, want), name+": "+string(key))
		}
	}
	err := guide.NewAnswers().FromFlags(guide.Assign, []string{"all"})
	assert.Check(t, is.Error(Explain("", err), `--assign: there is no assignment "all". Choose everyone, groups, skip.`), "a bad flag")
	e, _ := errors.AsType[*Error](Explain("", err))
	assert.Check(t, is.Equal(e.Question, guide.Assign))
}
