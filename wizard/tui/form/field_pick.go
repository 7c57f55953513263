package form

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

// debounce is how long typing must rest before an org is asked.
const debounce = 150 * time.Millisecond

// PickField chooses among what an org has, which may be thousands: what is typed filters on the server. A
// Pick also takes a new name; a PickMany takes several, with check marks.
type PickField struct {
	*screen.World
	question guide.Question
	filter   *screen.Input
	list     []guide.Option // what the org answered to the last filter
	lower    []string       // its labels in small letters, which every key is compared with
	Rows     []guide.Option // what can be chosen now
	At       int
	moved    bool // the last key went through the rows
	busy     bool
	problem  string
	Chosen   []string
	Initial  []string
	refused  bool // the initial answer was: it is not taken again
	offered  bool // it stands in the filter as selected text: what is typed or pasted first takes its place
}

// NewPickField is a field filled with the present answer.
func NewPickField(w *screen.World, q guide.Question) *PickField {
	values := w.Shown().Get(q.Key).Values
	f := &PickField{World: w, question: q, filter: screen.NewInput(""), Chosen: slices.Clone(values), Initial: values}
	f.filter.Placeholder = screen.Tern(f.many(), "filter", "filter or "+q.Typed)
	f.refresh()
	return f
}

func (f *PickField) many() bool { return f.question.Kind == guide.PickMany }

// Focus asks the org for the options.
func (f *PickField) Focus(*Row) screen.Action {
	f.busy = true
	return f.load(0)
}

// Refuse shows the answer that was refused, to be replaced: Enter alone neither takes it again nor chooses an object that
// has its name. Several are not chosen by Enter.
func (f *PickField) Refuse() {
	f.refused = !f.many()
	f.offered = f.refused && len(f.Initial) > 0
	f.refresh()
}

func (f *PickField) instead() string {
	if _, changed := f.Value(); !f.refused || changed || f.At < len(f.Rows) && f.staleNote(f.Rows[f.At].Value) == "" {
		return ""
	}
	return "This one was refused. Type another, or choose one from the list."
}

// clearOffered takes out the refused answer for what comes; a key without a text edits it.
func (f *PickField) clearOffered(coming string) {
	if f.offered && coming == "" {
		f.filter.SetValue(f.question.Join(f.Initial))
		f.filter.CursorEnd()
	}
	f.offered = false
}

// Text is what is typed.
func (f *PickField) Text() string { return f.filter.Text() }

// search asks the org again for what is typed.
func (f *PickField) search() screen.Action {
	f.busy, f.At = true, 0
	f.refresh()
	return f.load(debounce)
}

// load asks for the options after a rest, in which further typing replaces it.
func (f *PickField) load(rest time.Duration) screen.Action {
	filter := f.Text()
	return screen.InTurn(f.World, screen.SlotOptions, func(ctx context.Context) ([]guide.Option, error) {
		if screen.Pause(ctx, rest); ctx.Err() != nil {
			return nil, nil
		}
		return f.Session.Options(ctx, f.question, filter)
	}, f.Loaded)
}

// Loaded takes the options that came, or why none did.
func (f *PickField) Loaded(list []guide.Option, err error) screen.Action {
	f.busy, f.problem, f.list = false, "", list
	if err != nil {
		f.problem = screen.AsProblem(err).Problem
	}
	f.lower = make([]string, len(list))
	for i, option := range list {
		f.lower[i] = strings.ToLower(option.Label)
	}
	f.refresh()
	return screen.Stay{}
}

