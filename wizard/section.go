package wizard

import (
	"context"
	"slices"
	"time"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/tui/style"
)

// section is the screen of one section of the guide. All of them are this one.
type section struct {
	changing
	info guide.Section
	form *form // nil: closed

	took    time.Duration // how long carrying out took
	nothing bool          // there was nothing to change
	goOn    bool          // carry the plan out as soon as it is there
	checked bool          // the plan checks what was done by hand
	resume  bool          // the review was confirmed: carry the plan out without another word
	again   bool          // the user came back to a section that was done
	outcome setup.Result
	prompts []*prompt       // what a person has to do meanwhile; the first is shown
	ticked  map[string]bool // the steps that the user did by hand
	over    func() action   // what follows once the plan is carried out
}

func newSection(w *world, info guide.Section) *section {
	s := &section{info: info, ticked: map[string]bool{}}
	s.world, s.over = w, s.pass
	return s
}

// marks are how the stepper shows a section, where it is not ahead.
var marks = map[phase]style.Mark{done: style.MarkDone, stuck: style.MarkStuck}

// enter plans, unless answers are missing. Who comes back finds a section that was done, or a problem, as it was.
func (s *section) enter(backwards bool) action {
	if backwards && (s.phase == done || s.phase == stuck) {
		s.again = s.phase == done
		return stay{}
	}
	resume := s.resume
	s.resume = false
	return s.proceedAnd(resume)
}

// proceed asks for what is missing, else plans.
func (s *section) proceed() action { return s.proceedAnd(false) }

// proceedAnd also carries the plan out, if nothing is missing.
func (s *section) proceedAnd(goOn bool) action {
	s.endPrompts()
	s.again, s.goOn, s.checked, s.rows = false, false, false, nil
	if missing := s.env.Answers.Missing(s.info.ID); len(missing) > 0 {
		s.enters(asking)
		if s.form == nil {
			s.form = newForm(s.world, s.info.ID)
		}
		return s.form.focus()
	}
	s.form, s.plan, s.goOn = nil, setup.Plan{}, goOn
	s.enters(planning)
	return work(s.world, slotPlan, func(ctx context.Context) (planned, error) {
		plan, err := s.session.Plan(ctx, s.info.ID)
		return s.found(plan, false), err
	}, s.planCame)
}

func (s *section) planCame(v planned, err error) action {
	s.knows(v)
	s.endPrompts()
	if !s.ended(ready, err) {
		return stay{}
	}
	s.plan = v.plan
	s.nothing = !v.plan.Writes()
	if s.nothing || s.goOn || s.all && s.agreed {
		return s.carryOut() // what writes nothing needs no word of the user
	}
	s.resuming = false
	return stay{}
}

// applied is what carrying a plan out came to.
type applied struct {
	ident  setup.Identity
	result setup.Result
}

func (s *section) carryOut() action {
	if s.began.IsZero() {
		s.began = time.Now()
	}
	began, since := s.began, time.Now()
	return carryOut(&s.changing, func(ctx context.Context, plan setup.Plan, stop *engine.Stop) (applied, error) {
		err := s.session.Apply(ctx, plan, stop)
		return applied{s.session.Identity(), s.session.Result(time.Since(began))}, err
	}, func(v applied, well bool) action {
		s.ident, s.outcome, s.took = v.ident, v.result, time.Since(since)
		s.goOn = !well // trying again carries out what is left
		s.all = s.all && well
		s.endPrompts()
		if !well {
			return stay{}
		}
		s.rows.finish()
		return s.over()
	})
}

// pass goes on where a run that is gone on with finds nothing left to do here: it is on its way to the first section
// that has something.
func (s *section) pass() action {
	s.resuming = s.resuming && s.nothing
	if s.resuming || s.all {
		return next{}
	}
	return stay{}
}

// halted tells the screen that what is written was asked to stop.
type halted struct{}

func (s *section) result(value any) action {
	switch v := value.(type) {
	case engine.Event:
		s.take(v)
	case halted:
		s.endPrompts()
	case *prompt:
		s.promptCame(v)
	case promptOver:
		s.prompts = slices.DeleteFunc(s.prompts, func(p *prompt) bool { return p == v.prompt })
	}
	return stay{}
}
