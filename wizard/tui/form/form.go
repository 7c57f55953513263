// Package form asks a section's questions: a field for each kind of question.
package form

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

// Field is the way one kind of question is put. It has the keys while it is focused.
type field interface {
	Focus(*Row) screen.Action                  // load the options, if it has any
	Key(tea.KeyPressMsg) (screen.Action, bool) // false: the key is the form's
	Paste(string) (note string)
	Value() (values []string, changed bool)
	Summary() string                 // one line, while it is not focused
	Draw(cells, height int) []string // so many cells after a margin that is for the cursor
	Hints() []style.Hint
}

// Row is a question with its field and what is wrong with it.
type Row struct {
	Question guide.Question
	Field    field
	Note     string
	Problem  string
	refused  bool // so was its answer, which is not given again
	put      bool // the user has been at it
}

// refuser is a field that doesn't give an answer again that was refused.
type refuser interface {
	Refuse()
	instead() string // what to do; empty: it has another answer, or none was refused
}

// stale says what to do in place of the answer that was refused; empty: it was not, or there is another.
func (r *Row) stale() string {
	if field, ok := r.Field.(refuser); ok && r.refused {
		return field.instead()
	}
	return ""
}

// refuse keeps the answer from being given again.
func (r *Row) refuse() {
	if field, ok := r.Field.(refuser); ok && r.refused {
		field.Refuse()
	}
}

// Form asks a section's questions. It checks a value only when the user moves forward, so that going back works from an
// invalid field.
type Form struct {
	*screen.World
	Section guide.SectionID
	Rows    []*Row
	at      int
	Editing bool // opened by the user: ends after the last field, not once nothing is missing
	Changed bool // an answer is not what it was
}

// Accepted is the form's word that it is through.
type Accepted struct{ screen.Stay }

// NewForm opens at the question that is due; where none is, at the first.
func NewForm(w *screen.World, section guide.SectionID) *Form {
	f := &Form{World: w, Section: section}
	f.rebuild()
	f.at, _ = f.due()
	return f
}

// due is the row to answer next: the first required one without an answer, or the choice before it if the user has not
// made it yet, because the choice may decide what is required.
func (f *Form) due() (at int, missing bool) {
	lacking := f.Env.Answers.Missing(f.Section)
	if len(lacking) == 0 {
		return 0, false
	}
	at = max(0, slices.IndexFunc(f.Rows, func(r *Row) bool { return r.Question.Key == lacking[0].Key }))
	if at > 0 && f.undecided(f.Rows[at-1]) {
		at--
	}
	return at, true
}

func (f *Form) undecided(r *Row) bool {
	return r.Question.Kind == guide.Choice && !r.put && f.Env.Answers.Get(r.Question.Key).From == guide.FromDefault
}

// rebuild lists the questions that arise with the present answers. What is half typed is kept.
func (f *Form) rebuild() {
	old := f.Rows
	f.Rows = nil
	for _, q := range f.Open(f.Section) {
		row := &Row{Question: q}
		if i := slices.IndexFunc(old, func(r *Row) bool { return r.Question.Key == q.Key }); i >= 0 {
			row = old[i]
			row.Note = f.Env.Answers.Get(q.Key).Note
			if _, changed := row.Field.Value(); changed {
				f.Rows = append(f.Rows, row)
				continue
			}
		}
		row.Field = NewField(f.World, q)
		row.refuse()
		f.Rows = append(f.Rows, row)
	}
	f.at = min(f.at, len(f.Rows)-1)
}

// GoTo moves to the question of that key and says what is wrong with it.
func (f *Form) GoTo(key guide.Key, problem string) {
	for i, row := range f.Rows {
		if row.Question.Key == key {
			f.at, row.Problem = i, problem
		}
	}
}

// Refuse notes that the current answer was refused.
func (f *Form) Refuse() {
	f.Current().refused = true
	f.Current().refuse()
}

// Current is the row that has the keys.
func (f *Form) Current() *Row { return f.Rows[f.at] }

// Focus gives the keys to the current row.
func (f *Form) Focus() screen.Action { return f.Current().Field.Focus(f.Current()) }

