//go:build linux

package plain

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"testing"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/testkit/eventually"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/report"
)

func echoes(t *testing.T, terminal *os.File) bool {
	t.Helper()
	settings, err := unix.IoctlGetTermios(int(terminal.Fd()), unix.TCGETS)
	assert.NilError(t, err)
	return settings.Lflag&unix.ECHO != 0
}

func awaitNoEcho(t *testing.T, terminal *os.File) {
	t.Helper()
	eventually.True(t, func() bool { return !echoes(t, terminal) }, func() string { return "the echo stays on" })
}

// TestSecretAfterPromptIsHidden types a secret while the read of a prompt that is over still waits.
func TestSecretAfterPromptIsHidden(t *testing.T) {
	t.Parallel()
	master, slave, err := pty.Open()
	if err != nil {
		t.Skip("no pseudo terminal: ", err)
	}
	var echo, out eventually.Output
	over := make(chan struct{})
	go func() {
		defer close(over)
		for buf := make([]byte, 1024); ; {
			n, err := master.Read(buf)
			_, _ = echo.Write(buf[:n])
			if err != nil {
				return
			}
		}
	}()
	ctx, cancel := context.WithCancel(t.Context())
	g := New(Config{
		Env: &setup.Session{Answers: guide.NewAnswers()}, In: slave, Out: io.MultiWriter(&out, seen(cancel)), Marks: report.NewMarks(true, true),
	})
	if _, err := g.userTask(ctx, services.Prompt{Ask: "Address"}); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	asked := make(chan error, 1)
	go func() { asked <- g.ask(context.Background(), question(t, guide.OktaToken), "1 of 1") }()
	out.Await(t, "Press Enter first.")
	_, _ = master.WriteString("\n")
	out.Await(t, "(input is hidden)")
	awaitNoEcho(t, slave)
	_, _ = master.WriteString("canary-7431\n")
	assert.NilError(t, <-asked)
	assert.Check(t, is.Equal(g.Env.Answers.Secret(guide.OktaToken).Reveal(), "canary-7431"), "the secret became")
	go func() { asked <- g.ask(context.Background(), question(t, guide.OktaKey), "1 of 1") }()
	out.Await(t, "Private key\n> (input is hidden)")
	awaitNoEcho(t, slave)
	_, _ = master.WriteString(strings.ReplaceAll(pem, "\n", "\r") + "\r")
	assert.NilError(t, <-asked)
	assert.Check(t, is.Equal(g.Env.Answers.Secret(guide.OktaKey).Reveal(), pem), "the key became")
	assert.Check(t, echoes(t, slave), "the echo stays off")
	_ = slave.Close()
	<-over
	_ = master.Close()
	assert.Check(t, !strings.Contains(echo.String(), "canary"), "the secret was echoed")
}
