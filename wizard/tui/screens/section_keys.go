package screens

import (
	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/form"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

// Key implements screen.Screen.
func (s *Section) Key(msg tea.KeyPressMsg) screen.Action {
	switch {
	case len(s.prompts) > 0:
		return s.promptKey(msg)
	case s.Form != nil:
		return s.formKey(msg)
	}
	key := msg.String()
	switch {
	case key == "?":
		return screen.Show{Above: newWhy(s.World, s.Info)}
	case s.Phase == screen.Applying:
		return s.ApplyKey(key)
	case key == "esc":
		return screen.Back{}
	case key == "q":
		return leaveFrom(s.World)
	case key == "o" && (s.Phase != screen.Failed || s.Problem.DocURL == "") && s.console() != "":
		return screen.OpenURL{URL: s.console()}
	case key == "e" && s.Phase != screen.Planning && s.canEdit():
		return s.edit()
	case key == "m" && s.Phase != screen.Planning:
		return screen.Show{Above: newManual(s)}
	case key == "v" && s.Phase != screen.Planning && !s.reviewsNext():
		return s.push(newReview(s))
	}
	switch s.Phase {
	case screen.Ready, screen.Done:
		switch {
		case key == "enter":
			return s.enterKey()
		case key == "r" && s.again:
			return s.proceed()
		case key == "a" && s.Agreed && !s.again:
			s.All = true
			return s.enterKey()
		}
	case screen.Failed:
		return s.problemKey(key)
	}
	return screen.Pass{}
}

// reviewsNext reports whether the review is the likeliest next thing, without another key.
func (s *Section) reviewsNext() bool { return s.Phase == screen.Ready && !s.Agreed }

// enterKey is the likeliest next thing.
func (s *Section) enterKey() screen.Action {
	switch {
	case s.reviewsNext():
		return s.push(newReview(s))
	case s.Phase == screen.Ready:
		return s.carryOut()
	default:
		return screen.Next{}
	}
}

func (s *Section) problemKey(key string) screen.Action {
	switch {
	case key == "enter" && s.Problem.Question != "":
		return s.edit()
	case key == "u" && s.Undoable():
		return s.push(newUndoing(s.World, nil))
	}
	applyNow := s.applyNow
	return s.FailedKey(key, func() screen.Action { return s.proceedAnd(applyNow) }, s.Info.Title)
}

// edit opens the section's questions, or the one that would fix the problem, wherever it is asked.
func (s *Section) edit() screen.Action {
	if s.helps() != "" {
		return screen.EditAnswer{Problem: s.Problem}
	}
	s.Form = form.NewForm(s.World, s.Info.ID)
	s.Form.Editing = true
	return s.Form.Focus()
}

// Ask opens the question that would fix a problem.
func (s *Section) Ask(problem *explain.Error) screen.Action {
	s.again = true
	s.Form = form.NewForm(s.World, s.Info.ID)
	s.Form.GoTo(problem.Asks(), problem.Problem)
	if problem.Refuses() {
		s.Form.Refuse()
	}
	return s.Form.Focus()
}

func (s *Section) console() string { return s.Env.Answers.Console(s.Info.ID) }

// canEdit reports whether there is anything to edit, here or where the problem lies.
func (s *Section) canEdit() bool {
	return len(s.Open(s.Info.ID)) > 0 || s.helps() != ""
}

// helps is the question whose answer may fix the problem; empty: there is none.
func (s *Section) helps() guide.Key {
	if s.Problem == nil {
		return ""
	}
	return s.Problem.Asks()
}

// formKey lets the form have the keys. Leaving it always works.
func (s *Section) formKey(msg tea.KeyPressMsg) screen.Action {
	if msg.String() == "esc" {
		return s.closeForm()
	}
	act := s.Form.Key(msg)
	if _, finished := act.(form.Accepted); !finished {
		return act
	}
	s.Form = nil
	return screen.Many{screen.Drop{Slot: screen.SlotOptions}, s.proceed()}
}

// formHints are the keys of the form. Esc doesn't undo answers that were given.
func (s *Section) formHints() []style.Hint {
	hints := s.Form.Hints()
	for i := range hints {
		if hints[i].Key == "esc" && s.Form.Changed && s.Phase != screen.Asking {
			hints[i].Does = "keep and plan"
		}
	}
	return hints
}

// closeForm goes back to what was there before the form, or plans again if an answer changed. The form
// that opened by itself stays as it is, for coming back.
func (s *Section) closeForm() screen.Action {
	switch {
	case s.Phase == screen.Asking:
		return screen.Back{}
	case s.Form.Changed:
		s.Form = nil
		return screen.Many{screen.Drop{Slot: screen.SlotOptions}, s.proceed()}
	default:
		s.Form = nil
		return screen.Drop{Slot: screen.SlotOptions}
	}
}

// Paste implements screen.Screen.
func (s *Section) Paste(text string) screen.Action {
	switch {
	case len(s.prompts) > 0 && s.prompts[0].Ask != "":
		s.prompts[0].Input.Insert(text)
	case len(s.prompts) == 0 && s.Form != nil:
		return s.Form.Paste(text)
	case len(s.prompts) == 0:
		return s.Task.Paste(text)
	}
	return screen.Stay{}
}

// Hints implements screen.Screen.
func (s *Section) Hints() []style.Hint {
	switch {
	case len(s.prompts) > 0:
		return s.promptHints()
	case s.Form != nil:
		return s.formHints()
	}
	edit, console := screen.Tern(s.canEdit(), "e edit", ""), screen.Tern(s.console() != "", "o open console", "")
	switch s.Phase {
	case screen.Ready:
		return style.Hints("enter "+screen.Tern(s.Agreed, "apply", "review all"), s.allHint(), edit, "m manual setup", screen.Tern(s.Agreed, "v review", ""), console, "? why", "esc back", "q quit")
	case screen.Applying:
		return s.ApplyHints("? why")
	case screen.Done:
		return style.Hints("enter next section", s.allHint(), screen.Tern(s.again, "r refresh plan", ""), edit, "m manual setup", "v review", console, "? why", "esc back", "q quit")
	case screen.Failed:
		return s.problemHints(edit)
	default:
		return style.Hints("? why", console, "esc back", "q quit", screen.Tern(s.Phase == screen.Planning, "", "v review"))
	}
}

// allHint offers to apply the later sections as well, once the review was confirmed.
func (s *Section) allHint() string {
	return screen.Tern(s.Agreed && !s.again, "a apply everything", "")
}

func (s *Section) problemHints(edit string) []style.Hint {
	if q, ok := s.Env.Answers.Question(s.helps()); ok {
		edit = "e " + screen.Edit(q)
	}
	keys, also := []string{"enter " + s.Again(), edit, "m manual setup"}, "r "+s.Again()
	if q, ok := s.Env.Answers.Question(s.Problem.Question); ok {
		keys, also = []string{"enter " + screen.Edit(q), "m manual setup", "r " + s.Again()}, edit
	}
	page := screen.Tern(s.console() != "", "o open console", "")
	if s.Problem.DocURL != "" {
		page = "o open the page"
	}
	if s.Undoable() {
		keys = append(keys, "u undo", "c copy", page)
	} else {
		keys = append(keys, "c copy details", page)
	}
	hints := style.Hints(append(keys, "esc back", "? why", "q quit", "v review", also)...)
	if s.Env.Answers.Manual(s.Info.ID) {
		return style.First("m", hints)
	}
	return hints
}

// push shows another screen until it is left.
func (s *Section) push(other screen.Screen) screen.Action {
	s.pushed = true
	return screen.Push{Screen: other}
}
