package line

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"

	"golang.org/x/term"
)

// maxLine bounds one line of input in bytes; every answer is far shorter.
const maxLine = 64 << 10

// errTooLong ends the input, because what follows the cut would be taken for further answers.
var errTooLong = errors.New("a line of the input is longer than 64 KiB")

// input reads lines. A read that is under way when the context ends is left behind, to end with the program.
type input struct {
	lines *bufio.Scanner
	fd    int // of the terminal; -1: no terminal
	state *term.State
}

func newInput(r io.Reader) *input {
	in := &input{lines: bufio.NewScanner(r), fd: -1}
	in.lines.Buffer(make([]byte, 0, 4096), maxLine)
	if f, ok := r.(interface{ Fd() uintptr }); ok && term.IsTerminal(int(f.Fd())) {
		in.fd = int(f.Fd())
		in.state, _ = term.GetState(in.fd)
	}
	return in
}

// line returns the next line without its end. The error is io.EOF when there is none, or the context's cause.
func (in *input) line(ctx context.Context) (string, error) {
	return in.await(ctx, func() (string, error) {
		if in.lines.Scan() {
			return strings.TrimSuffix(in.lines.Text(), "\r"), nil
		}
		if err := in.lines.Err(); err != nil {
			return "", errors.Join(errTooLong, err)
		}
		return "", io.EOF
	})
}

// hidden is line without echo on a terminal.
func (in *input) hidden(ctx context.Context) (string, error) {
	if in.fd < 0 {
		return in.line(ctx)
	}
	return in.await(ctx, func() (string, error) {
		text, err := term.ReadPassword(in.fd)
		return string(text), err
	})
}

func (in *input) terminal() bool { return in.fd >= 0 }

func (in *input) await(ctx context.Context, read func() (string, error)) (string, error) {
	type answer struct {
		text string
		err  error
	}
	got := make(chan answer, 1)
	go func() {
		text, err := read()
		got <- answer{text, err}
	}()
	select {
	case a := <-got:
		return a.text, a.err
	case <-ctx.Done():
		if in.state != nil {
			// A hidden read that is left behind must not leave the terminal without echo.
			_ = term.Restore(in.fd, in.state)
		}
		return "", context.Cause(ctx)
	}
}
