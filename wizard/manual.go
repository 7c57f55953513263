package wizard

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/style"
)

// hand lists what an admin does in the console in place of the wizard. The wizard cannot see it done there: the ticks
// are the user's own, and a new plan, which enter makes, shows what is found and what is missing.
type hand struct {
	*section
	list []guide.ManualStep
	at   int
}

// newHand begins at the first step that is not ticked.
func newHand(s *section) *hand {
	h := &hand{section: s, list: guide.Manual(s.info.ID, s.shown())}
	for h.at < len(h.list)-1 && h.ticked[tickOf(h.list[h.at])] {
		h.at++
	}
	return h
}

// tickOf names a step. With other answers it is another step.
func tickOf(step guide.ManualStep) string { return step.Text + "\n" + step.Copy }

func (h *hand) enter(bool) action   { return stay{} }
func (h *hand) paste(string) action { return stay{} }
func (h *hand) result(any) action   { return stay{} }

func (h *hand) key(msg tea.KeyPressMsg) action {
	switch msg.String() {
	case "up":
		h.at = max(0, h.at-1)
	case "down":
		h.at = style.ClampTo(h.at+1, len(h.list)-1)
	case "space":
		h.tick()
	case "c":
		if text := h.current().Copy; text != "" {
			return copyText{what: fmt.Sprintf("the value of step %d", h.at+1), text: text}
		}
	case "o":
		if address := h.console(); address != "" {
			return openURL{address}
		}
	case "?":
		why := newWhy(h.world, h.info)
		why.under = h
		return show{why}
	case "d":
		return openURL{h.info.Docs[0].URL}
	case "enter":
		act := h.proceed()
		h.checked = true
		return many{back{}, act}
	case "a", "m", "esc":
		return back{}
	default:
		return pass{}
	}
	return stay{}
}

func (h *hand) current() guide.ManualStep {
	if len(h.list) == 0 {
		return guide.ManualStep{}
	}
	return h.list[h.at]
}

// tick marks the step as done, or not done, and goes on to the next when it is done.
func (h *hand) tick() {
	if len(h.list) == 0 {
		return
	}
	name := tickOf(h.current())
	if h.ticked[name] = !h.ticked[name]; h.ticked[name] {
		h.at = style.ClampTo(h.at+1, len(h.list)-1)
	}
}

func (h *hand) page(width, height int) style.Page {
	var p style.Page
	width = min(width, style.Readable)
	right := h.Soft(fmt.Sprintf("step %d of %d", h.at+1, len(h.list)))
	p.Add(h.Spread(h.Heading(h.info.Title+", manual setup"), right, width-1))
	if height >= style.Roomy {
		p.Add("")
	}
	digits := len(fmt.Sprint(len(h.list)))
	for i, step := range h.list {
		from := len(p.Lines)
		h.draw(&p, i, step, digits, width)
		if i == h.at {
			p.See(from)
		}
	}
	p.Add("", h.Heading("To read")+h.Soft("  d opens the first"))
	for _, doc := range h.info.Docs {
		p.Add(style.Wrap(doc.Title, width-1, "  ")...)
		p.Add(h.SoftLines(whole(doc.URL, width))...)
	}
	return p
}

// draw adds a step: its number, its tick, what to do, and what to paste, to the letter.
func (h *hand) draw(p *style.Page, i int, step guide.ManualStep, digits, width int) {
	cursor := " "
	if i == h.at {
		cursor = h.Theme.Accent.Render(h.Column(h.Glyphs.Cursor, 1))
	}
	tick := strings.Repeat(" ", h.MarkWidth())
	if h.ticked[tickOf(step)] {
		tick = h.Theme.Good.Render(h.Glyphs.OK)
	}
	head := fmt.Sprintf(" %s %*d %s ", cursor, digits, i+1, tick)
	indent := strings.Repeat(" ", ansi.StringWidth(head))
	text := step.Text
	if step.Copy != "" {
		text += ":"
	}
	lines := style.Wrap(text, width-1, indent)
	for n, line := range lines {
		line = strings.TrimPrefix(line, indent)
		if i == h.at {
			line = h.Theme.Strong.Render(line)
		}
		lines[n] = indent + line
	}
	lines[0] = head + strings.TrimPrefix(lines[0], indent)
	p.Add(lines...)
	if step.Copy == "" {
		return
	}
	for line := range strings.SplitSeq(ansi.Hardwrap(style.Visible(step.Copy), max(1, width-len(indent)-3), true), "\n") {
		p.Add(indent + "  " + line)
	}
}

func (h *hand) hints() []style.Hint {
	value, console := tern(h.current().Copy != "", "c copy", ""), tern(h.console() != "", "o console", "")
	return style.Hints("enter check it", "space tick", value, console, "a let the wizard do it", "? why", "esc back", "d open the docs")
}

// checkedLines say what a check of the user's own work found.
func (s *section) checkedLines(width int) []string {
	if !s.checked {
		return nil
	}
	missing := 0
	for _, c := range s.plan.Changes {
		if c.Writes() {
			missing++
		}
	}
	text := fmt.Sprintf("Checked: %d of %d done. Missing items are below. Press m for your list.", len(s.plan.Changes)-missing, len(s.plan.Changes))
	return append(s.Notice("  ", false, text, width), "")
}
