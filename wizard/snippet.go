package wizard

import (
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/style"
	"msgsso-wizard/wizard/verify"
)

// snippetAlone is what a page needs besides the snippet.
const snippetAlone = "Visitors can't sign in with the snippet alone. Add the page code (p)."

// snippet is the last section: what was made is read back, and the snippet is there to be copied. Until
// then it is a section like the others.
type snippet struct {
	*section
	save   *saving   // nil: not being saved
	revoke *revoking // nil: not asked about the token
	made   time.Duration
}

func newSnippet(w *world, info guide.Section) *snippet {
	s := &snippet{section: newSection(w, info)}
	s.over = s.arrived
	return s
}

func (s *snippet) enter(backwards bool) action {
	s.save, s.revoke = nil, nil
	return s.section.enter(backwards)
}

// reached reports whether there is a snippet to show.
func (s *snippet) reached() bool { return s.phase == done && s.outcome.Snippet != "" }

// arrived saves the snippet to the file that was named beforehand.
func (s *snippet) arrived() action {
	s.made, s.resuming = time.Since(s.began), false
	if file := s.env.Answers.Get(guide.SnippetFile); file.Given && s.reached() {
		s.save = newSaving(s.world, deedSnippet, file.Value, s.outcome.Snippet)
		return s.save.write(file.Value, false)
	}
	return stay{}
}

func (s *snippet) key(msg tea.KeyPressMsg) action {
	if s.form != nil || !s.reached() {
		return s.section.key(msg)
	}
	switch {
	case s.revoke != nil:
		return s.revokeKey(msg)
	case s.save != nil:
		act, over := s.save.key(msg)
		if over {
			s.save = nil
		}
		if act != nil {
			return act
		}
	}
	switch msg.String() {
	case "c":
		s.did[deedSnippet] = true
		return copyText{what: "the snippet", text: s.outcome.Snippet}
	case "s":
		s.save = newSaving(s.world, deedSnippet, defaultFile, s.outcome.Snippet)
		return stay{}
	case "h":
		if s.record != nil {
			s.save = newSaving(s.world, deedHandover, recordFile, s.record(s.outcome))
			return stay{}
		}
	case "p":
		return aside{newPageCode(s.world, s.proof())}
	case "t":
		return aside{newSignIn(s.world, s.proof())}
	case "d":
		return aside{newCheckUp(s.world, s.proof())}
	case "v":
		return aside{newReview(s.section)}
	case "u":
		if s.undoable() {
			return aside{newUndoing(s.world)}
		}
	case "?":
		return show{newWhy(s.world, s.info)}
	case "m":
		return show{newHand(s.section)}
	case "q": // and not Enter, of which one too many may come
		return s.done()
	case "esc":
		return back{}
	}
	return pass{}
}

// proof is the bench of the deployment that the snippet is of.
func (s *snippet) proof() verify.Verifier { return s.bench(s.outcome.Genesys.DeploymentID) }

func (s *snippet) paste(text string) action {
	if s.save != nil {
		s.save.note = insert(&s.save.input, text)
		return stay{}
	}
	return s.section.paste(text)
}

func (s *snippet) page(width, height int) style.Page {
	if s.form != nil || !s.reached() {
		return s.section.page(width, height)
	}
	title := s.Spread(s.Peak("Okta and Genesys Cloud are connected"), s.Soft(s.sum()), min(width, style.Readable)-1)
	head := append([]string{title}, style.Wrap(s.info.Why, width-1, "  ")...)
	text, verdict := s.Code(s.outcome.Snippet, width), s.verdict(width)
	p := style.Page{Lines: style.Apart(height, head, text, verdict, s.nextLines(width, height-len(head)-len(text)-len(verdict)))}
	from := len(p.Lines)
	switch {
	case s.revoke != nil:
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
func (s *snippet) sum() string {
	return counted(len(s.session.Made()), "change") + " in " + style.Clock(s.made)
}

// verdict says what was read back, and what is left to do. The section's step has failed if the integration
// or the deployment is not Active, or authentication is off; only the public file is left to its warning.
func (s *snippet) verdict(width int) []string {
	var lines []string
	live := []string{"Active", "configuration version " + s.outcome.Genesys.ConfigurationVersion, "authentication on"}
	if len(s.outcome.Warnings) == 0 {
		live = append(live, "on the public CDN")
	}
	lines = append(lines, s.Notice("  ", true, strings.Join(live, s.Glyphs.Dot), width)...)
	for _, n := range s.plan.Notices {
		lines = append(lines, s.Notice("  ", n.OK, n.Text, width)...)
	}
	for _, warning := range s.outcome.Warnings {
		lines = append(lines, s.Notice("  ", false, warning, width)...)
	}
	return append(lines, s.Notice("  ", false, snippetAlone, width)...)
}

func (s *snippet) hints() []style.Hint {
	switch {
	case s.form != nil || !s.reached():
		return s.section.hints()
	case s.revoke != nil:
		return s.revoke.hints()
	case s.save != nil:
		return s.save.hints()
	}
	record, undo := tern(s.record != nil, "h handover", ""), tern(s.undoable(), "u undo", "")
	return style.Hints("c copy", "p page code", "t test", "d doctor", "s save", record, "q done", undo, "? why", "v review", "m manual setup", "esc back", s.Glyphs.Arrows+" scroll")
}
