package wizard

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/wizard/tui/style"
)

// revoking asks at the end whether the API token that was typed for this run is to be revoked, and does it.
type revoking struct{ task }

// done leaves the last screen, after a question where a token is left.
func (s *snippet) done() action {
	if !s.session.Revocable() {
		return quit{}
	}
	s.save, s.revoke = nil, &revoking{task{world: s.world}}
	return drop{slotSave}
}

func (s *snippet) revokeKey(msg tea.KeyPressMsg) action {
	r := s.revoke
	key := msg.String()
	switch {
	case r.phase == planning: // ctrl+c still leaves
	case r.phase == done:
		if key == "enter" || key == "q" {
			return quit{}
		}
	case key == "enter" && r.phase == asking || key == "y" || key == "r":
		return read(&r.task, slotRevoke, func(ctx context.Context) (any, error) { return nil, s.session.Revoke(ctx) }, func(any) {
			r.phase, s.did[deedRevoke] = done, true
		})
	case key == "n" || key == "q":
		return quit{}
	case key == "esc":
		s.revoke = nil
	default:
		return pass{}
	}
	return stay{}
}

func (s *snippet) revokeLines(width int) []string {
	lines := []string{""}
	switch r := s.revoke; r.phase {
	case planning:
		return append(lines, s.WaitLine("Revoking the token", r.since, width))
	case done:
		return append(lines, s.Notice("  ", true, "The API token was revoked.", width)...)
	case stuck:
		lines = append(lines, s.Notice("  ", false, "The token was not revoked. "+r.problem.Problem, width)...)
		return append(lines, style.Wrap(r.problem.Fix, width-1, "    ")...)
	default:
		lines = append(lines, s.Heading(s.Fit("Revoke the Okta API token?", width-2)))
		return append(lines, style.Wrap("You entered it for this run.", width-1, "  ")...)
	}
}

func (r *revoking) hints() []style.Hint {
	switch r.phase {
	case planning:
		return style.Hints("ctrl+c quit now")
	case done:
		return style.Hints("enter leave")
	case stuck:
		return style.Hints("r retry", "n leave it", "esc back")
	default:
		return style.Hints("enter revoke it", "n keep it", "esc back")
	}
}
