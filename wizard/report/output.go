// Package report writes results as plain text or JSON. All front ends use it at the end, so the result stays visible
// after the full screen closes.
//
// It writes no escape sequences, so the text can be piped, logged, and read aloud.
package report

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"msgsso-wizard/steps/explain"
)

// Print writes a piece to standard output unchanged, with a line end.
func Print(w io.Writer, piece Piece, text string) error {
	_, err := io.WriteString(w, ended(text))
	return unwritten(piece.name, err)
}

// JSON writes a result to standard output as one document. It doesn't escape angle brackets, so code stays readable.
func JSON(w io.Writer, document any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return unwritten("document", enc.Encode(document))
}

// unwritten returns an error about standard output.
func unwritten(what string, err error) error {
	if err == nil {
		return nil
	}
	return &explain.Error{
		Class:   explain.ClassFault,
		Problem: fmt.Sprintf("The %s couldn't be written to standard output: %v.", what, explain.Cause(err)),
		Fix:     "Free up disk space or redirect the output, then run the wizard again. It creates no duplicates.",
		Err:     err,
	}
}

func ended(snippet string) string {
	if strings.HasSuffix(snippet, "\n") {
		return snippet
	}
	return snippet + "\n"
}
