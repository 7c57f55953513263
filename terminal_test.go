//go:build linux

package main

import (
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/creack/pty"
	"github.com/hinshun/vt10x"
	"golang.org/x/sys/unix"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/internal/simtest"
)

// terminal is a process on a terminal: all that it wrote, and what the screen shows.
type terminal struct {
	*os.File
	cmd    *exec.Cmd
	raw    output
	screen vt10x.Terminal
	over   chan struct{}
}

func onTerminal(t *testing.T, environ []string, args ...string) *terminal {
	t.Helper()
	return onTerminalOf(t, 120, 200, environ, args...)
}

// onTerminalOf is onTerminal with so many columns and rows.
func onTerminalOf(t *testing.T, columns, rows int, environ []string, args ...string) *terminal {
	t.Helper()
	return started(t, columns, rows, command(t, environ, args...))
}

// started starts a process on a terminal.
func started(t *testing.T, columns, rows int, cmd *exec.Cmd) *terminal {
	t.Helper()
	file, err := pty.StartWithSize(cmd, &pty.Winsize{Cols: uint16(columns), Rows: uint16(rows)})
	if err != nil {
		t.Fatal(err)
	}
	tt := &terminal{File: file, cmd: cmd, screen: vt10x.New(vt10x.WithSize(max(1, columns), max(1, rows))), over: make(chan struct{})}
	go func() {
		defer close(tt.over)
		for buf := make([]byte, 4096); ; {
			n, err := file.Read(buf)
			_, _ = tt.raw.Write(buf[:n])
			_, _ = tt.screen.Write(buf[:n])
			if err != nil {
				return
			}
		}
	}()
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = file.Close()
		<-tt.over
	})
	return tt
}

// echoes reports whether the terminal shows what is typed.
func (tt *terminal) echoes(t *testing.T) bool {
	t.Helper()
	settings, err := unix.IoctlGetTermios(int(tt.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return settings.Lflag&unix.ECHO != 0
}

// answer types text when the prompt is there, and for a secret when the echo is off.
func (tt *terminal) answer(t *testing.T, prompt, text string, secret bool) {
	t.Helper()
	tt.raw.await(t, prompt)
	if _, asked, _ := strings.Cut(prompt, " of "); asked != "" { // a question ends with the sign after which one types
		for end := time.Now().Add(10 * time.Second); !strings.Contains(tt.raw.String()[strings.LastIndex(tt.raw.String(), prompt):], "> "); time.Sleep(5 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatalf("nobody may type after %q:\n%s", prompt, tt.raw.String())
			}
		}
	}
	for end := time.Now().Add(10 * time.Second); tt.echoes(t) == secret; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("at %q the echo stays %v", prompt, !secret)
		}
	}
	if _, err := tt.WriteString(text + "\n"); err != nil {
		t.Fatal(err)
	}
}

