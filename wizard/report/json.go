package report

import (
	"encoding/json"
	"io"
)

// JSON writes what a command came to, such as a setup.Result, to standard output as one document. Code in it is readable:
// its angle brackets are not escaped.
func JSON(w io.Writer, document any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return unwritten("document", enc.Encode(document))
}
