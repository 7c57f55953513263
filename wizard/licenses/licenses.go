// Package licenses has the license of this program and the notices of what is linked into it.
package licenses

import (
	"bytes"
	"compress/gzip"
	_ "embed" // of the notices
	"io"
)

// packed is all notices as compressed text, which is 100 kB smaller. Its test writes it from the modules that the program
// links.
//
//go:embed notices.txt.gz
var packed []byte

// Write writes all notices as plain text.
func Write(w io.Writer) error {
	text, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return err
	}
	_, err = io.Copy(w, text) //nolint:gosec // it is this program's own text
	return err
}
