package tui

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"go.uber.org/goleak"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
	"gotest.tools/v3/golden"

	"msgsso-wizard/apiclient/testkit/eventually"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/tui/screens"
)

// drive is the program's loop without a terminal, inside a synctest bubble, where time passes only when
// every command waits for it.
type drive struct {
	*fake
	*router
	msgs    chan tea.Msg
	quit    bool
	copied  string
	copyErr error
	opened  string
	ticks   int // how often a screen was redrawn because time passed
}

// answered gives an Env that misses nothing.
func answeredEnv(t *testing.T) *setup.Session {
	t.Helper()
	answers := guide.NewAnswers()
	for _, a := range []struct {
		key   guide.Key
		from  guide.Source
		value string
	}{
		{guide.OktaOrg, guide.FromFlag, "acme.okta.com"},
		{guide.OktaToken, guide.FromEnv, canary},
		{guide.GenesysRegion, guide.FromEnv, "mypurecloud.de"},
		{guide.GenesysClientID, guide.FromEnv, "c0ffee00"},
		{guide.GenesysClientSecret, guide.FromEnv, canary + "2"},
	} {
		assert.NilError(t, answers.Set(a.key, a.from, a.value))
	}
	return &setup.Session{Answers: answers, Dial: noDial{}}
}

var unicodeEnv = []string{"TERM=xterm-256color", "LANG=en_US.UTF-8"}

// driven runs a test on a program of 80x24.
func driven(t *testing.T, env *setup.Session, change func(*Config), test func(*drive)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		f := newFake(t, env)
		d := &drive{fake: f, msgs: make(chan tea.Msg, 1000)}
		cfg := Config{Env: env, session: f, Environ: unicodeEnv, Undo: f.undo, Handover: f.handover}
		cfg.Bench = f.bench
		cfg.Copy = func(s string) error { d.copied = s; return d.copyErr }
		cfg.Open = func(s string) error { d.opened = s; return errors.New("no browser") }
		if change != nil {
			change(&cfg)
		}
		ctx, cancel := context.WithCancel(t.Context())
		d.router = newRouter(ctx, cfg.filled())
		f.emit = func(ev engine.Event) { d.msgs <- ev }
		d.Send = func(msg tea.Msg) { d.msgs <- msg }
		env.Prompt = promptThrough(func(msg tea.Msg) { d.msgs <- msg })
		defer func() {
			cancel()
			time.Sleep(graceToUndo) // what still has to end, and to be drawn after a change of size
			synctest.Wait()
		}()
		d.run(d.Init())
		d.size(80, 24)
		test(d)
	})
}

func (d *drive) run(cmd tea.Cmd) {
	if cmd != nil {
		go func() { d.msgs <- cmd() }()
	}
}

// settle handles all that came without time passing.
func (d *drive) settle() {
	for {
		synctest.Wait()
		select {
		case msg := <-d.msgs:
			switch msg := msg.(type) {
			case tea.BatchMsg:
				for _, cmd := range msg {
					d.run(cmd)
				}
			case tea.QuitMsg:
				d.quit = true
			default:
				if _, came := msg.(tick); came {
					d.ticks++
				}
				_, cmd := d.Update(msg)
				d.run(cmd)
			}
		default:
			return
		}
	}
}

// after lets time pass.
func (d *drive) after(t time.Duration) {
	for end := time.Now().Add(t); ; {
		d.settle()
		left := time.Until(end)
		if left <= 0 {
			return
		}
		time.Sleep(min(left, 50*time.Millisecond))
	}
}

func (d *drive) send(msg tea.Msg) {
	_, cmd := d.Update(msg)
	d.run(cmd)
	d.settle()
}

func (d *drive) size(width, height int) { d.send(tea.WindowSizeMsg{Width: width, Height: height}) }

