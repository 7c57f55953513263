package wizard

import (
	"fmt"
	"strings"

	"msgsso-wizard/wizard/tui/style"
)

// deed is something that is left to do once the snippet is there.
type deed int

// The deeds, in their order.
const (
	deedSnippet deed = iota
	deedCode
	deedTest
	deedHandover
	deedRevoke
)

// todo is what is left to do: what a line of its own says, what one line for all says, and the key that helps.
var todo = []struct {
	deed             deed
	long, short, key string
}{
	{deedSnippet, "Paste the snippet before </head> on the pages that show Messenger.", "paste", "c"},
	{deedCode, "Paste the page code after it. Visitors can't sign in without it.", "page code", "p"},
	{deedTest, "Test the sign-in with your browser.", "test", "t"},
	{deedHandover, "Save a handover record for the team that runs this setup.", "handover", "h"},
	{deedRevoke, "Finish, and revoke credentials you no longer need.", "revoke", "q"},
}

// nextLines is what to do next, with a tick at what is done: a line for each where there is room, else all in one.
func (s *snippet) nextLines(width, room int) []string {
	head := s.Heading("What to do next")
	lines, short := []string{head}, []string{}
	n := 0
	for _, t := range todo {
		if t.deed == deedHandover && s.record == nil || t.deed == deedRevoke && s.demo {
			continue
		}
		n++
		mark, number := strings.Repeat(" ", s.MarkWidth()), fmt.Sprint(n)
		if s.did[t.deed] {
			mark, number = s.Theme.Good.Render(s.Glyphs.OK), s.Glyphs.OK
		}
		lines = append(lines, fmt.Sprintf(" %s %d  %s  %s", mark, n, s.Theme.Accent.Render(t.key), s.Fit(t.long, width-9-s.MarkWidth())))
		short = append(short, number+" "+t.short+" ("+t.key+")")
	}
	if len(lines)+2 <= room && width >= style.Narrow {
		return lines
	}
	return style.Wrap("Next: "+strings.Join(short, "  "), width-1, "  ")
}
