//go:build linux

package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"msgsso-wizard/apiclient/okta"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// sees waits until the screen shows all of these.
func (tt *terminal) sees(t *testing.T, texts ...string) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		shown := tt.screen.String()
		if !slices.ContainsFunc(texts, func(text string) bool { return !strings.Contains(shown, text) }) {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("the screen does not show all of %q:\n%s", texts, strings.TrimSpace(shown))
		}
	}
}

// press sends keys and waits for what they show.
func (tt *terminal) press(t *testing.T, keys string, texts ...string) {
	t.Helper()
	if _, err := tt.WriteString(keys); err != nil {
		t.Fatal(err)
	}
	tt.sees(t, texts...)
}

// ends waits for the program and returns what it left on the normal screen.
func (tt *terminal) ends(t *testing.T, want int) string {
	t.Helper()
	_ = tt.cmd.Wait()
	<-tt.over
	if code := tt.cmd.ProcessState.ExitCode(); code != want {
		t.Errorf("exit code %d, want %d:\n%s", code, want, tt.screen)
	}
	raw := tt.raw.String()
	return raw[strings.LastIndex(raw, "\x1b[?1049l")+1:]
}

const (
	enter    = "\r"
	escape   = "\x1b"
	tab      = "\t"
	shiftTab = "\x1b[Z"
	space    = " "
	wipe     = "\x15" // ctrl+u
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
func (tt *terminal) onward(t *testing.T, s, next guide.Section) {
	t.Helper()
	if offers(s) == "This will" {
		if strings.Contains(tt.screen.String(), "enter review it all") { // once, before the first write
			tt.press(t, enter, "Review", "enter confirm and begin")
		}
		tt.press(t, enter, here(s), "done in", "enter next section")
	}
	tt.press(t, enter, here(next), offers(next))
}

// TestTheGuideByKeys goes through the whole guide, all the way back, and to its end again.
func TestTheGuideByKeys(t *testing.T) {
	t.Parallel()
	sections := guide.Sections()
	tt := onTerminal(t, []string{"XDG_STATE_HOME=" + t.TempDir()}, "demo", "--latency", "0s", "--settle", "0s")
	tt.sees(t, "enter start")
	tt.press(t, enter, here(sections[0]), offers(sections[0]))
	for i, s := range sections[:len(sections)-1] {
		tt.onward(t, s, sections[i+1])
	}
	for _, s := range slices.Backward(sections[:len(sections)-1]) {
		tt.press(t, escape, here(s), "enter plan again")
	}
	tt.press(t, escape, "enter start")
	tt.press(t, enter, here(sections[0]), "Nothing to change", "enter next section")
	for _, s := range sections[1 : len(sections)-1] {
		tt.press(t, enter, here(s), "Nothing to change", "enter next section")
	}
	tt.press(t, enter, here(sections[len(sections)-1]), "made in", "</script>")
	tt.press(t, "q")
	if rest := tt.ends(t, 0); !strings.Contains(rest, "+ deployment  Web SSO") || strings.Count(rest, "+ app integration") != 1 {
		t.Errorf("the normal screen shows:\n%s", rest)
	}
}

// TestAnswersByKeys changes answers: back and forth through the fields, away from a value that is wrong, and to a plan
// with the one that is right.
func TestAnswersByKeys(t *testing.T) {
	t.Parallel()
	tt := onTerminal(t, []string{"XDG_STATE_HOME=" + t.TempDir()}, "demo", "--latency", "0s", "--settle", "0s")
	tt.sees(t, "enter start")
	tt.press(t, enter, "This will")
	tt.press(t, "e", "› App integration name", "type to filter")
	tt.press(t, tab, "› Grant types")
	tt.press(t, tab, "› Sign-in redirect URIs")
	tt.press(t, wipe+"ftp://nowhere"+enter, "✗ ")
	tt.press(t, shiftTab, "› Grant types") // a wrong value keeps nobody
	tt.press(t, tab, "› Sign-in redirect URIs")
	tt.press(t, wipe+"https://shop.example.com/chat"+tab, "› Sign-out redirect URIs")
	tt.press(t, escape, "This will", "https://shop.example.com/chat  (you)")
	tt.press(t, escape, "enter start")
	tt.press(t, "q")
	_ = tt.ends(t, 130)
}

// TestEverySectionByHand reads what to do by hand in every section, ticks it off, and has the wizard look; nobody did it,
// so that the wizard does it after all.
func TestEverySectionByHand(t *testing.T) {
	t.Parallel()
	sections := guide.Sections()
	tt := onTerminal(t, []string{"XDG_STATE_HOME=" + t.TempDir()}, "demo", "--latency", "0s", "--settle", "0s")
	tt.sees(t, "enter start")
	tt.press(t, enter, here(sections[0]), offers(sections[0]))
	for i, s := range sections {
		tt.press(t, "m", s.Title+", by hand", "step 1 of ")
		_, count, _ := strings.Cut(tt.screen.String(), "step 1 of ")
		var many int
		if _, err := fmt.Sscan(count, &many); err != nil {
			t.Fatal(err)
		}
		for n := range many {
			tt.press(t, space, fmt.Sprintf("%d ✓ ", n+1))
		}
		tt.press(t, "?", "Why: "+s.Title)
		tt.press(t, escape, s.Title+", by hand")
		if s.ID == guide.SectionSnippet {
			tt.press(t, escape, "made in")
			break
		}
		tt.press(t, enter, here(s), offers(s))
		tt.onward(t, s, sections[i+1])
	}
	tt.press(t, "q")
	if rest := tt.ends(t, 0); !strings.Contains(rest, "</script>") {
		t.Errorf("no snippet on the normal screen:\n%s", rest)
	}
}

// TestOktaDoneByHand has no token: the app was made in Okta's console, and its client id and secret are typed in. The
// wizard does what is left, in Genesys Cloud. No secret is on the screen or left behind.
func TestOktaDoneByHand(t *testing.T) {
	t.Parallel()
	services := simtest.Start(t, simulator.Options{Seed: 5})
	app, c := madeInTheConsole(t, services), services.Credentials()
	sections := guide.Sections()
	tt := onTerminal(t, []string{"OKTA_CLIENT_ORGURL=" + services.OktaURL(), "XDG_STATE_HOME=" + t.TempDir()})
	tt.sees(t, "enter start")
	tt.press(t, enter, "› Sign in by")
	tt.press(t, strings.Repeat("\x1b[B", 3), "(•) By hand")
	tt.press(t, enter, "› Assignment")
	tt.press(t, enter, "› App's client id")
	tt.press(t, app.ClientID+enter, "› App's client secret")
	tt.press(t, app.ClientSecret.Reveal(), "••••")
	tt.press(t, enter, here(sections[0]), "Nothing to change", "enter next section")
	tt.press(t, enter, "› Region")
	tt.press(t, services.GenesysURL()+enter, "› Sign in by")
	tt.press(t, enter, "› OAuth client id")
	tt.press(t, c.GenesysClientID+enter, "› OAuth client secret")
	tt.press(t, c.GenesysClientSecret, "••••")
	tt.press(t, enter, here(sections[1]), "enter next section")
	for i, s := range sections[1 : len(sections)-1] {
		tt.onward(t, s, sections[i+2])
	}
	tt.press(t, "q")
	if rest := tt.ends(t, 0); !strings.Contains(rest, "</script>") || !strings.Contains(rest, "= app integration") {
		t.Errorf("the normal screen shows:\n%s", rest)
	}
	for _, secret := range []string{app.ClientSecret.Reveal(), c.GenesysClientSecret} {
		if strings.Contains(tt.raw.String(), secret) {
			t.Error("a secret was written to the terminal")
		}
	}
}

// madeInTheConsole is an app that visitors may use, made by an admin and not by the wizard.
func madeInTheConsole(t *testing.T, sim *simulator.Server) okta.App {
	t.Helper()
	dialer := services.New()
	t.Cleanup(dialer.Close)
	api, err := dialer.Okta(sim.OktaURL(), guide.OktaLogin{Token: guide.NewSecret(sim.Credentials().OktaToken)})
	if err != nil {
		t.Fatal(err)
	}
	app, err := api.CreateApp(t.Context(), okta.NewApp{
		Label: "Chat", GrantTypes: []string{"authorization_code", "refresh_token"}, RedirectURIs: []string{"http://localhost:8080/"},
	})
	if err != nil {
		t.Fatal(err)
	}
	return app
}

// TestAKnownProblemStopsTheReview: what keeps a later section from being made is shown before the first write, and
// nothing is written.
func TestAKnownProblemStopsTheReview(t *testing.T) {
	t.Parallel()
	for fault, problem := range map[string]string{
		"no-licence":         "This organization does not offer the integration type",
		"foreign-draft":      `The Messenger configuration "Help centre" has unpublished edits`,
		"permission-missing": "the roles of the OAuth client lack webDeployments:configuration:edit",
		"unreachable":        "cannot be reached",
	} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			tt := onTerminalOf(t, 80, 24, []string{"XDG_STATE_HOME=" + t.TempDir()}, "demo", "--latency", "0s", "--settle", "0s", "--fault", fault)
			tt.sees(t, "enter start")
			tt.press(t, enter, "enter review it all")
			tt.press(t, enter, "Review", "✗", "Nothing was changed so far.", "r try again")
			if shown := strings.Join(strings.Fields(tt.screen.String()), " "); !strings.Contains(shown, problem) || strings.Contains(shown, "enter ") {
				t.Errorf("the review shows:\n%s", tt.screen)
			}
			tt.press(t, enter+"q")
			_ = tt.cmd.Wait()
			<-tt.over
			rest := tt.raw.String()[strings.LastIndex(tt.raw.String(), "\x1b[?1049l")+1:]
			if code := tt.cmd.ProcessState.ExitCode(); code < 3 || !strings.Contains(strings.Join(strings.Fields(rest), " "), problem) || !strings.Contains(rest, "Nothing was changed.") {
				t.Errorf("exit code %d, and the normal screen shows:\n%s", code, rest)
			}
		})
	}
}
