package wizard

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/tui/style"
)

const (
	reviewTitle = "Review"
	reviewWhy   = "Check all answers and changes. Nothing changes until you confirm."
	reviewAgain = "All answers, and the changes that are left."
)

// review is the screen of all answers and of the whole plan, as far as it is known. It comes once before the first
// write, and by its key.
type review struct {
	task
	from    *section // where it was opened
	rows    []guide.Question
	at      int                      // the row of the cursor; after the last: the plan; atProblem: before the first
	edit    *form                    // of the one question that is being answered; nil: none is
	fixing  bool                     // it is the question of the problem: once it is answered, the plan is next
	changed map[guide.SectionID]bool // the sections of which an answer was changed
	plan    *setup.Plan              // nil: not there yet; its problem stands in the way of the whole: nothing is begun
	part    bool                     // the plan is of the sections up to the present one: the next has to be signed in to
	came    time.Time                // when the plan came
	pressed time.Time                // when Enter came last after it
	lacking map[guide.Key]bool       // the questions that need an answer and have none
}

// An Enter counts as consent once the plan has been there for a while. A key that is held does not get through: keyboards
// begin to repeat it before the plan has been there so long, and then repeat it faster than a person presses.
const (
	quietBefore = 700 * time.Millisecond
	repeats     = 200 * time.Millisecond
)

// atProblem is the cursor's place at the problem.
const atProblem = -1

func newReview(s *section) *review {
	return &review{task: task{world: s.world}, from: s, changed: map[guide.SectionID]bool{}}
}

func (s *review) enter(bool) action {
	s.rebuild()
	s.at = len(s.rows)
	return s.look()
}

// rebuild lists the questions that arise with the present answers; the cursor stays at its question.
func (s *review) rebuild() {
	var at guide.Key
	last := s.at >= len(s.rows)
	if s.at >= 0 && s.at < len(s.rows) {
		at = s.rows[s.at].Key
	}
	s.rows, s.lacking = nil, map[guide.Key]bool{}
	for _, section := range guide.Sections() {
		for _, q := range guide.Questions(section.ID) {
			if q.Asked(s.shown()) && !s.settled(q) {
				s.rows = append(s.rows, q)
			}
		}
		for _, q := range s.env.Answers.Missing(section.ID) {
			s.lacking[q.Key] = true
		}
	}
	if i := slices.IndexFunc(s.rows, func(q guide.Question) bool { return q.Key == at }); i >= 0 {
		s.at = i
	}
	if last {
		s.at = len(s.rows)
	}
}

// look plans as many sections as there are answers for. Where a later one can only be signed in to on its own screen,
// it plans those up to the present one.
func (s *review) look() action {
	known, own := s.known(), guide.SectionsUpTo(s.from.info.ID)
	s.plan = nil
	if s.at == atProblem || s.at >= len(s.rows) {
		s.at = len(s.rows)
	}
	s.enters(planning)
	return work(s.world, slotPlan, func(ctx context.Context) (planned, error) {
		if len(known) == 0 {
			return s.found(setup.Plan{}, false), nil
		}
		plan, err := s.session.Plan(ctx, known...)
		part := errors.Is(err, errSignInAgain) && len(known) > len(own) && ctx.Err() == nil
		if part {
			plan, err = s.session.Plan(ctx, own...)
		}
		return s.found(plan, part), err
	}, s.planCame)
}

func (s *review) planCame(v planned, err error) action {
	s.knows(v)
	s.plan, s.part = &v.plan, v.part
	if !s.ended(ready, err) {
		s.at = atProblem
	}
	s.came = time.Now()
	return hush(quietBefore)
}

// hush draws the screen again after a while, when Enter is listened to.
func hush(d time.Duration) action {
	return start{slotQuiet, func(ctx context.Context) end {
		pause(ctx, d)
		return end{}
	}}
}

// known are the sections up to the first that lacks an answer.
func (s *review) known() []guide.SectionID {
	var known []guide.SectionID
	for _, section := range guide.Sections() {
		if len(s.env.Answers.Missing(section.ID)) > 0 {
			break
		}
		known = append(known, section.ID)
	}
	return known
}

func (s *review) key(msg tea.KeyPressMsg) action {
	if s.edit != nil {
		return s.editKey(msg)
	}
	first, last := 0, len(s.rows)
	if s.problem != nil {
		first, last = atProblem, len(s.rows)-1 // and there is no plan
	}
	switch key := msg.String(); key {
	case "up":
		s.at = max(first, s.at-1)
	case "down":
		s.at = min(last, s.at+1)
	case "enter", "e":
		if s.at < len(s.rows) || key == "e" {
			if s.editable() {
				return s.open()
			}
			return stay{}
		}
		return s.confirm(msg.IsRepeat)
	case "a":
		if s.problem == nil {
			return s.confirmAll(msg.IsRepeat)
		}
	case "esc":
		return s.leave()
	default:
		return s.problemKey(key)
	}
	return stay{}
}

