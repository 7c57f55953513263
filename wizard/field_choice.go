package wizard

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/style"
)

// choiceField is a list of few options: radio buttons for Choice, check boxes for Choices.
type choiceField struct {
	*world
	question guide.Question
	list     []guide.Option
	at       int
	chosen   []string
	initial  []string
}

func newChoiceField(w *world, q guide.Question) *choiceField {
	values := w.shown().Get(q.Key).Values
	f := &choiceField{world: w, question: q, list: w.fixedOptions(q), chosen: slices.Clone(values), initial: values}
	if q.Kind == guide.Choice && len(values) == 0 && len(f.list) > 0 {
		f.chosen = []string{f.list[0].Value} // what is marked is what Enter takes
	}
	f.at = max(0, slices.IndexFunc(f.list, func(o guide.Option) bool { return slices.Contains(values, o.Value) }))
	return f
}

// fixedOptions are those of a Choice or Choices, which depend on no org: nothing is waited for.
func (w *world) fixedOptions(q guide.Question) []guide.Option {
	if q.Kind != guide.Choice && q.Kind != guide.Choices {
		return nil
	}
	return w.env.FixedOptions(q)
}

// optionLabels are the values in the words of the options.
func optionLabels(list []guide.Option, values []string) []string {
	names := slices.Clone(values)
	for i, value := range values {
		for _, o := range list {
			if o.Value == value {
				names[i] = o.Label
			}
		}
	}
	return names
}

func (f *choiceField) focus(*formRow) action { return stay{} }
func (f *choiceField) blur()                 {}

func (f *choiceField) key(msg tea.KeyPressMsg) (action, bool) {
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
		return stay{}, true
	default:
		return nil, false
	}
	if f.question.Kind == guide.Choice {
		f.choose() // as radio buttons do
	}
	return stay{}, true
}

func (f *choiceField) choose() {
	if f.at >= len(f.list) {
		return
	}
	value := f.list[f.at].Value
	if f.question.Kind == guide.Choice {
		f.chosen = []string{value}
		return
	}
	f.chosen = toggled(f.chosen, value)
}

// toggled adds the value to the set, or takes it out.
func toggled(set []string, value string) []string {
	if i := slices.Index(set, value); i >= 0 {
		return slices.Delete(slices.Clone(set), i, i+1)
	}
	return append(slices.Clone(set), value)
}

func (f *choiceField) paste(string) string { return "" }

func (f *choiceField) value() ([]string, bool) {
	return f.chosen, !slices.Equal(f.chosen, f.initial)
}

func (f *choiceField) summary() string {
	return f.question.Join(optionLabels(f.list, f.chosen))
}

func (f *choiceField) draw(width, height int) []string {
	return f.optionLines(f.list, f.at, width, height-1, func(o guide.Option) string {
		on := slices.Contains(f.chosen, o.Value)
		if f.question.Kind == guide.Choice {
			return tern(on, f.Glyphs.On, f.Glyphs.Off)
		}
		return tern(on, f.Glyphs.Check, f.Glyphs.None)
	})
}

func (f *choiceField) hints() []style.Hint {
	return style.Hints(tern(f.question.Kind == guide.Choice, f.Glyphs.Arrows, "space") + " choose")
}

func tern(yes bool, a, b string) string {
	if yes {
		return a
	}
	return b
}
