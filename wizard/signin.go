package wizard

import (
	"context"
	"slices"
	"strings"
	"time"

	"charm.land/bubbles/v2/textinput"
	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/tui/style"
	"msgsso-wizard/wizard/verify"
)

// signIn is the screen of the sign-in test: somebody signs in with a browser, and the checks come as lines.
type signIn struct {
	*world
	bench   verify.Verifier
	run     *attempt
	repair  *fix // nil: nothing is being fixed
	verdict *signintest.Result
	problem *explain.Error // why there is no verdict
}

// attempt is one run of the test. What it tells is news of it.
type attempt struct {
	since   time.Time
	address signintest.Address // empty: the browser is not waited for yet
	lines   []signintest.Line
	begun   time.Time // when the last line came
	input   textinput.Model
	note    string
	paste   chan string
	ending  bool
	leaving bool
}

type (
	tested struct { // what a test came to
		verdict signintest.Result
		err     error
	}
	rejected struct{ err error } // why a pasted address was not taken
)

func newSignIn(w *world, b verify.Verifier) *signIn { return &signIn{world: w, bench: b} }

func (s *signIn) enter(backwards bool) action {
	if backwards {
		return stay{}
	}
	run := &attempt{since: time.Now(), begun: time.Now(), input: s.newInput(), paste: make(chan string, 1)}
	run.input.Focus()
	s.run, s.repair, s.verdict, s.problem = run, nil, nil, nil
	front := run.front(s.send)
	return many{start{slotLocal, func(ctx context.Context) any {
		s.turn.Lock()
		defer s.turn.Unlock()
		verdict, err := s.bench.Test(ctx, front)
		return tested{verdict, err}
	}}, ticking()}
}

// front tells the screen how the test goes on.
func (a *attempt) front(send func(tea.Msg)) signintest.Front {
	return signintest.Front{
		Open:   func(to signintest.Address) { send(news{a, to}) },
		Line:   func(l signintest.Line) { send(news{a, l}) },
		Reject: func(err error) { send(news{a, rejected{err}}) },
		Paste: func(ctx context.Context) (string, error) {
			select {
			case text := <-a.paste:
				return text, nil
			case <-ctx.Done():
				return "", context.Cause(ctx)
			}
		},
	}
}

// over reports whether the test has ended.
func (s *signIn) over() bool { return s.verdict != nil || s.problem != nil }

func (s *signIn) result(value any) action {
	if s.repair != nil {
		act, fixed := s.repair.result(value)
		if fixed {
			return s.enter(false)
		}
		return act
	}
	switch v := value.(type) {
	case tick:
		if !s.over() {
			return ticking()
		}
	case news:
		if v.of == s.run && !s.over() {
			return s.run.told(v.what)
		}
	case halted:
		s.run.ending, s.run.leaving = true, v.leaving
	case tested:
		return s.ended(v)
	}
	return stay{}
}

// ended shows the verdict. Who ended the test is told only what it left behind.
func (s *signIn) ended(v tested) action {
	s.left = v.verdict.Left
	switch {
	case s.run.ending && len(s.left) == 0:
		return back{}
	case v.err != nil && len(s.left) == 0:
		s.problem = asProblem(v.err)
	default:
		s.verdict = &v.verdict
		s.did[deedTest] = v.verdict.OK
	}
	return stay{}
}

func (a *attempt) told(what any) action {
	switch v := what.(type) {
	case signintest.Address:
		a.address = v
		return openURL{v.URL}
	case signintest.Line:
		a.take(v)
	case rejected:
		a.note = explain.Sentence(v.err.Error())
	}
	return stay{}
}

// take adds a line, in place of the one that said that it is being worked on.
func (a *attempt) take(l signintest.Line) {
	a.begun = time.Now()
	same := func(was signintest.Line) bool { return was.State == signintest.Working && was.Text == l.Text }
	if i := slices.IndexFunc(a.lines, same); i >= 0 {
		a.lines = slices.Delete(a.lines, i, i+1)
	}
	a.lines = append(a.lines, l)
}

