package wizard

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/style"
)

func (s *section) key(msg tea.KeyPressMsg) action {
	switch {
	case len(s.prompts) > 0:
		return s.promptKey(msg)
	case s.form != nil:
		return s.formKey(msg)
	}
	key := msg.String()
	switch {
	case key == "?":
		return show{newWhy(s.world, s.info)}
	case s.phase == applying:
		return s.applyKey(key)
	case key == "esc":
		return back{}
	case key == "q":
		return s.leave()
	case key == "o" && s.phase != stuck && s.console() != "":
		return openURL{s.console()}
	case key == "e" && s.phase != planning && s.canEdit():
		return s.edit()
	case key == "m" && s.phase != planning:
		return show{newHand(s)}
	case key == "v" && s.phase != planning:
		return aside{newReview(s)}
	}
	switch s.phase {
	case ready, done:
		switch {
		case key == "enter":
			return s.enterKey()
		case key == "a" && s.agreed && !s.again:
			s.all = true
			return s.enterKey()
		}
	case stuck:
		return s.problemKey(key)
	}
	return pass{}
}

// enterKey is the likeliest next thing.
func (s *section) enterKey() action {
	switch {
	case s.phase == ready && !s.agreed:
		return aside{newReview(s)}
	case s.phase == ready:
		return s.carryOut()
	case s.again:
		return s.proceed()
	default:
		return next{}
	}
}

func (s *section) problemKey(key string) action {
	switch {
	case key == "enter" && s.problem.Question != "":
		return s.edit()
	case key == "u" && s.undoable():
		return aside{newUndoing(s.world)}
	}
	goOn := s.goOn
	return s.stuckKey(key, func() action { return s.proceedAnd(goOn) }, func() string { return s.details(s.info.Title) })
}

// edit opens the section's questions, or the one that would fix the problem, wherever it is asked.
func (s *section) edit() action {
	if s.problem != nil && s.problem.Question != "" {
		return editAnswer{s.problem}
	}
	s.form = newForm(s.world, s.info.ID)
	s.form.editing = true
	return s.form.focus()
}

// ask opens the question that would fix a problem.
func (s *section) ask(problem *explain.Error) action {
	s.again = true
	s.form = newForm(s.world, s.info.ID)
	s.form.goTo(problem.Question, problem.Problem)
	return s.form.focus()
}

func (s *section) console() string { return s.env.Answers.Console(s.info.ID) }

// canEdit reports whether there is anything to edit, here or where the problem lies.
func (s *section) canEdit() bool {
	return len(s.open(s.info.ID)) > 0 || s.problem != nil && s.problem.Question != ""
}

// formKey lets the form have the keys. Leaving it always works.
func (s *section) formKey(msg tea.KeyPressMsg) action {
	if msg.String() == "esc" {
		s.form.current().field.blur()
		return s.closeForm()
	}
	act := s.form.key(msg)
	if _, finished := act.(accepted); !finished {
		return act
	}
	s.form = nil
	return many{drop{slotOptions}, s.proceed()}
}

// closeForm goes back to what was there before the form, or plans again if an answer changed. The form
// that opened by itself stays as it is, for coming back.
func (s *section) closeForm() action {
	switch {
	case s.phase == asking:
		return back{}
	case s.form.changed:
		s.form = nil
		return many{drop{slotOptions}, s.proceed()}
	default:
		s.form = nil
		return drop{slotOptions}
	}
}

func (s *section) paste(text string) action {
	switch {
	case len(s.prompts) > 0 && s.prompts[0].Ask != "":
		s.prompts[0].note = insert(&s.prompts[0].input, text)
	case len(s.prompts) == 0 && s.form != nil:
		return s.form.paste(text)
	}
	return stay{}
}

func (s *section) hints() []style.Hint {
	switch {
	case len(s.prompts) > 0:
		return s.promptHints()
	case s.form != nil:
		return s.form.hints()
	}
	edit, console := tern(s.canEdit(), "e edit", ""), tern(s.console() != "", "o open console", "")
	switch s.phase {
	case ready:
		return style.Hints("enter "+tern(s.agreed, "apply", "review all"), s.allHint(), edit, "m manual setup", "v review", console, "? why", "esc back", "q quit")
	case applying:
		return s.applyHints("? why")
	case done:
		return style.Hints("enter "+tern(s.again, "refresh plan", "next section"), s.allHint(), edit, "m manual setup", "v review", console, "? why", "esc back", "q quit")
	case stuck:
		return s.problemHints(edit)
	default:
		return style.Hints("? why", console, "esc back", "q quit", tern(s.phase == planning, "", "v review"))
	}
}

// allHint offers to apply the later sections as well, once the review was confirmed.
func (s *section) allHint() string { return tern(s.agreed && !s.again, "a apply everything", "") }

func (s *section) problemHints(edit string) []style.Hint {
	keys := []string{"r retry", edit, "m manual setup"}
	if q, ok := guide.QuestionFor(s.problem.Question); ok && edit != "" {
		keys = []string{"e edit " + strings.ToLower(q.Label), "m manual setup", "r retry"}
	}
	page := tern(s.problem.DocURL != "", "o open the page", "")
	if s.undoable() {
		keys = append(keys, "c copy", "u undo", page)
	} else {
		keys = append(keys, "c copy details", page)
	}
	return style.Hints(append(keys, "esc back", "? why", "q quit", "v review")...)
}
