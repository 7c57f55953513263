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

// here is a section's place on the second line while the user is there.
func here(s guide.Section) string { return "◉ " + s.Short }

// offers is what the section's screen offers when it has looked and waits for the user.
func offers(s guide.Section) string {
	switch s.ID {
	case guide.SectionGenesys: // it only looks
		return "enter next section"
	case guide.SectionSnippet:
		return "made in"
	default:
		return "This will"
	}
}

// onward carries a section out, by way of the review where that is due, and goes to the next.
func (tt *terminal) onward(s, next guide.Section) {
	tt.t.Helper()
	if offers(s) == "This will" {
		if strings.Contains(tt.screen.String(), "enter review it all") { // once, before the first write
			tt.press(enter, "Review", "enter confirm and begin")
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
		tt.press(escape, here(s), "enter plan again")
	}
	tt.press(escape, "enter start")
	tt.press(enter, here(sections[0]), "Nothing to change", "enter next section")
	for _, s := range sections[1 : len(sections)-1] {
		tt.press(enter, here(s), "Nothing to change", "enter next section")
	}
	tt.press(enter, here(sections[len(sections)-1]), "made in", "</script>")
	tt.press("q")
	rest := unwrapped(tt.ends(0)) // what the other screen showed
	for _, want := range []string{"+ app integration", "+ deployment Web SSO", "<script type=", "</script> ✓ Okta sign-in is set up"} {
		assert.Check(t, is.Equal(strings.Count(rest, want), 1), "%s on the normal screen:\n%s", want, rest)
	}
}

// TestAnswersByKeys changes answers: back and forth through the fields, away from a value that is wrong, and to a plan
// with the one that is right.
func TestAnswersByKeys(t *testing.T) {
	t.Parallel()
	tt := onTerminal(t, []string{"XDG_STATE_HOME=" + t.TempDir()}, "demo", "--latency", "0s", "--settle", "0s")
	tt.sees("enter start")
	tt.press(enter, "This will")
	tt.press("e", "› App integration name", "type to filter")
	tt.press(tab, "› Grant types")
	tt.press(tab, "› Sign-in redirect URIs")
	tt.press(clearLine+"ftp://nowhere"+enter, "✗ ")
	tt.press(shiftTab, "› Grant types") // a wrong value does not keep the user
	tt.press(tab, "› Sign-in redirect URIs")
	tt.press(clearLine+"https://shop.example.com/chat"+tab, "› Sign-out redirect URIs")
	tt.press(escape, "This will", "https://shop.example.com/chat  (you)")
	tt.press(escape, "enter start")
	tt.press("q")
	_ = tt.ends(130)
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
		tt.press("m", s.Title+", by hand", "step 1 of ")
		_, count, _ := strings.Cut(tt.screen.String(), "step 1 of ")
		var many int
		_, err := fmt.Sscan(count, &many)
		assert.NilError(t, err)
		for n := range many {
			tt.press(space, fmt.Sprintf("%d ✓ ", n+1))
		}
		tt.press("?", "Why: "+s.Title)
		tt.press(escape, s.Title+", by hand")
		if s.ID == guide.SectionSnippet {
			tt.press(escape, "made in")
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
	tt.press(enter, "› Sign in by")
	tt.press(strings.Repeat("\x1b[B", 3), "(•) By hand")
	tt.press(enter, "› Assignment")
	tt.press(enter, "› App's client id")
	tt.press(app.ClientID+enter, "› App's client secret")
	tt.press(app.ClientSecret.Reveal(), "••••")
	tt.press(enter, here(sections[0]), "Nothing to change", "enter next section")
	tt.press(enter, "› Region")
	tt.press(services.GenesysURL()+enter, "› Sign in by")
	tt.press(enter, "› OAuth client id")
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

// TestKnownErrorStopsReview: what keeps a later section from being made is shown before the first write, and nothing is
// written.
func TestKnownErrorStopsReview(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		fault, problem string
		code           int
	}{
		{"no-licence", "This organization does not offer the integration type", 4},
		{"foreign-draft", `The Messenger configuration "Help centre" has unpublished edits`, 5},
		{"permission-missing", "the roles of the OAuth client lack webDeployments:configuration:edit", 4},
		{"unreachable", "cannot be reached", 6},
	} {
		t.Run(c.fault, func(t *testing.T) {
			t.Parallel()
			tt := onTerminalOf(t, 80, 24, []string{"XDG_STATE_HOME=" + t.TempDir()}, "demo", "--latency", "0s", "--settle", "0s", "--fault", c.fault)
			tt.sees("enter start")
			tt.press(enter, "enter review it all")
			tt.press(enter, "Review", "✗", "Nothing was changed so far.", "r try again")
			shown := unwrapped(tt.screen.String())
			assert.Check(t, strings.Contains(shown, c.problem) && !strings.Contains(shown, "enter "),
				"the review shows:\n%s", tt.screen)
			tt.press(enter + "q")
			rest := unwrapped(tt.ends(c.code))
			assert.Check(t, strings.Contains(rest, c.problem) && strings.Contains(rest, "Nothing was changed."),
				"the normal screen shows:\n%s", rest)
		})
	}
}
