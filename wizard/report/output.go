package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"msgsso-wizard/steps/explain"
)

// Print writes a piece to standard output as it is, and a line end if it has none.
func Print(w io.Writer, piece Piece, text string) error {
	_, err := io.WriteString(w, ended(text))
	return unwritten(piece.name, err)
}

// JSON writes what a command came to, such as a setup.Result, to standard output as one document. Code in it is readable:
// its angle brackets are not escaped.
func JSON(w io.Writer, document any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return unwritten("document", enc.Encode(document))
}

// unwritten says that standard output took no more.
func unwritten(what string, err error) error {
	if err == nil {
		return nil
	}
	return &explain.Error{
		Class:   explain.ClassFault,
		Problem: fmt.Sprintf("The %s could not be written to standard output: %v.", what, cause(err)),
		Fix:     "Make room there or send it elsewhere, and run the wizard again: it finds what is there and makes nothing twice.",
		Err:     err,
	}
}

// cause drops the path from an error, which the sentence around it names.
func cause(err error) error {
	var e *fs.PathError
	if errors.As(err, &e) {
		return e.Err
	}
	return err
}

func ended(snippet string) string {
	if strings.HasSuffix(snippet, "\n") {
		return snippet
	}
	return snippet + "\n"
}
