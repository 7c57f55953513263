package tui

import (
	"context"
	"os"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/screens"
	"msgsso-wizard/wizard/tui/style"
)

// router is the one tea.Model: it knows which screen is shown, and does what screens ask for.
type router struct {
	*screen.World
	walk   []screen.Screen // the first screen, the sections, the snippet
	at     int
	asides []screen.Screen // in place of that one, the last of them; each is left for the one before
	above  screen.Screen   // why or leave; nil: nothing lies above
	width  int
	height int
	scroll int  // the first line shown, if the user scrolled
	moved  bool // the user scrolled
	note   string

	ctx     context.Context //nolint:containedctx // of the whole run: what screens start lives under it
	group   *group
	jobs    map[screen.Slot]job
	lastJob int
	copy    func(string) error
	open    func(string) error
	watcher *watcher // nil: no signals come
	player  *player  // presses the keys of a demo; nil: the user does
	tour    bool     // narrates

	ticks  bool // a tick is on its way
	signal os.Signal
}

// signaled tells the loop that the process was asked to end, by a signal or without one.
type signaled struct{ signal os.Signal }

// Init shows the first screen. The terminal's background matters only if there are colors to choose from. Its answer is
// used when it comes, because many terminals give none.
func (r *router) Init() tea.Cmd {
	first := tea.Batch(r.do(r.walk[r.at].Enter(false)), r.player.watching(), r.ticking())
	if r.Profile < colorprofile.ANSI256 {
		return first
	}
	return tea.Batch(first, tea.RequestBackgroundColor)
}

// repaintAfter is the delay of the full redraw after a resize. Bubble Tea 2.0 draws only what changed, against cells
// that the terminal has already moved, and leaves pieces of the former screen behind.
const repaintAfter = 50 * time.Millisecond

// Update takes one message.
func (r *router) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	return r, tea.Batch(r.take(msg), r.ticking())
}

func (r *router) take(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		resized := r.width != msg.Width || r.height != msg.Height
		r.width, r.height, r.moved = msg.Width, msg.Height, false
		if resized {
			after := func(ask func() tea.Msg) tea.Cmd {
				return tea.Tick(repaintAfter, func(time.Time) tea.Msg { return ask() })
			}
			// Bubble Tea's own first size may come late, after that of a resize.
			return tea.Batch(after(tea.ClearScreen), after(tea.RequestWindowSize))
		}
	case tea.BackgroundColorMsg:
		behind := style.Light
		if msg.IsDark() {
			behind = style.Dark
		}
		r.Theme = style.NewTheme(r.Profile, behind)
	case tea.KeyPressMsg:
		if onlyModifier(msg) || r.takeOver(msg) {
			return nil
		}
		return r.Key(msg)
	case tick:
		if r.ticks = false; time.Since(msg.due) > style.SlowFrame {
			r.Motion.End()
		}
	case playing:
		return r.play()
	case tea.PasteMsg:
		r.note, r.player = "", nil
		return r.do(r.top().Paste(msg.Content))
	case answer:
		return r.answered(msg)
	case engine.Event:
		if r.runs(screen.SlotApply) || msg.Phase == engine.Paused {
			return r.do(r.current().Result(msg))
		}
	case screen.News:
		if r.runs(screen.SlotApply, screen.SlotLocal) && msg.Of == r.current() {
			return r.do(msg.Then())
		}
	case *screen.Prompt, screen.PromptOver:
		return r.prompted(msg)
	case unopened:
		r.didNotOpen(string(msg))
	case noted:
		r.note = string(msg)
	case signaled:
		if slices.Contains(pauseSignals, msg.signal) {
			return r.suspend()
		}
		if msg.signal != nil {
			r.signal = msg.signal
		}
		return tea.Quit
	}
	return nil
}

// top is the screen that has the keys.
func (r *router) top() screen.Screen {
	if r.above != nil {
		return r.above
	}
	return r.current()
}

// current is the screen whose work is under way.
func (r *router) current() screen.Screen {
	if n := len(r.asides); n > 0 {
		return r.asides[n-1]
	}
	return r.walk[r.at]
}

func (r *router) Key(msg tea.KeyPressMsg) tea.Cmd {
	r.note = ""
	r.Motion.End()
	switch msg.String() {
	case "ctrl+c":
		return r.interrupt()
	case "ctrl+z":
		return r.suspend()
	}
	name := msg.String()
	if name == "f1" {
		return r.do(screen.Show{Above: screens.NewKeysPage(r.World, r.top().Hints())})
	}
	fixing := r.fixIt(name)
	if name == "esc" && r.above == nil {
		r.All = false // who goes back decides again
	}
	act := r.top().Key(msg)
	if _, unused := act.(screen.Pass); unused {
		if name == "k" {
			return r.do(screen.Show{Above: screens.NewKeysPage(r.World, r.top().Hints())})
		}
		r.scrollBy(name)
		return nil
	}
	r.moved = false
	return tea.Batch(fixing, r.do(act))
}

