package form

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

// choiceField is a list of few options: radio buttons for Choice, check boxes for Choices.
type choiceField struct {
	*screen.World
	question guide.Question
	list     []guide.Option
	at       int
	chosen   []string
	initial  []string
	refused  string // the label of the locked option that the last key was to clear
}

func newChoiceField(w *screen.World, q guide.Question) *choiceField {
	values := w.Shown().Get(q.Key).Values
	f := &choiceField{World: w, question: q, list: w.FixedOptions(q), chosen: slices.Clone(values), initial: values}
	f.at = max(0, slices.IndexFunc(f.list, func(o guide.Option) bool { return slices.Contains(values, o.Value) }))
	return f
}

// Focus marks an option where none is chosen: what is marked is what Enter takes.
func (f *choiceField) Focus(*Row) screen.Action {
	if f.question.Kind == guide.Choice && len(f.chosen) == 0 && len(f.list) > 0 {
		f.chosen = []string{f.list[0].Value}
	}
	return screen.Stay{}
}

func (f *choiceField) Key(msg tea.KeyPressMsg) (screen.Action, bool) {
	f.refused = ""
	switch msg.String() {
	case "up":
		if f.at == 0 {
			return nil, false
		}
		f.at--
	case "down":
		if f.at >= len(f.list)-1 {
			return nil, false
		}
		f.at++
	case "space":
		f.choose()
		return screen.Stay{}, true
	default:
		return nil, false
	}
	if f.question.Kind == guide.Choice {
		f.choose() // as radio buttons do
	}
	return screen.Stay{}, true
}

func (f *choiceField) choose() {
	if f.at >= len(f.list) {
		return
	}
	switch option := f.list[f.at]; {
	case f.question.Kind == guide.Choice:
		f.chosen = []string{option.Value}
	case option.Locked && slices.Contains(f.chosen, option.Value):
		f.refused = option.Label
	default:
		f.chosen = toggled(f.chosen, option.Value)
	}
}

// toggled adds the value to the set, or takes it out.
func toggled(set []string, value string) []string {
	if i := slices.Index(set, value); i >= 0 {
		return slices.Delete(slices.Clone(set), i, i+1)
	}
	return append(slices.Clone(set), value)
}

func (f *choiceField) Paste(string) string { return "" }

func (f *choiceField) Value() ([]string, bool) {
	return f.chosen, !slices.Equal(f.chosen, f.initial)
}

func (f *choiceField) Summary() string {
	return f.question.Join(screen.OptionLabels(f.list, f.chosen))
}

func (f *choiceField) Draw(cells, height int) []string {
	list := optionList{World: f.World, all: f.list, at: f.at, chosen: f.chosen, many: f.question.Kind == guide.Choices}
	lines := list.draw(cells, height-1)
	if f.refused != "" {
		lines = append(lines, f.SoftLines(style.Wrap("Required: "+f.refused+" can't be cleared.", cells, style.RowMargin))...)
	}
	return lines
}

func (f *choiceField) Hints() []style.Hint {
	return style.Hints(screen.Tern(f.question.Kind == guide.Choice, f.Glyphs.Arrows, "space") + " choose")
}
