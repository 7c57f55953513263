package okta

import "testing"

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
		if got := AdminConsole(org); got != want {
			t.Errorf("AdminConsole(%q) = %q, want %q", org, got, want)
		}
	}
}
