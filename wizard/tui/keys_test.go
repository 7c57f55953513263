package tui

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/screens"
)

// meaning is what a key means on every screen. The first word of what a screen says it does is one of the verbs.
type meaning struct {
	reason string
	verbs  string
}

// meanings are the keys whose words differ, each with the reason why that is still one meaning.
var meanings = map[string]meaning{
	"enter": {"goes on with the screen", ""},
	"esc":   {"gets out of what is shown", ""},
	"space": {"sets or clears a tick", "done choose"},
	"↑↓":    {"moves in what is shown", "move choose scroll link"},
	"tab":   {"goes to the next part", "next answers changes"},
	"m":     {"changes between the wizard and manual setup", "manual use"},
	"o":     {"opens a page of the browser", "open how"},
	"q":     {"quits", "quit done"},
	"r":     {"does the same again", "retry resume test check refresh"},
}

// stuck is what goes wrong, with a page about it.
var stuck = &explain.Error{Problem: "Okta did not answer.", Fix: "Retry.", DocURL: "https://help.okta.com"}

// phases lead to what no golden holds.
var phases = []sceneOf{
	{name: "planned", steer: func(d *drive) { d.press("enter", time.Second) }},
	{name: "manual of a problem", steer: func(d *drive) { d.troubled(); d.press("m") }},
	{name: "page code that fails", steer: func(d *drive) {
		d.verifier.codeErr = stuck
		d.aside("p")
	}},
	{name: "page code saved", steer: func(d *drive) {
		d.t.Chdir(d.t.TempDir())
		d.aside("p", "s", "enter")
	}},
	{name: "preview ending", steer: func(d *drive) { d.aside("p", "o", time.Second, "esc") }},
	{name: "test that cannot begin", steer: func(d *drive) {
		d.verifier.testErr = stuck
		d.aside("t")
	}},
	{name: "doctor that fails", steer: func(d *drive) {
		d.verifier.foundErr = stuck
		d.aside("d")
	}},
	{name: "doctor of a page", steer: func(d *drive) { d.aside("d", "e") }},
	{name: "fix that fails", steer: func(d *drive) {
		d.verifier.fixErr = stuck
		d.tested(refused)
		d.press("f", 2*time.Second, "enter", 2*time.Second)
	}},
	{name: "revoking fails", steer: func(d *drive) {
		d.token = func(context.Context) error { return stuck }
		d.reach(guide.SectionSnippet, "q", "enter", time.Second)
	}},
	{name: "revoked", steer: func(d *drive) {
		d.token = func(context.Context) error { return nil }
		d.reach(guide.SectionSnippet, "q", "enter", time.Second)
	}},
	{name: "a section again", steer: func(d *drive) { d.reach(guide.SectionConfiguration, "esc", time.Second) }},
}

// TestKeysHaveOneMeaning goes through every scene: a key means the same on all, and every key that a screen takes is on
// the page of all keys.
func TestKeysHaveOneMeaning(t *testing.T) {
	means := map[string]string{} // the first verb of a key, and where it was seen
	for _, s := range slices.Concat(scenes, phases) {
		t.Run(s.name, func(t *testing.T) {
			scene(t, s, nil, func(d *drive) {
				listed := map[string]bool{}
				for _, h := range d.Hints() {
					listed[h.Key] = true
					verb, _, _ := strings.Cut(h.Does, " ")
					m, many := meanings[h.Key]
					switch was, verb2 := means[h.Key], verb+" "; {
					case many && m.verbs != "":
						assert.Check(d.t, slices.Contains(strings.Fields(m.verbs), verb), "%s: %s is %q, which %s does not mean", s.name, h.Key, h.Does, m.reason)
					case !many && was == "":
						means[h.Key] = verb2 + "(" + s.name + ")"
					case !many:
						assert.Check(d.t, strings.HasPrefix(was, verb2), "%s: %s is %q, and elsewhere %s", s.name, h.Key, h.Does, was)
					}
				}
				if typing, ok := d.top().(lettered); ok && typing.Typing() {
					d.send(tea.KeyPressMsg{Code: 'u', Mod: tea.ModCtrl})
					for _, h := range d.Hints() {
						assert.Check(d.t, h.Key != "ctrl+u", "%s: %s of an empty field", s.name, h.Does)
					}
					d.send(tea.KeyPressMsg{Code: tea.KeyF1})
					onceListed(d, s.name)
					return
				}
				for letter := 'a'; letter <= 'z'; letter++ {
					before := d.view()
					if listed[string(letter)] {
						continue
					}
					act := d.top().Key(tea.KeyPressMsg{Code: letter, Text: string(letter)})
					_, passed := act.(screen.Pass)
					_, stayed := act.(screen.Stay)
					assert.Check(d.t, passed || stayed && d.view() == before, "%s: %c does something and is on no list", s.name, letter)
				}
				if _, open := d.top().(*screens.KeysPage); !open {
					d.send(tea.KeyPressMsg{Code: tea.KeyF1})
					onceListed(d, s.name)
				}
			})
		})
	}
}

