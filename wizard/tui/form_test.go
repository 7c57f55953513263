package tui

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/tui/form"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/screens"
)

func init() {
	scenes = append(scenes, sceneOf{name: "offered", steer: func(d *drive) {
		d.press("enter", time.Second)
		d.edit("Sign-in redirect URIs")
	}})
}

func bareEnv() *setup.Session { return &setup.Session{Answers: guide.NewAnswers(), Dial: noDial{}} }

func TestMissingAnswersAreAsked(t *testing.T) {
	driven(t, bareEnv(), nil, func(d *drive) {
		d.press("enter")
		d.shows("question 1 of 8")
		d.press("acme-admin.okta.com", "enter")
		d.shows("https://acme.okta.com", "question 2 of 8", "› (•) API token", "enter next") // it decides what is needed
		d.press("enter")
		d.shows("› API token", "enter plan")
		d.press(canary)
		d.shows("•••")
		d.press("enter", time.Second)
		d.shows("Planned changes", "https://acme.okta.com  (you)", "••••••••  (you)", "Genesys Cloud Messenger  (default)")
		d.hides(canary)
	})
}

func TestBackFromInvalidField(t *testing.T) {
	driven(t, bareEnv(), nil, func(d *drive) {
		d.press("enter", "enter")
		d.shows("✗ Okta org is needed.")
		d.press("http://x", "enter")
		d.shows("✗")
		d.press("esc")
		d.shows("Prerequisites")
		d.press("enter")
		d.shows("http://x") // half typed, not lost
		d.press("down")
		d.shows("› Okta org") // moving forward checks the value
		d.press("ctrl+u", "acme.okta.com", "enter", "up")
		d.shows("› Okta org")
	})
}

func TestUnknownHostIsConfirmed(t *testing.T) {
	driven(t, bareEnv(), nil, func(d *drive) {
		d.press("enter")
		d.hides("Confirm the org")
		d.press("login.company.test", "enter")
		d.shows("› Confirm the org", "This host isn't one of Okta's.")
		d.press("login.company.tst", "enter")
		d.shows("login.company.tst isn't login.company.test")
		d.press("ctrl+u", "login.company.test", "enter")
		d.shows("question 3 of 9")
		assert.Check(t, d.env.Answers.Confirmed(guide.OktaOrg))
	})
}

func TestEditing(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.press("enter", time.Second, "e", "esc")
		d.shows("Planned changes")
		assert.Check(t, is.Len(d.planned, 1), "planned")
		d.edit("App integration name")
		d.press("Chat", time.Second, "tab", "down", "space", "tab", "esc", time.Second)
		d.shows("Chat  (you)", "Authorization Code  (you)", "Planned changes")
		assert.Check(t, is.Len(d.planned, 2), "planned")
		got := d.env.Answers.Get(guide.GrantTypes).Values
		assert.Check(t, len(got) == 1 && got[0] == "authorization_code", "grant types %v", got)
	})
}

func TestLockedOptionStaysChosen(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.press("enter", time.Second)
		d.edit("Grant types")
		d.shows("[x] Authorization Code  required", "[x] Refresh Token")
		d.press("space")
		d.shows("[x] Authorization Code", "Required: Authorization Code can't be cleared.")
		d.press("down")
		d.hides("can't be cleared")
		d.press("space", "enter", "esc", time.Second)
		d.shows("Planned changes", "Authorization Code  (you)")
		d.press("esc", "enter", time.Second) // back, and here again
		d.shows("Planned changes", "Authorization Code  (you)")
		d.edit("Grant types")
		d.shows("[x] Authorization Code", "[ ] Refresh Token")
	})
}

func TestChoiceShowsAnotherQuestion(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.press("enter", time.Second)
		d.edit("Assignment")
		d.press("down", "enter")
		d.shows("Groups", "filter")
		d.after(time.Second)
		d.shows("! ") // the org does not answer, but a name can be given
		d.press("Web", time.Second)
		d.shows("name or ID: Web")
		d.press("space", "enter", time.Second)
		d.shows("Groups", "Web  (you)", "Planned changes")
	})
}

