//go:build linux

package e2e

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// here is a section's place on the second line while the user is there. The last one's is the chain's end once it is done.
func here(s guide.Section) string {
	if s.ID == guide.SectionSnippet {
		return "◉ Page ╌"
	}
	return "◉ " + s.Short
}

// offers is what the section's screen offers when it has looked and waits for the user.
func offers(s guide.Section) string {
	switch s.ID {
	case guide.SectionGenesys: // it only looks
		return "enter next section"
	case guide.SectionSnippet:
		return "are connected"
	default:
		return "Planned changes"
	}
}

// onward carries a section out, by way of the review where that is due, and goes to the next.
func (tt *terminal) onward(s, next guide.Section) {
	tt.t.Helper()
	if offers(s) == "Planned changes" {
		if strings.Contains(tt.shown(), "enter review all") { // once, before the first write
			tt.press(enter, "Apply ", "enter apply")
		}
		tt.press(enter, here(s), "done in", "enter next section")
	}
	tt.press(enter, here(next), offers(next))
}

// TestGuideByKeys goes through the whole guide, all the way back, and to its end again.
func TestGuideByKeys(t *testing.T) {
	t.Parallel()
	sections := guide.Sections()
	tt := onTerminal(t, []string{"XDG_STATE_HOME=" + t.TempDir()}, "demo", "--latency", "0s", "--settle", "0s")
	tt.sees("enter start")
	tt.press(enter, here(sections[0]), offers(sections[0]))
	for i, s := range sections[:len(sections)-1] {
		tt.onward(s, sections[i+1])
	}
	for _, s := range slices.Backward(sections[:len(sections)-1]) {
		tt.press(escape, here(s), "enter next section")
	}
	tt.press(escape, "enter start")
	tt.press(enter, here(sections[0]), "No changes needed", "enter next section")
	for _, s := range sections[1 : len(sections)-1] {
		tt.press(enter, here(s), "No changes needed", "enter next section")
	}
	tt.press(enter, here(sections[len(sections)-1]), "are connected", "</script>")
	tt.press("q")
	rest := unwrapped(tt.ends(0)) // what the other screen showed
	for _, want := range []string{"+ app integration", "+ deployment Web SSO", "<script type=", "</script> ✓ Okta sign-in is set up"} {
		assert.Check(t, is.Equal(strings.Count(rest, want), 1), "%s on the normal screen:\n%s", want, rest)
	}
}

// TestManualSetupInEverySection reads the manual setup of every section, ticks it off, and has the wizard check. As none of
// it was done, the wizard does it.
func TestManualSetupInEverySection(t *testing.T) {
	t.Parallel()
	sections := guide.Sections()
	tt := onTerminal(t, []string{"XDG_STATE_HOME=" + t.TempDir()}, "demo", "--latency", "0s", "--settle", "0s")
	tt.sees("enter start")
	tt.press(enter, here(sections[0]), offers(sections[0]))
	for i, s := range sections {
		tt.press("m", s.Title+", manual setup", "step 1 of ")
		_, count, _ := strings.Cut(tt.shown(), "step 1 of ")
		var many int
		_, err := fmt.Sscan(count, &many)
		assert.NilError(t, err)
		for n := range many {
			tt.press(space, fmt.Sprintf("✓ %*d  ", len(fmt.Sprint(many)), n+1))
		}
		tt.press("?", "Why: "+s.Title)
		tt.press(escape, s.Title+", manual setup")
		if s.ID == guide.SectionSnippet {
			tt.press(escape, "are connected")
			break
		}
		tt.press(enter, here(s), offers(s))
		tt.onward(s, sections[i+1])
	}
	tt.press("q")
	assert.Check(t, is.Contains(tt.ends(0), "</script>"), "no snippet on the normal screen")
}

// TestManualOktaSetup has no token: the app was made in Okta's console, and its client id and secret are typed in. The
// wizard does what is left, in Genesys Cloud. No secret is on the screen or left behind.
func TestManualOktaSetup(t *testing.T) {
	t.Parallel()
	services := simtest.Start(t, simulator.Options{Seed: 5})
	app, c := madeInTheConsole(t, services), services.Credentials()
	sections := guide.Sections()
	tt := onTerminal(t, []string{"OKTA_CLIENT_ORGURL=" + services.OktaURL(), "XDG_STATE_HOME=" + t.TempDir()})
	tt.sees("enter start")
	tt.press(enter, "› (•) API token")
	tt.press(strings.Repeat("\x1b[B", 3), "(•) Manual setup")
	tt.press(enter, "› (•) Everyone in the org")
	tt.press(enter, "› App's client ID")
	tt.press(app.ClientID+enter, "› App's client secret")
	tt.press(app.ClientSecret.Reveal(), "••••")
	tt.press(enter, here(sections[0]), "No changes needed", "enter next section")
	tt.press(enter, "› Region")
	tt.press(services.GenesysURL()+enter, "› (•) Client credentials")
	tt.press(enter, "› OAuth client ID")
	tt.press(c.GenesysClientID+enter, "› OAuth client secret")
	tt.press(c.GenesysClientSecret, "••••")
	tt.press(enter, here(sections[1]), "enter next section")
	for i, s := range sections[1 : len(sections)-1] {
		tt.onward(s, sections[i+2])
	}
	tt.press("q")
	rest := tt.ends(0)
	assert.Check(t, strings.Contains(rest, "</script>") && strings.Contains(rest, "= app integration"),
		"the normal screen shows:\n%s", rest)
	for _, secret := range []string{app.ClientSecret.Reveal(), c.GenesysClientSecret} {
		assert.Check(t, !strings.Contains(tt.raw.String(), secret), "a secret was written to the terminal")
	}
}

// madeInTheConsole is an app that visitors may use, made by an admin and not by the wizard.
func madeInTheConsole(t *testing.T, sim *simulator.Server) okta.App {
	t.Helper()
	dialer := services.New()
	t.Cleanup(dialer.Close)
	api, err := dialer.Okta(sim.OktaURL(), guide.OktaLogin{Token: guide.NewSecret(sim.Credentials().OktaToken)})
	assert.NilError(t, err)
	app, err := api.CreateApp(t.Context(), okta.NewApp{
		Label: "Chat", GrantTypes: []string{"authorization_code", "refresh_token"}, RedirectURIs: []string{"http://localhost:8080/"},
	})
	assert.NilError(t, err)
	return app
}
