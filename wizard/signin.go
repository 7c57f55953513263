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
	task
	bench   verify.Verifier
	run     *attempt
	verdict *signintest.Result
}

// attempt is one run of the test.
type attempt struct {
	address signintest.Address // empty: the browser is not waited for yet
	lines   []signintest.Line
	begun   time.Time // when the last line came
	input   textinput.Model
	note    string
	paste   chan string
}

func newSignIn(w *world, b verify.Verifier) *signIn { return &signIn{task: task{world: w}, bench: b} }

func (s *signIn) enter(backwards bool) action {
	if backwards {
		return stay{}
	}
	run := &attempt{begun: time.Now(), input: s.newInput(), paste: make(chan string, 1)}
	run.input.Focus()
	s.run, s.verdict, s.halting = run, nil, false
	s.enters(planning)
	return work(s.world, slotLocal, func(ctx context.Context) (signintest.Result, error) {
		return s.bench.Test(ctx, s.front(run))
	}, s.tested)
}

// front tells the screen how the test goes on.
func (s *signIn) front(a *attempt) signintest.Front {
	tell := func(what func() action) { s.send(news{s, what}) }
	return signintest.Front{
		Open: func(to signintest.Address) {
			tell(func() action { a.address = to; return openURL{to.URL} })
		},
		Line:   func(l signintest.Line) { tell(func() action { return a.take(l) }) },
		Reject: func(err error) { tell(func() action { a.note = explain.Sentence(err.Error()); return stay{} }) },
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
func (s *signIn) over() bool { return s.phase == done || s.phase == stuck }

// tested shows the verdict. Who ended the test is told only what it left behind.
func (s *signIn) tested(v signintest.Result, err error) action {
	s.left = v.Left
	switch {
	case s.halting && len(s.left) == 0:
		return back{}
	case len(s.left) > 0 || err == nil:
		s.ended(done, nil)
		s.verdict, s.did[deedTest] = &v, v.OK
	default:
		s.ended(stuck, err)
	}
	return stay{}
}

// take adds a line, in place of the one that said that it is being worked on.
func (a *attempt) take(l signintest.Line) action {
	a.begun = time.Now()
	same := func(was signintest.Line) bool { return was.State == signintest.Working && was.Text == l.Text }
	if i := slices.IndexFunc(a.lines, same); i >= 0 {
		a.lines = slices.Delete(a.lines, i, i+1)
	}
	a.lines = append(a.lines, l)
	return stay{}
}

func (s *signIn) key(msg tea.KeyPressMsg) action {
	if !s.over() {
		return s.runKey(msg)
	}
	switch msg.String() {
	case "esc", "q":
		return back{}
	case "r":
		return s.enter(false)
	case "d":
		return aside{newCheckUp(s.world, s.bench)}
	case "c":
		return copyText{what: "the details", text: s.text()}
	case "f":
		if s.fixable() {
			return aside{newFix(s.world, s.bench, s.title, s.verdict.AutoFix)}
		}
	case "o":
		if page := s.doc(); page != "" {
			return openURL{page}
		}
	}
	return pass{}
}

// runKey has the keys while the test goes on. Letters are commands until something was typed.
func (s *signIn) runKey(msg tea.KeyPressMsg) action {
	a := s.run
	text := strings.TrimSpace(a.input.Value())
	switch key := msg.String(); {
	case key == "esc" && s.halting:
		return many{drop{slotLocal}, back{}}
	case key == "esc":
		return halt{}
	case key == "up" || key == "down" || key == "pgup" || key == "pgdown":
		return pass{}
	case a.address.URL == "" || s.halting:
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
		a.note = "The address you sent before is still being checked."
	}
}

func (s *signIn) paste(text string) action {
	if !s.over() && s.run.address.URL != "" {
		s.run.note = insert(&s.run.input, text)
	}
	return stay{}
}

// fixable reports whether the wizard can fix what the test found.
func (s *signIn) fixable() bool { return s.verdict != nil && s.verdict.AutoFix != "" }

// doc is the page about why the test did not pass, if there is one.
func (s *signIn) doc() string {
	fault := s.problem
	if s.verdict != nil {
		fault = s.verdict.Problem
	}
	if fault == nil {
		return ""
	}
	return fault.DocURL
}

func (s *signIn) hints() []style.Hint {
	if !s.over() {
		return s.runHints()
	}
	return style.Hints(tern(s.fixable(), "f fix and retest", ""), "r again", "d doctor", "c copy details", "esc back", tern(s.doc() != "", "o open the page", ""))
}

func (s *signIn) runHints() []style.Hint {
	switch {
	case s.halting:
		return style.Hints("esc do not wait")
	case s.run.address.URL == "":
		return style.Hints("esc back")
	case strings.TrimSpace(s.run.input.Value()) != "":
		return style.Hints("enter send", "ctrl+u clear", "esc end the test")
	}
	return style.Hints("o open again", "c copy the address", "esc end the test", tern(s.run.address.Direct != "", "a copy Okta's", ""))
}
