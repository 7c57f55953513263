package wizard

import (
	"context"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/tui/style"
	"msgsso-wizard/wizard/verify"
)

const (
	pageCodeTitle = "Page code"
	pageCodeWhy   = "Paste it after the snippet. It sends visitors to Okta and passes the authorization code to Messenger."
)

// pageCode is the screen of the code that a page needs beside the snippet.
type pageCode struct {
	task
	bench   verify.Verifier
	code    *verify.Code // nil: not there yet
	save    *saving      // nil: not being saved
	preview *preview     // nil: not being tried
}

// preview is the whole page, served at its redirect URI.
type preview struct {
	task
	address signintest.Address // empty: not served yet
}

func newPageCode(w *world, b verify.Verifier) *pageCode {
	return &pageCode{task: task{world: w}, bench: b}
}

func (s *pageCode) enter(backwards bool) action {
	if backwards && s.code != nil {
		return stay{}
	}
	s.code = nil
	return read(&s.task, slotLook, s.bench.Code, func(code verify.Code) { s.code = &code })
}

// try serves the whole page and opens it.
func (s *pageCode) try() action {
	p := &preview{task: task{world: s.world}}
	p.enters(planning)
	s.preview, s.halting = p, false
	code := *s.code
	return start{slotLocal, func(ctx context.Context) end {
		err := s.bench.Preview(ctx, code, func(a signintest.Address) {
			s.send(news{s, func() action { p.address = a; return openURL{a.URL} }})
		})
		return end{err, func() action {
			if p.ended(done, err) {
				s.preview = nil
			}
			return stay{}
		}}
	}}
}

// on reports whether the page is being served.
func (p *preview) on() bool { return p != nil && p.phase == planning }

func (s *pageCode) key(msg tea.KeyPressMsg) action {
	switch {
	case s.save != nil:
		act, over := s.save.key(msg)
		if over {
			s.save = nil
		}
		if act != nil {
			return act
		}
	case s.preview.on():
		return s.previewKey(msg.String())
	}
	switch key := msg.String(); {
	case key == "esc" || key == "q":
		return back{}
	case s.phase == stuck:
		return s.stuckKey(key, func() action { return s.enter(false) }, func() string { return s.details(pageCodeTitle) })
	case s.code == nil:
		return pass{}
	case key == "c":
		s.did[deedCode] = true
		return copyText{what: "the plugin", text: s.code.Plugin}
	case key == "s":
		s.save, s.preview = newSaving(s.world, deedCode, pluginFile, s.code.Plugin), nil
	case key == "h":
		s.save, s.preview = newSaving(s.world, deedCode, completeFile, s.code.Complete), nil
	case key == "v":
		return s.try()
	default:
		return pass{}
	}
	return stay{}
}

func (s *pageCode) previewKey(key string) action {
	switch {
	case key == "esc" && s.halting:
		s.preview = nil
		return drop{slotLocal}
	case key == "esc":
		return halt{}
	case key == "o" && s.preview.address.URL != "":
		return openURL{s.preview.address.URL}
	case key == "c" && s.preview.address.URL != "":
		return copyText{what: "the address", text: s.preview.address.URL}
	}
	return pass{}
}

func (s *pageCode) paste(text string) action {
	if s.save != nil {
		s.save.note = insert(&s.save.input, text)
	}
	return stay{}
}

func (s *pageCode) hints() []style.Hint {
	switch {
	case s.save != nil && !s.save.done:
		return s.save.hints()
	case s.preview.on() && s.halting:
		return style.Hints("esc do not wait")
	case s.preview.on():
		return style.Hints("esc end it", "o open again", "c copy the address")
	case s.phase == stuck:
		return s.stuckHints()
	case s.code == nil:
		return style.Hints("esc back")
	}
	return style.Hints("c copy", "v try it", "h save a whole page", "s save", "esc back", s.Glyphs.Arrows+" scroll")
}

func (s *pageCode) page(width, height int) style.Page {
	head := append([]string{s.Heading(pageCodeTitle)}, style.Wrap(pageCodeWhy, min(width, style.Readable)-1, "  ")...)
	switch {
	case s.phase == stuck:
		return style.Page{Lines: style.Apart(height, head, s.problemBlock(s.problem, min(width, style.Readable)))}
	case s.code == nil:
		return style.Page{Lines: style.Apart(height, head, []string{s.WaitLine("Reading current settings", s.since, min(width, style.Readable))})}
	}
	p := style.Page{Lines: style.Apart(height, head, s.Code(s.code.Plugin, width))}
	from := len(p.Lines)
	switch {
	case s.save != nil:
		p.Add(s.save.lines(width)...)
	case s.preview != nil:
		p.Add(s.previewLines(min(width, style.Readable), width)...)
	default:
		return p
	}
	p.See(from)
	return p
}

func (s *pageCode) previewLines(cells, width int) []string {
	p := s.preview
	switch {
	case p.problem != nil:
		return append([]string{""}, s.problemBlock(p.problem, cells)...)
	case s.leaving:
		return append([]string{""}, style.Wrap("Quitting after the open pages have cleared Messenger's data. Press ctrl+c again to quit now.", cells-1, "  ")...)
	case s.halting:
		return append([]string{""}, style.Wrap("Stopping. The open pages clear Messenger's data.", cells-1, "  ")...)
	case p.address.URL == "":
		return []string{"", s.WaitLine("Serving the page", p.since, cells)}
	}
	lines := []string{"", s.WaitLine("Serving the page until you stop it:", p.since, cells)}
	return append(lines, s.addressLines(p.address, width)...)
}