func TestAnswerNeedsAnother(t *testing.T) {
	env := answeredEnv(t)
	assert.NilError(t, env.Answers.Set(guide.Assign, guide.FromFlag, guide.AssignSelected))
	driven(t, env, nil, func(d *drive) {
		d.press("enter", time.Second)
		d.shows("Groups", "filter", "enter plan")
		d.press("shift+tab")
		d.shows("› (•) Selected groups", "enter next")
		d.press("down", "enter") // skip for now: no groups are needed
		d.after(time.Second)
		d.shows("Planned changes", "Skip for now  (you)")
		d.hides("Groups")
	})
}

func TestSignInMethodDecidesQuestions(t *testing.T) {
	driven(t, bareEnv(), nil, func(d *drive) {
		d.press("enter", "acme.okta.com", "enter", "down", "enter")
		d.shows("› Client ID", "Browser")
		d.hides("API token")
		d.press("up") // back to the choice, whatever is missing
		d.shows("› (•) Browser")
		d.press("up", "up") // through it: what is marked counts
		d.shows("› Okta org", "API token")
		d.hides("Client id")
		d.press("enter")
		d.shows("› API token")
		d.press("up", "down", "down", "enter")
		d.shows("› Client ID", "Private key")
		d.press("0oa1x2", "enter")
		d.shows("› Private key", "enter plan")
		d.send(tea.PasteMsg{Content: "-----BEGIN PRIVATE KEY-----\r\n" + canary + "\r\n-----END PRIVATE KEY-----\r\n"})
		d.shows("3 lines were pasted.", "••••")
		d.press("enter", time.Second)
		d.shows("Planned changes", "Sign-in method          Service app  (you)", "Client ID               0oa1x2  (you)")
		d.hides("API token", canary)
		got, want := d.env.Answers.Secret(guide.OktaKey).Reveal(), "-----BEGIN PRIVATE KEY-----\n"+canary+"\n-----END PRIVATE KEY-----"
		assert.Check(t, is.Equal(got, want), "the key became")
		d.edit("Sign-in method")
		d.press("down", "esc") // not accepted, so nothing changed
		d.shows("Planned changes", "Service app  (you)")
		d.edit("Sign-in method")
		d.press("up", "up", "tab", "esc") // accepted, and now something is missing
		d.shows("› API token", "Sign-in method          API token    ")
		d.hides("Client id", "Private key")
	})
}

func TestPastes(t *testing.T) {
	driven(t, bareEnv(), nil, func(d *drive) {
		d.press("enter")
		d.send(tea.PasteMsg{Content: "acme.okta.com\r\n"})
		d.shows("› Okta org", "acme.okta.com") // not submitted
		d.press("enter", "enter")
		d.send(tea.PasteMsg{Content: "  two\rlines\n"})
		d.shows("Line breaks in the pasted text became spaces.", "› API token")
		d.press("enter")
		d.shows("it again in one piece.")
		d.press("ctrl+u")
		d.send(tea.PasteMsg{Content: strings.Repeat("a", 1<<20)})
		d.shows("The pasted text was cut. This field takes 4096")
		d.press("enter")
		assert.Check(t, is.Equal(len(d.env.Answers.Secret(guide.OktaToken).Reveal()), screen.Limit), "kept")
	})
}

