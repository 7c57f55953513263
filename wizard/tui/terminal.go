package tui

import (
	"io"
	"os"
)

// input tells when a terminal's input ends. Bubble Tea takes that for silence, so that a wizard whose
// window was closed would wait for a key for ever.
type input struct {
	*os.File
	ended func()
}

// Read reads from the terminal.
func (in input) Read(p []byte) (int, error) {
	n, err := in.File.Read(p)
	if err != nil {
		in.ended()
	}
	return n, err
}

// watchInput calls ended when nothing more can be read.
func watchInput(in io.Reader, ended func()) io.Reader {
	if file, ok := in.(*os.File); ok {
		return input{File: file, ended: ended}
	}
	return in
}
