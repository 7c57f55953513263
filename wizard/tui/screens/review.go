package screens

import (
	"context"
	"errors"
	"slices"
	"time"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/tui/form"
	"msgsso-wizard/wizard/tui/screen"
)

const (
	reviewTitle = "Review"
	reviewWhy   = "Check all answers and changes. Nothing changes until you confirm."
	reviewAgain = "All answers, and the changes that are left."
)

// Review is the screen of all answers and of the whole plan, as far as it is known. It comes once before the first
// write, and by its key.
type Review struct {
	screen.Task
	from    *Section // where it was opened
	Rows    []guide.Question
	At      int                      // the row of the cursor; after the last: the plan; atProblem: before the first
	save    *saving                  // of the answers as a file; nil: none
	edit    *form.Form               // of the one question that is being answered; nil: none is
	fixing  bool                     // it is the question of the problem: once it is answered, the plan is next
	changed map[guide.SectionID]bool // the sections of which an answer was changed
	plan    *setup.Plan              // nil: not there yet; its problem stands in the way of the whole: nothing is begun
	part    bool                     // the plan is of the sections up to the present one: the next has to be signed in to
	came    time.Time                // when the plan came
	wide    bool                     // the changes are to the right of the answers
	pressed time.Time                // when Enter came last after it
	lacking map[guide.Key]bool       // the questions that need an answer and have none
}

// An Enter counts as consent once the plan has been there for a while. A held key does not get through: keyboards start
// to repeat it before that, and then repeat it faster than a user can press it.
const (
	quietBefore = 700 * time.Millisecond
	repeats     = 200 * time.Millisecond
)

// atProblem is the cursor's place at the problem.
const atProblem = -1

func newReview(s *Section) *Review {
	return &Review{Task: screen.Task{World: s.World}, from: s, changed: map[guide.SectionID]bool{}}
}

// Enter implements screen.Screen.
func (s *Review) Enter(bool) screen.Action {
	s.rebuild()
	s.At = len(s.Rows)
	return s.planKnown()
}

// rebuild lists the questions that arise with the present answers; the cursor stays at its question.
func (s *Review) rebuild() {
	var at guide.Key
	last := s.At >= len(s.Rows)
	if s.At >= 0 && s.At < len(s.Rows) {
		at = s.Rows[s.At].Key
	}
	s.Rows, s.lacking = nil, map[guide.Key]bool{}
	for _, section := range guide.Sections() {
		for _, q := range s.Env.Answers.Questions(section.ID) {
			if q.Asked(s.Shown()) && !s.Settled(q) {
				s.Rows = append(s.Rows, q)
			}
		}
		for _, q := range s.Env.Answers.Missing(section.ID) {
			s.lacking[q.Key] = true
		}
	}
	if i := slices.IndexFunc(s.Rows, func(q guide.Question) bool { return q.Key == at }); i >= 0 {
		s.At = i
	}
	if last {
		s.At = len(s.Rows)
	}
}

// planKnown plans as many sections as there are answers for. Where a later one can only be signed in to on its own screen,
// it plans those up to the present one.
func (s *Review) planKnown() screen.Action {
	known, own := s.known(), guide.SectionsUpTo(s.from.Info.ID)
	s.plan = nil
	if s.At == atProblem || s.At >= len(s.Rows) {
		s.At = len(s.Rows)
	}
	s.Enters(screen.Planning)
	return screen.InTurn(s.World, screen.SlotPlan, func(ctx context.Context) (screen.Planned, error) {
		if len(known) == 0 {
			return s.Found(setup.Plan{}, false), nil
		}
		plan, err := s.Session.Plan(ctx, known...)
		part := errors.Is(err, screen.ErrSignInAgain) && len(known) > len(own) && ctx.Err() == nil
		if part {
			plan, err = s.Session.Plan(ctx, own...)
		}
		return s.Found(plan, part), err
	}, func(v screen.Planned, err error) screen.Action {
		if err != nil && len(s.known()) < len(known) { // the plan raised questions
			s.rebuild()
			return s.planKnown()
		}
		return s.planCame(v, err)
	})
}

