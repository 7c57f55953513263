package plain

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"

	"msgsso-wizard/steps/taskgroup"
)

// maxLine bounds one line of input in bytes; every answer is far shorter.
const maxLine = 64 << 10

// errTooLong ends the input: the rest of a cut line would count as more answers.
var errTooLong = errors.New("a line of the input is longer than 64 KiB")

// input reads lines. When the context ends, the pending read continues and its result is the next line. It is safe for
// concurrent use.
type input struct {
	mu      sync.Mutex
	lines   *bufio.Scanner
	pending <-chan taskgroup.Result[string] // of an abandoned read; nil: none
	keys    io.Reader                       // what the lines are read from
	fd      int                             // of the terminal; -1: no terminal
	state   *term.State
}

// errEnded is wrapped by every error about input that ended before an answer.
var errEnded = errors.New("the input ended")

func newInput(r io.Reader) *input {
	in := &input{lines: bufio.NewScanner(r), keys: r, fd: -1}
	in.lines.Buffer(make([]byte, 0, 4096), maxLine)
	if f, ok := r.(interface{ Fd() uintptr }); ok && term.IsTerminal(int(f.Fd())) {
		in.fd = int(f.Fd())
		in.state, _ = term.GetState(in.fd)
	}
	return in
}

// line returns the next line without its end. The error is io.EOF when there is none, or the context's cause.
func (in *input) line(ctx context.Context) (string, error) {
	in.mu.Lock()
	defer in.mu.Unlock()
	if in.pending == nil {
		in.pending = taskgroup.Begin(in.scan)
	}
	select {
	case a := <-in.pending:
		in.pending = nil
		return in.interrupted(ctx, a.Value, a.Err)
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
}

// signalWait is how long the end of a terminal's input waits for a signal.
const signalWait = 200 * time.Millisecond

// interrupted returns what was read. On Windows, Ctrl+C also ends the read, and its signal may come a moment later.
func (in *input) interrupted(ctx context.Context, text string, err error) (string, error) {
	if in.fd >= 0 && errors.Is(err, io.EOF) {
		select {
		case <-ctx.Done():
			return "", context.Cause(ctx)
		case <-time.After(signalWait):
		}
	}
	return text, err
}

func (in *input) scan() (string, error) {
	if in.lines.Scan() {
		return strings.TrimSuffix(in.lines.Text(), "\r"), nil
	}
	if err := in.lines.Err(); err != nil {
		return "", errors.Join(errTooLong, err)
	}
	return "", io.EOF
}

// leftBehind reports whether an abandoned read would show and take what is typed next.
func (in *input) leftBehind() bool {
	in.mu.Lock()
	defer in.mu.Unlock()
	return in.pending != nil
}

// hidden returns the next line, without echo on a terminal.
func (in *input) hidden(ctx context.Context) (string, error) {
	if in.fd < 0 {
		return in.line(ctx)
	}
	text, err := await(ctx, func() (string, error) {
		text, err := term.ReadPassword(in.fd)
		return string(text), err
	})
	if ctx.Err() != nil && in.state != nil {
		// An abandoned hidden read must not leave the terminal without echo.
		_ = term.Restore(in.fd, in.state)
	}
	return in.interrupted(ctx, text, err)
}

func (in *input) terminal() bool { return in.fd >= 0 }

// await returns the result of a read, or abandons it when the context ends.
func await(ctx context.Context, read func() (string, error)) (string, error) {
	select {
	case a := <-taskgroup.Begin(read):
		return a.Value, a.Err
	case <-ctx.Done():
		return "", context.Cause(ctx)
	}
}
