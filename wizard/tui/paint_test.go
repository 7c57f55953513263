package tui

import (
	"bytes"
	"fmt"
	"image/color"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/colorprofile"
	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
	"gotest.tools/v3/assert"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/form"
	"msgsso-wizard/wizard/tui/screens"
	"msgsso-wizard/wizard/tui/style"
)

// painter draws frames as Bubble Tea's renderer does, which is not exported: the text into cells, and to the terminal
// what differs from the cells before.
type painter struct {
	out    bytes.Buffer
	cells  uv.ScreenBuffer
	screen *uv.TerminalRenderer
}

func newPainter(r *router) *painter {
	p := &painter{cells: uv.NewScreenBuffer(r.width, r.height)}
	p.screen = uv.NewTerminalRenderer(&p.out, unicodeEnv)
	p.screen.SetColorProfile(r.Profile)
	p.screen.SetFullscreen(true)
	p.screen.SetRelativeCursor(false)
	p.screen.SetScrollOptim(true)
	p.screen.SetTabStops(r.width)
	p.screen.SetBackspace(true)
	p.screen.Erase()
	return p
}

// paint draws a frame, and returns how many bytes the terminal is sent for it.
func (p *painter) paint(t testing.TB, content string) int {
	p.out.Reset()
	p.cells.Clear()
	uv.NewStyledString(content).Draw(p.cells, p.cells.Bounds())
	p.screen.Render(p.cells.RenderBuffer)
	assert.NilError(t, p.screen.Flush())
	return p.out.Len()
}

// What a terminal is sent at most over a line of 2 KB/s: for another screen, so that it is there after two seconds, and
// for a tick of a spinner and its clock, of which there are at most ten in a second.
const (
	mostForAScreen = 4000
	mostForATick   = 100 // on average
	mostForOneTick = 200 // with another word, or in true color
)

// renderEvery is more than the time between two frames of Bubble Tea.
const renderEvery = 20 * time.Millisecond

// TestSlowConnection goes from every screen to every other.
func TestSlowConnection(t *testing.T) {
	var screens []string
	for _, s := range scenes {
		scene(t, s, nil, func(d *drive) {
			d.colors(d.Profile, color.Black)
			screens = append(screens, d.View().Content)
		})
	}
	driven(t, answeredEnv(t), nil, func(d *drive) {
		p := newPainter(d.router)
		most, sum, n := 0, 0, 0
		to := func(from, to int) {
			bytes := p.paint(t, screens[to])
			assert.Check(t, bytes > 0 && bytes <= mostForAScreen, "from %s to %s %d bytes are sent, want at most %d", scenes[from].name, scenes[to].name, bytes, mostForAScreen)
			most, sum, n = max(most, bytes), sum+bytes, n+1
		}
		for i, screen := range screens {
			p.paint(t, screen)
			for j := range i {
				to(i, j)
				to(j, i)
			}
		}
		t.Logf("%d changes of screen, %d bytes on average, %d at most", n, sum/n, most)
	})
}

// TestTickWritesFewBytes counts what Bubble Tea writes with the chain panel shown and synchronized output on.
func TestTickWritesFewBytes(t *testing.T) {
	const ticks = 25
	for _, name := range []string{"reading", "waiting", "prompt", "preview", "test"} {
		for _, profile := range []colorprofile.Profile{colorprofile.ANSI, colorprofile.TrueColor} {
			i := slices.IndexFunc(scenes, func(s sceneOf) bool { return s.name == name })
			scene(t, scenes[i], nil, func(d *drive) {
				slow := d.on(120, 40, profile)
				most, sum, moved, before := 0, 0, 0, d.ticks
				for range ticks {
					bytes := slow.tick()
					most, sum, moved = max(most, bytes), sum+bytes, moved+min(bytes, 1)
				}
				t.Logf("%s in %v: %d of %d ticks sent something, %d bytes on average, %d at most", name, profile, moved, ticks, sum/ticks, most)
				assert.Check(t, d.ticks-before <= ticks+1, "%s: %d ticks in the time of %d", name, d.ticks-before, ticks)
				least := ticks
				if name == "prompt" { // it waits for the user and has only a clock
					least = 2
				}
				assert.Check(t, (sum <= ticks*mostForATick || profile > colorprofile.ANSI) && most < mostForOneTick && moved >= least,
					"%s in %v: a tick sends %d bytes on average and %d at most, want at most %d and %d; %d ticks sent any, want %d",
					name, profile, sum/ticks, most, mostForATick, mostForOneTick, moved, least)
			})
		}
	}
}

// shown is what Bubble Tea's own loop and renderer draw: the frames that it is sent.
type shown struct{ frame tea.View }

