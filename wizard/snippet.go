package wizard

import (
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/style"
	"msgsso-wizard/wizard/verify"
)

// snippetAlone is what a page needs besides the snippet.
const snippetAlone = "The snippet alone signs nobody in: the page also needs the sign-in code (p)."

// snippet is the last section: what was made is read back, and the snippet is there to be copied. Until
// then it is a section like the others.
type snippet struct {
	*section
	save   *saving   // nil: not being saved
	saves  deed      // what is being saved
	revoke *revoking // nil: not asked about the token
	made   time.Duration
}

func (s *snippet) enter(backwards bool) action {
	s.save, s.revoke = nil, nil
	return s.section.enter(backwards)
}

// reached reports whether there is a snippet to show.
func (s *snippet) reached() bool { return s.phase == done && s.outcome.Snippet != "" }

func (s *snippet) result(value any) action {
	switch v := value.(type) {
	case saved:
		s.savedCame(v)
		return stay{}
	case revoked:
		return s.revokeCame(v)
	case tick:
		if s.revoke != nil && s.revoke.busy {
			return ticking()
		}
	}
	act := s.section.result(value)
	if _, came := value.(applied); !came || !s.reached() {
		return act
	}
	s.made = time.Since(s.began)
	if file := s.env.Answers.Get(guide.SnippetFile); file.Given {
		return many{act, saveTo(file.Value, s.outcome.Snippet, false)}
	}
	return act
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
		s.save, s.saves = newSaving(s.world, defaultFile, s.outcome.Snippet), deedSnippet
		return stay{}
	case "h":
		if s.record != nil {
			s.save, s.saves = newSaving(s.world, recordFile, s.record(s.outcome)), deedHandover
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

// savedCame takes what saving came to; a file that was named beforehand is saved on arrival.
func (s *snippet) savedCame(v saved) {
	if s.save == nil {
		s.save, s.saves = newSaving(s.world, v.path, s.outcome.Snippet), deedSnippet
	}
	s.save.came(v)
	s.did[s.saves] = s.did[s.saves] || s.save.done
}

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
	title := s.Spread(" "+s.Theme.Strong.Render(s.info.Title), s.Theme.Dim.Render("made in "+style.Clock(s.made)), min(width, style.Readable)-1)
	head := append([]string{title}, style.Wrap(s.info.Why, width-1, " ")...)
	var text []string
	for line := range strings.SplitSeq(strings.TrimRight(s.outcome.Snippet, "\n"), "\n") {
		text = append(text, s.Fit(strings.ReplaceAll(line, "\t", "  "), width))
	}
	verdict := s.verdict(width)
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

// verdict says what was read back, and what is left to do. The section's step has failed if the integration
// or the deployment is not Active, or authentication is off; only the public file is left to its warning.
func (s *snippet) verdict(width int) []string {
	var lines []string
	live := []string{"Active", "configuration version " + s.outcome.Genesys.ConfigurationVersion, "authentication on"}
	if len(s.outcome.Warnings) == 0 {
		live = append(live, "on the public CDN")
	}
	lines = append(lines, s.Notice(" ", true, strings.Join(live, s.Glyphs.Dot), width)...)
	for _, n := range s.plan.Notices {
		lines = append(lines, s.Notice(" ", n.OK, n.Text, width)...)
	}
	for _, warning := range s.outcome.Warnings {
		lines = append(lines, s.Notice(" ", false, warning, width)...)
	}
	return append(lines, s.Notice(" ", false, snippetAlone, width)...)
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
	hints := []style.Hint{
		{Key: "c", Does: "copy"},
		{Key: "p", Does: "code"},
		{Key: "t", Does: "test"},
		{Key: "d", Does: "doctor"},
		{Key: "s", Does: "save"},
		{Key: "q", Does: "done"},
		{Key: "?", Does: "why"},
		{Key: "v", Does: "review"},
		{Key: "m", Does: "by hand"},
		{Key: "esc", Does: "back"},
		{Key: s.Glyphs.Arrows, Does: "scroll"},
	}
	if s.undoable() {
		hints = slices.Insert(hints, 6, style.Hint{Key: "u", Does: "undo"})
	}
	if s.record != nil {
		hints = slices.Insert(hints, 5, style.Hint{Key: "h", Does: "record"})
	}
	return hints
}