var special = map[string]tea.Key{
	"enter": {Code: tea.KeyEnter}, "esc": {Code: tea.KeyEscape}, "tab": {Code: tea.KeyTab}, "shift+tab": {Code: tea.KeyTab, Mod: tea.ModShift},
	"up": {Code: tea.KeyUp}, "down": {Code: tea.KeyDown}, "pgdown": {Code: tea.KeyPgDown}, "pgup": {Code: tea.KeyPgUp},
	"left": {Code: tea.KeyLeft}, "backspace": {Code: tea.KeyBackspace}, "ctrl+space": {Code: tea.KeySpace, Mod: tea.ModCtrl},
	"space": {Code: tea.KeySpace, Text: " "}, "ctrl+c": {Code: 'c', Mod: tea.ModCtrl}, "ctrl+z": {Code: 'z', Mod: tea.ModCtrl}, "ctrl+u": {Code: 'u', Mod: tea.ModCtrl},
}

// press sends keys, names of special ones or text to type, and lets a time.Duration among them pass.
func (d *drive) press(steps ...any) {
	for _, step := range steps {
		if pause, ok := step.(time.Duration); ok {
			d.after(pause)
			continue
		}
		if k, ok := special[step.(string)]; ok {
			d.send(tea.KeyPressMsg(k))
			continue
		}
		for _, r := range step.(string) {
			d.send(tea.KeyPressMsg{Code: r, Text: string(r)})
		}
	}
}

// edit opens the section's questions and goes to the one of that label.
func (d *drive) edit(label string) {
	d.t.Helper()
	d.press("e")
	for range 20 {
		if d.current().(*screens.Section).Form.Current().Question.Label == label {
			return
		}
		d.press("tab")
	}
	d.t.Fatalf("there is no field %q:\n%s", label, d.view())
}

// View draws the window. The embedded fake has another View.
func (d *drive) View() tea.View { return d.router.View() }

// view is the screen as text.
// primary is the key that is filled, with a blank at each side.
var primary = regexp.MustCompile(`(?m)^ {3}(\S+) {2}(\S.*?)\s*\z`)

// said is the screen as a user reads it: a filled key with what it does.
func (d *drive) said() string { return primary.ReplaceAllString(d.view(), "   $1 $2") }

func (d *drive) view() string {
	lines := strings.Split(ansi.Strip(d.View().Content), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n") + "\n"
}

func (d *drive) shows(want ...string) {
	d.t.Helper()
	for _, w := range want {
		assert.Check(d.t, is.Contains(d.said(), w), "the screen does not show")
	}
}

func (d *drive) hides(not ...string) {
	d.t.Helper()
	for _, n := range not {
		assert.Check(d.t, !strings.Contains(d.said(), n), "the screen shows %q:\n%s", n, d.view())
	}
}

func TestMain(m *testing.M) {
	eventually.SideBySide()
	goleak.VerifyTestMain(watched{m})
}

// watched runs the tests and then looks whether a golden file is left that none of them asked for.
type watched struct{ *testing.M }

func (w watched) Run() int {
	code := w.M.Run()
	all := code == 0 && flag.Lookup("test.run").Value.String() == "" && flag.Lookup("test.skip").Value.String() == "" && flag.Lookup("test.list").Value.String() == ""
	files, _ := filepath.Glob(filepath.Join("testdata", "*.golden"))
	for _, path := range files {
		if _, used := goldens.Load(path); all && !used {
			fmt.Fprintf(os.Stderr, "no test asks for %s; delete it\n", path)
			code = 1
		}
	}
	return code
}

// goldens are the files that tests asked for.
var goldens sync.Map

// sameAsGolden compares text with the file of that name.
func sameAsGolden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	goldens.Store(path, true)
	if golden.FlagUpdate() {
		assert.NilError(t, os.WriteFile(path, []byte(got), 0o600))
		return
	}
	want, err := os.ReadFile(path)
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(got, string(want)), "%s differs from the golden file", name)
}
