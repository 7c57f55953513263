package tui

import (
	"cmp"
	"context"
	"io"
	"os"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/atotto/clipboard"
	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/term"
	"github.com/pkg/browser"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/screens"
	"msgsso-wizard/wizard/tui/style"
	"msgsso-wizard/wizard/verify"
)

// Config is what the wizard runs with. Functions that are nil are the real ones.
type Config struct {
	Env      *setup.Session             // answers filled from flags and environment; Run sets Emit and Prompt
	Demo     bool                       // nothing is real, and every screen says so
	Resume   string                     // what is shown of the run that this one resumes; empty: a new run
	Fixed    []guide.Key                // answered for good: shown, and not asked
	Undo     setup.Undoer               // undoes what the run made; nil: there is nothing to undo
	Handover func(setup.Result) string  // the handover record of a result; nil: there is none
	In       io.Reader                  // nil: standard input
	Out      io.Writer                  // nil: standard output
	Environ  []string                   // nil: the process's
	Color    string                     // auto, always or never
	Still    bool                       // nothing moves: words and seconds in place of what turns
	Tour     bool                       // of a demo: narrate each section
	Speed    float64                    // of a demo that plays itself; 0: the user presses the keys
	Copy     func(string) error         // to the machine's own clipboard
	Open     func(string) error         // an address in a browser
	Fill     func(guide.Question) error // answers a hidden question with a secret that is kept; nil: none is
	Bench    func(deployment string) verify.Verifier
	Trap     func(where string) // called wherever the program's own loop may break, so that a test can have it break

	session screen.Session // nil: Env; the tests have their own
}

// Outcome is what came of the wizard.
type Outcome struct {
	Finished bool // the snippet was reached
	Undone   bool // the changes were undone, and no new run began
	Result   setup.Result
	Err      error     // the last problem that was on the screen and not fixed
	Signal   os.Signal // what ended the wizard, ctrl+c too; nil: the user left it
	Revoked  bool      // the Okta API token was revoked
	Left     []string  // what the sign-in test could not revoke, and what to do about it
}

// How long the wizard waits after it left the screen: for the current call to finish, for a sign-in test to revoke its
// tokens, and for canceled commands to end.
const (
	graceToFinish = 5 * time.Second
	graceToUndo   = 6 * time.Second
	graceToEnd    = 2 * time.Second
)

// Run shows the wizard until the user leaves it, and returns after the terminal is as it was. The error
// says that the terminal could not be used, or that the program broke.
func Run(ctx context.Context, cfg Config) (Outcome, error) {
	cfg = cfg.filled()
	running, cancel := context.WithCancel(ctx)
	defer cancel()
	r := newRouter(running, cfg)
	r.width, r.height = size(cfg.Out)
	var program *tea.Program
	end := func(s os.Signal) { program.Send(signaled{s}) }
	cfg.In = watchInput(cfg.In, func() { go end(hangUp) }) // the loop may wait for what reads
	g := &guard{router: r, trap: cfg.Trap, out: cfg.Out}
	program = tea.NewProgram(g, programOptions(cfg)...)
	cfg.Env.Emit = func(ev engine.Event) { program.Send(ev) }
	cfg.Env.Prompt = promptThrough(program.Send)
	r.Send = program.Send

	r.watcher = watch(ctx, end, func() { program.Send(resized{}) })
	_, err := program.Run()
	if err != nil {
		g.leaveScreen()
	}
	r.watcher.stop()
	// What broke may break again, and must not keep the caller from telling what exists.
	if broken := explain.Recover(func() { r.settle(cancel) }); broken != nil {
		g.keep(broken)
	}
	out := Outcome{Signal: r.signal, Result: r.Session.Result(0), Left: r.Left}
	if broken := explain.Recover(func() { out = r.outcome() }); broken != nil {
		g.keep(broken)
	}
	switch broken := g.broken.Load(); {
	case broken != nil:
		return out, broken
	case err == nil:
		err = context.Cause(ctx)
	}
	return out, err
}

func (c Config) filled() Config {
	c.In, c.Out = cmp.Or(c.In, io.Reader(os.Stdin)), cmp.Or(c.Out, io.Writer(os.Stdout))
	c.session = cmp.Or(c.session, screen.Session(c.Env))
	if c.Environ == nil {
		c.Environ = os.Environ()
	}
	if c.Copy == nil {
		c.Copy = clipboard.WriteAll
	}
	if c.Open == nil {
		c.Open = browser.OpenURL
	}
	return c
}

// programOptions sets the number of colors, so that the first screen waits for no answer.
func programOptions(cfg Config) []tea.ProgramOption {
	return []tea.ProgramOption{
		tea.WithInput(cfg.In), tea.WithOutput(cfg.Out), tea.WithEnvironment(cfg.Environ),
		tea.WithoutSignalHandler(), tea.WithColorProfile(style.ProfileOf(cfg.Color, cfg.Environ)),
	}
}

func newRouter(ctx context.Context, cfg Config) *router {
	profile := style.ProfileOf(cfg.Color, cfg.Environ)
	w := &screen.World{
		Pen:     style.Pen{Still: cfg.Still || profile < colorprofile.ANSI, Glyphs: style.ChooseGlyphs(cfg.Environ), Theme: style.NewTheme(profile, style.Unknown)},
		Session: cfg.session, Env: cfg.Env, Undo: cfg.Undo, Bench: cfg.Bench, Fill: cfg.Fill, Handover: cfg.Handover,
		Demo: cfg.Demo, Resume: cfg.Resume, Fixed: cfg.Fixed, Profile: profile, Did: map[screen.Todo]bool{},
	}
	return &router{
		World: w, walk: screens.NewWalk(w), ctx: ctx, group: new(group), jobs: map[screen.Slot]job{},
		copy: cfg.Copy, open: cfg.Open, player: newPlayer(cfg.Speed), tour: cfg.Tour,
	}
}

// size is the terminal's, so that the first frame is right.
func size(out io.Writer) (width, height int) {
	if f, ok := out.(term.File); ok {
		width, height, _ = term.GetSize(f.Fd())
	}
	return width, height
}

// settle waits for what is under way: a call that writes may finish, all else is cut off.
func (r *router) settle(cancel context.CancelFunc) {
	r.group.close()
	if r.runs(screen.SlotApply) {
		r.do(screen.Halt{})
		r.group.wait(graceToFinish)
	}
	grace := graceToEnd
	if r.runs(screen.SlotLocal) {
		grace = graceToUndo
	}
	cancel()
	r.group.wait(grace)
}

// outcome is what the caller tells after the screen is gone.
func (r *router) outcome() Outcome {
	out := Outcome{Signal: r.signal, Result: r.Session.Result(r.Session.Worked()), Left: r.Left}
	for _, s := range slices.Concat(r.walk, r.asides) {
		if of := screens.SectionOf(s); of != nil && of.Phase == screen.Failed {
			out.Err = of.Problem
		}
		switch s := s.(type) {
		case *screens.Undoing:
			if out.Undone = s.Undid(); s.Phase == screen.Failed {
				out.Err = s.Problem
			}
		case *screens.Review:
			if s.Problem != nil {
				out.Err = s.Problem
			}
		case *screens.Snippet:
			if out.Finished = s.Reached(); out.Finished {
				out.Result = s.Outcome
			}
			out.Revoked = s.Revoke != nil && s.Revoke.Phase == screen.Done
		}
	}
	return out
}
