package tui

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"
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

const (
	esc = '\x1b'
	bel = '\a'

	longest     = 64 // bytes of a sequence, more are none
	typedAtOnce = 2  // bytes that a user may type between two reads
)

// sequences keeps a terminal's sequences complete, however late their pieces arrive. Bubble Tea waits 50 ms for the rest of
// one and then takes every piece for keys.
type sequences struct {
	held    []byte // an unfinished sequence
	cut     []byte // the start of what may go on, already passed on as a key
	pasting bool
}

// read reads once, and again while more arrives after what may be a key or the start of a sequence.
func (s *sequences) read(p []byte, from io.Reader, more func() bool) (int, error) {
	var out []byte
	for {
		room := len(p) - len(out) - len(s.held) - len(kitty(nil))
		if room <= 0 {
			return copy(p, out), nil
		}
		piece := make([]byte, room)
		n, err := from.Read(piece)
		out = append(out, s.complete(piece[:n])...)
		if err != nil || !s.undecided() {
			return copy(p, out), err
		}
		if !more() {
			return copy(p, append(out, s.release()...)), nil
		}
	}
}

// undecided reports whether the held bytes may be a key.
func (s *sequences) undecided() bool {
	return !s.pasting && len(s.held) > 0 && len(s.held) <= typedAtOnce
}

// release passes on the held bytes as the key that they are.
func (s *sequences) release() []byte {
	s.held, s.cut = nil, s.held
	return kitty(s.cut)
}

// kitty spells Esc, alt+[, and alt+] in the way in which Bubble Tea need not wait for more.
func kitty(key []byte) []byte {
	if len(key) < 2 {
		return []byte("\x1b[27u")
	}
	return fmt.Appendf(nil, "\x1b[%d;3u", key[1])
}

// complete returns the finished sequences of what is held and has now come.
func (s *sequences) complete(piece []byte) (out []byte) {
	b := s.resume(slices.Concat(s.held, piece))
	for len(b) > 0 {
		n, kind := s.measure(b)
		switch {
		case kind == partial:
			s.held = b
			return out
		case kind == aborted && n <= typedAtOnce:
			out = append(out, kitty(b[:n])...)
		case kind != aborted:
			out = append(out, b[:n]...)
		}
		b = b[n:]
	}
	return out
}

// resume drops the rest of an answer whose start was taken for a key.
func (s *sequences) resume(b []byte) []byte {
	s.held = nil
	if s.cut == nil || len(b) == 0 {
		return b
	}
	sequence := slices.Concat(s.cut, b)
	n, kind := measure(sequence)
	rest := n - len(s.cut)
	switch {
	case kind == partial && rest > typedAtOnce:
		s.held = b
		return nil
	case kind == complete && isAnswer(sequence[:n]), kind == aborted && rest > typedAtOnce:
		b = b[rest:]
	}
	s.cut = nil
	return b
}

const pasteBegins, pasteEnds = "\x1b[200~", "\x1b[201~"

// measure is the function of that name, and leaves alone what is pasted.
func (s *sequences) measure(b []byte) (int, extent) {
	if s.pasting && !bytes.HasPrefix(b, []byte(pasteEnds)) {
		if strings.HasPrefix(pasteEnds, string(b)) {
			return len(b), partial
		}
		return 1, plain
	}
	n, kind := measure(b)
	s.pasting = string(b[:n]) == pasteBegins
	return n, kind
}

// extent is how far a sequence at the start of some bytes goes.
type extent int

const (
	plain    extent = iota // no sequence that is kept complete
	complete               // a sequence
	partial                // the start of one
	aborted                // the start of one that does not go on
)

// measure tells what stands at the start of b, and how long it is.
func measure(b []byte) (int, extent) {
	switch {
	case b[0] != esc:
		return 1, plain
	case len(b) == 1:
		return 1, partial
	case b[1] == '[':
		return control(b)
	case b[1] == ']':
		return colorAnswer(b)
	default:
		return 1, plain
	}
}

// control measures a control sequence: parameters, and one byte that ends it.
func control(b []byte) (int, extent) {
	for i := 2; i < min(len(b), longest); i++ {
		switch c := b[i]; {
		case c >= '@' && c <= '~':
			return i + 1, complete
		case c < ' ' || c > '?':
			return i, aborted
		}
	}
	return unfinished(b)
}

// colorAnswer measures the answer to a question for a color, such as 11;rgb:1a1a/1b1b/1c1c. The others are never asked.
func colorAnswer(b []byte) (int, extent) {
	if len(b) > 2 && (b[2] < '0' || b[2] > '9') {
		return 2, aborted
	}
	if len(b) > 2 && b[2] != '1' && b[2] != '4' {
		return 1, plain
	}
	for i := 3; i < min(len(b), longest); i++ {
		switch c := b[i]; {
		case c == bel:
			return i + 1, complete
		case c == esc && i+1 == len(b):
			return i + 1, partial
		case c == esc && b[i+1] == '\\':
			return i + 2, complete
		case !strings.ContainsRune("0123456789abcdefABCDEF;rg:/", rune(c)):
			return i, aborted
		}
	}
	return unfinished(b)
}

func unfinished(b []byte) (int, extent) {
	if len(b) < longest {
		return len(b), partial
	}
	return longest, aborted
}

// onlyModifier reports whether no more than Shift, Ctrl, or Alt was pressed. A Windows console sends a zero byte for each,
// which is read as ctrl+space.
func onlyModifier(key tea.KeyPressMsg) bool {
	return key.Code >= tea.KeyCapsLock && key.Code <= tea.KeyIsoLevel5Shift || key.Keystroke() == "ctrl+space"
}

// isAnswer reports whether a sequence comes from the terminal and is no key: a color, a report of its kind, of a mode, of
// the cursor's position, or of the focus.
func isAnswer(sequence []byte) bool {
	last, private := sequence[len(sequence)-1], strings.ContainsRune("?>=<", rune(sequence[2]))
	return sequence[1] == ']' || private || bytes.IndexByte([]byte("RIOcnty"), last) >= 0
}
