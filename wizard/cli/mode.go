package cli

import (
	"runtime"

	"golang.org/x/term"

	"msgsso-wizard/wizard/report"
	"msgsso-wizard/wizard/tui"
)

// mode is the front end of a run.
type mode int

const (
	unattended mode = iota
	lines
	screen
)

// mode chooses the front end.
func (p *Program) mode(o *options) mode {
	name, _ := p.Lookup("TERM")
	accessible, _ := p.Lookup("ACCESSIBLE")
	in, out := isTerminal(p.In), isTerminal(p.Out)
	return o.modeOn(console{
		system: runtime.GOOS, name: name, accessible: accessible != "", in: in, out: out, width: widthOf(p.Out)(),
		sequences: in && out && tui.TakesSequences(p.In, p.Out),
	})
}

// console is what a run finds.
type console struct {
	system     string
	name       string // TERM
	accessible bool   // ACCESSIBLE
	in, out    bool   // are terminals
	width      int    // 0: unknown
	sequences  bool   // it takes escape sequences
}

// modeOn chooses the front end. Without a terminal for input, the run doesn't prompt.
func (o *options) modeOn(c console) mode {
	switch {
	case o.noInput:
		return unattended
	case o.accessible:
		return lines
	case !c.in:
		return unattended
	case o.dryRun, c.accessible, c.name == "dumb", c.name == "" && c.system != "windows", !c.out, c.width == 0, !c.sequences:
		return lines
	default:
		return screen
	}
}

// still reports whether animation is off.
func (p *Program) still(o *options) bool {
	reduced, _ := p.Lookup("MSGSSO_REDUCED_MOTION")
	return o.noMotion || reduced != ""
}

// marks returns the signs for this locale, with words for readers who can't see signs.
func (p *Program) marks(spelled bool) report.Marks {
	return report.NewMarks(spelled, report.UTF8(p.Lookup, runtime.GOOS))
}

// widthOf returns a function for the current width of a terminal; 0: no terminal.
func widthOf(stream any) func() int {
	f, ok := stream.(interface{ Fd() uintptr })
	return func() int {
		if !ok {
			return 0
		}
		cells, _, _ := term.GetSize(int(f.Fd()))
		return cells
	}
}

func isTerminal(stream any) bool {
	f, ok := stream.(interface{ Fd() uintptr })
	return ok && term.IsTerminal(int(f.Fd()))
}
