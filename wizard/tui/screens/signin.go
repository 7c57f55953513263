package screens

import (
	"context"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/doctor"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
	"msgsso-wizard/wizard/verify"
)

// signIn is the screen of the sign-in test: the user signs in with a browser, and the checks appear as lines.
type signIn struct {
	screen.Task
	bench  verify.Verifier
	run    *attempt
	result *signintest.Result
}

// attempt is one run of the test.
type attempt struct {
	address signintest.Address // empty: the browser is not waited for yet
	lines   []signintest.Line
	begun   time.Time // when the last line came
	input   *screen.Input
	paste   chan string
}

// NewSignIn is a test of the sign-in that has not begun.
func NewSignIn(w *screen.World, b verify.Verifier) *signIn {
	return &signIn{Task: screen.Task{World: w}, bench: b}
}

func (s *signIn) Enter(backwards bool) screen.Action {
	if backwards {
		return screen.Stay{}
	}
	run := &attempt{begun: time.Now(), input: screen.NewInput(""), paste: make(chan string, 1)}
	s.run, s.result, s.Halting = run, nil, false
	s.Enters(screen.Planning)
	return screen.InTurn(s.World, screen.SlotLocal, func(ctx context.Context) (signintest.Result, error) {
		return s.bench.Test(ctx, s.front(run))
	}, s.tested)
}

// front tells the screen how the test goes on.
func (s *signIn) front(a *attempt) signintest.Front {
	send := func(what func() screen.Action) { s.Send(screen.News{Of: s, Then: what}) }
	return signintest.Front{
		Open: func(to signintest.Address) {
			send(func() screen.Action { a.address, s.Input = to, a.input; return screen.OpenURL{URL: to.URL} })
		},
		Line: func(l signintest.Line) { send(func() screen.Action { return a.take(l) }) },
		Reject: func(err error) {
			send(func() screen.Action { a.input.Note = explain.Sentence(err.Error()); return screen.Stay{} })
		},
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
func (s *signIn) over() bool { return s.Phase == screen.Done || s.Phase == screen.Failed }

// tested shows the result. If the user stopped the test, it shows only what the test left behind.
func (s *signIn) tested(v signintest.Result, err error) screen.Action {
	s.Left, s.Input = v.Left, nil
	switch {
	case s.Halting && len(s.Left) == 0:
		return screen.Back{}
	case len(s.Left) > 0 || err == nil:
		s.Ended(screen.Done, nil)
		s.result, s.Did[screen.TodoTest], s.Did[screen.TodoTestPassed] = &v, v.OK, v.OK
		switch {
		case v.OK:
			s.Refused = nil
			s.Failures = slices.DeleteFunc(s.Failures, func(f doctor.Finding) bool { return f.Area != doctor.AreaSite }) // the test saw no page
			s.Move(600 * time.Millisecond)
		case faulty[v.Side] != "" || v.AutoFix != "": // not a fault of this computer alone
			s.Refused = &v
		}
	default:
		s.Ended(screen.Failed, err)
	}
	return screen.Stay{}
}

// take adds a line, in place of the one that said that it is being worked on.
func (a *attempt) take(l signintest.Line) screen.Action {
	a.begun = time.Now()
	same := func(was signintest.Line) bool { return was.State == signintest.Working && was.Text == l.Text }
	if i := slices.IndexFunc(a.lines, same); i >= 0 {
		a.lines = slices.Delete(a.lines, i, i+1)
	}
	a.lines = append(a.lines, l)
	return screen.Stay{}
}

func (s *signIn) Key(msg tea.KeyPressMsg) screen.Action {
	if !s.over() {
		return s.runKey(msg)
	}
	switch msg.String() {
	case "esc", "enter":
		return screen.Back{}
	case "r":
		return s.Enter(false)
	case "d":
		return screen.Push{Screen: newDoctorScreen(s.World, s.bench)}
	case "c":
		return screen.CopyText{What: "the details", Text: s.text()}
	case "f":
		if s.fixable() {
			return screen.Push{Screen: newTestFix(s.World, s.bench, s.title, *s.result)}
		}
	case "o":
		if page := s.doc(); page != "" {
			return screen.OpenURL{URL: page}
		}
	}
	return screen.Pass{}
}

// runKey has the keys while the test goes on. Letters are commands until something was typed.
func (s *signIn) runKey(msg tea.KeyPressMsg) screen.Action {
	a := s.run
	text := a.input.Text()
	switch key := msg.String(); {
	case key == "esc" && s.Halting:
		return screen.Many{screen.Drop{Slot: screen.SlotLocal}, screen.Back{}}
	case key == "esc":
		return screen.Halt{}
	case key == "up" || key == "down" || key == "pgup" || key == "pgdown":
		return screen.Pass{}
	case a.address.URL == "" || s.Halting:
	case key == "enter" && text != "":
		a.submit(text)
	case text == "" && key == "o":
		return screen.OpenURL{URL: a.address.URL}
	case text == "" && key == "c":
		return screen.CopyText{What: "the address", Text: a.address.URL}
	case text == "" && key == "l" && a.address.Direct != "":
		return screen.CopyText{What: "Okta's link", Text: a.address.Direct}
	case key != "enter":
		a.input.Type(msg)
	}
	return screen.Stay{}
}

// submit gives what was pasted to the test, unless that has not yet taken what came before.
func (a *attempt) submit(text string) {
	select {
	case a.paste <- text:
		a.input.Reset()
		a.input.Note = ""
	default:
		a.input.Note = "The address you sent before is still being checked."
	}
}

// fixable reports whether the wizard can fix what the test found.
func (s *signIn) fixable() bool { return s.result != nil && doctor.Fixable(s.result.AutoFix) }

// doc is the page about why the test did not pass, if there is one.
func (s *signIn) doc() string {
	fault := s.Problem
	if s.result != nil {
		fault = s.result.Problem
	}
	if fault == nil {
		return ""
	}
	return fault.DocURL
}

func (s *signIn) Hints() []style.Hint {
	if !s.over() {
		return s.runHints()
	}
	first := "enter done"
	switch {
	case s.fixable():
		first = "f fix and retest"
	case s.result == nil || !s.result.OK:
		first = "r test again"
	}
	return style.Hints(first, screen.Tern(first[0] == 'r', "", "r test again"), "d doctor", "c copy details", "esc back", screen.Tern(s.doc() != "", "o open the page", ""))
}

func (s *signIn) runHints() []style.Hint {
	switch {
	case s.Halting:
		return style.Hints("esc do not wait")
	case s.run.address.URL == "":
		return style.Hints("esc back")
	case s.run.input.Text() != "":
		return style.Hints("enter send", s.run.input.Clearing(), "esc end the test")
	}
	return style.Hints("o open again", "c copy the address", "esc end the test", screen.Tern(s.run.address.Direct != "", "l copy Okta's link", ""))
}