// Key takes a key.
func (f *Form) Key(msg tea.KeyPressMsg) screen.Action {
	if act, used := f.Current().Field.Key(msg); used {
		f.Current().Problem, f.Current().Note = "", ""
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
	return screen.Stay{}
}

// forward accepts the field and goes to the next. Only enter ends the form: when nothing is missing any
// more, or after the last field if the user opened it.
func (f *Form) forward(enter bool) screen.Action {
	key := f.Current().Question.Key
	if passes := !enter && f.Current().stale() != ""; !passes && !f.Accept(f.Current()) {
		return screen.Stay{}
	}
	f.rebuild()
	f.GoTo(key, "")
	f.Current().put = true
	due, missing := f.due()
	last := f.at == len(f.Rows)-1
	switch {
	case enter && !missing && (last || !f.Editing):
		return Accepted{}
	case enter && missing && (last || !f.Editing):
		return f.moveTo(due)
	case last:
		return f.Focus()
	default:
		return f.moveTo(f.at + 1)
	}
}

// backward goes to the field before. Only a choice is accepted then: it cannot be wrong, and what is marked
// is what the questions after it follow from.
func (f *Form) backward() screen.Action {
	if f.at == 0 {
		return screen.Stay{}
	}
	if row := f.Current(); row.Question.Kind == guide.Choice && f.Accept(row) {
		f.rebuild()
		f.GoTo(row.Question.Key, "")
	}
	return f.moveTo(f.at - 1)
}

func (f *Form) moveTo(at int) screen.Action {
	f.at = at
	return screen.Many{screen.Drop{Slot: screen.SlotOptions}, f.Focus()}
}

// Accept parses the field's value and keeps it, or says what is wrong with it.
func (f *Form) Accept(row *Row) bool {
	q := row.Question
	values, changed := row.Field.Value()
	if row.Problem = row.stale(); row.Problem != "" {
		return false
	}
	lacks := len(values) == 0 && q.Kind != guide.Hidden
	if !changed {
		lacks = !f.Env.Answers.Get(q.Key).Given
	}
	switch {
	case q.Needed && lacks:
		row.Problem = q.Label + " is needed."
		return false
	case !changed:
		return true
	}
	if err := f.Env.Answers.Set(q.Key, guide.FromUser, values...); err != nil {
		row.Problem = explain.Sentence(err.Error())
		return false
	}
	f.Changed, row.refused = true, false
	row.Field = NewField(f.World, q)
	return true
}

// Paste takes pasted text.
func (f *Form) Paste(text string) screen.Action {
	row := f.Current()
	row.Note, row.Problem = row.Field.Paste(text), ""
	if pick, ok := row.Field.(*PickField); ok {
		return pick.search()
	}
	return screen.Stay{}
}

// Hints are the keys of the form.
func (f *Form) Hints() []style.Hint {
	missing := slices.DeleteFunc(f.Env.Answers.Missing(f.Section), func(q guide.Question) bool { return q.Key == f.Current().Question.Key })
	last := f.at == len(f.Rows)-1 || !f.Editing && len(missing) == 0
	return f.hints("enter "+screen.Tern(last, "plan", "next"), "tab next field", "esc back")
}

// EditHints are the keys while one question is answered alone.
func (f *Form) EditHints() []style.Hint {
	_, changed := f.Current().Field.Value()
	return f.hints("enter " + screen.Tern(changed, "use it", "keep it"))
}

// hints are the keys of the field, after Enter unless its answer was refused, and the key that empties it last.
func (f *Form) hints(enter string, others ...string) []style.Hint {
	if f.Current().stale() != "" {
		enter = ""
	}
	if field, ok := f.Current().Field.(*textField); ok {
		others = append(others, field.input.Clearing())
	}
	return slices.Concat(style.Hints(enter), f.Current().Field.Hints(), style.Hints(others...))
}

// NewField makes the field for a question, filled with its present answer.
func NewField(w *screen.World, q guide.Question) field {
	switch q.Kind {
	case guide.Choice, guide.Choices:
		return newChoiceField(w, q)
	case guide.Pick, guide.PickMany:
		return NewPickField(w, q)
	default:
		return newTextField(w, q)
	}
}
