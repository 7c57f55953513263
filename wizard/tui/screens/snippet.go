package screens

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/steps/doctor"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/chain"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
	"msgsso-wizard/wizard/verify"
)

// SnippetAlone says that a page needs the page code, too.
const SnippetAlone = "Visitors can't sign in with the snippet alone."

// links are those that light at the finish: all but the page.
const links = 5

// Snippet is the last section: what was made is read back, and the snippet is there to be copied. Until
// then it is a section like the others.
type Snippet struct {
	*Section
	save   *saving   // nil: not being saved
	Revoke *revoking // nil: not asked about the token

	celebrated bool // its links have lit up once
}

func newSnippet(w *screen.World, info guide.Section) *Snippet {
	s := &Snippet{Section: newSection(w, info)}
	s.over = s.arrived
	return s
}

// Enter implements screen.Screen.
func (s *Snippet) Enter(backwards bool) screen.Action {
	s.save, s.Revoke, s.Input = nil, nil, nil
	if now := s.Session.Result(s.Session.Worked()); backwards && s.Reached() && s.Outcome.Rollout != nil && now.Rollout != nil {
		s.follow(now)
	}
	return s.Section.Enter(backwards)
}

// Reached reports whether there is a snippet to show.
func (s *Snippet) Reached() bool { return s.Phase == screen.Done && s.Outcome.Snippet != "" }

