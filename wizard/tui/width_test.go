package tui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/testkit/repeat"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

// follows are the scenes that open where the user types or chooses, or where a change is under way.
var follows = []string{
	"ask", "invalid", "choose", "pick", "pickmany", "offered", "review-edit", "paste", "handover", "revoke", "save", "pagefile", "preview",
	"manual", "test", "doctor-broken", "prerequisites-failed", "working", "waiting", "stopping", "undo-working",
}

// TestEverySizeFits draws every scene in windows of every kind: the common ones, each of the smallest ones, and of the others
// a sample. MSGSSO_TESTS=full takes all from 0x0 to 200x60.
func TestEverySizeFits(t *testing.T) {
	common := append(sizes, [2]int{60, 20})
	for i, s := range scenes {
		t.Run(s.name, func(t *testing.T) {
			scene(t, s, nil, func(d *drive) {
				for height := 0; height <= 60; height++ {
					for width := 0; width <= 200; width++ {
						sampled := (width*7+height*13+i*5)%repeat.Every(307, 61) == 0 || slices.Contains(common, [2]int{width, height})
						edge := width%40 == 0 && (height+12*i)%repeat.Every(24, 12) == 0 || (width == leastWidth || width == style.WideEnough) && (height+i)%repeat.Every(12, 4) == 0
						small := width < leastWidth+2 && height < leastHeight+2 && (i == 0 || width >= leastWidth && height >= leastHeight) // a smaller one shows no scene
						if sampled || edge || small {
							d.width, d.height, d.moved = width, height, false
							d.Glyphs = []style.Glyphs{style.UnicodeGlyphs, style.ASCIIGlyphs}[(width+height)%2]
							checkFits(t, d, width, height)
							if width >= leastWidth && height >= leastHeight {
								checkLayout(t, d, s.name)
							}
						}
					}
				}
			})
		})
	}
}

// checkLayout checks that the title is in sight, also where a page opens scrolled, and that text starts in the third column:
// the two before it are for the cursor. Only what may be copied starts at the window's edge.
func checkLayout(t *testing.T, d *drive, name string) {
	t.Helper()
	view := d.view()
	lines := strings.Split(view, "\n")
	for _, n := range []int{0, 1, len(lines) - 2} {
		line := strings.TrimPrefix(lines[n], d.Glyphs.Cursor)
		assert.Check(t, strings.TrimSpace(line) == "" || strings.HasPrefix(line, "  "), "line %d of %dx%d: %q", n, d.width, d.height, lines[n])
	}
	if d.width < 40 || d.height < 12 || d.Glyphs.ASCII {
		return
	}
	f := d.frame()
	title := strings.Fields(ansi.Strip(d.top().Page(f.cells(), f.room).Lines[0]))
	assert.Check(t, is.Contains(strings.Join(strings.Fields(view), " "), strings.Join(title, " ")), "%dx%d", d.width, d.height)
	assert.Check(t, slices.Contains(follows, name) || !strings.Contains(view, "↑ "), "%dx%d opens scrolled:\n%s", d.width, d.height, view)
}

// checkFits checks one window: a screen never exceeds its height and width.
func checkFits(t *testing.T, d *drive, width, height int) {
	t.Helper()
	view := d.View()
	content, cursor := view.Content, view.Cursor
	assert.Assert(t, cursor == nil || cursor.X < width && cursor.Y < height, "the cursor is at %+v in a window of %dx%d", cursor, width, height)
	lines := strings.Split(content, "\n")
	assert.Assert(t, len(lines) <= max(1, height), "%d lines in a window of %dx%d", len(lines), width, height)
	for n, line := range lines {
		got := ansi.StringWidth(line)
		assert.Assert(t, got <= width, "line %d has %d cells in a window of %dx%d: %q", n+1, got, width, height, line)
	}
	assert.Assert(t, !strings.Contains(content, canary), "a secret is on the screen")
	if width == 0 || height == 0 {
		return
	}
	last := ansi.Strip(lines[len(lines)-1])
	if width >= leastWidth && height >= leastHeight {
		if len(lines) != height || !strings.Contains(last, "esc ") && !strings.HasSuffix(last, " esc") && !strings.Contains(last, "ctrl+c ") && !strings.Contains(last, "q ") {
			t.Fatalf("a window of %dx%d ends with %q in line %d", width, height, last, len(lines))
		}
		return
	}
	wants := map[string]int{"ctrl+c": 6, "30x8": 12}
	said := strings.ReplaceAll(ansi.Strip(strings.Join(lines, " ")), " x ", "x")
	for want, from := range wants {
		assert.Assert(t, last != "" && (width < from || strings.Contains(said, want)),
			"a window of %dx%d shows %q, without %q", width, height, content, want)
	}
}

func TestAllScriptsLineUp(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		names := []string{"お客様サポートチャット", "a\u202eb\x1b[2J", "👩‍👩‍👧‍👦 family", "❤️‍🔥 👩🏽‍💻 1️⃣ 🇩🇪", "e\u0301\u0301\u0301\u0301tudes", "مرحبا", strings.Repeat("long ", 2000)}
		plan := engine.Plan{}
		for _, name := range names {
			plan.Changes = append(plan.Changes, engine.Change{Verb: engine.Create, Kind: "group", Name: name, Why: "why"})
		}
		d.plans[guide.SectionOkta] = plan
		d.press("enter", time.Second)
		for _, width := range []int{40, 80} {
			d.size(width, 40)
			checkFits(t, d, width, 40)
			var at []int
			for line := range strings.SplitSeq(d.view(), "\n") {
				one, other := ansi.StringWidth(line), ansi.StringWidthWc(line)
				assert.Check(t, is.Equal(one, other), "%q takes", line)
				if before, _, found := strings.Cut(line, "why"); found && strings.HasPrefix(line, "   +") {
					at = append(at, ansi.StringWidth(before))
				}
			}
			for _, column := range at {
				assert.Check(t, is.Equal(column, at[0]), "at %d cells the reasons begin at %v", width, at)
			}
		}
		assert.Check(t, !strings.Contains(d.View().Content, "\u202e") && !strings.Contains(d.View().Content, "\x1b[2J"),
			"a name steers the terminal")
	})
}

