package screens

import (
	"fmt"
	"strings"

	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

// todo is what is left to do: what a line of its own says, what one line for all says, and the key that helps.
var todo = []struct {
	deed             screen.Deed
	long, short, key string
}{
	{screen.DeedSnippet, "Paste the snippet before </head> on the pages that show Messenger.", "paste", "c"},
	{screen.DeedCode, "Paste the page code after it. Visitors can't sign in without it.", "page code", "p"},
	{screen.DeedTest, "Test the sign-in with your browser.", "test", "t"},
	{screen.DeedHandover, "Save a handover record for the team that runs this setup.", "handover", "h"},
	{screen.DeedRevoke, "Finish, and revoke credentials you no longer need.", "revoke", "q"},
}

// nextLines is what to do next, with a tick at what is done: a line for each where there is room, else all in one.
func (s *Snippet) nextLines(width, room int) []string {
	head := s.Heading("What to do next")
	lines, short := []string{head}, []string{}
	n := 0
	for _, t := range todo {
		if t.deed == screen.DeedHandover && s.Record == nil || t.deed == screen.DeedRevoke && s.Demo {
			continue
		}
		n++
		mark, number := strings.Repeat(" ", s.MarkWidth()), fmt.Sprint(n)
		if s.Did[t.deed] {
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