// arrived saves the snippet to the file that was named beforehand.
func (s *Snippet) arrived() screen.Action {
	s.Resuming = false
	if !s.celebrated && s.Reached() {
		if s.Outcome.Unassigned() {
			s.Failures = []doctor.Finding{{
				Check: "assigned", Area: doctor.AreaAccess, State: doctor.Fail,
				What: "No one is assigned to the app, so no one can sign in.", AutoFix: signintest.FixAssignUser,
			}}
		}
		s.celebrated, s.Finished = true, true
		s.Move(links * style.LinkFrame)
	}
	if file := s.Env.Answers.Get(guide.SnippetFile); file.Given && s.Reached() {
		s.save = newSaving(&s.Task, file.Value, s.Outcome.Snippet)
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
		if act := s.save.keyOver(msg, &s.save); act != nil {
			return act
		}
	}
	switch msg.String() {
	case "c":
		return screen.CopyText{What: "the snippet", Text: s.Outcome.Snippet}
	case "w":
		return screen.ShowWhole{Text: s.Outcome.Snippet}
	case "s":
		s.save = newSaving(&s.Task, DefaultFile, s.Outcome.Snippet)
		return screen.Stay{}
	case "h":
		if s.Handover != nil {
			s.save = newSaving(&s.Task, handoverFile, s.Handover(s.Outcome), screen.TodoHandover)
			return screen.Stay{}
		}
	case "p":
		return screen.Push{Screen: &pageCode{Task: screen.Task{World: s.World}, bench: s.bench()}}
	case "t":
		return screen.Push{Screen: NewSignIn(s.World, s.bench())}
	case "d":
		return screen.Push{Screen: newDoctorScreen(s.World, s.bench())}
	case "v":
		return screen.Push{Screen: newReview(s.Section)}
	case "l", "b":
		if strings.HasPrefix(s.rolloutHint(), msg.String()) {
			return s.rollOut()
		}
	case "n":
		return screen.Push{Screen: newRotation(s.World, s.bench())}
	case "u":
		if s.Undoable() {
			return screen.Push{Screen: newUndoing(s.World, nil)}
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
	return s.tick(msg.String())
}

// bench is the bench of the deployment that the snippet is of.
func (s *Snippet) bench() verify.Verifier { return s.Bench(s.Outcome.Genesys.DeploymentID) }

// Page implements screen.Screen.
func (s *Snippet) Page(width, height int) style.Page {
	if s.Form != nil || !s.Reached() {
		return s.Section.Page(width, height)
	}
	notes, next, asks := s.notes(width), s.nextLines(width, height), s.askLines(width)
	head := s.head(width, height, len(next) > len(todo)/2)
	title, paste := head[:len(head)-1], head[len(head)-1:]
	if s.faulty() { // what failed is the first to read
		title, paste = append(head, s.Notice("  ", false, s.fault(), width)...), nil
	}
	room := height - len(slices.Concat(title, paste, notes, next, asks)) - 2
	var text []string
	if len(asks) == 0 || room >= style.LeastCode { // else what is asked needs the room
		text = (&style.Code{Name: "snippet", Text: s.Outcome.Snippet}).Draw(&s.Pen, width, room)
	}
	p := style.Page{Lines: style.Apart(height-len(asks), title, append(paste, text...), notes, next)}
	if from := len(p.Lines); len(asks) > 0 {
		p.Add(asks...)
		p.See(from)
	}
	return p
}

// askLines are a question at the end: whether to revoke a token, or where to save.
func (s *Snippet) askLines(width int) []string {
	switch {
	case s.Revoke != nil:
		return s.revokeLines(width)
	case s.save != nil:
		return s.save.lines(width)
	}
	return nil
}

// sum is what the run came to, without the time in which the user read.
func (s *Snippet) sum() string {
	took := time.Duration(s.Outcome.ElapsedMS) * time.Millisecond
	n := len(s.Written())
	if n == 0 {
		return "no changes needed"
	}
	return screen.Counted(n, "change") + " in " + style.Clock(took)
}

// fill says what is true, in so many cells: that visitors can sign in only once that was seen.
func (s *Snippet) fill(cells int) string {
	if s.faulty() {
		return style.RowMargin + s.DrawSign(s.BadSign()) + " " + s.Theme.Bad.Bold(true).Render(s.Fit("Sign-in doesn't work yet", cells))
	}
	text := screen.Tern(s.Proved(), "Visitors can sign in", "Okta and Genesys Cloud are connected")
	if cells < style.Narrow-6 {
		text = strings.Replace(text, " are ", " ", 1)
	}
	return s.Peak(s.Fit(text, cells))
}

// faulty reports whether the last check found what keeps visitors from signing in.
func (s *Snippet) faulty() bool { return s.Refused != nil || len(s.Failures) > 0 }

// fault says what the last check found, and which key helps.
func (s *Snippet) fault() string {
	said, fixable, key := "", false, "t to test again"
	if s.Refused != nil {
		said, fixable = "The sign-in test failed. "+atFault(s.Refused).Problem, doctor.Fixable(s.Refused.AutoFix)
	} else {
		said, key = s.Failures[0].What, "d for the fix"
		fixable = slices.ContainsFunc(s.Failures, func(f doctor.Finding) bool { return f.AutoFix != "" })
		if n := len(s.Failures); n > 1 {
			said = fmt.Sprintf("Doctor found %d faults. The first: %s", n, said)
		}
	}
	return said + " Press " + key + screen.Tern(fixable, ", then f to fix it.", ".")
}

// head says what was reached, and what to do with the text below, unless the list of what is next says it.
func (s *Snippet) head(width, height int, listed bool) []string {
	if width >= style.WideWindow && height >= style.LoopPage {
		closed := s.Did[screen.TodoTestPassed] && !s.faulty()
		says := screen.Tern(closed, "a sign-in closed the chain", "your page closes the chain")
		inside := []string{strings.TrimSpace(s.fill(width - 6)), s.Soft(s.sum())}
		if s.Motion.On() {
			inside[0] = ""
		}
		loop := append(s.Loop(says, closed, inside, chain.Snippet, width), "")
		if listed {
			return loop
		}
		return append(loop, "  "+s.Fit(s.pages(), width-3))
	}
	title, sum := s.fill(width-6), s.sum()
	if s.Motion.On() { // the links light first
		title = ""
	}
	if ansi.StringWidth(title+sum)+3 > width {
		sum = ""
	}
	title = s.Spread(title, s.Soft(sum), min(width, style.Readable)-style.Margin(width))
	if listed || height < style.Roomy {
		return []string{title}
	}
	return append([]string{title}, style.Wrap(s.pages(), width-1, "  ")...)
}

// notes say what was read back. The section's step has failed if the integration or the deployment is not Active, or
// authentication is off; only the public file is left to its warning.
func (s *Snippet) notes(width int) []string {
	live := []string{"Active", "configuration version " + s.Outcome.Genesys.ConfigurationVersion, "authentication on"}
	warnings := slices.DeleteFunc(slices.Clone(s.Outcome.Warnings), func(text string) bool { return slices.Contains(s.Recovered, text) })
	if len(warnings) == 0 {
		live = append(live, "public file ready")
	}
	var lines []string
	if width >= style.Narrow { // else the snippet needs the room
		lines = s.Notice("  ", true, strings.Join(live, s.Glyphs.Dot), width)
	}
	lines = append(s.rolloutLines(width), lines...)
	lines = append(lines, s.NoticeRows(width)...)
	for _, text := range s.Recovered {
		lines = append(lines, s.Notice("  ", true, text, width)...)
	}
	for _, warning := range warnings {
		lines = append(lines, s.Notice("  ", false, warning, width)...)
	}
	return lines
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
	handover, undo := screen.Tern(s.Handover != nil, "h handover", ""), screen.Tern(s.Undoable(), "u undo", "")
	hints := style.Hints("c copy", s.rolloutHint(), s.tickHint(), "t test", "p page code", "w show whole", "s save", "d doctor", handover, "q done", undo, "? why", "v review", "m manual setup", "n new secret", "esc back", s.Glyphs.Arrows+" scroll")
	if !s.faulty() {
		return hints
	}
	return style.First(screen.Tern(s.Refused != nil, "t", "d"), hints)
}
