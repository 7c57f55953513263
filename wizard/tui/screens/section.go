// Package screens has the screens of the guide, one file each: it shows them, takes their keys, and says with a
// screen.Action what follows.
package screens

import (
	"context"
	"slices"
	"time"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/chain"
	"msgsso-wizard/wizard/tui/form"
	"msgsso-wizard/wizard/tui/screen"
)

// Section is the screen of one section of the guide. All of them are this one.
type Section struct {
	screen.Changing
	Info guide.Section
	Form *form.Form // nil: closed

	took     time.Duration // how long carrying out took
	nothing  bool          // there was nothing to change
	applyNow bool          // carry the plan out as soon as it is there
	checked  bool          // the plan checks what was done manually
	resume   bool          // the review was confirmed: carry the plan out without another word
	again    bool          // the user came back to a section that was done
	pushed   bool          // another screen is in its place
	Outcome  setup.Result
	prompts  []*screen.Prompt     // what the user must do while a command runs; the first is shown
	ticked   map[string]bool      // the steps that the user did manually
	over     func() screen.Action // what follows once the plan is carried out
}

func newSection(w *screen.World, info guide.Section) *Section {
	s := &Section{Info: info, ticked: map[string]bool{}}
	s.World, s.over = w, s.pass
	return s
}

// SectionStates are how the stepper shows a section that is not ahead.
var SectionStates = map[screen.Phase]chain.State{screen.Done: chain.Made, screen.Failed: chain.Broken}

// Enter plans, unless answers are missing. Who comes back finds a section that was done, or a problem, as it was.
func (s *Section) Enter(backwards bool) screen.Action {
	if backwards && (s.Phase == screen.Done || s.Phase == screen.Failed) {
		s.again = s.Phase == screen.Done && (s.again || !s.pushed)
		s.pushed = false
		return screen.Stay{}
	}
	resume := s.resume
	s.resume = false
	return s.proceedAnd(resume)
}

// proceed asks for what is missing, else plans.
func (s *Section) proceed() screen.Action { return s.proceedAnd(false) }

// proceedAnd also carries the plan out, if nothing is missing.
func (s *Section) proceedAnd(applyNow bool) screen.Action {
	s.endPrompts()
	s.again, s.pushed, s.applyNow, s.checked, s.Rows = false, false, false, false, nil
	if missing := s.Env.Answers.Missing(s.Info.ID); len(missing) > 0 {
		s.Enters(screen.Asking)
		if s.Form == nil {
			s.Form = form.NewForm(s.World, s.Info.ID)
		}
		return s.Form.Focus()
	}
	s.Form, s.Plan, s.applyNow = nil, setup.Plan{}, applyNow
	s.Enters(screen.Planning)
	return screen.InTurn(s.World, screen.SlotPlan, func(ctx context.Context) (screen.Planned, error) {
		plan, err := s.Session.Plan(ctx, s.Info.ID)
		return s.Found(plan, false), err
	}, s.PlanCame)
}

// PlanCame shows the plan, or why there is none.
func (s *Section) PlanCame(v screen.Planned, err error) screen.Action {
	s.Knows(v)
	s.endPrompts()
	if err != nil && len(s.Env.Answers.Missing(s.Info.ID)) > 0 { // the plan raised questions
		return s.proceedAnd(s.applyNow)
	}
	if !s.Ended(screen.Ready, err) {
		return screen.Stay{}
	}
	s.Plan = v.Plan
	s.nothing = !v.Plan.Writes()
	if s.nothing || s.applyNow || s.All && s.Agreed {
		return s.carryOut() // what writes nothing needs no word of the user
	}
	s.Resuming = false
	return screen.Stay{}
}

// applied is what carrying a plan out came to.
type applied struct {
	ident  setup.Identity
	result setup.Result
}

func (s *Section) carryOut() screen.Action {
	since := time.Now()
	return screen.CarryOut(&s.Changing, func(ctx context.Context, plan setup.Plan, stop *engine.Stop) (applied, error) {
		err := s.Session.Apply(ctx, plan, stop)
		return applied{s.Session.Identity(), s.Session.Result(s.Session.Worked())}, err
	}, func(v applied, well bool) screen.Action {
		s.Ident, s.Outcome, s.took = v.ident, v.result, time.Since(since)
		s.applyNow = !well // trying again carries out what is left
		s.All = s.All && well
		s.endPrompts()
		if !well {
			return screen.Stay{}
		}
		s.Rows.Finish()
		return s.over()
	})
}

// pass continues if a resumed run finds nothing left to do here: it is on its way to the first section with changes
// left.
func (s *Section) pass() screen.Action {
	s.Resuming = s.Resuming && s.nothing
	if s.Resuming || s.All {
		return screen.Next{}
	}
	return screen.Stay{}
}

// Result implements screen.Screen.
func (s *Section) Result(value any) screen.Action {
	switch v := value.(type) {
	case engine.Event:
		return s.Changing.Result(v)
	case screen.Halted:
		s.endPrompts()
	case *screen.Prompt:
		s.promptCame(v)
	case screen.PromptOver:
		s.prompts = slices.DeleteFunc(s.prompts, func(p *screen.Prompt) bool { return p == v.Prompt })
	}
	return screen.Stay{}
}

// SectionOf is the section that a screen of the walk shows; nil: it is the first screen.
func SectionOf(s screen.Screen) *Section {
	switch s := s.(type) {
	case *Section:
		return s
	case *Snippet:
		return s.Section
	}
	return nil
}

// NewWalk is every screen in order, drawn from the guide. The last section shows what the others made.
func NewWalk(w *screen.World) []screen.Screen {
	walk := []screen.Screen{&welcome{Task: screen.Task{World: w}}}
	for _, s := range guide.Sections() {
		if s.ID == guide.SectionSnippet {
			walk = append(walk, newSnippet(w, s))
			continue
		}
		walk = append(walk, newSection(w, s))
	}
	return walk
}