func (s *review) problemKey(key string) action {
	switch {
	case s.problem == nil:
	case key == "r":
		return s.look()
	case key == "o" && s.problem.DocURL != "":
		return openURL{s.problem.DocURL}
	case key == "q":
		return s.world.leave()
	}
	return pass{}
}

// row is the answer at the cursor; at the problem, the one that would fix it. Outside of the rows there is none.
func (s *review) row() int {
	if s.at != atProblem {
		return s.at
	}
	return slices.IndexFunc(s.rows, func(q guide.Question) bool { return q.Key == s.problem.Question })
}

// editable reports whether the user may change the answer at the cursor.
func (s *review) editable() bool {
	at := s.row()
	return at >= 0 && at < len(s.rows) && !slices.Contains(s.fixed, s.rows[at].Key)
}

// open puts the question at the cursor.
func (s *review) open() action {
	s.fixing = s.at == atProblem
	s.at = s.row()
	q := s.rows[s.at]
	s.edit = &form{world: s.world, section: q.Section, rows: []*formRow{{question: q, field: newField(s.world, q)}}}
	return many{drop{slotPlan}, s.edit.focus()}
}

func (s *review) editKey(msg tea.KeyPressMsg) action {
	row := s.edit.current()
	if msg.String() == "esc" {
		return s.closeEdit()
	}
	if act, used := row.field.key(msg); used {
		row.problem, row.note = "", ""
		return act
	}
	if key := msg.String(); key != "enter" && key != "tab" || !s.edit.accept(row) {
		return stay{}
	}
	if s.edit.changed {
		s.changed[row.question.Section] = true
	}
	return s.closeEdit()
}

// closeEdit comes back to the review, which plans again: an answer may have changed, and the plan was left for it.
func (s *review) closeEdit() action {
	s.edit = nil
	if s.rebuild(); s.fixing {
		s.at = len(s.rows)
	}
	return many{drop{slotOptions}, s.look()}
}

func (s *review) paste(text string) action {
	if s.edit != nil {
		return s.edit.paste(text)
	}
	return stay{}
}

// heard reports whether an Enter would be meant for what is on the screen.
func (s *review) heard() bool {
	return s.agreed || time.Since(s.came) >= quietBefore && time.Since(s.pressed) >= repeats
}

// confirm lets the wizard write, once the whole plan was there to be read. An answer that the present section needs
// comes first.
func (s *review) confirm(again bool) action {
	meant := s.heard() && !again
	s.pressed = time.Now()
	for _, id := range guide.SectionsUpTo(s.from.info.ID) {
		if missing := s.env.Answers.Missing(id); len(missing) > 0 {
			s.at = slices.IndexFunc(s.rows, func(q guide.Question) bool { return q.Key == missing[0].Key })
			return s.open()
		}
	}
	if s.plan == nil || s.problem != nil || !meant {
		return hush(max(repeats, quietBefore-time.Since(s.came)))
	}
	s.from.resume = !s.agreed
	s.agreed = true
	return s.leave()
}

// confirmAll also lets the wizard write all later sections, up to the first that needs a decision.
func (s *review) confirmAll(again bool) action {
	act := s.confirm(again)
	if s.all = s.agreed && s.edit == nil; s.all {
		s.from.resume = true
	}
	return act
}

// leave goes back to where the review was opened, or to the first section before it of which an answer was changed.
func (s *review) leave() action {
	own := guide.SectionsUpTo(s.from.info.ID)
	for _, id := range own {
		if !s.changed[id] {
			continue
		}
		if id != s.from.info.ID {
			s.from.resume = false
			return visit{id}
		}
		s.from.phase = planning // what it shows is out of date
	}
	return back{}
}

func (s *review) hints() []style.Hint {
	if s.edit != nil {
		return slices.Concat(s.edit.current().field.hints(), style.Hints("enter keep it", "esc back to the review"), s.edit.clearing())
	}
	enter := ""
	switch {
	case s.problem != nil:
		return s.problemHints()
	case s.plan == nil:
	case s.at < len(s.rows):
		enter = tern(s.editable(), "enter edit", "")
	case s.heard():
		enter = tern(s.agreed, "enter continue", "enter apply")
	}
	all := tern(s.plan != nil && s.heard(), "a apply everything", "")
	return style.Hints(enter, all, s.Glyphs.Arrows+" move", "esc back")
}

func (s *review) problemHints() []style.Hint {
	edit := ""
	if s.editable() {
		edit = "e edit " + strings.ToLower(s.rows[s.row()].Label)
	}
	page := tern(s.problem.DocURL != "", "o open the page", "")
	return style.Hints(edit, "r retry", page, "esc back", "q quit", s.Glyphs.Arrows+" choose")
}