func (s *signIn) key(msg tea.KeyPressMsg) action {
	switch {
	case s.repair != nil:
		act, left := s.repair.key(msg)
		if left {
			s.repair = nil
		}
		return act
	case !s.over():
		return s.runKey(msg)
	}
	key := msg.String()
	switch {
	case key == "esc" || key == "q":
		return back{}
	case key == "r":
		return s.enter(false)
	case key == "d":
		return aside{newCheckUp(s.world, s.bench)}
	case key == "c":
		return copyText{what: "the details", text: s.details()}
	case key == "f" && s.verdict != nil && s.verdict.AutoFix != "":
		s.repair = newFix(s.world, s.bench, s.verdict.AutoFix)
		return s.repair.begin()
	case key == "o" && s.fault() != nil && s.fault().DocURL != "":
		return openURL{s.fault().DocURL}
	}
	return pass{}
}

// runKey has the keys while the test goes on. Letters are commands until something was typed.
func (s *signIn) runKey(msg tea.KeyPressMsg) action {
	a := s.run
	text := strings.TrimSpace(a.input.Value())
	switch key := msg.String(); {
	case key == "esc" && a.ending:
		return many{drop{slotLocal}, back{}}
	case key == "esc":
		return finish{slotLocal}
	case key == "up" || key == "down" || key == "pgup" || key == "pgdown":
		return pass{}
	case a.address.URL == "" || a.ending:
	case key == "enter" && text != "":
		a.hand(text)
	case text == "" && key == "o":
		return openURL{a.address.URL}
	case text == "" && key == "c":
		return copyText{what: "the address", text: a.address.URL}
	case text == "" && key == "a" && a.address.Direct != "":
		return copyText{what: "Okta's own address", text: a.address.Direct}
	case key != "enter":
		a.input, _ = a.input.Update(msg)
		a.note = ""
	}
	return stay{}
}

// hand gives what was pasted to the test, unless that has not yet taken what came before.
func (a *attempt) hand(text string) {
	select {
	case a.paste <- text:
		a.input.Reset()
		a.note = ""
	default:
		a.note = "What you sent before is still being looked at."
	}
}

func (s *signIn) paste(text string) action {
	if !s.over() && s.run.address.URL != "" {
		s.run.note = insert(&s.run.input, text)
	}
	return stay{}
}

// fault is why the test did not pass; nil while it runs, and when it passed.
func (s *signIn) fault() *explain.Error {
	if s.verdict != nil {
		return s.verdict.Problem
	}
	return s.problem
}

func (s *signIn) hints() []style.Hint {
	switch {
	case s.repair != nil:
		return s.repair.hints()
	case !s.over():
		return s.runHints()
	}
	hints := []style.Hint{{Key: "r", Does: "again"}, {Key: "d", Does: "doctor"}, {Key: "c", Does: "copy details"}, {Key: "esc", Does: "back"}}
	if f := s.fault(); f != nil && f.DocURL != "" {
		hints = append(hints, style.Hint{Key: "o", Does: "open the page"})
	}
	if s.verdict != nil && s.verdict.AutoFix != "" {
		hints = append([]style.Hint{{Key: "f", Does: "mend it and test again"}}, hints...)
	}
	return hints
}

func (s *signIn) runHints() []style.Hint {
	switch {
	case s.run.ending:
		return []style.Hint{{Key: "esc", Does: "do not wait"}}
	case s.run.address.URL == "":
		return []style.Hint{{Key: "esc", Does: "back"}}
	case strings.TrimSpace(s.run.input.Value()) != "":
		return []style.Hint{{Key: "enter", Does: "send"}, {Key: "ctrl+u", Does: "clear"}, {Key: "esc", Does: "end the test"}}
	}
	hints := []style.Hint{{Key: "o", Does: "open again"}, {Key: "c", Does: "copy the address"}, {Key: "esc", Does: "end the test"}}
	if s.run.address.Direct != "" {
		hints = append(hints, style.Hint{Key: "a", Does: "copy Okta's"})
	}
	return hints
}
