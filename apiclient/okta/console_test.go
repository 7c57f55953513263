package okta

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

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
