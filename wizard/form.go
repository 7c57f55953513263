package wizard

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/style"
)

// field is the way one kind of question is put. It has the keys while it is focused.
type field interface {
	focus(*formRow) action // load the options, if it has any
	blur()
	key(tea.KeyPressMsg) (action, bool) // false: the key is the form's
	paste(string) (note string)
	value() (values []string, changed bool)
	summary() string // one line, while it is not focused
	draw(width, height int) []string
	hints() []style.Hint
}

// formRow is a question with its field and what is wrong with it.
type formRow struct {
	question guide.Question
	field    field
	note     string
	problem  string
	put      bool // the user has been at it
}

// form asks a section's questions. Values are looked at only when a field is left forwards, so that
// going back works from any of them.
type form struct {
	*world
	section guide.SectionID
	rows    []*formRow
	at      int
	editing bool // opened by the user: ends after the last field, not once nothing is missing
	changed bool // an answer is not what it was
}

// accepted is the form's word that it is through.
type accepted struct{ stay }

// newForm opens at the question that is due; where none is, at the first.
func newForm(w *world, section guide.SectionID) *form {
	f := &form{world: w, section: section}
	f.rebuild()
	f.at, _ = f.due()
	return f
}

// due is the row to answer next: the first without an answer that is needed, or the choice right before it
// if nobody has made that yet, because it may decide what is needed.
func (f *form) due() (at int, missing bool) {
	lacking := f.env.Answers.Missing(f.section)
	if len(lacking) == 0 {
		return 0, false
	}
	at = max(0, slices.IndexFunc(f.rows, func(r *formRow) bool { return r.question.Key == lacking[0].Key }))
	if at > 0 && f.undecided(f.rows[at-1]) {
		at--
	}
	return at, true
}

func (f *form) undecided(r *formRow) bool {
	return r.question.Kind == guide.Choice && !r.put && f.env.Answers.Get(r.question.Key).From == guide.FromDefault
}

// rebuild lists the questions that arise with the present answers. What is half typed is kept.
func (f *form) rebuild() {
	old := f.rows
	f.rows = nil
	for _, q := range f.open(f.section) {
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
func (f *form) goTo(key guide.Key, problem string) {
	for i, row := range f.rows {
		if row.question.Key == key {
			f.at, row.problem = i, problem
		}
	}
}

func (f *form) current() *formRow { return f.rows[f.at] }

func (f *form) focus() action { return f.current().field.focus(f.current()) }

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
		return f.backward()
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
	f.current().put = true
	due, missing := f.due()
	last := f.at == len(f.rows)-1
	switch {
	case enter && !missing && (last || !f.editing):
		return accepted{}
	case enter && missing && (last || !f.editing):
		return f.moveTo(due)
	case last:
		return f.focus()
	default:
		return f.moveTo(f.at + 1)
	}
}

// backward goes to the field before. Only a choice is accepted then: it cannot be wrong, and what is marked
// is what the questions after it follow from.
func (f *form) backward() action {
	if f.at == 0 {
		return stay{}
	}
	if row := f.current(); row.question.Kind == guide.Choice && f.accept(row) {
		f.rebuild()
		f.goTo(row.question.Key, "")
	}
	return f.moveTo(f.at - 1)
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
	if len(values) == 0 && q.Needed && q.Kind != guide.Hidden {
		row.problem = q.Label + " is needed."
		return false
	}
	if err := f.env.Answers.Set(q.Key, guide.FromUser, values...); err != nil {
		row.problem = explain.Sentence(err.Error())
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

func (f *form) hints() []style.Hint {
	missing := slices.DeleteFunc(f.env.Answers.Missing(f.section), func(q guide.Question) bool { return q.Key == f.current().question.Key })
	last := f.at == len(f.rows)-1 || !f.editing && len(missing) == 0
	keys := style.Hints("enter "+tern(last, "plan", "next"), "tab next field", "esc back")
	return slices.Concat(f.current().field.hints(), keys, f.clearing())
}

// clearing is the key that empties the field, where it has a text.
func (f *form) clearing() []style.Hint {
	field, ok := f.current().field.(*textField)
	return style.Hints(tern(ok && field.input.Value() != "", "ctrl+u clear", ""))
}
