package wizard

import (
	"slices"
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
		if key == "esc" && !s.halted {
			return halt{}
		}
		return pass{}
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
		if key == "enter" {
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
	case key == "r" || key == "enter" && s.problem.Question == "":
		goOn := s.goOn
		act := s.proceed()
		s.goOn = goOn && s.phase == planning
		return act
	case key == "enter":
		return s.edit()
	case key == "c":
		return copyText{what: "the details", text: s.details()}
	case key == "o" && s.problem.DocURL != "":
		return openURL{s.problem.DocURL}
	case key == "u" && s.undoable():
		return aside{newUndoing(s.world)}
	}
	return pass{}
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

// ask opens the question that would fix a problem, if it is this section's.
func (s *section) ask(problem *explain.Error) (act action, asked bool) {
	if q, ok := guide.QuestionFor(problem.Question); !ok || q.Section != s.info.ID {
		return stay{}, false
	}
	s.again = true
	s.form = newForm(s.world, s.info.ID)
	s.form.goTo(problem.Question, problem.Problem)
	return s.form.focus(), true
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
	rest := []style.Hint{{Key: "?", Does: "why"}, {Key: "esc", Does: "back"}, {Key: "q", Does: "quit"}}
	if s.phase != planning {
		rest = append(rest, style.Hint{Key: "v", Does: "review"})
	}
	if s.console() != "" {
		rest = slices.Insert(rest, 1, style.Hint{Key: "o", Does: "open console"})
	}
	edit := []style.Hint{{Key: "e", Does: "edit"}, {Key: "m", Does: "by hand"}}
	if !s.canEdit() {
		edit = edit[1:]
	}
	switch s.phase {
	case ready:
		what := "do it"
		if !s.agreed {
			what = "review it all"
		}
		return append(append([]style.Hint{{Key: "enter", Does: what}}, edit...), rest...)
	case applying:
		return s.applyHints()
	case done:
		what := "next section"
		if s.again {
			what = "plan again"
		}
		return append(append([]style.Hint{{Key: "enter", Does: what}}, edit...), rest...)
	case stuck:
		return append(s.problemHints(edit), style.Hint{Key: "esc", Does: "back"}, style.Hint{Key: "?", Does: "why"}, style.Hint{Key: "q", Does: "quit"}, style.Hint{Key: "v", Does: "review"})
	default:
		return rest
	}
}

func (s *section) applyHints() []style.Hint {
	switch {
	case s.leaving:
		return []style.Hint{{Key: "ctrl+c", Does: "leave now"}}
	case s.halted:
		return []style.Hint{{Key: "ctrl+c", Does: "leave after it"}, {Key: "?", Does: "why"}}
	default:
		return []style.Hint{{Key: "esc", Does: "stop after this call"}, {Key: "?", Does: "why"}}
	}
}

func (s *section) problemHints(edit []style.Hint) []style.Hint {
	hints := append([]style.Hint{{Key: "r", Does: "try again"}}, edit...)
	if s.problem.Question != "" && len(edit) > 1 {
		hints = []style.Hint{{Key: "e", Does: "edit " + strings.ToLower(s.label(s.problem.Question))}, {Key: "m", Does: "by hand"}, {Key: "r", Does: "try again"}}
	}
	if s.undoable() {
		hints = append(hints, style.Hint{Key: "c", Does: "copy"}, style.Hint{Key: "u", Does: "undo"})
	} else {
		hints = append(hints, style.Hint{Key: "c", Does: "copy details"})
	}
	if s.problem.DocURL != "" {
		hints = append(hints, style.Hint{Key: "o", Does: "open the page"})
	}
	return hints
}