func (shown) Init() tea.Cmd { return nil }

func (s shown) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if frame, ok := msg.(tea.View); ok {
		s.frame = frame
	}
	return s, nil
}

func (s shown) View() tea.View { return s.frame }

// slowLine is a terminal of which Bubble Tea's output is counted.
type slowLine struct {
	*drive
	program *tea.Program
	sent    atomic.Int64
}

func (l *slowLine) Write(p []byte) (int, error) {
	l.sent.Add(int64(len(p)))
	return len(p), nil
}

func (d *drive) on(width, height int, profile colorprofile.Profile) *slowLine {
	l := &slowLine{drive: d}
	d.colors(profile, color.Black)
	d.size(width, height)
	l.program = tea.NewProgram(shown{}, tea.WithInput(nil), tea.WithOutput(l), tea.WithWindowSize(width, height),
		tea.WithEnvironment(unicodeEnv), tea.WithColorProfile(d.Profile), tea.WithoutSignalHandler(), tea.WithContext(d.ctx))
	go func() { _, _ = l.program.Run() }()
	l.program.Send(tea.ModeReportMsg{Mode: ansi.ModeSynchronizedOutput, Value: ansi.ModeReset})
	l.tick()
	return l
}

// tick lets a tick pass, and returns how many bytes it sends.
func (l *slowLine) tick() int {
	l.after(style.TickEvery - renderEvery)
	l.program.Send(l.View())
	l.after(renderEvery)
	return int(l.sent.Swap(0))
}

// typist presses keys in a list of many entries, each as long as names get in real orgs, and waits for the frame that
// shows what a key did. Time is real here, and nothing runs but what the program's own loop does between two keys.
type typist struct {
	*router
	*painter
	pressed int
}

func newTypist(t testing.TB, many int) *typist {
	r := newRouter(t.Context(), Config{Env: bareEnv(), Environ: unicodeEnv}.filled())
	r.width, r.height, r.at = 80, 24, slices.IndexFunc(guide.Sections(), func(s guide.Section) bool { return s.ID == guide.SectionConfiguration })+1
	q := thousands(guide.Pick, new([]string))
	list := make([]guide.Option, many)
	for i := range list {
		name := fmt.Sprintf("Messenger configuration of shop %04d, お客様", i)
		list[i] = guide.Option{Value: fmt.Sprintf("0f3c1a52-7b6e-4c43-9f0e-%012d", i), Label: name, Note: "used by no deployment"}
	}
	s := r.walk[r.at].(*screens.Section)
	field := form.NewPickField(r.World, q.Question)
	s.Form = &form.Form{World: r.World, Section: s.Info.ID, Rows: []*form.Row{{Question: q.Question, Field: field}}, Editing: true}
	s.Form.Focus()
	field.Loaded(list, nil)
	return &typist{router: r, painter: newPainter(r)}
}

// strokes go through the list, filter it, and take the filter back.
var strokes = []tea.Key{
	{Code: tea.KeyDown},
	{Code: 's', Text: "s"},
	{Code: 'h', Text: "h"},
	{Code: tea.KeyPgDown},
	{Code: 'x', Text: "x"},
	{Code: tea.KeyUp},
	{Code: tea.KeyBackspace},
	{Code: tea.KeyBackspace},
	{Code: tea.KeyDown},
	{Code: tea.KeyBackspace},
	{Code: tea.KeyPgUp},
}

// press takes the next key to its frame.
func (y *typist) press(t testing.TB) time.Duration {
	key := tea.KeyPressMsg(strokes[y.pressed%len(strokes)])
	y.pressed++
	began := time.Now()
	_, _ = y.Update(key)
	y.paint(t, y.View().Content)
	return time.Since(began)
}

// TestLongListsStayFast: keys in a list of 10,000 cost about what they cost in one of 100, because only what is seen is
// drawn.
func TestLongListsStayFast(t *testing.T) {
	strokesIn := func(y *typist) func() time.Duration {
		return processorTime(func() {
			for range strokes {
				y.press(t)
			}
		})
	}
	more := timesLonger(strokesIn(newTypist(t, 10_000)), strokesIn(newTypist(t, 100)))
	assert.Check(t, !(more > 4), "keys in a list that is 100 times as long take %.1f times as long", more)
}

// BenchmarkKeyToFrame is to stay below 5 ms in the median and 16 ms, a frame of the screen, in one of a hundred keys.
func BenchmarkKeyToFrame(b *testing.B) {
	y := newTypist(b, 10_000)
	var took []time.Duration
	for b.Loop() {
		took = append(took, y.press(b))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms-median")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "ms-p99")
}
