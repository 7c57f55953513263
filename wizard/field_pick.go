package wizard

import (
	"context"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/style"
)

// debounce is how long typing must rest before an org is asked.
const debounce = 150 * time.Millisecond

// pickField chooses among what an org has, which may be thousands: what is typed filters on the server. A
// Pick also takes a new name; a PickMany takes several, with check marks.
type pickField struct {
	*world
	question guide.Question
	filter   textinput.Model
	list     []guide.Option // what the org answered to the last filter
	lower    []string       // its labels in small letters, which every key is compared with
	rows     []guide.Option // what can be chosen now
	at       int
	moved    bool // the last key went through the rows
	busy     bool
	problem  string
	chosen   []string
	initial  []string
}

func newPickField(w *world, q guide.Question) *pickField {
	values := w.shown().Get(q.Key).Values
	f := &pickField{world: w, question: q, filter: w.newInput(), chosen: slices.Clone(values), initial: values}
	f.filter.Placeholder = tern(f.many(), "type to filter", "type to filter, or another name")
	f.refresh()
	return f
}

func (f *pickField) many() bool { return f.question.Kind == guide.PickMany }

func (f *pickField) focus(*formRow) action {
	f.filter.Focus()
	f.busy = true
	return f.load(0)
}

func (f *pickField) blur() { f.filter.Blur() }

func (f *pickField) text() string { return strings.TrimSpace(f.filter.Value()) }

// search asks the org again for what is typed.
func (f *pickField) search() action {
	f.busy, f.at = true, 0
	f.refresh()
	return f.load(debounce)
}

// load asks for the options after a rest, in which further typing replaces it.
func (f *pickField) load(rest time.Duration) action {
	filter := f.text()
	return work(f.world, slotOptions, func(ctx context.Context) ([]guide.Option, error) {
		if pause(ctx, rest); ctx.Err() != nil {
			return nil, nil
		}
		return f.session.Options(ctx, f.question, filter)
	}, f.loaded)
}

func (f *pickField) loaded(list []guide.Option, err error) action {
	f.busy, f.problem, f.list = false, "", list
	if err != nil {
		f.problem = asProblem(err).Problem
	}
	f.lower = make([]string, len(list))
	for i, option := range list {
		f.lower[i] = strings.ToLower(option.Label)
	}
	f.refresh()
	return stay{}
}

// refresh makes the rows: what is chosen and not among the options first, then the options, then the new name.
func (f *pickField) refresh() {
	typed := f.text()
	rows := make([]guide.Option, 0, len(f.list)+2)
	has := func(value string) bool {
		return slices.ContainsFunc(f.list, func(o guide.Option) bool {
			return strings.EqualFold(o.Value, value) || strings.EqualFold(o.Label, value)
		})
	}
	if typed == "" {
		for _, value := range f.chosen {
			if !has(value) {
				rows = append(rows, guide.Option{Value: value, Label: value, Note: tern(f.many(), "", "new")})
			}
		}
		if f.optional() && !f.many() {
			rows = append(rows, guide.Option{Label: "none"})
		}
	}
	wanted := strings.ToLower(typed)
	for i, o := range f.list {
		if !f.busy || typed == "" || strings.Contains(f.lower[i], wanted) {
			rows = append(rows, o)
		}
	}
	if typed != "" && !has(typed) && (!f.many() || len(rows) == 0) {
		rows = append(rows, guide.Option{Value: typed, Label: tern(f.many(), "by name or ID: ", "+ new: ") + typed})
	}
	f.rows = rows
	f.at = style.ClampTo(f.at, len(rows)-1)
	if typed == "" && f.at == 0 && !f.many() && len(f.chosen) > 0 {
		f.at = max(0, slices.IndexFunc(rows, func(o guide.Option) bool { return slices.Contains(f.chosen, o.Value) }))
	}
}

// optional reports whether the question may stay without an answer.
func (f *pickField) optional() bool {
	q := f.question
	return !q.Needed && q.Default == "" && q.Derive == nil
}

func (f *pickField) key(msg tea.KeyPressMsg) (action, bool) {
	switch msg.String() {
	case "up", "down", "pgup", "pgdown":
		f.moved = true
	case "space":
	default:
		f.moved = false
	}
	switch msg.String() {
	case "up":
		if f.at == 0 {
			return nil, false
		}
		f.at--
	case "down":
		f.at = style.ClampTo(f.at+1, len(f.rows)-1)
	case "pgup":
		f.at = max(0, f.at-listRows)
	case "pgdown":
		f.at = style.ClampTo(f.at+listRows, len(f.rows)-1)
	case "enter", "tab":
		if !f.many() && f.at < len(f.rows) {
			f.chosen = []string{f.rows[f.at].Value}
		}
		return nil, false
	case "shift+tab":
		return nil, false
	case "space":
		if f.many() && !f.blankFits() {
			if f.at < len(f.rows) {
				f.chosen = toggled(f.chosen, f.rows[f.at].Value)
			}
			return stay{}, true
		}
		return f.typed(msg), true
	default:
		return f.typed(msg), true
	}
	return stay{}, true
}

// blankFits reports whether a blank goes on with the name that is being typed, as in "Web customers". Otherwise
// space chooses.
func (f *pickField) blankFits() bool {
	typed := strings.ToLower(f.filter.Value())
	return typed != "" && !f.moved && slices.ContainsFunc(f.lower, func(label string) bool {
		return strings.HasPrefix(label, typed+" ")
	})
}

// typed lets the filter have a key, and searches if that changed it.
func (f *pickField) typed(msg tea.KeyPressMsg) action {
	before := f.text()
	f.filter, _ = f.filter.Update(msg)
	if f.text() == before {
		return stay{}
	}
	return f.search()
}

func (f *pickField) paste(text string) string { return insert(&f.filter, text) }

func (f *pickField) value() ([]string, bool) {
	var values []string
	for _, v := range f.chosen {
		if v != "" {
			values = append(values, v)
		}
	}
	return values, !slices.Equal(values, f.initial)
}

func (f *pickField) summary() string { return f.question.Join(f.chosen) }