func TestTypedSecretIsNotEchoed(t *testing.T) {
	t.Parallel()
	services := simtest.Start(t, simulator.Options{Seed: 3})
	c := services.Credentials()
	tt := onTerminal(t, []string{"OKTA_CLIENT_ORGURL=" + services.OktaURL(), "XDG_STATE_HOME=" + t.TempDir()}, "--plain")
	for _, a := range []struct {
		prompt, text string
		secret       bool
	}{
		{"1 of 8  Okta org", "", false},
		{"2 of 8  Sign in by", "", false},
		{"3 of 8  API token", c.OktaToken, true},
		{"4 of 8", "Typed name", false},
		{"5 of 8", "", false},
		{"6 of 8", "", false},
		{"7 of 8", "", false},
		{"8 of 8", "", false},
		{"1 of 4  Region", services.GenesysURL(), false},
		{"2 of 4  Sign in by", "", false},
		{"3 of 4  OAuth client id", c.GenesysClientID, false},
		{"4 of 4  OAuth client secret", c.GenesysClientSecret, true},
		{"1 of 2  Integration", "", false},
		{"2 of 2  Discovery URI", "", false},
		{"1 of 1  Configuration", "", false},
		{"1 of 3  Deployment", "", false},
		{"2 of 3  Allowed domains", "", false},
		{"3 of 3  Inbound message flow", "", false},
		{"1 of 1  Save to", "", false},
		{"Do it?", "y", false},
		{"Enter goes on > ", "", false},
		{"Revoke the Okta API token?", "y", false},
	} {
		tt.answer(t, a.prompt, a.text, a.secret)
	}
	_ = tt.cmd.Wait()
	<-tt.over
	if code := tt.cmd.ProcessState.ExitCode(); code != 0 {
		t.Errorf("exit code %d:\n%s", code, tt.screen)
	}
	shown := tt.screen.String()
	for _, want := range []string{"> Typed name", "OAuth client secret", "<script ", "The API token is revoked.", "Revoke what the wizard no longer needs"} {
		if !strings.Contains(shown, want) {
			t.Errorf("no %q on the screen:\n%s", want, shown)
		}
	}
	for _, secret := range []string{c.OktaToken, c.GenesysClientSecret} {
		if strings.Contains(tt.raw.String(), secret) {
			t.Errorf("the terminal was sent a secret:\n%s", shown)
		}
	}
	if strings.Contains(tt.raw.String(), "\x1b") {
		t.Error("the terminal was sent an escape sequence")
	}
}

func TestInterruptedSecretLeavesTheEchoOn(t *testing.T) {
	t.Parallel()
	tt := onTerminal(t, []string{"OKTA_CLIENT_ORGURL=https://acme.okta.com"}, "--plain", "--color", "never")
	tt.answer(t, "1 of 8  Okta org", "", false)
	tt.answer(t, "2 of 8  Sign in by", "", false)
	tt.answer(t, "3 of 8  API token", "", true)
	tt.raw.await(t, "needs an answer")
	for end := time.Now().Add(10 * time.Second); tt.echoes(t) && time.Now().Before(end); {
		time.Sleep(5 * time.Millisecond)
	}
	if err := tt.cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	// The program holds the terminal's other side; it must be asked before that is closed.
	for end := time.Now().Add(10 * time.Second); !tt.echoes(t); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the echo stays off")
		}
	}
	_ = tt.cmd.Wait()
	if code := tt.cmd.ProcessState.ExitCode(); code != 130 {
		t.Errorf("exit code %d, want 130:\n%s", code, tt.screen)
	}
}

func TestFullScreenIsLeftWithCtrlC(t *testing.T) {
	t.Parallel()
	tt := onTerminal(t, nil, "demo")
	tt.raw.await(t, "\x1b[?1049h")
	for end := time.Now().Add(10 * time.Second); tt.cmd.ProcessState == nil && time.Now().Before(end); {
		if _, err := tt.WriteString("\x03"); err != nil {
			break
		}
		_ = tt.cmd.Wait()
	}
	<-tt.over
	if code := tt.cmd.ProcessState.ExitCode(); code != 130 {
		t.Errorf("exit code %d, want 130:\n%s", code, tt.screen)
	}
	raw := tt.raw.String()
	left := strings.LastIndex(raw, "\x1b[?1049l")
	if left < 0 || !strings.Contains(raw[left:], "Nothing was changed.") {
		t.Errorf("after the screen was left, the terminal shows:\n%s", tt.screen)
	}
}

// TestSimpleTerminals get lines: what cannot redraw, or is read aloud, is sent no escape sequence.
func TestSimpleTerminals(t *testing.T) {
	t.Parallel()
	for _, variable := range []string{"TERM=dumb", "TERM=", "ACCESSIBLE=1"} {
		t.Run(variable, func(t *testing.T) {
			t.Parallel()
			tt := onTerminal(t, []string{variable}, "demo")
			tt.answer(t, "1 of 5  App integration name", "", false)
			tt.raw.await(t, "2 of 5  Grant types")
			if err := tt.cmd.Process.Signal(syscall.SIGTERM); err != nil {
				t.Fatal(err)
			}
			_ = tt.cmd.Wait()
			<-tt.over
			if code := tt.cmd.ProcessState.ExitCode(); code != 143 || strings.Contains(tt.raw.String(), "\x1b") {
				t.Errorf("exit code %d, want 143, and no escape sequence:\n%s", code, tt.screen)
			}
		})
	}
}