func (s *Review) planCame(v screen.Planned, err error) screen.Action {
	s.Knows(v)
	s.plan, s.part = &v.Plan, v.Part
	if !s.Ended(screen.Ready, err) {
		s.rebuild() // the plan may have raised questions
		s.At = atProblem
	}
	s.came = time.Now()
	return screen.Many{screen.Note{}, hush(quietBefore, screen.Stay{})}
}

// hush draws the screen again after a while, when Enter is listened to.
func hush(d time.Duration, then screen.Action) screen.Action {
	return screen.Start{Slot: screen.SlotQuiet, Do: func(ctx context.Context) screen.End {
		screen.Pause(ctx, d)
		return screen.End{Then: func() screen.Action { return then }}
	}}
}

// known are the sections up to the first that lacks an answer.
func (s *Review) known() []guide.SectionID {
	var known []guide.SectionID
	for _, section := range guide.Sections() {
		if len(s.Env.Answers.Missing(section.ID)) > 0 {
			break
		}
		known = append(known, section.ID)
	}
	return known
}

// manualSection is the section of the problem, if the user can set it up in the console; nil: it isn't.
func (s *Review) manualSection() *Section {
	for _, info := range guide.Sections() {
		if section := newSection(s.World, info); s.Problem != nil && info.ID == s.Problem.Section && section.choosable() {
			return section
		}
	}
	return nil
}

// manual lists what to do in the console. The answers and the plan stay those of the review.
func (s *Review) manual(section *Section) *manual {
	m := newManual(section)
	m.check = func() screen.Action { s.rebuild(); return s.planKnown() }
	m.choose = func() screen.Action {
		key := s.Env.Answers.SetManual(section.Info.ID, true)
		s.changed[section.Info.ID] = true
		s.rebuild()
		if s.At = slices.IndexFunc(s.Rows, func(q guide.Question) bool { return q.Key == key }); s.At < 0 {
			return s.planKnown()
		}
		act := s.open()
		s.fixing = true
		return act
	}
	return m
}

// row is the answer at the cursor; at the problem, the one that would fix it. Outside of the rows there is none.
func (s *Review) row() int {
	if s.At != atProblem {
		return s.At
	}
	for _, key := range append([]guide.Key{s.Problem.Question}, s.Problem.Also...) {
		if i := slices.IndexFunc(s.Rows, func(q guide.Question) bool { return q.Key == key }); i >= 0 {
			return i
		}
	}
	return -1
}

// editable reports whether the user may change the answer at the cursor.
func (s *Review) editable() bool {
	at := s.row()
	return at >= 0 && at < len(s.Rows) && !slices.Contains(s.Fixed, s.Rows[at].Key)
}

// open puts the question at the cursor.
func (s *Review) open() screen.Action {
	s.fixing = s.At == atProblem
	s.At = s.row()
	q := s.Rows[s.At]
	s.edit = &form.Form{World: s.World, Section: q.Section, Rows: []*form.Row{{Question: q, Field: form.NewField(s.World, q)}}}
	if s.fixing {
		s.edit.GoTo(q.Key, s.Problem.Problem)
		if s.Problem.Refuses() {
			s.edit.Refuse()
		}
	}
	return screen.Many{screen.Drop{Slot: screen.SlotPlan}, s.edit.Focus()}
}

// closeEdit comes back to the review, which plans again: an answer may have changed, and the plan was left for it.
func (s *Review) closeEdit() screen.Action {
	s.edit = nil
	if s.rebuild(); s.fixing {
		s.At = len(s.Rows)
	}
	return screen.Many{screen.Drop{Slot: screen.SlotOptions}, s.planKnown()}
}

// Paste implements screen.Screen.
func (s *Review) Paste(text string) screen.Action {
	if s.edit != nil {
		return s.edit.Paste(text)
	}
	return s.Task.Paste(text)
}

// leave goes back to where the review was opened, or to the first section before it of which an answer was changed.
func (s *Review) leave() screen.Action {
	own := guide.SectionsUpTo(s.from.Info.ID)
	for _, id := range own {
		if !s.changed[id] {
			continue
		}
		if id != s.from.Info.ID {
			s.from.resume = false
			return screen.Visit{Section: id}
		}
		s.from.Phase = screen.Planning // what it shows is out of date
	}
	return screen.Back{}
}
