package report

import (
	"encoding/json"
	"io"

	"msgsso-wizard/steps"
)

// JSON writes the result to standard output as one document. The snippet in it is readable: its angle brackets are not escaped.
func JSON(w io.Writer, r steps.Result) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return unwritten("document", enc.Encode(r))
}
