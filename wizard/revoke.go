package wizard

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/wizard/tui/style"
)

// revoking asks at the end whether the API token that was typed for this run is to be revoked, and does it.
type revoking struct {
	began   time.Time      // zero: not yet asked of Okta
	busy    bool           // Okta is asked
	problem *explain.Error // why it was not revoked
	done    bool
}

// revoked is what revoking came to.
type revoked struct{ err error }

// done leaves the last screen, after a question where a token is left.
func (s *snippet) done() action {
	if !s.ledger.Revocable() {
		return quit{}
	}
	s.save, s.revoke = nil, &revoking{}
	return drop{slotSave}
}

func (s *snippet) revokeKey(msg tea.KeyPressMsg) action {
	r := s.revoke
	key := msg.String()
	switch {
	case r.busy: // ctrl+c still leaves
	case r.done:
		if key == "enter" || key == "q" {
			return quit{}
		}
	case key == "enter" && r.problem == nil || key == "y" || key == "r":
		*r = revoking{began: time.Now(), busy: true}
		return many{s.revoking(), ticking()}
	case key == "n" || key == "q":
		return quit{}
	case key == "esc":
		s.revoke = nil
	default:
		return pass{}
	}
	return stay{}
}

func (w *world) revoking() action {
	return start{slotRevoke, func(ctx context.Context) any {
		w.turn.Lock()
		defer w.turn.Unlock()
		return revoked{w.ledger.Revoke(ctx)}
	}}
}

func (s *snippet) revokeCame(v revoked) action {
	s.revoke.busy = false
	if v.err != nil {
		s.revoke.problem = asProblem(v.err)
		return stay{}
	}
	s.revoke.done, s.did[deedRevoke] = true, true
	return stay{}
}

func (s *snippet) revokeLines(width int) []string {
	lines := []string{""}
	switch r := s.revoke; {
	case r.busy:
		return append(lines, s.WaitLine("Revoking the token.", r.began, width))
	case r.done:
		return append(lines, s.Notice(" ", true, "The API token is revoked.", width)...)
	case r.problem != nil:
		lines = append(lines, s.Notice(" ", false, "The token was not revoked. "+r.problem.Problem, width)...)
		return append(lines, style.Wrap(r.problem.Fix, width-1, "   ")...)
	default:
		lines = append(lines, " "+s.Theme.Strong.Render(s.Fit("Revoke the Okta API token?", width-2)))
		return append(lines, style.Wrap("It was entered for this run.", width-1, " ")...)
	}
}

func (r *revoking) hints() []style.Hint {
	switch {
	case r.busy:
		return []style.Hint{{Key: "ctrl+c", Does: "leave now"}}
	case r.done:
		return []style.Hint{{Key: "enter", Does: "leave"}}
	case r.problem != nil:
		return []style.Hint{{Key: "r", Does: "try again"}, {Key: "n", Does: "leave it"}, {Key: "esc", Does: "back"}}
	default:
		return []style.Hint{{Key: "enter", Does: "revoke it"}, {Key: "n", Does: "keep it"}, {Key: "esc", Does: "back"}}
	}
}