// refresh makes the rows: what is chosen and not among the options first, then the options, then the new name.
func (f *PickField) refresh() {
	typed := f.Text()
	rows := make([]guide.Option, 0, len(f.list)+2)
	has := func(value string) bool {
		return slices.ContainsFunc(f.list, func(o guide.Option) bool {
			return strings.EqualFold(o.Value, value) || strings.EqualFold(o.Label, value)
		})
	}
	if typed == "" {
		for _, value := range f.Chosen {
			if !slices.ContainsFunc(f.list, func(o guide.Option) bool { return o.Value == value }) {
				rows = append(rows, guide.Option{Value: value, Label: value, Note: f.noteOf(value, has(value))})
			}
		}
		if f.question.Optional() && !f.many() {
			none := f.question.Unanswered()
			none.Note = cmp.Or(f.staleNote(""), none.Note)
			rows = append(rows, none)
		}
	}
	wanted := strings.ToLower(typed)
	for i, o := range f.list {
		if !f.busy || typed == "" || strings.Contains(f.lower[i], wanted) {
			rows = append(rows, o)
		}
	}
	name := guide.Option{Value: typed, Label: f.question.Typed + ": " + typed, Note: f.staleNote(typed)}
	switch {
	case typed != "" && f.refused:
		rows = slices.Insert(rows, 0, name)
	case typed != "" && !has(typed) && (!f.many() || len(rows) == 0):
		rows = append(rows, name)
	}
	f.Rows = rows
	f.At = style.ClampTo(f.At, len(rows)-1)
	if typed == "" && f.At == 0 && !f.many() && len(f.Chosen) > 0 {
		f.At = max(0, slices.IndexFunc(rows, func(o guide.Option) bool { return slices.Contains(f.Chosen, o.Value) }))
	}
}

// noteOf is the note of a chosen value that is not among the options; named: one of them has its name.
func (f *PickField) noteOf(value string, named bool) string {
	if note := f.staleNote(value); note != "" || f.many() {
		return note
	}
	return screen.Tern(named, "current answer", f.question.Typed)
}

// staleNote is the note of an answer that was refused.
func (f *PickField) staleNote(value string) string {
	switch {
	case !f.refused:
	case slices.Contains(f.Initial, value):
		return "refused: type another"
	case value == "" && len(f.Initial) == 0:
		return "refused: choose another"
	}
	return ""
}

// Key takes a key, or leaves it to the form.
func (f *PickField) Key(msg tea.KeyPressMsg) (screen.Action, bool) {
	switch msg.String() {
	case "up", "down", "pgup", "pgdown":
		f.moved = true
	case "space":
	default:
		f.moved = false
	}
	switch msg.String() {
	case "up":
		if f.At == 0 {
			return nil, false
		}
		f.At--
	case "down":
		f.At = style.ClampTo(f.At+1, len(f.Rows)-1)
	case "pgup":
		f.At = max(0, f.At-listRows)
	case "pgdown":
		f.At = style.ClampTo(f.At+listRows, len(f.Rows)-1)
	case "enter", "tab":
		if !f.many() && f.At < len(f.Rows) {
			f.Chosen = []string{f.Rows[f.At].Value}
		}
		return nil, false
	case "shift+tab":
		return nil, false
	case "space":
		if f.many() && !f.blankFits() {
			if f.At < len(f.Rows) {
				f.Chosen = toggled(f.Chosen, f.Rows[f.At].Value)
			}
			return screen.Stay{}, true
		}
		return f.typed(msg), true
	default:
		return f.typed(msg), true
	}
	return screen.Stay{}, true
}

// blankFits reports whether a blank continues the name that is being typed, as in "Web customers". Otherwise space
// chooses.
func (f *PickField) blankFits() bool {
	typed := strings.ToLower(f.filter.Value())
	return typed != "" && !f.moved && slices.ContainsFunc(f.lower, func(label string) bool {
		return strings.HasPrefix(label, typed+" ")
	})
}

// typed lets the filter have a key, and searches if that changed it.
func (f *PickField) typed(msg tea.KeyPressMsg) screen.Action {
	before := f.Text()
	f.clearOffered(msg.Text)
	f.filter.Type(msg)
	if f.Text() == before {
		return screen.Stay{}
	}
	return f.search()
}

// Paste takes pasted text.
func (f *PickField) Paste(text string) string {
	f.clearOffered(text)
	return f.filter.Insert(text)
}

// Value is what is chosen.
func (f *PickField) Value() ([]string, bool) {
	values := slices.DeleteFunc(slices.Clone(f.Chosen), func(v string) bool { return v == "" })
	return values, !slices.Equal(values, f.Initial)
}

// Summary is the value on one line, or what its absence means.
func (f *PickField) Summary() string {
	if values, _ := f.Value(); len(values) > 0 || !f.question.Optional() {
		return f.question.Join(values)
	}
	return f.question.Unanswered().Label
}
