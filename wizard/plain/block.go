package plain

import (
	"context"
	"encoding/json"
	"io"
	"strings"
	"syscall"

	"golang.org/x/term"

	"msgsso-wizard/wizard/report"
)

// block reads a secret that may have several lines, as a private key has. On a terminal it is one hidden read
// for all of them: what is pasted arrives faster than a read for each line could begin.
func (in *input) block(ctx context.Context) (string, error) {
	if in.fd < 0 {
		text, err := in.line(ctx)
		for err == nil && !whole(text) {
			var more string
			if more, err = in.line(ctx); err == nil && more == "" {
				break
			}
			text += "\n" + more
		}
		return text, err
	}
	state, err := term.MakeRaw(in.fd)
	if err != nil {
		return in.hidden(ctx)
	}
	defer func() { _ = term.Restore(in.fd, state) }()
	return await(ctx, func() (string, error) { return readBlock(in.keys) })
}

// What a terminal in raw mode sends for keys that it otherwise acts on itself.
const (
	ctrlC     = 0x03
	ctrlD     = 0x04
	backspace = 0x08
	del       = 0x7f
)

// readBlock reads keys until a line ends at which the text is whole, or an empty line.
func readBlock(keys io.Reader) (string, error) {
	var text, line []byte
	for key := make([]byte, 1); ; {
		if _, err := io.ReadFull(keys, key); err != nil {
			return "", err
		}
		switch b := key[0]; {
		case b == ctrlC:
			return "", report.Interrupted{Signal: syscall.SIGINT}
		case b == ctrlD && len(text)+len(line) == 0:
			return "", io.EOF
		case b == backspace || b == del:
			line = line[:max(0, len(line)-1)]
		case b == '\r' || b == '\n':
			if text = append(text, line...); len(line) == 0 || whole(string(text)) {
				return strings.TrimSpace(string(text)), nil
			}
			text, line = append(text, '\n'), nil
		case len(text)+len(line) > maxLine:
			return "", errTooLong
		default:
			line = append(line, b)
		}
	}
}

// whole reports whether nothing of a key is missing: PEM (RFC 7468) says where it ends, and so does JSON. Either may be in
// quotation marks.
func whole(text string) bool {
	switch text = strings.Trim(strings.TrimSpace(text), "\ufeff\"'"); {
	case strings.HasPrefix(text, "-----BEGIN"):
		return strings.Contains(text, "-----END")
	case strings.HasPrefix(text, "{"):
		return json.Valid([]byte(text))
	default:
		return true
	}
}
