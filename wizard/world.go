package wizard

import (
	"context"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/tui/style"
	"msgsso-wizard/wizard/verify"
)

// world is what all screens share. Only the program's own loop changes it.
type world struct {
	style.Pen
	session session
	env     *setup.Session
	demo    bool
	resume  string      // what is told of the run that this one goes on with; empty: it begins anew
	fixed   []guide.Key // shown, and not asked
	// resuming passes over the sections in which a run that is gone on with has nothing left to do.
	resuming bool
	profile  colorprofile.Profile // how many colours the terminal has
	ident    setup.Identity       // as of the last plan; asking while a run is under way is not allowed
	view     *guide.Answers       // the same: what the plan found is among them; nil: nothing was planned
	agreed   bool                 // the review was confirmed: writing may begin
	all      bool                 // every later section is applied, too, without another word
	begun    bool                 // the user left the first screen
	began    time.Time            // when the first change was sent
	did      map[deed]bool        // what of the last screen's list is done
	left     []string             // what the last test of the sign-in could not take back

	stop    *engine.Stop // of what is written now, or was written last; nil: nothing was
	halting bool         // what is written or served was asked to end
	leaving bool         // quit as soon as it has
	bench   func(deployment string) verify.Verifier
	record  func(setup.Result) string  // nil: there is none
	fill    func(guide.Question) error // Config.Fill
	undo    setup.Undoer               // nil: nothing can be taken back
	send    func(tea.Msg)              // to the program's own loop, from what runs beside it
	turn    sync.Mutex                 // a plan that was left may still be ending when the next one begins
}

// session is the set-up that the screens show; *setup.Session is one.
type session interface {
	Plan(context.Context, ...guide.SectionID) (setup.Plan, error)
	Apply(context.Context, setup.Plan, *engine.Stop) error
	CheckPrerequisites(context.Context) []guide.Checked
	Options(context.Context, guide.Question, string) ([]guide.Option, error)
	Identity() setup.Identity
	View() *guide.Answers
	Result(elapsed time.Duration) setup.Result
	Made() []engine.Change
	Revocable() bool
	Revoke(context.Context) error
}

// planned is what a plan came to.
type planned struct {
	plan  setup.Plan
	part  bool // not of all that was asked for
	ident setup.Identity
	view  *guide.Answers
}

// found is a plan with what it found. It is called where the plan was made.
func (w *world) found(plan setup.Plan, part bool) planned {
	return planned{plan, part, w.session.Identity(), w.session.View()}
}

// knows keeps what a plan found for every screen to show.
func (w *world) knows(p planned) { w.ident, w.view = p.ident, p.view }

// shown are the answers as a screen shows them: what the last plan found stands in where nobody answered.
func (w *world) shown() *guide.Answers {
	if w.view == nil {
		return w.env.Answers
	}
	return w.env.Answers.WithFound(w.view)
}

// made lists the names of what was created or changed so far.
func (w *world) made() []string {
	var names []string
	for _, c := range w.session.Made() {
		if c.Writes() {
			name := string(c.Kind) + " " + c.Name
			if c.Unready {
				name += " (not ready yet)"
			}
			names = append(names, style.Visible(name))
		}
	}
	return names
}
