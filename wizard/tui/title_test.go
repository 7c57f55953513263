package tui

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/style"
)

// TestPlanComesBeforeAnswers where not all fits.
func TestPlanComesBeforeAnswers(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.press("enter", time.Second)
		at := func(text string) int { return strings.Index(d.view(), text) }
		assert.Check(t, at("Assignment") < at("Planned changes"), "%s", d.view())
		d.size(40, 12)
		d.shows("Okta setup", "Planned changes", "+ app integration")
		d.press("pgdown", "pgdown", "pgdown")
		d.shows("Okta setup", "Assignment")
	})
}

// TestPasteIsSaidOnce at the end, in any window.
func TestPasteIsSaidOnce(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionSnippet)
		for _, size := range [][2]int{{120, 40}, {100, 30}, {80, 40}, {80, 24}} {
			d.size(size[0], size[1])
			assert.Check(t, is.Equal(strings.Count(d.view(), "Paste it before </head>"), 1), "%v", size)
		}
	})
}

// TestReviewHasAir under its title, unless something would be out of sight for it alone.
func TestReviewHasAir(t *testing.T) {
	for more := range 30 {
		driven(t, answeredEnv(t), nil, func(d *drive) {
			plan := d.plans[guide.SectionOkta]
			plan.Changes = slices.Concat(plan.Changes, slices.Repeat(plan.Changes[:1], more))
			d.plans[guide.SectionOkta] = plan
			d.press("enter", time.Second, "enter", 2*time.Second)
			for _, size := range [][2]int{{120, 40}, {80, 24}, {80, 20}} {
				d.size(size[0], size[1])
				lines := strings.Split(d.view(), "\n")
				at := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, "Answers ") })
				assert.Assert(t, at > 0, "%s", d.view())
				f := d.frame()
				page := d.top().Page(f.cells(), f.room)
				full := len(page.Lines)+len(page.Foot) == f.room && !slices.Contains(page.Lines, "") && !strings.HasSuffix(lines[at+1], "│")
				assert.Check(t, lines[at-1] == "" || full, "%v and %d more:\n%s", size, more, d.view())
			}
		})
	}
}

// TestQuestionStandsApart from those above and below it, where there is room.
func TestQuestionStandsApart(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.press("enter", time.Second)
		d.edit("App integration name")
		d.shows("\n\n  App integration name")
		lines := strings.Split(d.view(), "\n")
		below := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "  Grant types") })
		assert.Check(t, below > 0 && lines[below-1] == "", "%s", d.view())
		d.size(40, 12)
		d.hides("\n\n")
	})
}

// TestMissingPrerequisiteIsNext: while one is missing, the next key checks again, and no row is cut.
func TestMissingPrerequisiteIsNext(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		assert.Check(t, is.Equal(d.Hints()[0].Key, "enter"))
		d.lacking = noPermission
		d.press("r", time.Second)
		assert.Check(t, is.DeepEqual(d.Hints()[0], style.Hint{Key: "r", Does: "check again"}))
		for width := 40; width <= 130; width += 3 {
			d.size(width, 24)
			assert.Check(t, !strings.Contains(d.view(), d.Glyphs.More), "%s", d.view())
		}
		d.press("enter", time.Second)
		d.shows("Okta setup")
	})
}

// TestTestSaysWhoOpensTheBrowser: the user does where none opened.
func TestTestSaysWhoOpensTheBrowser(t *testing.T) {
	for who, opens := range map[string]func(string) error{
		"Your browser opens this address.": func(string) error { return nil },
		"Open this address in a browser.":  func(string) error { return errors.New("none") },
	} {
		driven(t, answeredEnv(t), func(c *Config) { c.Open = opens }, func(d *drive) {
			d.aside("t", 4*time.Second)
			d.shows(who)
		})
	}
}

// TestUnopenedAddressIsNamed where the screen doesn't show it.
func TestUnopenedAddressIsNamed(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.press("enter", time.Second, "o")
		d.shows("The browser didn't open https://acme-admin.okta.com")
		d.hides("is on the screen")
	})
}

// TestResultStandsApart from the checks below it: the first row to spare goes there.
func TestResultStandsApart(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.tested(d.verifier.result)
		for height := 18; height < 30; height++ {
			d.size(80, height)
			lines := strings.Split(d.view(), "\n")
			at := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, "  ✓ browser") })
			assert.Check(t, at > 0 && lines[at-1] == "", "%s", d.view())
		}
	})
}

// TestFoundValuesAreShown: every screen shows what a plan found in the orgs, until the user gives another answer.
func TestFoundValuesAreShown(t *testing.T) {
	const (
		there = "https://www.example.com/support"
		other = "https://chat.example.com/"
	)
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(120, 60)
		d.found = d.env.Answers.Clone()
		d.found.Found(guide.RedirectURIs, there)
		d.press("enter")
		d.shows("http://localhost:8080/", "(default)") // while it is not known better
		d.after(time.Second)
		d.shows(there + "  (found)")
		d.press("m")
		d.shows("Sign-in redirect URIs, exactly", there)
		d.press("esc", "enter", time.Second)
		d.size(160, 60)
		d.shows(there+"  (found)", "www.example.com  (default)") // the allowed domains follow from it
		d.press("esc", time.Second)
		d.edit("Sign-in redirect URIs")
		d.shows(there)
		d.press(other, "enter") // what was only offered makes way
		d.press("esc", time.Second)
		view := d.view()
		assert.Check(t, strings.Contains(view, other+"  (you)") && !strings.Contains(view, there),
			"the screen shows:\n%s", view)
		got := d.env.Answers.Get(guide.RedirectURIs)
		assert.Check(t, got.From == guide.FromUser && got.Value == other, "the answer is %+v", got)
		got = d.env.Answers.Get(guide.LogoutURIs)
		assert.Check(t, got.Value == other, "what follows from the answer is %+v", got)
	})
}

// TestLongValuesKeepTheirStart: what does not fit is cut at its end, with a sign, wherever it is shown.
func TestLongValuesKeepTheirStart(t *testing.T) {
	page := "https://www.example.com/" + strings.Repeat("support/", 30) + "end"
	for name, from := range map[string]guide.Source{"the user's": guide.FromUser, "found": guide.FromOrg} {
		t.Run(name, func(t *testing.T) {
			env := answeredEnv(t)
			assert.NilError(t, env.Answers.Set(guide.RedirectURIs, from, page))
			driven(t, env, nil, func(d *drive) {
				d.size(80, 40)
				row := func(where string) {
					t.Helper()
					_, row, _ := strings.Cut(d.view(), "Sign-in redirect URIs")
					row, _, _ = strings.Cut(row, "\n")
					assert.Check(t, is.Contains(row, "  https://www.example.com/support"), where)
					assert.Check(t, is.Contains(row, "…"), where)
				}
				d.press("enter", time.Second)
				row("plan")
				d.edit("App integration name")
				row("form")
				d.hides("…  you", "…  found") // there is no room for the source
				d.press("tab", "tab")
				row("focused")
				left, right := d.around() // the caret is after the text, of which the end is left out
				assert.Check(t, strings.HasSuffix(left, "…") && right == "", "%q and %q", left, right)
				d.press("left")
				left, right = d.around()
				assert.Check(t, strings.HasSuffix(left, "/en") && right == "d", "%q and %q", left, right)
				d.press("esc", time.Second, "enter", 2*time.Second)
				d.toAnswer("Sign-out redirect URIs")
				row("review")
			})
		})
	}
}