// interrupt is ctrl+c. It quits at once unless changes are being applied: then the current call finishes first. A
// sign-in test first revokes its tokens. A second ctrl+c quits at once.
func (r *router) interrupt() tea.Cmd {
	r.signal = os.Interrupt
	if r.runs(screen.SlotApply, screen.SlotLocal) && !r.Leaving {
		r.Leaving = true
		return r.do(screen.Halt{})
	}
	r.endAll()
	return tea.Quit
}

// do carries out what a screen asked for.
func (r *router) do(a screen.Action) tea.Cmd {
	switch a := a.(type) {
	case screen.Next:
		return r.goTo(r.at+1, false)
	case screen.Back:
		if r.above != nil {
			r.above, r.moved = nil, false
			return nil
		}
		if n := len(r.asides); n > 0 {
			r.endAll()
			r.asides, r.moved = r.asides[:n-1], false
			return r.do(r.current().Enter(!a.FromStart))
		}
		return r.goTo(r.at-1, true)
	case screen.Push:
		r.endAll()
		r.asides, r.above, r.moved = append(r.asides, a.Screen), nil, false
		return r.do(a.Screen.Enter(false))
	case screen.Show:
		r.above, r.moved = a.Above, false
		return r.do(a.Above.Enter(false))
	case screen.Start:
		return r.begin(a)
	case screen.Drop:
		r.end(a.Slot)
	case screen.Halt:
		if r.Stop != nil {
			r.Stop.Stop()
		}
		if job, on := r.jobs[screen.SlotLocal]; on {
			job.cancel()
		}
		r.Halting = true
		return r.do(r.current().Result(screen.Halted{}))
	case screen.EditAnswer:
		return r.editAnswer(a.Problem)
	case screen.CopyText:
		return r.copyOut(a)
	case screen.ShowWhole:
		return r.showWhole(a.Text)
	case screen.OpenURL:
		return r.openOut(a)
	case screen.Note:
		r.note = a.Text
	case screen.Visit:
		return r.goTo(r.indexOf(a.Section), false)
	case screen.StartOver:
		r.Finished = false
		r.endAll()
		r.walk, r.at, r.moved, r.Known = screens.NewWalk(r.World), 0, false, nil
		clear(r.Did)
		r.Refused, r.Failures = nil, nil
	case screen.Quit:
		r.endAll()
		return tea.Quit
	case screen.Many:
		cmds := make([]tea.Cmd, 0, len(a))
		for _, one := range a {
			cmds = append(cmds, r.do(one))
		}
		return tea.Batch(cmds...)
	}
	return nil
}

// goTo leaves the screen, ends what it had under way, and enters another.
func (r *router) goTo(at int, backwards bool) tea.Cmd {
	if at < 0 || at >= len(r.walk) {
		return nil
	}
	r.endAll()
	r.at, r.asides, r.moved = at, nil, false
	return r.do(r.walk[at].Enter(backwards))
}

// indexOf is where on the walk a section's screen is.
func (r *router) indexOf(id guide.SectionID) int {
	return slices.IndexFunc(r.walk, func(s screen.Screen) bool {
		of := screens.SectionOf(s)
		return of != nil && of.Info.ID == id
	})
}

// editAnswer goes to the screen whose question the problem names, and opens it there.
func (r *router) editAnswer(problem *explain.Error) tea.Cmd {
	q, ok := r.Env.Answers.Question(problem.Asks())
	if !ok {
		return nil
	}
	r.endAll()
	r.at, r.asides, r.moved = r.indexOf(q.Section), nil, false
	return r.do(screens.SectionOf(r.walk[r.at]).Ask(problem))
}

// prompted passes a prompt to the screen whose command asks for it. A late prompt is dropped: its context ended with
// that command.
func (r *router) prompted(msg tea.Msg) tea.Cmd {
	if p, came := msg.(*screen.Prompt); came {
		if len(r.asides) > 0 {
			p.Reply <- screen.Typed{Err: screen.ErrSignInAgain}
			return nil
		}
		if !r.runs(screen.SlotPlan, screen.SlotApply, screen.SlotOptions) {
			return nil
		}
		r.above = nil // or it would hide the prompt
	}
	return r.do(r.current().Result(msg))
}

// promptThrough returns a setup.Session.Prompt that shows its prompts by sending them to the program's loop.
func promptThrough(send func(tea.Msg)) func(context.Context, services.Prompt) (string, error) {
	return func(ctx context.Context, what services.Prompt) (string, error) {
		if what.Limit > 0 {
			limited, cancel := context.WithTimeout(ctx, what.Limit)
			defer cancel()
			ctx = limited
		}
		p := &screen.Prompt{Prompt: what, Since: time.Now(), Reply: make(chan screen.Typed, 1)}
		send(p)
		defer send(screen.PromptOver{Prompt: p})
		select {
		case t := <-p.Reply:
			return t.Text, t.Err
		case <-ctx.Done():
			return "", context.Cause(ctx)
		}
	}
}
