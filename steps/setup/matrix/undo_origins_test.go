package matrix

import (
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
)

// An origin goes away although an older app has a page there: that app worked before the run created the origin. One
// that was made afterwards may rely on it, by a sign-in page or by a sign-out page.
func TestOriginOfOlderApps(t *testing.T) {
	t.Parallel()
	const site = "https://www.acme.test" // the simulated org's own apps, such as the Admin Console, have their pages here
	signsIn := okta.NewApp{RedirectURIs: []string{site + "/theirs"}}
	signsOut := okta.NewApp{RedirectURIs: []string{"https://other.example/"}, LogoutURIs: []string{site + "/bye"}}
	elsewhere := okta.NewApp{RedirectURIs: []string{site + ":8443/theirs", site + ".example/"}}
	for name, tt := range map[string]struct {
		before, after *okta.NewApp
		want          engine.Act
	}{
		"Okta's own apps":             {nil, nil, engine.Delete},
		"an older app":                {&signsIn, nil, engine.Delete},
		"a newer app signs in there":  {nil, &signsIn, engine.Keep},
		"a newer app signs out there": {nil, &signsOut, engine.Keep},
		"a newer app is elsewhere":    {nil, &elsewhere, engine.Delete},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, simulator.Options{Seed: 3})
			w.addApp(t, tt.before)
			w.set(t, guide.RedirectURIs, site+"/chat")
			assert.NilError(t, w.run(t))
			w.addApp(t, tt.after)
			assert.Equal(t, w.acts(t)[guide.KindOrigin], tt.want)
		})
	}
}

// addApp adds an app of a colleague to the org, if there is one.
func (w *world) addApp(t *testing.T, app *okta.NewApp) {
	t.Helper()
	if app == nil {
		return
	}
	theirs := *app
	theirs.Label, theirs.GrantTypes = "Theirs", []string{"authorization_code"}
	_, err := w.okta.CreateApp(t.Context(), theirs)
	assert.NilError(t, err)
}