// onceListed checks the list of all keys: none of what they do is there twice.
func onceListed(d *drive, scene string) {
	d.size(40, 60)
	var all []string
	for line := range strings.SplitSeq(d.view(), "\n") {
		if _, does, ok := strings.Cut(strings.TrimSpace(line), "  "); ok && !strings.Contains(line, "esc close") {
			all = append(all, strings.TrimSpace(does))
		}
	}
	slices.Sort(all)
	assert.Check(d.t, is.Len(slices.Compact(slices.Clone(all)), len(all)), "%s: %v", scene, all)
}

// TestNoPauseSaysSo: a key that can't do what the keys page says is answered.
func TestNoPauseSaysSo(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.press("ctrl+z")
		d.shows("The wizard can't be paused here.")
	})
}

// TestKeysOfNarrowWindow: the primary key and the page of all keys are named at every width, with the word that esc goes
// back as long as it fits.
func TestKeysOfNarrowWindow(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionGenesys)
		for width, want := range map[int]string{60: "k keys  esc back", 40: "enter next        k keys  esc back", leastWidth: "enter next   k keys  esc"} {
			d.size(width, 24)
			d.shows(want)
		}
	})
}

// TestKeysPageCutsNothing: where the box or the columns have no room for the words, the list is longer and scrolls.
func TestKeysPageCutsNothing(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {60, 20}, {40, 12}, {leastWidth, leastHeight}} {
		driven(t, answeredEnv(t), nil, func(d *drive) {
			d.aside("")
			d.size(size[0], size[1])
			d.press("k")
			seen := d.view()
			for range 20 {
				d.press("down")
				seen += d.view()
			}
			for _, want := range []string{"manual setup", "show whole", "page code", "quit now"} {
				assert.Check(t, is.Contains(seen, want), "%v", size)
			}
		})
	}
}

// inputs lead to every input there is.
var inputs = map[string]func(*drive){
	"text":   func(d *drive) { d.press("enter", time.Second); d.edit("Sign-in redirect URIs"); d.press("ctrl+u") },
	"secret": func(d *drive) { d.press("enter", time.Second); d.edit("API token") },
	"pick":   func(d *drive) { d.form(thousands(guide.PickMany, new([]string))) },
	"prompt": func(d *drive) { d.prompted(redirect) },
	"save":   func(d *drive) { d.reach(guide.SectionSnippet, "s", "ctrl+u") },
	"review": func(d *drive) { d.reviewed(); d.toAnswer("Sign-in redirect URIs"); d.press("enter") },
	"paste":  func(d *drive) { d.aside("t", 4*time.Second) },
}

// around returns what stands left and right of the cursor in its row.
func (d *drive) around() (left, right string) {
	d.t.Helper()
	cursor := d.View().Cursor
	assert.Assert(d.t, cursor != nil && cursor.X < d.width && cursor.Y < d.height, "cursor %+v in\n%s", cursor, d.view())
	row := strings.Split(d.view(), "\n")[cursor.Y]
	right, _, _ = strings.Cut(ansi.Cut(row, cursor.X, d.width), "│") // the panel
	return ansi.Cut(row, 0, cursor.X), strings.TrimRight(right, " ")
}

func TestCursorIsAtTheCaret(t *testing.T) {
	for name, steer := range inputs {
		t.Run(name, func(t *testing.T) {
			driven(t, answeredEnv(t), nil, func(d *drive) {
				steer(d)
				typed := "x日本"
				if name == "secret" {
					typed = "•••"
				}
				d.press("x日本")
				for _, text := range []string{typed, strings.Repeat(typed[len(typed)-3:], 100)} {
					for _, size := range append(sizes, [2]int{41, 13}, [2]int{81, 25}) {
						d.size(size[0], size[1])
						left, right := d.around()
						assert.Check(t, strings.HasSuffix(left, text[len(text)-6:]) && right == "", "%v: %q and %q", size, left, right)
						d.press("left")
						left, right = d.around()
						assert.Check(t, strings.HasSuffix(left, text[len(text)-6:len(text)-3]) && right == text[len(text)-3:],
							"%v, one left: %q and %q", size, left, right)
						d.send(tea.KeyPressMsg{Code: tea.KeyEnd})
					}
					d.press(strings.Repeat("本", 100))
				}
				d.send(tea.KeyPressMsg{Code: tea.KeyHome})
				_, right := d.around()
				assert.Check(t, is.Contains(right, typed+typed[len(typed)-3:]))
				d.send(tea.KeyPressMsg{Code: tea.KeyF1})
				assert.Check(t, d.View().Cursor == nil, "there is a cursor under the keys")
			})
		})
	}
}

// TestCursorScrollsWithItsField: scrolled out of sight, a field has no cursor.
func TestCursorScrollsWithItsField(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.prompted(redirect)
		d.size(40, 12)
		at := *d.View().Cursor
		d.press("up")
		assert.Check(t, d.View().Cursor == nil, "the cursor is at %+v in\n%s", d.View().Cursor, d.view())
		d.press("down")
		assert.Check(t, is.DeepEqual(*d.View().Cursor, at))
	})
}

func TestPasteMovesCursor(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.form(thousands(guide.Pick, new([]string)))
		d.send(tea.PasteMsg{Content: "e\u0301tudes"})
		left, _ := d.around()
		assert.Check(t, strings.HasSuffix(left, " e\u0301tudes"), "%q", left)
	})
}
