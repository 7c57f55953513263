package screens

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/explain"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
	"msgsso-wizard/wizard/verify"
)

// rotation puts a new client secret in the place of the old one, shows what became of both, and offers to delete the old
// one.
type rotation struct {
	*fix
	bench   verify.Verifier
	retired bool // the old client secret is inactive or deleted
	yes     bool // the cursor is at Yes; it begins at No
}

func newRotation(w *screen.World, b verify.Verifier) *rotation {
	s := &rotation{bench: b}
	s.fix = &fix{
		Changing: screen.Changing{Task: screen.Task{World: w}}, apply: b.Fix, ready: s.planned, over: s.over,
		title: func(int) string { return w.Heading("Rotate the client secret") },
		words: fixWords{"Rotation", "rotate", "Planning the rotation", "The client secret needs no rotation."},
		plan:  func(ctx context.Context, _ string) (setup.Plan, error) { return b.PlanRotation(ctx, s.wants()) },
	}
	return s
}

// wants is the status that the old client secret gets next.
func (s *rotation) wants() string {
	return screen.Tern(s.retired, oktasteps.SecretDeleted, oktasteps.SecretInactive)
}

// planned shows the rotation. That the old client secret is deleted was asked already.
func (s *rotation) planned() screen.Action {
	if s.retired {
		return s.carryOut()
	}
	return screen.Stay{}
}

func (s *rotation) over() screen.Action {
	s.retired, s.yes = true, false
	s.Did[screen.TodoHandover] = false // what was saved names the old one
	return screen.Stay{}
}

func (s *rotation) Enter(backwards bool) screen.Action {
	switch undo := s.bench.Rotated().Undo; {
	case !backwards || s.Phase != screen.Done:
		s.yes = false
		return s.fix.Enter(backwards)
	case undo == nil || !undo.Left():
		return screen.Back{}
	}
	return screen.Stay{}
}

// asks reports whether a question is shown whose default is No: what others may not want, or what can't be undone.
func (s *rotation) asks() bool {
	switch s.Phase {
	case screen.Ready:
		return s.Plan.Writes() && len(s.Plan.Attention()) > 0
	case screen.Done:
		return s.bench.Rotated().Secrets.Old.Status == oktasteps.SecretInactive
	default:
		return false
	}
}

func (s *rotation) Key(msg tea.KeyPressMsg) screen.Action {
	key, done := msg.String(), s.Phase == screen.Done
	switch {
	case s.asks() && (key == "up" || key == "down"):
		s.yes = key == "down"
		return screen.Stay{}
	case key == "enter" && s.asks() && !s.yes, key == "enter" && done && !s.asks():
		return screen.Back{}
	case key == "enter" && done:
		return s.propose()
	case done && key == "t":
		return screen.Push{Screen: NewSignIn(s.World, s.bench)}
	case done && key == "u" && s.asks():
		return screen.Push{Screen: newUndoing(s.World, s.bench.Rotated().Undo)}
	}
	return s.fix.Key(msg)
}

func (s *rotation) Page(width, height int) style.Page {
	cells := min(width, style.Readable)
	lines := s.lines(cells)
	if s.Phase == screen.Done {
		lines = s.became(cells)
	}
	p := style.Page{Lines: style.Apart(height, []string{s.title(cells)}, lines)}
	if !s.asks() {
		return p
	}
	p.Add("")
	var question []string
	no, yes := "keep the client secret", "rotate it"
	if s.Phase == screen.Done {
		no, yes = "keep it inactive", "delete it"
		question = style.Wrap("Delete the old client secret for good? Undo ends then.", cells-1, "  ")
	}
	choice := noOrYes(s.World, no, yes, s.yes)
	if asked := append(question, choice...); 2*len(asked) <= height { // else there is room for the choice only
		choice = asked
	} else {
		p.Add(question...)
	}
	if len(p.Lines)+len(choice) > height {
		p.Foot = choice
	} else {
		p.Add(choice...)
	}
	return p
}

// became says what became of both client secrets.
func (s *rotation) became(width int) []string {
	secrets := s.bench.Rotated().Secrets
	lines := s.Notice("  ", true, "The new client secret"+createdAt(secrets.New)+" is active. Genesys Cloud uses it.", width)
	old := "The old one" + createdAt(secrets.Old)
	if !s.asks() {
		lines = append(lines, s.Notice("  ", true, old+" is deleted.", width)...)
	} else {
		lines = append(lines, s.Notice("  ", true, old+" is inactive. Press u to use it again.", width)...)
	}
	by := secrets.New.Created.Add(oktasteps.SecretLife).UTC().Format(time.DateOnly)
	return append(lines, s.Notice("  ", true, "Rotate again by "+by+".", width)...)
}

func createdAt(secret oktasteps.Secret) string {
	if secret.Created.IsZero() {
		return ""
	}
	return " (created " + explain.Moment(secret.Created) + ")"
}

func (s *rotation) Hints() []style.Hint {
	switch {
	case s.Phase == screen.Done && !s.asks():
		return style.Hints("enter back", "t test", "esc back")
	case s.Phase == screen.Done:
		return style.Hints("enter "+screen.Tern(s.yes, "delete", "keep"), s.Glyphs.Arrows+" choose", "t test", "u undo", "esc back")
	case s.asks():
		return style.Hints("enter "+screen.Tern(s.yes, "rotate", "keep"), s.Glyphs.Arrows+" choose", "esc back")
	}
	return s.fix.Hints()
}
