package screens

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

// revoking asks at the end whether the API token that was typed for this run is to be revoked, and does it.
type revoking struct {
	screen.Task
	yes bool // the cursor is at Yes; it begins at No
}

// done leaves the last screen, after a question where a token is left.
func (s *Snippet) done() screen.Action {
	if !s.Session.Revocable() {
		return screen.Quit{}
	}
	s.save, s.Input, s.Revoke = nil, nil, &revoking{Task: screen.Task{World: s.World}}
	return screen.Drop{Slot: screen.SlotSave}
}

func (s *Snippet) revokeKey(msg tea.KeyPressMsg) screen.Action {
	r := s.Revoke
	key := msg.String()
	switch {
	case r.Phase == screen.Planning: // ctrl+c still leaves
	case r.Phase == screen.Done:
		if key == "enter" || key == "q" {
			return screen.Quit{}
		}
	case (key == "up" || key == "down") && r.Phase == screen.Asking:
		r.yes = key == "down"
	case key == "enter" && r.Phase == screen.Asking && r.yes || key == "r" && r.Phase == screen.Failed:
		return screen.Read(&r.Task, screen.SlotRevoke, func(ctx context.Context) (any, error) { return nil, s.Session.Revoke(ctx) }, func(any) {
			r.Phase, s.Did[screen.TodoRevoke] = screen.Done, true
		})
	case key == "enter" && r.Phase == screen.Asking, key == "q" && r.Phase == screen.Failed:
		return screen.Quit{}
	case key == "esc":
		s.Revoke = nil
	default:
		return screen.Pass{}
	}
	return screen.Stay{}
}

func (s *Snippet) revokeLines(width int) []string {
	lines := []string{""}
	switch r := s.Revoke; r.Phase {
	case screen.Planning:
		return append(lines, s.WaitLine("Revoking the token", r.Since, width))
	case screen.Done:
		return append(lines, s.Notice("  ", true, "The API token was revoked.", width)...)
	case screen.Failed:
		lines = append(lines, s.Notice("  ", false, "The token was not revoked. "+r.Problem.Problem, width)...)
		return append(lines, style.Wrap(r.Problem.Fix, width-1, "    ")...)
	default:
		lines = append(lines, s.Heading(s.Fit("Revoke the Okta API token?", width-2)))
		lines = append(lines, style.Wrap("You entered it for this run.", width-1, "  ")...)
		return append(lines, noOrYes(r.World, "keep it", "revoke it", r.yes)...)
	}
}

func (r *revoking) Hints() []style.Hint {
	switch r.Phase {
	case screen.Planning:
		return style.Hints("ctrl+c quit now")
	case screen.Done:
		return style.Hints("q quit")
	case screen.Failed:
		return style.Hints("r retry", "q quit", "esc back")
	default:
		return style.Hints("enter "+screen.Tern(r.yes, "revoke it", "keep it"), r.Glyphs.Arrows+" choose", "esc back")
	}
}
