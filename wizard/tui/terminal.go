package tui

import (
	"io"
	"os"
	"time"
)

// escapeWait is how long a lone Esc waits for the rest of a sequence. Bubble Tea waits as long.
const escapeWait = 50 * time.Millisecond

// input reads from a terminal. Bubble Tea takes the end of its input for silence, and would wait forever for a key after
// the window was closed. It also takes what arrives late of an answer of the terminal for keys.
type input struct {
	*os.File
	ended func()
	sequences
}

// Read returns whole sequences only, which may be none yet.
func (in *input) Read(p []byte) (int, error) {
	n, err := in.read(p, in.File, func() bool { return readable(in.File, escapeWait) })
	if err != nil {
		in.ended()
	}
	return n, err
}

// watchInput calls ended when nothing more can be read.
func watchInput(in io.Reader, ended func()) io.Reader {
	if file, ok := in.(*os.File); ok {
		return &input{File: file, ended: ended}
	}
	return in
}
