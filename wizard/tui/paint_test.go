package tui

import (
	"bytes"
	"image/color"
	"slices"
	"testing"

	uv "github.com/charmbracelet/ultraviolet"
	"gotest.tools/v3/assert"

	"msgsso-wizard/wizard/tui/style"
)

// painter draws frames as Bubble Tea's own renderer does, which nobody else can call: the text into cells, and to the
// terminal what differs from the cells before.
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
	mostForATick   = 100
)

// TestASlowLine goes from every screen to every other.
func TestASlowLine(t *testing.T) {
	var screens []string
	for _, s := range scenes {
		scene(t, s, nil, func(d *drive) {
			d.colours(d.Profile, color.Black)
			screens = append(screens, d.View().Content)
		})
	}
	driven(t, answeredEnv(t), nil, func(d *drive) {
		p := newPainter(d.router)
		most, sum, n := 0, 0, 0
		for i, from := range screens {
			for j, to := range screens {
				p.paint(t, from)
				bytes := p.paint(t, to)
				assert.Check(t, i == j || bytes > 0, "from %s to %s nothing is sent", scenes[i].name, scenes[j].name)
				if most, sum, n = max(most, bytes), sum+bytes, n+1; bytes > mostForAScreen {
					t.Errorf("from %s to %s %d bytes are sent, want at most %d", scenes[i].name, scenes[j].name, bytes, mostForAScreen)
				}
			}
		}
		t.Logf("%d changes of screen, %d bytes on average, %d at most", n, sum/n, most)
	})
}

// TestATickIsAFewBytes watches what spins.
func TestATickIsAFewBytes(t *testing.T) {
	const ticks = 12
	for _, name := range []string{"reading", "waiting", "prompt", "preview", "test"} {
		i := slices.IndexFunc(scenes, func(s sceneOf) bool { return s.name == name })
		scene(t, scenes[i], nil, func(d *drive) {
			p := newPainter(d.router)
			p.paint(t, d.View().Content)
			sum, moved, before := 0, 0, d.ticks
			for range ticks {
				d.after(style.TickEvery)
				bytes := p.paint(t, d.View().Content)
				sum, moved = sum+bytes, moved+min(bytes, 1)
			}
			t.Logf("%s: %d of %d ticks sent something, %d bytes on average", name, moved, ticks, sum/ticks)
			assert.Check(t, d.ticks-before <= ticks+1, "%s: %d ticks in the time of %d", name, d.ticks-before, ticks)
			least := ticks
			if name == "prompt" { // it waits for a person and has a clock alone
				least = 1
			}
			assert.Check(t, sum <= ticks*mostForATick && moved >= least,
				"%s: a tick sends %d bytes on average, want at most %d; %d ticks sent any, want %d", name, sum/ticks, mostForATick, moved, least)
		})
	}
}