// pressUntilItEnds presses keys again and again.
func (tt *terminal) pressUntilItEnds(t *testing.T, keys string) {
	t.Helper()
	tt.answerUntilItEnds(t, func(string) string { return keys })
}

// walkUntilItEnds presses Enter again and again, and q at the snippet. The review takes an Enter only once its key line
// says so.
func (tt *terminal) walkUntilItEnds(t *testing.T) {
	t.Helper()
	tt.answerUntilItEnds(t, func(shown string) string {
		switch {
		case strings.Contains(shown, "q done"):
			return "q"
		case strings.Contains(shown, "\n Review ") && !strings.Contains(shown, "enter confirm and begin"):
			return ""
		default:
			return enter
		}
	})
}

// answerUntilItEnds presses the keys for what the screen shows, again and again.
func (tt *terminal) answerUntilItEnds(t *testing.T, keys func(shown string) string) {
	t.Helper()
	press := time.NewTicker(50 * time.Millisecond)
	defer press.Stop()
	for end := time.After(20 * time.Second); ; {
		select {
		case <-press.C:
			_, _ = tt.WriteString(keys(tt.screen.String()))
			continue
		case <-tt.over:
		case <-end:
			t.Fatalf("the program does not end:\n%s", tt.screen)
		}
		_ = tt.cmd.Wait()
		return
	}
}

// TestFullScreenLeavesItsResult walks to the end: what was on the other screen is told again.
func TestFullScreenLeavesItsResult(t *testing.T) {
	t.Parallel()
	tt := onTerminal(t, nil, "demo", "--latency", "0s", "--settle", "0s")
	tt.walkUntilItEnds(t)
	raw := tt.raw.String()
	rest := raw[strings.LastIndex(raw, "\x1b[?1049l"):]
	for strings.Contains(rest, "\r\n\r\n") { // the terminal may have echoed an Enter that came too late
		rest = strings.ReplaceAll(rest, "\r\n\r\n", "\r\n")
	}
	for _, want := range []string{"+ deployment  Web SSO", "<script type=", "</script>\r\n✓ Okta sign-in is set up"} {
		if !strings.Contains(rest, want) {
			t.Errorf("no %q on the normal screen:\n%s", want, tt.screen)
		}
	}
	if code := tt.cmd.ProcessState.ExitCode(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

// TestProseFitsTheTerminal ends lines at a word's end; the snippet is not prose.
func TestProseFitsTheTerminal(t *testing.T) {
	t.Parallel()
	const columns = 50
	tt := onTerminalOf(t, columns, 200, nil, "demo", "--no-input")
	_ = tt.cmd.Wait()
	<-tt.over
	before, rest, _ := strings.Cut(tt.raw.String(), "<script ")
	snippet, after, found := strings.Cut(rest, "</script>\r\n")
	if !found || !strings.Contains(snippet, `charset="utf-8">`+"\r\n") {
		t.Errorf("the snippet was broken: %q", snippet)
	}
	for l := range strings.SplitSeq(before+after, "\r\n") {
		if cells := utf8.RuneCountInString(l); cells > columns && strings.Contains(strings.TrimSpace(l), " ") {
			t.Errorf("%d cells: %q", cells, l)
		}
	}
	if want := "DEMO · nothing here is real: both services are\r\nsimulated on this computer.\r\n"; !strings.HasPrefix(before, want) {
		t.Errorf("no %q in:\n%s", want, before)
	}
}
