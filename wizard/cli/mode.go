package cli

import (
	"runtime"

	"golang.org/x/term"

	"msgsso-wizard/wizard/report"
)

// mode is the front end of a run.
type mode int

const (
	unattended mode = iota
	lines
	screen
)

// mode chooses the front end. Without a terminal for input, the run doesn't prompt.
func (p *Program) mode(o *options) mode {
	name, _ := p.Lookup("TERM")
	accessible, _ := p.Lookup("ACCESSIBLE")
	switch {
	case o.noInput:
		return unattended
	case o.accessible:
		return lines
	case !isTerminal(p.In):
		return unattended
	case o.dryRun, accessible != "", name == "dumb", name == "" && runtime.GOOS != "windows", !isTerminal(p.Out):
		return lines
	case widthOf(p.Out)() == 0: // a terminal of unknown size
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
	// Windows names no locale in the environment; its console takes UTF-8.
	return report.NewMarks(spelled, report.UTF8(p.Lookup) || runtime.GOOS == "windows")
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
