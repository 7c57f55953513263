package screens

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
	"msgsso-wizard/wizard/verify"
)

const (
	// PageCodeTitle is the title of the page code.
	PageCodeTitle = "Page code"
	pageCodeWhy   = "Paste it after the snippet. It sends visitors to Okta and passes the authorization code to Messenger."
)

// pageCode is the screen of the code that a page needs with the snippet.
type pageCode struct {
	screen.Task
	bench   verify.Verifier
	code    *verify.Code // nil: not there yet
	text    style.Code   // its plugin, as it is shown
	save    *saving      // nil: not being saved
	preview *preview     // nil: not being tried
}

// preview is the whole page, served at its redirect URI.
type preview struct {
	screen.Task
	address signintest.Address // empty: not served yet
}

func (s *pageCode) Enter(backwards bool) screen.Action {
	if backwards && s.code != nil {
		return screen.Stay{}
	}
	s.code = nil
	return screen.Read(&s.Task, screen.SlotRead, s.bench.Code, func(code verify.Code) {
		s.code, s.text = &code, style.Code{Name: "page code", Text: code.Plugin}
	})
}

// try serves the whole page and opens it.
func (s *pageCode) try() screen.Action {
	p := &preview{Task: screen.Task{World: s.World}}
	p.Enters(screen.Planning)
	s.preview, s.Halting = p, false
	code := *s.code
	return screen.Start{Slot: screen.SlotLocal, Do: func(ctx context.Context) screen.End {
		err := s.bench.Preview(ctx, code, func(a signintest.Address) {
			s.Send(screen.News{Of: s, Then: func() screen.Action { p.address = a; return screen.OpenURL{URL: a.URL} }})
		})
		return screen.End{Err: err, Then: func() screen.Action {
			if p.Ended(screen.Done, err) {
				s.preview = nil
			}
			return screen.Stay{}
		}}
	}}
}

// on reports whether the page is being served.
func (p *preview) on() bool { return p != nil && p.Phase == screen.Planning }

func (s *pageCode) Key(msg tea.KeyPressMsg) screen.Action {
	switch {
	case !s.Typing() && s.text.Scroll(msg.String()):
		return screen.Stay{}
	case s.save != nil:
		if act := s.save.keyOver(msg, &s.save); act != nil {
			return act
		}
	case s.preview.on():
		return s.previewKey(msg.String())
	}
	switch key := msg.String(); {
	case s.code == nil:
		return s.TaskKey(key, s, PageCodeTitle)
	case key == "c":
		return screen.CopyText{What: "the plugin", Text: s.code.Plugin}
	case key == "w":
		return screen.ShowWhole{Text: s.code.Plugin}
	case key == "s":
		s.save, s.preview = newSaving(&s.Task, PluginFile, s.code.Plugin), nil
	case key == "x":
		s.save, s.preview = newSaving(&s.Task, CompleteFile, s.code.Complete), nil
	case key == "o":
		return s.try()
	default:
		return s.TaskKey(key, s, PageCodeTitle)
	}
	return screen.Stay{}
}

func (s *pageCode) previewKey(key string) screen.Action {
	switch {
	case key == "esc" && s.Halting:
		s.preview = nil
		return screen.Drop{Slot: screen.SlotLocal}
	case key == "esc":
		return screen.Halt{}
	case s.Halting || s.preview.address.URL == "":
	case key == "o":
		return screen.OpenURL{URL: s.preview.address.URL}
	case key == "c":
		return screen.CopyText{What: "the address", Text: s.preview.address.URL}
	}
	return screen.Pass{}
}

func (s *pageCode) Hints() []style.Hint {
	switch {
	case s.save.asks():
		return s.save.Hints()
	case s.preview.on() && s.Halting:
		return style.Hints("esc do not wait")
	case s.preview.on():
		return style.Hints("esc end it", "o open again", "c copy the address")
	case s.code == nil:
		return s.TaskHints()
	}
	return style.Hints("c copy", "o open preview", "w show whole", "x save whole page", "s save", "esc back", s.Glyphs.Arrows+" scroll")
}

func (s *pageCode) Page(width, height int) style.Page {
	head := []string{s.Heading(PageCodeTitle)}
	if height >= style.Roomy {
		head = append(head, style.Wrap(pageCodeWhy, width-1, "  ")...)
	}
	if s.code == nil {
		return style.Page{Lines: style.Apart(height, head, s.TaskLines(reading, min(width, style.Readable)))}
	}
	var below []string
	if s.save != nil {
		below = s.save.lines(width)
	} else if s.preview != nil {
		below = s.previewLines(min(width, style.Readable), width)
	}
	if room := height - len(head) - len(below); len(below) == 0 || room >= style.LeastCode {
		head = append(head, s.text.Draw(&s.Pen, width, room)...)
	}
	p := style.Page{Lines: head}
	if from := len(p.Lines); len(below) > 0 {
		p.Add(below...)
		p.See(from)
	}
	return p
}

func (s *pageCode) previewLines(cells, width int) []string {
	p := s.preview
	switch {
	case p.Problem != nil:
		return append([]string{""}, s.ProblemBlock(p.Problem, cells)...)
	case s.Leaving:
		return append([]string{""}, style.Wrap("Quitting after the open pages have cleared Messenger's data. Press ctrl+c again to quit now.", cells-1, "  ")...)
	case s.Halting:
		return append([]string{""}, style.Wrap("Stopping. The open pages clear Messenger's data.", cells-1, "  ")...)
	case p.address.URL == "":
		return []string{"", s.WaitLine("Serving the page", p.Since, cells)}
	}
	lines := []string{"", s.WaitLine("Serving the page until you stop it:", p.Since, cells)}
	lines = append(lines, addressLines(s.World, p.address, width)...)
	return append(lines, style.Wrap(signintest.PreviewClears, cells-1, "  ")...)
}
