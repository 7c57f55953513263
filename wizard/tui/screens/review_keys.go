package screens

import (
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/answersfile"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

// Key implements screen.Screen.
func (s *Review) Key(msg tea.KeyPressMsg) screen.Action {
	if s.edit != nil {
		return s.editKey(msg)
	}
	if act := s.save.keyOver(msg, &s.save); act != nil {
		return act
	}
	first, last := 0, len(s.Rows)
	if s.Problem != nil {
		first, last = atProblem, len(s.Rows)-1 // and there is no plan
	}
	switch key := msg.String(); key {
	case "up":
		s.At = max(first, s.At-1)
	case "down":
		s.At = min(last, s.At+1)
	case "tab":
		if s.Problem == nil {
			s.turn()
		}
	case "enter", "e":
		if s.At < len(s.Rows) || key == "e" {
			switch {
			case s.editable():
				return s.open()
			case key == "enter" && s.Problem != nil:
				return s.planKnown()
			}
			return screen.Stay{}
		}
		return s.confirm(msg.IsRepeat)
	case "a":
		if s.Problem == nil && !s.allDone() {
			return s.confirmAll(msg.IsRepeat)
		}
	case "c":
		if s.plan != nil && s.Problem == nil {
			return screen.CopyText{What: "the review", Text: s.text()}
		}
	case "s":
		s.save = newSaving(&s.Task, answersFile, answersfile.Write(s.Env.Answers, s.Shown()))
	case "esc":
		return s.leave()
	default:
		return s.problemKey(key)
	}
	return screen.Stay{}
}

// turn goes from the answers to the changes, or back.
func (s *Review) turn() {
	if s.At < len(s.Rows) {
		s.At = len(s.Rows)
	} else {
		s.At = 0
	}
}

func (s *Review) problemKey(key string) screen.Action {
	switch {
	case s.Problem == nil:
	case key == "r":
		return s.planKnown()
	case key == "m" && s.manualSection() != nil:
		return screen.Show{Above: s.manual(s.manualSection())}
	case key == "o" && s.Problem.DocURL != "":
		return screen.OpenURL{URL: s.Problem.DocURL}
	case key == "q":
		return leaveFrom(s.World)
	}
	return screen.Pass{}
}

func (s *Review) editKey(msg tea.KeyPressMsg) screen.Action {
	row := s.edit.Current()
	if msg.String() == "esc" {
		return s.closeEdit()
	}
	if act, used := row.Field.Key(msg); used {
		row.Problem, row.Note = "", ""
		return act
	}
	if key := msg.String(); key != "enter" && key != "tab" || !s.edit.Accept(row) {
		return screen.Stay{}
	}
	if s.edit.Changed {
		s.changed[row.Question.Section] = true
	}
	return s.closeEdit()
}

// heard reports whether an Enter would be meant for what is on the screen.
func (s *Review) heard() bool {
	return s.Agreed || time.Since(s.came) >= quietBefore && time.Since(s.pressed) >= repeats
}

// confirm lets the wizard write, once the whole plan was there to be read. An answer that the present section needs
// comes first.
func (s *Review) confirm(again bool) screen.Action {
	meant := s.heard() && !again
	s.pressed = time.Now()
	for _, id := range guide.SectionsUpTo(s.from.Info.ID) {
		if missing := s.Env.Answers.Missing(id); len(missing) > 0 {
			s.At = slices.IndexFunc(s.Rows, func(q guide.Question) bool { return q.Key == missing[0].Key })
			return s.open()
		}
	}
	switch {
	case s.Problem != nil:
		return screen.Stay{}
	case s.plan == nil:
		return screen.Note{Text: "The changes aren't read yet. Press the key again once they are shown."}
	case !meant:
		why := screen.Note{Text: "The changes were just shown. Check them, then press the key again."}
		return screen.Many{why, hush(max(repeats, quietBefore-time.Since(s.came)), screen.Note{})}
	}
	s.from.resume = !s.Agreed
	s.Agreed = true
	return s.leave()
}

// confirmAll also lets the wizard write all later sections, up to the first that needs a decision.
func (s *Review) confirmAll(again bool) screen.Action {
	act := s.confirm(again)
	if s.All = s.Agreed && s.edit == nil; s.All {
		s.from.resume = true
	}
	return act
}

// allDone reports whether the run is under way and nothing is left to change.
func (s *Review) allDone() bool { return s.Agreed && s.plan != nil && !s.plan.Writes() }

// Hints implements screen.Screen.
func (s *Review) Hints() []style.Hint {
	if s.edit != nil {
		return slices.Concat(s.edit.EditHints(), style.Hints("esc back to the review"))
	}
	if s.save.asks() {
		return s.save.Hints()
	}
	enter := ""
	switch {
	case s.Problem != nil:
		return s.problemHints()
	case s.plan == nil:
	case s.At < len(s.Rows):
		enter = screen.Tern(s.editable(), "enter edit", "")
	case s.heard():
		enter = screen.Tern(s.Agreed, "enter continue", "enter apply")
	}
	all, copies := screen.Tern(s.plan != nil && s.heard() && !s.allDone(), "a apply everything", ""), screen.Tern(s.plan != nil, "c copy", "")
	return style.Hints(enter, all, "tab "+screen.Tern(s.At < len(s.Rows), "changes", "answers"), s.Glyphs.Arrows+" move", screen.Tern(s.editable(), "e edit", ""), copies, "s save answers", "esc back")
}
