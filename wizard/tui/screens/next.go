package screens

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

// task is one line of what is left to do: the key that helps, its name, and why.
type task struct {
	item           screen.Todo
	key, name, why string
}

// todo is what is left to do.
var todo = []task{
	{screen.TodoSnippet, "c", "Snippet", "Paste it before </head> on the pages that show Messenger."},
	{screen.TodoCode, "p", "Page code", SnippetAlone},
	{screen.TodoTest, "t", "Sign-in test", "Sign in with your browser. It checks every link."},
	{screen.TodoHandover, "h", "Handover", "Save a handover record for the team that runs this setup."},
	{screen.TodoRevoke, "q", "Done", "Finish, and revoke credentials you no longer need."},
}

// todo is what is left to do in this run.
func (s *Snippet) todo() []task {
	return slices.DeleteFunc(slices.Clone(todo), func(t task) bool {
		return t.item == screen.TodoHandover && s.Handover == nil || t.item == screen.TodoRevoke && s.Demo
	})
}

// tick checks a line of the list off, or opens it again: the wizard doesn't see what the user does on the website.
func (s *Snippet) tick(key string) screen.Action {
	tasks := s.todo()
	n, err := strconv.Atoi(key)
	if err != nil || n < 1 || n > len(tasks) {
		return screen.Pass{}
	}
	item := tasks[n-1].item
	s.Did[item] = !s.Did[item]
	return screen.Stay{}
}

// tickHint is the key of tick.
func (s *Snippet) tickHint() string { return fmt.Sprintf("1-%d check off", len(s.todo())) }

// nextLines is what to do next, with a tick at what is done: a line for each where there is room, else all in one.
func (s *Snippet) nextLines(width, height int) []string {
	lines, short := []string{s.Heading("What to do next")}, []string{}
	for i, t := range s.todo() {
		number, name := fmt.Sprint(i+1), strings.ToLower(t.name)
		if width < style.Narrow {
			name = strings.TrimPrefix(name, "sign-in ") // as on the line of the keys
		}
		row := func(mark string) string {
			return style.RowMargin + mark + " " + s.Theme.Accent.Render(t.key) + " " + s.Column(t.name, 12) + "  "
		}
		if s.Did[t.item] {
			lines = append(lines, row(s.Theme.Good.Render(s.Glyphs.OK))+s.Theme.Good.Render("done"))
			short = append(short, s.Glyphs.OK+" "+name)
			continue
		}
		why := t.why
		if t.item == screen.TodoCode && s.Proved() {
			why = "Paste it after the snippet on the same pages." // that the test passed says nothing of them
		}
		if t.item == screen.TodoSnippet && s.Outcome.Rollout != nil {
			why = s.pages()
		}
		lines = append(lines, row(s.Soft(number))+s.Soft(s.Fit(why, width-21)))
		short = append(short, number+" "+t.key+" "+name)
	}
	if height > style.Roomy+len(lines) && width >= style.Narrow {
		return lines
	}
	short[0] = "Next: " + short[0]
	return style.WrapWhole(short, width-1, style.RowMargin)
}

// rolloutHint is the key for the next step of a run that tries a version first; empty: there is none.
func (s *Snippet) rolloutHint() string {
	switch r := s.Outcome.Rollout; {
	case r == nil:
		return ""
	case r.IsLive():
		return "b go back"
	default:
		return "l go live"
	}
}

// rollOut shows the plan to go live, or to go back, in place of this screen.
func (s *Snippet) rollOut() screen.Action {
	back := s.Outcome.Rollout.IsLive()
	name := screen.Tern(back, "Go back", "Go live")
	return screen.Push{Screen: &fix{
		Changing: screen.Changing{Task: screen.Task{World: s.World}},
		title:    func(int) string { return s.Heading(name) },
		words:    fixWords{name, strings.ToLower(name), "Reading versions", "The deployment already uses this version."},
		plan:     func(ctx context.Context, _ string) (setup.Plan, error) { return s.Session.PlanRollout(ctx) },
		apply:    s.Session.Apply,
		over:     func() screen.Action { return screen.Back{} },
	}}
}

// follow shows the deployment that the result is of now. That the other one was tested proves nothing of it.
func (s *Snippet) follow(now setup.Result) {
	if now.Genesys.DeploymentID != s.Outcome.Genesys.DeploymentID {
		s.Refused, s.Failures = nil, nil
		for _, item := range []screen.Todo{screen.TodoSnippet, screen.TodoCode, screen.TodoTest, screen.TodoTestPassed, screen.TodoPageSeen} {
			delete(s.Did, item)
		}
	}
	s.Outcome.Rollout, s.Outcome.Genesys, s.Outcome.Snippet = now.Rollout, now.Genesys, now.Snippet
}

// pages says where the snippet goes: that of a test deployment is never for live pages, which that refuses.
func (s *Snippet) pages() string {
	switch r := s.Outcome.Rollout; {
	case r == nil:
		return s.Info.Why
	case r.IsLive():
		return "Live pages have it already."
	}
	return "Paste it before </head> on your staging pages."
}

// rolloutLines say what live pages use, and which key changes it.
func (s *Snippet) rolloutLines(width int) (lines []string) {
	r := s.Outcome.Rollout
	if r == nil {
		return nil
	}
	moved := s.Session.Moved()
	reached := ""
	if moved.Deployment.ID == r.LiveID && len(moved.Warnings) == 0 {
		reached = " Browsers got it after " + style.Clock(moved.After) + "."
	}
	if !r.IsLive() {
		lines = s.Notice("  ", false, fmt.Sprintf("Pages of the live deployment %q keep version %s.%s Press l to go live with version %s.", r.LiveName, r.Live, reached, r.Tried), width)
	} else {
		lines = s.Notice("  ", true, fmt.Sprintf("Pages of the live deployment %q use version %s.%s Press b to go back to version %s.", r.LiveName, r.Live, reached, r.Before), width)
	}
	of := fmt.Sprintf(screen.Tern(r.IsLive(), "The snippet is of %q. Its pages have it already.", "The snippet is of %q, for staging pages."), screen.Tern(r.IsLive(), r.LiveName, r.TestName))
	lines = append(lines, s.Notice("  ", true, of, width)...)
	for _, warning := range moved.Warnings {
		lines = append(lines, s.Notice("  ", false, warning, width)...)
	}
	return lines
}

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
