package okta

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/testkit/cases"
)

func TestParseOrg(t *testing.T) {
	t.Parallel()
	cases.Check(t, "orgs.txt", func(in ...string) string {
		got, err := ParseOrg(in[0])
		if err != nil {
			assert.Check(t, !strings.ContainsAny(err.Error(), "\x1b\n") && !strings.Contains(err.Error(), "pw"), "error %q repeats the input", err)
			return "✗ " + err.Error()
		}
		assert.Check(t, is.Equal(got.Host, strings.SplitAfter(got.URL, "//")[1]))
		return strings.Join(append([]string{got.URL}, got.Notes...), ", ")
	})
	_, err := ParseOrg(strings.Repeat("a", 64) + ".okta.com")
	assert.Check(t, is.ErrorContains(err, "too long"))
}

func TestAdminConsole(t *testing.T) {
	t.Parallel()
	for org, want := range map[string]string{
		"https://acme.okta.com":         "https://acme-admin.okta.com/",
		"https://acme.oktapreview.com":  "https://acme-admin.oktapreview.com/",
		"https://login.example.com":     "",
		"http://127.0.0.1:8443":         "",
		"https://notokta.com":           "",
		"https://acme.okta.com.evil.io": "",
		"::":                            "",
	} {
		assert.Check(t, is.Equal(AdminConsole(org), want), "AdminConsole(%q)", org)
	}
}
