package wizard

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps"
)

// field is the way one kind of question is put. It has the keys while it is focused.
type field interface {
	focus() action // load the options, if it has any
	blur()
	key(tea.KeyPressMsg) (action, bool) // false: the key is the form's
	paste(string) (note string)
	loaded(options)
	value() (values []string, changed bool)
	summary() string // one line, while it is not focused
	draw(width, height int) []string
	hints() []hint
}

// formRow is a question with its field and what is wrong with it.
type formRow struct {
	question steps.Question
	field    field
	note     string
	problem  string
}

// form asks a section's questions. Values are looked at only when a field is left forwards, so that
// going back works from any of them.
type form struct {
	*world
	section steps.SectionID
	rows    []*formRow
	at      int
	editing bool // opened by the user: ends after the last field, not once nothing is missing
	changed bool // an answer is not what it was
}

// accepted is the form's word that it is through.
type accepted struct{ stay }

func newForm(w *world, section steps.SectionID, at steps.Key) *form {
	f := &form{world: w, section: section}
	f.rebuild()
	f.goTo(at, "")
	return f
}

// rebuild lists the questions that arise with the present answers. What is half typed is kept.
func (f *form) rebuild() {
	old := f.rows
	f.rows = nil
	for _, q := range f.open(f.section) {
		if !q.Asked(f.env.Answers) {
			continue
		}
		row := &formRow{question: q}
		if i := slices.IndexFunc(old, func(r *formRow) bool { return r.question.Key == q.Key }); i >= 0 {
			row = old[i]
			row.note = f.env.Answers.Get(q.Key).Note
			if _, changed := row.field.value(); changed {
				f.rows = append(f.rows, row)
				continue
			}
		}
		row.field = newField(f.world, q)
		f.rows = append(f.rows, row)
	}
	f.at = min(f.at, len(f.rows)-1)
}

// goTo moves to the question of that key and says what is wrong with it.
func (f *form) goTo(key steps.Key, problem string) {
	for i, row := range f.rows {
		if row.question.Key == key {
			f.at, row.problem = i, problem
		}
	}
}

func (f *form) current() *formRow { return f.rows[f.at] }

func (f *form) focus() action { return f.current().field.focus() }

func (f *form) key(msg tea.KeyPressMsg) action {
	if act, used := f.current().field.key(msg); used {
		f.current().problem, f.current().note = "", ""
		return act
	}
	switch msg.String() {
	case "enter":
		return f.forward(true)
	case "tab", "down":
		return f.forward(false)
	case "shift+tab", "up":
		if f.at > 0 {
			return f.moveTo(f.at - 1)
		}
	}
	return stay{}
}

// forward accepts the field and goes to the next. Only enter ends the form: when nothing is missing any
// more, or after the last field if the user opened it.
func (f *form) forward(enter bool) action {
	key := f.current().question.Key
	if !f.accept(f.current()) {
		return stay{}
	}
	f.rebuild()
	f.goTo(key, "")
	missing := f.env.Answers.Missing(f.section)
	last := f.at == len(f.rows)-1
	switch {
	case enter && len(missing) == 0 && (last || !f.editing):
		return accepted{}
	case enter && len(missing) > 0 && (last || !f.editing):
		f.goTo(missing[0].Key, "")
		return f.moveTo(f.at)
	case last:
		return f.focus()
	default:
		return f.moveTo(f.at + 1)
	}
}

func (f *form) moveTo(at int) action {
	f.current().field.blur()
	f.at = at
	return many{drop{slotOptions}, f.focus()}
}

// accept parses the field's value and keeps it, or says what is wrong with it.
func (f *form) accept(row *formRow) bool {
	q := row.question
	values, changed := row.field.value()
	row.problem = ""
	if !changed {
		if q.Needed && !f.env.Answers.Get(q.Key).Given {
			row.problem = q.Label + " is needed."
			return false
		}
		return true
	}
	if len(values) == 0 && q.Needed && q.Kind != steps.Hidden {
		row.problem = q.Label + " is needed."
		return false
	}
	if err := f.env.Answers.Set(q.Key, steps.FromUser, values...); err != nil {
		row.problem = steps.Sentence(err.Error())
		return false
	}
	f.changed = true
	row.field = newField(f.world, q)
	return true
}

func (f *form) paste(text string) action {
	row := f.current()
	row.note, row.problem = row.field.paste(text), ""
	if pick, ok := row.field.(*pickField); ok {
		return pick.search()
	}
	return stay{}
}

func (f *form) loaded(o options) action {
	for _, row := range f.rows {
		if row.question.Key == o.key {
			row.field.loaded(o)
		}
	}
	return stay{}
}

func (f *form) hints() []hint {
	next := hint{"enter", "next"}
	if f.at == len(f.rows)-1 || !f.editing && len(f.env.Answers.Missing(f.section)) <= 1 {
		next.does = "plan"
	}
	return append(append(f.current().field.hints(), next), hint{"tab", "next field"}, hint{"shift+tab", "field before"}, hint{"esc", "back"})
}
