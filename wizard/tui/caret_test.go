package tui

import (
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/guide"
)

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

func TestCursorIsHiddenWithoutInput(t *testing.T) {
	typing := []string{"ask", "invalid", "pick", "pickmany", "paste", "save", "pagefile", "handover", "test", "offered", "review-edit", "review-save"}
	for _, s := range scenes {
		scene(t, s, nil, func(d *drive) {
			assert.Check(t, is.Equal(d.View().Cursor != nil, slices.Contains(typing, s.name)), "%s shows\n%s", s.name, d.view())
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
