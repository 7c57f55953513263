package wizard

import (
	"slices"
	"time"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/tui/style"
)

// phase is how far a section's screen has come.
type phase int

const (
	asking   phase = iota // answers are missing
	planning              // reading what is there
	ready                 // the plan is shown and waits for the user
	applying              // the plan is carried out
	done
	stuck // a problem is shown
)

// section is the screen of one section of the guide. All of them are this one.
type section struct {
	*world
	info  guide.Section
	phase phase
	form  *form // nil: closed

	plan    setup.Plan
	rows    progress
	since   time.Time     // when the phase began
	took    time.Duration // how long carrying out took
	nothing bool          // there was nothing to change
	goOn    bool          // carry the plan out as soon as it is there
	checked bool          // the plan checks what was done by hand
	resume  bool          // the review was confirmed: carry the plan out without another word
	again   bool          // the user came back to a section that was done
	halted  bool          // the user asked to stop
	leaving bool
	pause   string // what a service asked a pause for
	resumes time.Time
	problem *explain.Error
	outcome setup.Result
	prompts []*prompt       // what a person has to do meanwhile; the first is shown
	ticked  map[string]bool // the steps that the user did by hand
}

func newSection(w *world, info guide.Section) *section {
	return &section{world: w, info: info, ticked: map[string]bool{}}
}

// about is the section of the screen.
func (s *section) about() guide.SectionID { return s.info.ID }

// mark is the section's place in the stepper.
func (s *section) mark() (string, style.Mark) {
	switch s.phase {
	case done:
		return s.info.Short, style.MarkDone
	case stuck:
		return s.info.Short, style.MarkStuck
	default:
		return s.info.Short, style.MarkAhead
	}
}

// enter plans, unless answers are missing. Who comes back finds a section that was done, or a problem, as it was.
func (s *section) enter(backwards bool) action {
	if backwards && (s.phase == done || s.phase == stuck) {
		s.again = s.phase == done
		return stay{}
	}
	resume := s.resume
	s.resume = false
	act := s.proceed()
	s.goOn = resume && s.phase == planning
	return act
}

// proceed asks for what is missing, else plans.
func (s *section) proceed() action {
	s.endPrompts()
	s.again, s.goOn, s.halted, s.checked, s.problem, s.rows = false, false, false, false, nil, nil
	if missing := s.env.Answers.Missing(s.info.ID); len(missing) > 0 {
		s.phase = asking
		if s.form == nil {
			s.form = newForm(s.world, s.info.ID)
		}
		return s.form.focus()
	}
	s.form = nil
	s.phase, s.since, s.plan = planning, time.Now(), setup.Plan{}
	return many{s.planning(s.info.ID), ticking()}
}

// carryOut writes. From here on the screen is not left before the run has ended.
func (s *section) carryOut() action {
	s.phase, s.since, s.halted = applying, time.Now(), false
	s.rows = newProgress(s.plan.Changes)
	return many{s.applying(s.plan), ticking()}
}

// halted tells the screen that the run was asked to stop.
type halted struct{ leaving bool }

func (s *section) result(value any) action {
	switch v := value.(type) {
	case tick:
		if s.phase == planning || s.phase == applying || len(s.prompts) > 0 {
			return ticking()
		}
	case engine.Event:
		if v.Phase == engine.Paused {
			s.pause, s.resumes = v.Text, time.Now().Add(v.Limit)
			return stay{}
		}
		s.rows.take(v)
	case halted:
		s.halted, s.leaving = true, v.leaving
		s.endPrompts()
	case *prompt:
		return s.promptCame(v)
	case promptOver:
		s.prompts = slices.DeleteFunc(s.prompts, func(p *prompt) bool { return p == v.prompt })
	case options:
		if s.form != nil {
			return s.form.loaded(v)
		}
	case conceal:
		if s.form != nil {
			s.form.conceal(v)
		}
	case planned:
		return s.planCame(v)
	case applied:
		s.applyCame(v)
		if s.inPlace() {
			return next{}
		}
	}
	return stay{}
}

func (s *section) planCame(v planned) action {
	s.knows(v)
	s.endPrompts()
	if v.err != nil {
		s.fail(v.err)
		return stay{}
	}
	s.plan, s.phase = v.plan, ready
	s.nothing = !v.plan.Writes()
	if s.nothing || s.goOn {
		return s.carryOut() // what writes nothing needs no word of the user
	}
	s.resuming = false
	return stay{}
}

func (s *section) applyCame(v applied) {
	s.ident, s.outcome, s.goOn = v.ident, v.result, false
	s.took = time.Since(s.since)
	s.endPrompts()
	if v.err != nil {
		s.goOn = true // trying again carries out what is left
		s.fail(v.err)
		return
	}
	s.rows.finish()
	s.phase = done
}

// inPlace reports whether a run that is gone on with finds nothing left to do here: it is on its way to the first
// section that has something.
func (s *section) inPlace() bool {
	s.resuming = s.resuming && s.phase == done && s.nothing && s.info.ID != guide.SectionSnippet
	return s.resuming
}

// fail shows a problem in place of the plan.
func (s *section) fail(err error) {
	s.phase = stuck
	s.problem = asProblem(err)
}
