package screens

import (
	"context"
	"slices"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/doctor"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
	"msgsso-wizard/wizard/verify"
)

// fix plans what fixes a fault, shows it, and applies it after the user confirms. It lies over the screen that found
// the fault, which starts over when the fault is fixed.
type fix struct {
	screen.Changing
	title func(cells int) string // of the screen under it
	words fixWords
	plan  func(ctx context.Context, user string) (setup.Plan, error)
	ready func() screen.Action // what follows once it is planned; nil: it is shown
	apply func(context.Context, setup.Plan, *engine.Stop) error
	over  func() screen.Action // what follows once it is applied

	assigns bool          // the app to a user, whose login is asked for
	login   *screen.Input // of that user; nil: no fix takes one
}

// fixWords are what the screen says.
type fixWords struct{ name, key, planning, none string }

// newFix fixes what doctor offers, all of it if no fix is named.
func newFix(w *screen.World, b verify.Verifier, title func(int) string, fixes ...signintest.Fix) *fix {
	s := &fix{
		Changing: screen.Changing{Task: screen.Task{World: w}}, title: title, login: screen.NewInput(""), apply: b.Fix,
		words: fixWords{"Fix", "apply", "Planning the fix", "The wizard can't fix this for you."},
		plan:  func(ctx context.Context, user string) (setup.Plan, error) { return b.PlanFix(ctx, user, fixes...) },
	}
	s.over = func() screen.Action {
		s.Refused, s.Failures = nil, slices.DeleteFunc(s.Failures, func(f doctor.Finding) bool { // even if the next test is stopped
			return f.AutoFix != "" && (len(fixes) == 0 || slices.Contains(fixes, f.AutoFix))
		})
		return screen.Back{FromStart: true}
	}
	s.login.Placeholder = "such as " + screen.Tern(w.Demo, "alice@acme.test", "alice@example.com") // a demo has this user
	return s
}

// newTestFix fixes what a sign-in test found. The user whom Okta refused is the one to assign, unless another is typed.
func newTestFix(w *screen.World, b verify.Verifier, title func(int) string, found signintest.Result) *fix {
	s := newFix(w, b, title, found.AutoFix)
	s.assigns = found.AutoFix == signintest.FixAssignUser
	s.login.SetValue(found.User)
	return s
}

func (s *fix) Enter(bool) screen.Action {
	if s.assigns {
		return s.ask("")
	}
	return s.propose()
}

// ask asks for the login, with what is wrong with the one that is typed.
func (s *fix) ask(note string) screen.Action {
	s.Enters(screen.Asking)
	s.Input, s.login.Note = s.login, note
	return screen.Stay{}
}

// propose plans the fix. A login that Okta doesn't have is asked for again.
func (s *fix) propose() screen.Action {
	user := ""
	if s.login != nil {
		user = s.login.Text()
	}
	s.Input = nil
	s.Enters(screen.Planning)
	return screen.InTurn(s.World, screen.SlotPlan, func(ctx context.Context) (setup.Plan, error) {
		return s.plan(ctx, user)
	}, func(plan setup.Plan, err error) screen.Action {
		s.Plan = plan
		switch well := s.Ended(screen.Ready, err); {
		case well && s.ready != nil:
			return s.ready()
		case !well && s.assigns && s.Problem.Step == guide.StepAssignUser:
			return s.ask(s.Problem.Problem)
		}
		return screen.Stay{}
	})
}

// askKey has the keys while the login is typed.
func (s *fix) askKey(msg tea.KeyPressMsg) screen.Action {
	switch msg.String() {
	case "esc":
		return screen.Back{}
	case "enter":
		if s.login.Text() == "" {
			return s.ask("Enter the login as in Okta (Directory > People).")
		}
		return s.propose()
	}
	s.login.Type(msg)
	return screen.Stay{}
}

func (s *fix) carryOut() screen.Action {
	return screen.CarryOut(&s.Changing, func(ctx context.Context, plan setup.Plan, stop *engine.Stop) (any, error) {
		return nil, s.apply(ctx, plan, stop)
	}, func(_ any, well bool) screen.Action {
		if well {
			return s.over()
		}
		return screen.Stay{}
	})
}

func (s *fix) Key(msg tea.KeyPressMsg) screen.Action {
	key := msg.String()
	switch {
	case s.Typing():
		return s.askKey(msg)
	case key == "enter" && s.Phase == screen.Ready && s.Plan.Writes():
		return s.carryOut()
	}
	return s.TaskKey(key, s, s.words.name)
}

func (s *fix) Page(width, height int) style.Page {
	cells := min(width, style.Readable)
	return style.Page{Lines: style.Apart(height, []string{s.title(cells)}, s.lines(cells))}
}

func (s *fix) lines(width int) []string {
	switch {
	case s.Typing():
		return append(style.Wrap("Which user should be assigned to the app?", width-1, "  "), s.NotedInput("Okta login", s.login, width)...)
	case s.Phase == screen.Planning || s.Phase == screen.Failed:
		return s.TaskLines(s.words.planning, width)
	case s.Phase == screen.Applying:
		return append(append(s.Rows.Draw(s.World, width), s.HaltLine(width)...), s.PauseLine(width)...)
	case s.Plan.Writes():
		return append(s.WillLines(width), s.NoticeRows(width)...)
	default:
		return append(s.Notice("  ", false, s.words.none, width), s.NoticeRows(width)...)
	}
}

func (s *fix) Hints() []style.Hint {
	switch {
	case s.Typing():
		return style.Hints("enter plan the fix", s.login.Clearing(), "esc back")
	case s.Phase == screen.Ready && s.Plan.Writes():
		return style.Hints("enter "+s.words.key, "esc back")
	default:
		return s.TaskHints()
	}
}
