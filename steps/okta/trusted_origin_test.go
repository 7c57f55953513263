package okta

import (
	"testing"
	"time"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/okta"
)

// Without times, an app may be a newer one.
func TestMayRelyOn(t *testing.T) {
	made := time.Date(2026, 2, 3, 4, 5, 6, 0, time.UTC)
	for name, tt := range map[string]struct {
		app    string
		at     time.Time
		origin time.Time
		want   bool
	}{
		"newer":                     {customApp, made.Add(time.Second), made, true},
		"older":                     {customApp, made.Add(-time.Second), made, false},
		"at the same time":          {customApp, made, made, true},
		"no time of the app":        {customApp, time.Time{}, made, true},
		"no time of the origin":     {customApp, made, time.Time{}, true},
		"Okta's own, even if newer": {"saasure", made.Add(time.Second), made, false},
	} {
		t.Run(name, func(t *testing.T) {
			got := mayRelyOn(okta.App{Name: tt.app, Created: tt.at}, tt.origin)
			assert.Equal(t, got, tt.want)
		})
	}
}

// TestNamesStay: orgs have trusted origins that earlier versions created, and Okta has no note for them.
func TestNamesStay(t *testing.T) {
	t.Parallel()
	const page = "https://www.example.com"
	assert.Equal(t, originName(page), "Genesys Messenger https://www.example.com", "docs/compatibility.md promises the name")
	for name, want := range map[string]bool{"Genesys Messenger " + page: true, "Genesys Messenger " + page + " (2)": true, "Ours": false} {
		assert.Equal(t, NamedByWizard(okta.TrustedOrigin{Name: name, Origin: page}), want, name)
	}
}