// TestDefaultIsReplaced: what is typed or pasted first takes the place of a default or of what was found, and of nothing
// that the user gave.
func TestDefaultIsReplaced(t *testing.T) {
	const page = "https://www.example.com/support"
	paste := func(text string) func(*drive) { return func(d *drive) { d.send(tea.PasteMsg{Content: text}) } }
	press := func(keys ...any) func(*drive) { return func(d *drive) { d.press(keys...) } }
	for name, c := range map[string]struct {
		given string
		do    func(*drive)
		want  string
	}{
		"a paste":                  {"", paste(page + "\r\n"), page},
		"a list":                   {"", paste(page + " " + page + "/de"), page + "\n" + page + "/de"},
		"typing":                   {"", press(page), page},
		"an empty paste":           {"", paste(" \n"), "http://localhost:8080/"},
		"a key that edits":         {"", press("backspace", "/chat"), "http://localhost:8080/chat"},
		"a key that moves":         {"", press("left", "chat"), "http://localhost:8080chat/"},
		"an answer of the user's":  {page, press("/de"), page + "/de"},
		"a paste into such an one": {page, paste("/de"), page + "/de"},
	} {
		t.Run(name, func(t *testing.T) {
			env := answeredEnv(t)
			if c.given != "" {
				assert.NilError(t, env.Answers.Set(guide.RedirectURIs, guide.FromUser, c.given))
			}
			driven(t, env, nil, func(d *drive) {
				d.press("enter", time.Second)
				d.edit("Sign-in redirect URIs")
				d.shows("ctrl+u clear")
				c.do(d)
				field := d.current().(*screens.Section).Form.Current().Field
				values, changed := field.Value()
				got := strings.Join(values, "\n")
				assert.Check(t, (!changed || got == c.want) && (changed || field.Summary() == c.want),
					"it became %q, want %q", got, c.want)
			})
		})
	}
}

// TestHugePasteIsFast: a paste of 4 MB costs what one of 64 KB costs, because both are cut first.
func TestHugePasteIsFast(t *testing.T) {
	for name, of := range map[string]string{"letters": "a", "lines": "é\r", "blanks": " "} {
		text := strings.Repeat(of, 1<<22/len(of))
		paste := func(text string) func() time.Duration {
			return processorTime(func() { screen.Pasted(text, screen.Limit) })
		}
		more := timesLonger(paste(text), paste(text[:1<<16]))
		assert.Check(t, !(more > 20), "64 times as many %s take %.0f times as long", name, more)
		line, _ := screen.Pasted(text, screen.Limit)
		n := len([]rune(line))
		assert.Check(t, n <= screen.Limit && !strings.ContainsAny(line, "\r\n"), "%s left %d characters", name, n)
	}
}

// TestFieldsCutHugePastes: every question's field keeps what it takes and says that the rest was cut.
func TestFieldsCutHugePastes(t *testing.T) {
	for name, text := range map[string]string{"letters": strings.Repeat("a", 1<<20), "lines": strings.Repeat("é\r", 1<<19)} {
		driven(t, bareEnv(), nil, func(d *drive) {
			for _, q := range guide.Questions("") {
				note := "The pasted text was cut. "
				if q.Kind == guide.Choice || q.Kind == guide.Choices {
					note = "" // nothing can be typed there
				}
				field := form.NewField(d.World, q)
				field.Focus(nil)
				field.Draw(78, 10)
				got := field.Paste(text)
				assert.Check(t, strings.HasPrefix(got, note) && (note != "" || got == ""),
					"%s into %s: %q", name, q.Key, got)
				values, changed := field.Value()
				assert.Check(t, !changed || len(values) != 0 && len(strings.Join(values, " ")) <= 4*screen.Limit,
					"%s into %s: kept %d values", name, q.Key, len(values))
				for _, line := range field.Draw(78, 10) {
					assert.Check(t, !strings.ContainsAny(line, "\r\n") && ansi.StringWidth(line) <= 80,
						"%s into %s is drawn as %q", name, q.Key, line)
				}
			}
		})
	}
}

// TestRulesRefuseWrongValues where there is room for a rule.
func TestRulesRefuseWrongValues(t *testing.T) {
	driven(t, bareEnv(), nil, func(d *drive) {
		d.press("enter")
		rule := func(paint lipgloss.Style) bool {
			return strings.Contains(d.View().Content, paint.Render(strings.Repeat("─", 52)))
		}
		assert.Check(t, rule(d.Theme.Accent), d.view())
		d.press("http://x", "enter")
		assert.Check(t, rule(d.Theme.Bad), d.view())
		d.press("y")
		assert.Check(t, rule(d.Theme.Accent), d.view())
		d.size(80, 12)
		d.hides("───")
	})
}
