package screen

import (
	"context"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"msgsso-wizard/steps/doctor"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/tui/style"
	"msgsso-wizard/wizard/verify"
)

// World is what all screens share. Only the program's own loop changes it.
type World struct {
	style.Pen
	Session Session
	Env     *setup.Session
	Demo    bool
	Resume  string      // what is shown of the run that this one resumes; empty: a new run
	Fixed   []guide.Key // shown, and not asked
	// Resuming skips the sections in which a resumed run has nothing left to do.
	Resuming bool
	Profile  colorprofile.Profile // how many colors the terminal has
	Ident    setup.Identity       // as of the last plan; asking while a run is under way is not allowed
	Known    *guide.Answers       // the same: what the plan found is among them; nil: nothing was planned
	Agreed   bool                 // the review was confirmed: writing may begin
	Finished bool                 // the snippet was reached
	All      bool                 // every later section is applied, too, without another word
	Begun    bool                 // the user left the first screen
	Did      map[Todo]bool        // what of the last screen's list is done
	// Recovered is what the run recovered from, each a sentence.
	Recovered []string
	Unopened  string             // the address that no browser opened, if it was the last
	Left      []string           // what the last sign-in test could not revoke
	Refused   *signintest.Result // of the last sign-in test, if it failed; nil: it passed, or there was none
	Failures  []doctor.Finding   // of the last look by doctor, without those that a fix or a sign-in ended since

	Stop     *engine.Stop // of what is written now, or was written last; nil: nothing was
	Motion   style.Motion // of the screen that is shown
	Halting  bool         // what is written or served was asked to end
	Leaving  bool         // quit as soon as it has
	Bench    func(deployment string) verify.Verifier
	Handover func(setup.Result) string  // nil: there is none
	Fill     func(guide.Question) error // Config.Fill
	Undo     setup.Undoer               // nil: there is nothing to undo
	Send     func(tea.Msg)              // to the program's loop, from goroutines
	turn     sync.Mutex                 // a plan that was left may still be ending when the next one begins
}

// Session is the setup that the screens show; *setup.Session is one.
type Session interface {
	Plan(context.Context, ...guide.SectionID) (setup.Plan, error)
	Apply(context.Context, setup.Plan, *engine.Stop) error
	CheckPrerequisites(context.Context) []guide.Checked
	Options(context.Context, guide.Question, string) ([]guide.Option, error)
	PlanRollout(context.Context) (setup.Plan, error)
	Moved() setup.Moved
	Identity() setup.Identity
	View() *guide.Answers
	Result(elapsed time.Duration) setup.Result
	Made() []engine.Change
	Worked() time.Duration
	Revocable() bool
	Revoke(context.Context) error
}

// Aside is a screen that lies over another one and runs nothing.
type Aside struct{ *World }

// Enter has nothing to begin.
func (Aside) Enter(bool) Action { return Stay{} }

// Paste takes no text.
func (Aside) Paste(string) Action { return Stay{} }

// Result awaits none.
func (Aside) Result(any) Action { return Stay{} }

// Planned is what a plan came to.
type Planned struct {
	Plan  setup.Plan
	Part  bool // not of all that was asked for
	ident setup.Identity
	view  *guide.Answers
}

// Found is a plan with what it found. It is called where the plan was made.
func (w *World) Found(plan setup.Plan, part bool) Planned {
	return Planned{plan, part, w.Session.Identity(), w.Session.View()}
}

// Knows keeps what a plan found for every screen to show.
func (w *World) Knows(p Planned) { w.Ident, w.Known = p.ident, p.view }

// Shown are the answers as a screen shows them: what the last plan found is in place of missing answers.
func (w *World) Shown() *guide.Answers {
	if w.Known == nil {
		return w.Env.Answers
	}
	return w.Env.Answers.WithFound(w.Known)
}

// Written are the changes of this run so far.
func (w *World) Written() []engine.Change {
	return style.Writes(w.Session.Made())
}

// SoFar is one sentence of how much the run changed.
func (w *World) SoFar() string {
	if n := len(w.Written()); n > 0 {
		return Counted(n, "change") + " so far. They stay, and the next run reuses them."
	}
	return "No changes were made so far."
}

// MadeRows are what the run created or changed so far, with a warning at what isn't ready yet.
func (w *World) MadeRows(width int) []string {
	made, rows := w.Written(), []string{}
	for i, c := range made {
		if c.Unready {
			made[i].Name = c.Kind.Shown(c.Name) + " (not ready yet)"
		}
	}
	cols := w.ChangeColumns(made, width-1)
	for _, c := range made {
		sign := w.OKSign()
		if c.Unready {
			sign = w.WarningSign()
		}
		rows = append(rows, style.RowMargin+w.DrawSign(sign)+" "+w.ChangeLine(cols, c, ""))
	}
	return rows
}

// Live reports whether visitors may notice anything of what was made.
func (w *World) Live() bool { return setup.MayBeLive(setup.ResultChanges(w.Session.Made())) }

// Undoable reports whether the run made anything that can be undone.
func (w *World) Undoable() bool { return w.Undo != nil && w.Undo.Left() }

// Todo is something that is left to do once the snippet is there.
type Todo int

// The next steps, in their order.
const (
	TodoSnippet Todo = iota
	TodoCode
	TodoTest
	TodoHandover
	TodoRevoke
	TodoTestPassed // the last sign-in test passed: the user can check off TodoTest alone
	TodoPageSeen   // doctor saw the page work
)

// Move begins a motion, where anything may move.
func (w *World) Move(lasts time.Duration) {
	if !w.Still {
		w.Motion.Begin(lasts)
	}
}

// Proved reports whether a sign-in test, or doctor on the page, saw that visitors can sign in.
func (w *World) Proved() bool { return w.Did[TodoTestPassed] || w.Did[TodoPageSeen] }

// PageHost is where Messenger runs, as far as it is answered.
func (w *World) PageHost() string {
	return guide.Host(w.Shown().Get(guide.RedirectURIs).Value)
}