// TestPagesEndWhereHeadEnds: what is at the right of a page ends where the head and the keys end.
func TestPagesEndWhereHeadEnds(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		ends := func(want string) {
			t.Helper()
			lines := strings.Split(d.view(), "\n")
			at := slices.IndexFunc(lines, func(l string) bool { return strings.HasSuffix(l, want) })
			assert.Assert(t, at >= 0, "no line ends with %q:\n%s", want, d.view())
			assert.Check(t, is.Equal(ansi.StringWidth(lines[at]), ansi.StringWidth(lines[0])), "%q", want)
		}
		d.press("enter", time.Second)
		for _, width := range []int{40, 60, 80} {
			d.size(width, 24)
			ends(screen.Tern(width < 60, "1 of 6", "no changes yet"))
		}
		d.size(80, 16)
		ends(" more")
		d.press("enter", 2*time.Second)
		ends("to create, 1 to change")
		ends(" more")
		d.press("esc", time.Second, "esc", time.Second)
		d.reach(guide.SectionSnippet)
		ends("9 changes in 4.5 s")
	})
}

// TestTallWindowIsAiry: blank lines double from 30 rows, where there is a panel and all still fits.
func TestTallWindowIsAiry(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.press("enter", time.Second)
		for size, gap := range map[[2]int]string{{120, 40}: "\n\n\n", {120, 24}: "\n\n", {80, 40}: "\n\n"} {
			d.size(size[0], size[1])
			var page []string
			for _, line := range strings.Split(d.view(), "\n") {
				left, _, _ := strings.Cut(line, "│")
				page = append(page, strings.TrimRight(left, " "))
			}
			assert.Check(t, is.Contains(strings.Join(page, "\n"), gap+"  Planned changes"), "%v", size)
			assert.Check(t, !strings.Contains(strings.Join(page, "\n"), "\n"+gap+"  Planned changes"), "%v", size)
		}
	})
}

// TestKeyLine: the primary key is at the left, the way out at the right. Where it is narrow the others go, the last first,
// and then all but the primary key's first word.
func TestKeyLine(t *testing.T) {
	t.Parallel()
	w := &style.Pen{Glyphs: style.UnicodeGlyphs, Theme: style.PlainTheme()}
	apply, keep := []string{"enter apply", "e edit", "? why", "k keys", "q quit", "esc back"}, []string{"enter keep everything", "↑↓ choose", "k keys", "esc back"}
	for _, c := range []struct {
		hints []string
		cells int
		want  string
	}{
		{apply, 60, "enter apply e edit ? why k keys esc back"},
		{apply, 52, "enter apply e edit ? why k keys esc back"},
		{apply, 44, "enter apply ? why k keys esc back"},
		{apply, 40, "enter apply k keys esc back"},
		{apply, 30, "enter apply k keys esc"},
		{apply, 20, "esc"},
		{keep, 60, "enter keep everything ↑↓ choose k keys esc back"},
		{keep, 40, "enter keep k keys esc back"},
		{keep, leastWidth, "enter keep k keys esc"},
	} {
		got := strings.TrimRight(ansi.Strip(w.KeyLine(style.Hints(c.hints...), c.cells)), " ")
		assert.Check(t, is.Equal(strings.Join(strings.Fields(got), " "), c.want), "in %d cells", c.cells)
		assert.Check(t, ansi.StringWidth(got) <= c.cells, "in %d cells: %q", c.cells, got)
	}
}

// TestTooSmallWindow in whole words, as long as one fits.
func TestTooSmallWindow(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		for size, want := range map[[2]int]string{
			{80, 7}: "Enlarge the window to 30 x 8. ctrl+c quits.\n",
			{29, 7}: "Enlarge the window to 30 x 8.\nctrl+c quits.\n",
			{29, 1}: "Needs 30x8. ctrl+c quits.\n",
			{20, 2}: "Needs 30x8. ctrl+c\nquits.\n",
			{20, 1}: "Needs 30x8, ctrl+c\n",
			{11, 4}: "Needs 30x8.\nctrl+c\nquits.\n",
			{10, 1}: "ctrl+c\n",
		} {
			d.size(size[0], size[1])
			assert.Check(t, is.Equal(d.view(), want), "%v", size)
		}
	})
}

// TestResizeRedraws: without it pieces of the former screen stay when the window grows. The size is asked for again: it
// may have come late, after that of a resize.
func TestResizeRedraws(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRouter(t.Context(), Config{Env: bareEnv(), Environ: unicodeEnv}.filled())
		start := time.Now()
		_, cmd := r.Update(tea.WindowSizeMsg{Width: 40, Height: 12})
		assert.Assert(t, cmd != nil, "nothing is redrawn")
		for i, want := range []func() tea.Msg{tea.ClearScreen, tea.RequestWindowSize} {
			msg := cmd().(tea.BatchMsg)[i]()
			assert.Check(t, is.Equal(fmt.Sprintf("%T", msg), fmt.Sprintf("%T", want())))
		}
		assert.Check(t, is.Equal(time.Since(start), repaintAfter), "redrawn after")
		_, cmd = r.Update(tea.WindowSizeMsg{Width: 40, Height: 12})
		assert.Check(t, cmd == nil, "the same size redraws everything, too")
	})
}
