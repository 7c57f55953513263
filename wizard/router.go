package wizard

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
	"msgsso-wizard/wizard/tui/style"
)

// router is the one tea.Model: it knows which screen is shown, and does what screens ask for.
type router struct {
	*world
	walk   []screen // the first screen, the sections, the snippet
	at     int
	asides []screen // in place of that one, the last of them; each is left for the one before
	above  screen   // why or leave; nil: nothing lies above
	width  int
	height int
	scroll int  // the first line shown, if the user scrolled
	moved  bool // the user scrolled
	note   string

	ctx     context.Context //nolint:containedctx // of the whole run: what screens start lives under it
	crew    *crew
	jobs    map[slot]job
	lastJob int
	copy    func(string) error
	open    func(string) error
	watcher *watcher // nil: no signals come
	player  *player  // presses the keys; nil: a person does

	ticks  bool // a tick is on its way
	signal os.Signal
}

// signalled tells the loop that the process was asked to end, by a signal or without one.
type signalled struct{ signal os.Signal }

// Init shows the first screen. What the terminal's background is makes a difference only where there are colours to
// choose from; the answer is taken when it comes, and many a terminal gives none.
func (r *router) Init() tea.Cmd {
	first := tea.Batch(r.do(r.walk[r.at].enter(false)), r.player.watching(), r.ticking())
	if r.profile < colorprofile.ANSI256 {
		return first
	}
	return tea.Batch(first, tea.RequestBackgroundColor)
}

// repaintAfter is how long after a change of size everything is drawn anew: Bubble Tea 2.0 draws only what
// changed, against cells that the terminal has already moved, and leaves pieces of the former screen behind.
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
			return tea.Tick(repaintAfter, func(time.Time) tea.Msg { return tea.ClearScreen() })
		}
	case tea.BackgroundColorMsg:
		behind := style.Light
		if msg.IsDark() {
			behind = style.Dark
		}
		r.Theme = style.NewTheme(r.profile, behind)
	case tea.KeyPressMsg:
		if r.takeOver(msg) {
			return nil
		}
		return r.key(msg)
	case tick:
		r.ticks = false
	case playing:
		return r.play()
	case tea.PasteMsg:
		r.note, r.player = "", nil
		return r.do(r.top().paste(msg.Content))
	case answer:
		return r.answered(msg)
	case engine.Event:
		if r.runs(slotApply) || r.runs(slotPlan) && msg.Phase == engine.Paused {
			return r.do(r.current().result(msg))
		}
	case news:
		if r.runs(slotApply, slotLocal) && msg.of == r.current() {
			return r.do(msg.then())
		}
	case *prompt, promptOver:
		return r.prompted(msg)
	case noted:
		r.note = string(msg)
	case signalled:
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
func (r *router) top() screen {
	if r.above != nil {
		return r.above
	}
	return r.current()
}

// current is the screen whose work is under way.
func (r *router) current() screen {
	if n := len(r.asides); n > 0 {
		return r.asides[n-1]
	}
	return r.walk[r.at]
}

func (r *router) key(msg tea.KeyPressMsg) tea.Cmd {
	r.note = ""
	switch msg.String() {
	case "ctrl+c":
		return r.interrupt()
	case "ctrl+z":
		return r.suspend()
	}
	name := msg.String()
	if name == "f1" {
		return r.do(show{newKeysPage(r.world, r.top().hints())})
	}
	act := r.top().key(msg)
	if _, unused := act.(pass); unused {
		if name == "k" {
			return r.do(show{newKeysPage(r.world, r.top().hints())})
		}
		r.scrollBy(name)
		return nil
	}
	r.moved = false
	return r.do(act)
}

// interrupt is ctrl+c: at once where nothing is being written, else after the call under way; a test of the sign-in
// first takes back what it got. Asked again, at once.
func (r *router) interrupt() tea.Cmd {
	r.signal = os.Interrupt
	if r.runs(slotApply, slotLocal) && !r.leaving {
		r.leaving = true
		return r.do(halt{})
	}
	r.endAll()
	return tea.Quit
}

// do carries out what a screen asked for.
func (r *router) do(a action) tea.Cmd {
	switch a := a.(type) {
	case next:
		return r.goTo(r.at+1, false)
	case back:
		if r.above != nil {
			r.above, r.moved = nil, false
			return nil
		}
		if n := len(r.asides); n > 0 {
			r.endAll()
			r.asides, r.moved = r.asides[:n-1], false
			return r.do(r.current().enter(!a.afresh))
		}
		return r.goTo(r.at-1, true)
	case aside:
		r.endAll()
		r.asides, r.above, r.moved = append(r.asides, a.screen), nil, false
		return r.do(a.screen.enter(false))
	case show:
		r.above, r.moved = a.above, false
		return r.do(a.above.enter(false))
	case start:
		return r.begin(a)
	case drop:
		r.end(a.slot)
	case halt:
		if r.stop != nil {
			r.stop.Stop()
		}
		if job, on := r.jobs[slotLocal]; on {
			job.cancel()
		}
		r.halting = true
		return r.do(r.current().result(halted{}))
	case editAnswer:
		return r.editAnswer(a.problem)
	case copyText:
		return r.copyOut(a)
	case openURL:
		return r.openOut(a)
	case visit:
		return r.goTo(r.placeOf(a.section), false)
	case anew:
		r.endAll()
		r.walk, r.at, r.moved, r.view = newWalk(r.world), 0, false, nil
		clear(r.did)
	case quit:
		r.endAll()
		return tea.Quit
	case many:
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
	return r.do(r.walk[at].enter(backwards))
}

// sectionOf is the section that a screen of the walk shows; nil: it is the first screen.
func sectionOf(s screen) *section {
	switch s := s.(type) {
	case *section:
		return s
	case *snippet:
		return s.section
	}
	return nil
}

// placeOf is where on the walk a section's screen is.
func (r *router) placeOf(id guide.SectionID) int {
	return slices.IndexFunc(r.walk, func(s screen) bool {
		of := sectionOf(s)
		return of != nil && of.info.ID == id
	})
}

// editAnswer goes to the screen whose question the problem names, and opens it there.
func (r *router) editAnswer(problem *explain.Error) tea.Cmd {
	q, ok := guide.QuestionFor(problem.Question)
	if !ok {
		return nil
	}
	r.endAll()
	r.at, r.asides, r.moved = r.placeOf(q.Section), nil, false
	return r.do(sectionOf(r.walk[r.at]).ask(problem))
}
