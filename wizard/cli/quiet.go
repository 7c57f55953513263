package cli

import (
	"errors"
	"io"
	"syscall"
)

// ignoreEPIPE is standard output for a reader that may have enough before the end, as head has: what it does not take any
// more is nobody's fault, and no reason to stop. A terminal stays what it is.
func ignoreEPIPE(w io.Writer) io.Writer {
	if isTerminal(w) {
		return w
	}
	return epipeIgnorer{w}
}

type epipeIgnorer struct{ io.Writer }

// Write writes p, or nothing where nobody reads any more.
func (q epipeIgnorer) Write(p []byte) (int, error) {
	n, err := q.Writer.Write(p)
	if errors.Is(err, syscall.EPIPE) {
		return len(p), nil
	}
	return n, err
}
