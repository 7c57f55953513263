package tui

import (
	"fmt"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/testkit/ratio"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/form"
	"msgsso-wizard/wizard/tui/screens"
)

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
		return ratio.Work(func() {
			for range strokes {
				y.press(t)
			}
		})
	}
	more := ratio.Of(strokesIn(newTypist(t, 10_000)), strokesIn(newTypist(t, 100)))
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
