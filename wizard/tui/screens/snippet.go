package screens

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
	"msgsso-wizard/wizard/verify"
)

// SnippetAlone is what a page needs besides the snippet.
const SnippetAlone = "Visitors can't sign in with the snippet alone. Add the page code (p)."

// Snippet is the last section: what was made is read back, and the snippet is there to be copied. Until
// then it is a section like the others.
type Snippet struct {
	*Section
	save   *saving   // nil: not being saved
	Revoke *revoking // nil: not asked about the token
	made   time.Duration
}

func newSnippet(w *screen.World, info guide.Section) *Snippet {
	s := &Snippet{Section: newSection(w, info)}
	s.over = s.arrived
	return s
}

// Enter implements screen.Screen.
func (s *Snippet) Enter(backwards bool) screen.Action {
	s.save, s.Revoke = nil, nil
	return s.Section.Enter(backwards)
}

// Reached reports whether there is a snippet to show.
func (s *Snippet) Reached() bool { return s.Phase == screen.Done && s.Outcome.Snippet != "" }

// arrived saves the snippet to the file that was named beforehand.
func (s *Snippet) arrived() screen.Action {
	s.made, s.Resuming = time.Since(s.Began), false
	if file := s.Env.Answers.Get(guide.SnippetFile); file.Given && s.Reached() {
		s.save = newSaving(s.World, screen.DeedSnippet, file.Value, s.Outcome.Snippet)
		return s.save.write(file.Value, false)
	}
	return screen.Stay{}
}

// Key implements screen.Screen.
func (s *Snippet) Key(msg tea.KeyPressMsg) screen.Action {
	if s.Form != nil || !s.Reached() {
		return s.Section.Key(msg)
	}
	switch {
	case s.Revoke != nil:
		return s.revokeKey(msg)
	case s.save != nil:
		act, over := s.save.Key(msg)
		if over {
			s.save = nil
		}
		if act != nil {
			return act
		}
	}
	switch msg.String() {
	case "c":
		s.Did[screen.DeedSnippet] = true
		return screen.CopyText{What: "the snippet", Text: s.Outcome.Snippet}
	case "s":
		s.save = newSaving(s.World, screen.DeedSnippet, DefaultFile, s.Outcome.Snippet)
		return screen.Stay{}
	case "h":
		if s.Record != nil {
			s.save = newSaving(s.World, screen.DeedHandover, recordFile, s.Record(s.Outcome))
			return screen.Stay{}
		}
	case "p":
		return screen.Push{Screen: newPageCode(s.World, s.proof())}
	case "t":
		return screen.Push{Screen: NewSignIn(s.World, s.proof())}
	case "d":
		return screen.Push{Screen: newCheckUp(s.World, s.proof())}
	case "v":
		return screen.Push{Screen: newReview(s.Section)}
	case "u":
		if s.Undoable() {
			return screen.Push{Screen: newUndoing(s.World)}
		}
	case "?":
		return screen.Show{Above: newWhy(s.World, s.Info)}
	case "m":
		return screen.Show{Above: newManual(s.Section)}
	case "q": // and not Enter, of which one too many may come
		return s.done()
	case "esc":
		return screen.Back{}
	}
	return screen.Pass{}
}

// proof is the bench of the deployment that the snippet is of.
func (s *Snippet) proof() verify.Verifier { return s.Bench(s.Outcome.Genesys.DeploymentID) }

// Paste implements screen.Screen.
func (s *Snippet) Paste(text string) screen.Action {
	if s.save != nil {
		s.save.note = screen.Insert(&s.save.input, text)
		return screen.Stay{}
	}
	return s.Section.Paste(text)
}

// Page implements screen.Screen.
func (s *Snippet) Page(width, height int) style.Page {
	if s.Form != nil || !s.Reached() {
		return s.Section.Page(width, height)
	}
	title := s.Spread(s.Peak("Okta and Genesys Cloud are connected"), s.Soft(s.sum()), min(width, style.Readable)-1)
	head := append([]string{title}, style.Wrap(s.Info.Why, width-1, "  ")...)
	text, verdict := s.Code(s.Outcome.Snippet, width), s.verdict(width)
	p := style.Page{Lines: style.Apart(height, head, text, verdict, s.nextLines(width, height-len(head)-len(text)-len(verdict)))}
	from := len(p.Lines)
	switch {
	case s.Revoke != nil:
		p.Add(s.revokeLines(width)...)
	case s.save != nil:
		p.Add(s.save.lines(width)...)
	default:
		return p
	}
	p.See(from)
	return p
}

// sum is what the run came to.
func (s *Snippet) sum() string {
	return screen.Counted(len(s.Session.Made()), "change") + " in " + style.Clock(s.made)
}

// verdict says what was read back, and what is left to do. The section's step has failed if the integration
// or the deployment is not Active, or authentication is off; only the public file is left to its warning.
func (s *Snippet) verdict(width int) []string {
	var lines []string
	live := []string{"Active", "configuration version " + s.Outcome.Genesys.ConfigurationVersion, "authentication on"}
	if len(s.Outcome.Warnings) == 0 {
		live = append(live, "on the public CDN")
	}
	lines = append(lines, s.Notice("  ", true, strings.Join(live, s.Glyphs.Dot), width)...)
	for _, n := range s.Plan.Notices {
		lines = append(lines, s.Notice("  ", n.OK, n.Text, width)...)
	}
	for _, warning := range s.Outcome.Warnings {
		lines = append(lines, s.Notice("  ", false, warning, width)...)
	}
	return append(lines, s.Notice("  ", false, SnippetAlone, width)...)
}

// Hints implements screen.Screen.
func (s *Snippet) Hints() []style.Hint {
	switch {
	case s.Form != nil || !s.Reached():
		return s.Section.Hints()
	case s.Revoke != nil:
		return s.Revoke.Hints()
	case s.save != nil:
		return s.save.Hints()
	}
	record, undo := screen.Tern(s.Record != nil, "h handover", ""), screen.Tern(s.Undoable(), "u undo", "")
	return style.Hints("c copy", "p page code", "t test", "d doctor", "s save", record, "q done", undo, "? why", "v review", "m manual setup", "esc back", s.Glyphs.Arrows+" scroll")
}
