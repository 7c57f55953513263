package wizard

import (
	"context"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/tui/style"
	"msgsso-wizard/wizard/verify"
)

const (
	pageCodeTitle = "Page code"
	pageCodeWhy   = "Paste it right after the snippet: it sends visitors to Okta and hands the code that they bring back to Messenger."
)

// pageCode is the screen of the code that a page needs beside the snippet.
type pageCode struct {
	*world
	bench   verify.Verifier
	since   time.Time    // when the look began
	code    *verify.Code // nil: not there yet
	problem *explain.Error
	save    *saving  // nil: not being saved
	preview *preview // nil: not being tried
}

// preview is the whole page, served at its redirect URI.
type preview struct {
	since   time.Time
	address signintest.Address // empty: not served yet
	ending  bool
	leaving bool
	problem *explain.Error
}

type (
	coded struct {
		code verify.Code
		err  error
	}
	previewed struct{ err error }
)

func newPageCode(w *world, b verify.Verifier) *pageCode { return &pageCode{world: w, bench: b} }

func (s *pageCode) enter(backwards bool) action {
	if backwards && s.code != nil {
		return stay{}
	}
	s.code, s.problem, s.since = nil, nil, time.Now()
	return many{start{slotLook, func(ctx context.Context) any {
		s.turn.Lock()
		defer s.turn.Unlock()
		code, err := s.bench.Code(ctx)
		return coded{code, err}
	}}, ticking()}
}

func (s *pageCode) result(value any) action {
	switch v := value.(type) {
	case tick:
		if s.code == nil && s.problem == nil || s.preview.on() {
			return ticking()
		}
	case coded:
		if v.err != nil {
			s.problem = asProblem(v.err)
			return stay{}
		}
		s.code = &v.code
	case saved:
		if s.save != nil {
			s.save.came(v)
			s.did[deedCode] = s.did[deedCode] || s.save.done
		}
	case news:
		if address, came := v.what.(signintest.Address); came && v.of == s.preview {
			s.preview.address = address
			return openURL{address.URL}
		}
	case halted:
		if s.preview != nil {
			s.preview.ending, s.preview.leaving = true, v.leaving
		}
	case previewed:
		if s.preview.problem = nil; v.err != nil {
			s.preview.problem = asProblem(v.err)
			return stay{}
		}
		s.preview = nil
	}
	return stay{}
}

// try serves the whole page and opens it.
func (s *pageCode) try() action {
	p := &preview{since: time.Now()}
	s.preview = p
	code, send := *s.code, s.send
	return many{start{slotLocal, func(ctx context.Context) any {
		return previewed{s.bench.Preview(ctx, code, func(a signintest.Address) { send(news{p, a}) })}
	}}, ticking()}
}

// on reports whether the page is being served.
func (p *preview) on() bool { return p != nil && p.problem == nil }

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
	case key == "r" && s.problem != nil:
		return s.enter(false)
	case s.code == nil:
		return pass{}
	case key == "c":
		s.did[deedCode] = true
		return copyText{what: "the plugin", text: s.code.Plugin}
	case key == "s":
		s.save, s.preview = newSaving(s.world, pluginFile, s.code.Plugin), nil
	case key == "h":
		s.save, s.preview = newSaving(s.world, completeFile, s.code.Complete), nil
	case key == "v":
		return s.try()
	default:
		return pass{}
	}
	return stay{}
}

func (s *pageCode) previewKey(key string) action {
	switch {
	case key == "esc" && s.preview.ending:
		s.preview = nil
		return drop{slotLocal}
	case key == "esc":
		return finish{slotLocal}
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
	case s.preview.on() && s.preview.ending:
		return []style.Hint{{Key: "esc", Does: "do not wait"}}
	case s.preview.on():
		return []style.Hint{{Key: "esc", Does: "end it"}, {Key: "o", Does: "open again"}, {Key: "c", Does: "copy the address"}}
	case s.problem != nil:
		return []style.Hint{{Key: "r", Does: "try again"}, {Key: "esc", Does: "back"}}
	case s.code == nil:
		return []style.Hint{{Key: "esc", Does: "back"}}
	}
	return []style.Hint{
		{Key: "c", Does: "copy"}, {Key: "v", Does: "try it"}, {Key: "h", Does: "save a whole page"}, {Key: "s", Does: "save"}, {Key: "esc", Does: "back"}, {Key: s.Glyphs.Arrows, Does: "scroll"},
	}
}

func (s *pageCode) page(width, height int) style.Page {
	head := append([]string{" " + s.Theme.Strong.Render(pageCodeTitle)}, style.Wrap(pageCodeWhy, min(width, style.Readable)-1, " ")...)
	switch {
	case s.problem != nil:
		return style.Page{Lines: style.Apart(height, head, s.problemBlock(s.problem, min(width, style.Readable)))}
	case s.code == nil:
		return style.Page{Lines: style.Apart(height, head, []string{s.WaitLine("Reading what is set up.", s.since, min(width, style.Readable))})}
	}
	var text []string
	for line := range strings.SplitSeq(strings.TrimRight(s.code.Plugin, "\n"), "\n") {
		text = append(text, s.Fit(strings.ReplaceAll(line, "\t", "  "), width))
	}
	p := style.Page{Lines: style.Apart(height, head, text)}
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
	case p.leaving:
		return append([]string{""}, style.Wrap("Leaving as soon as the open pages forgot what Messenger stored. Press ctrl+c again to leave now.", cells-1, " ")...)
	case p.ending:
		return append([]string{""}, style.Wrap("Ending: the open pages forget what Messenger stored.", cells-1, " ")...)
	case p.address.URL == "":
		return []string{"", s.WaitLine("Serving the page.", p.since, cells)}
	}
	lines := []string{"", s.WaitLine("The whole page is served here, until you end it:", p.since, cells)}
	return append(lines, s.addressLines(p.address, width)...)
}
