package screens

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

// Page implements screen.Screen.
func (s *Undoing) Page(width, height int) style.Page {
	var p style.Page
	width = min(width, style.Readable)
	if s.Phase == screen.Ready && len(s.goes()) > 0 {
		p.Add(style.RowMargin + s.Theme.Bad.Bold(true).Render(undoTitle+": "+s.willDo(width-9)+"?"))
	} else {
		p.Add(s.Heading(undoTitle))
	}
	if height >= style.Roomy && s.Phase != screen.Done {
		p.Add(style.Wrap(undoWhy, width-1, "  ")...)
		p.Add("")
	}
	switch s.Phase {
	case screen.Planning:
		p.Add(s.WaitLines("Reading what the run created", width)...)
		return p
	case screen.Failed:
		s.stuckPage(&p, width)
		return p
	case screen.Ready:
		s.readyPage(&p, width, height)
	case screen.Applying:
		active := s.itemRows(&p, width)
		p.Add(append(s.HaltLine(width), s.PauseLine(width)...)...)
		if p.See(active); !s.Halting {
			p.FocusEnd = min(p.FocusEnd, active+2)
		}
		return p
	case screen.Done:
		p.Add(s.Notice("  ", true, s.ending(), width)...)
		p.Add("")
		s.itemRows(&p, width)
	}
	p.Tighten(height, 0)
	return p
}

func (s *Undoing) readyPage(p *style.Page, width, height int) {
	switch {
	case len(s.items) == 0:
		p.Add(s.Notice("  ", true, "Nothing left to undo.", width)...)
		return
	case len(s.goes()) == 0:
		p.Add(s.Notice("  ", false, "Nothing can be undone now.", width)...)
	}
	s.itemRows(p, width)
	if len(s.goes()) > 0 {
		p.Add("")
		from := len(p.Lines)
		if s.Typing() {
			p.Add(style.Wrap(fmt.Sprintf("Pages may use the deployment %q. Type its name to delete it.", s.asked[0]), width-1, "  ")...)
			p.Add(s.InputLines("Name", s.Input, width)...)
			p.Add(s.SoftLines(style.Wrap(s.Input.Note, width-1, "  "))...)
		} else if choice := noOrYes(s.World, "keep everything", s.willDo(width-9), s.yes); from+len(choice) > height {
			p.Lines, p.Foot = p.Lines[:from-1], choice // in sight, with the title
			return
		} else {
			p.Add(choice...)
		}
		p.See(from)
	}
}

// noOrYes are the two answers to a question before something is deleted, with the cursor at one of them.
func noOrYes(w *screen.World, no, yes string, atYes bool) []string {
	row := func(text string, here bool, paint lipgloss.Style) string {
		if here {
			return w.Cursor() + paint.Bold(true).Render(text)
		}
		return style.RowMargin + paint.Render(text)
	}
	return []string{row("No, "+no, !atYes, w.Theme.Value), row("Yes, "+yes, atYes, w.Theme.Bad)}
}

// willDo says how much undo deletes and restores, in so many cells.
func (s *Undoing) willDo(cells int) string {
	restored := 0
	for _, i := range s.goes() {
		if i.Act == engine.Restore {
			restored++
		}
	}
	var parts, short []string
	if n := len(s.goes()) - restored; n > 0 {
		parts, short = append(parts, "delete "+screen.Counted(n, "object")), append(short, fmt.Sprintf("delete %d", n))
	}
	if restored > 0 {
		parts, short = append(parts, "restore "+screen.Counted(restored, "object")), append(short, fmt.Sprintf("restore %d", restored))
	}
	if all := strings.Join(parts, " and "); len(all) <= cells {
		return all
	}
	return strings.Join(short, ", ")
}

// stuckPage shows the problem, and how far it came.
func (s *Undoing) stuckPage(p *style.Page, width int) {
	p.Add(s.ProblemBlock(s.Problem, width, s.far())...)
	if s.gone > 0 {
		p.Add("")
		s.itemRows(p, width)
	}
}

// far is one line of how far it came.
func (s *Undoing) far() string {
	if s.gone == 0 {
		return "Nothing was undone."
	}
	return fmt.Sprintf("Undone: %d of %d. These stay undone.", s.gone, len(s.goes()))
}

// ending is what the last screen says.
func (s *Undoing) ending() string {
	kept := len(s.items) - len(s.goes())
	if kept == 0 {
		return "Everything that this run created is undone."
	}
	return fmt.Sprintf("Undone: %d. Kept: %d (reasons below).", s.gone, kept)
}

// itemRows adds a row for each item, with its sign. The effect of undoing is shown beforehand, and the reason for
// keeping always: on the same line if there is room, else below. It returns the line of the item that is being undone,
// or the last.
func (s *Undoing) itemRows(p *style.Page, width int) (active int) {
	right := 9 // the clock's cells
	if s.Phase == screen.Ready {
		right = 0
	}
	changes := make([]engine.Change, len(s.items))
	for n, i := range s.items {
		changes[n] = engine.Change{Kind: i.Kind, Name: i.Name}
	}
	cols, goes := s.ChangeColumns(changes, width-right), 0
	for n, i := range s.items {
		mark, clock := s.itemState(i, goes)
		why := i.Why
		switch {
		case i.Act == engine.Keep:
			why = "kept: " + why
		case s.Phase != screen.Ready:
			why = ""
		}
		if i.Act != engine.Keep {
			if goes == s.gone {
				active = len(p.Lines)
			}
			goes++
		}
		reason := screen.Tern(ansi.StringWidth(why) <= cols.Why, why, "")
		left := style.RowMargin + s.DrawSign(mark) + " "
		if s.Phase != screen.Ready && width < style.Narrow {
			p.Add(s.ShortRow(changes[n], cols, left, s.Soft(clock), width-1))
		} else {
			p.Add(s.Spread(left+s.ChangeLine(cols, changes[n], reason), s.Soft(clock), width-1))
		}
		if why != reason {
			p.Add(s.SoftLines(style.Wrap(why, width-1, s.Hang(style.RowMargin)))...)
		}
	}
	if active == 0 {
		active = len(p.Lines) - 1
	}
	return active
}

// itemState is how an item stands that is the one after so many others to go.
func (s *Undoing) itemState(i engine.Item, nth int) (mark style.Sign, right string) {
	mark = style.Sign{Glyph: s.Glyphs.Delete, Paint: s.Theme.Bad}
	if i.Act == engine.Restore {
		mark = style.Sign{Glyph: s.Glyphs.Update, Paint: s.Theme.Warning}
	}
	switch {
	case i.Act == engine.Keep:
		return s.WarningSign(), ""
	case nth < s.gone:
		return s.OKSign(), s.took[nth]
	case s.Phase == screen.Failed && nth == s.gone && !errors.Is(s.Problem, engine.ErrStopped):
		return s.BadSign(), ""
	case s.Phase == screen.Applying && nth == s.gone:
		if took := time.Since(s.last); took >= style.Patience {
			return s.Busy("", took, 0)
		}
		mark.Paint = s.Theme.Accent
	}
	return mark, ""
}
