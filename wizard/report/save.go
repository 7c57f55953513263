// Package report writes results as plain text or JSON. All front ends use it at the end, so the result stays visible
// after the full screen closes.
//
// It writes no escape sequences, so the text can be piped, logged, and read aloud.
package report

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// maxFile bounds what is read to compare it with what would be saved, in bytes; a snippet has about 1 KiB, a whole page
// about 10.
const maxFile = 64 << 10

// Piece is a text that can be saved.
type Piece struct {
	name string
	flag string    // that names its file; empty: none
	key  guide.Key // of the question that does; empty: none
}

// The pieces.
var (
	TheSnippet  = Piece{"snippet", "--snippet-file", guide.SnippetFile}
	PageCode    = Piece{"page code", "--file", ""}
	TheHandover = Piece{"handover record", "--handover", ""}
	TheAnswers  = Piece{"answers file", "", ""}
	exported    = Piece{"export", "--dir", ""}
)

// ErrLink refuses to write through a link.
var ErrLink = errors.New("it is a link, or not a plain file; choose another name")

// CheckFile reports, before anything is made, why the snippet could not be saved to path: a file that is
// there and is not about this deployment, or a folder that takes none. An empty path needs no check, and
// an empty deployment is one that does not exist yet. Save compares the whole text when the snippet is known.
func CheckFile(path, deployment string) error {
	if path == "" {
		return nil
	}
	switch have, err := existing(path); {
	case err != nil:
		return TheSnippet.unsaved(path, err)
	case have != nil && (deployment == "" || !bytes.Contains(have, []byte(deployment))):
		return TheSnippet.unsaved(path, fs.ErrExist)
	case have != nil:
		return nil
	}
	// Only an attempt shows whether the folder takes a file: permissions, quotas and read-only disks differ.
	probe, err := os.CreateTemp(filepath.Dir(path), ".msgsso-*")
	if err != nil {
		return TheSnippet.unsaved(path, err)
	}
	return errors.Join(probe.Close(), os.Remove(probe.Name()))
}

// CheckNew reports, before anything is made, why a piece could not be saved to path, where no file may be yet. An empty
// path needs no check.
func CheckNew(path string, piece Piece) error {
	have, err := existing(path)
	if err == nil && have != nil {
		err = fs.ErrExist
	}
	return piece.unsaved(path, err)
}

// Save writes a piece to a new file, as Write does.
func Save(path string, piece Piece, text string) error {
	return piece.unsaved(path, Write(path, ended(text), false))
}

// Write writes a text to a new file that everyone may read, or replaces a plain one as a whole. It leaves a file alone that
// already holds the text, and never writes through a link.
func Write(path, text string, replace bool) error {
	have, err := existing(path)
	switch {
	case err != nil || have != nil && holds(have, text):
		return err
	case have != nil && !replace:
		return fs.ErrExist
	case have != nil:
		return replaceFile(path, text)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	if err = errors.Join(err, file.Close()); err != nil {
		_ = os.Remove(path)
	}
	return err
}

// replaceFile puts a new file in the old one's place, so that there is always a whole one.
func replaceFile(path, text string) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".msgsso-*")
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	err = errors.Join(err, file.Chmod(0o644), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name())
	}
	return err
}

// holds reports whether a file has a text. Git on Windows gives lines another end, and editors end the last one.
func holds(have []byte, text string) bool {
	return ended(strings.ReplaceAll(string(have), "\r\n", "\n")) == ended(text)
}

// existing returns what the file at path holds, nil if there is none, also where path is empty, and nothing of one that is too
// large to be a piece. What is no regular file is ErrLink.
func existing(path string) ([]byte, error) {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, ErrLink
	case info.Size() > maxFile:
		return []byte{}, nil
	}
	return os.ReadFile(path)
}

// unsaved says why a piece isn't saved; nil stays nil.
func (p Piece) unsaved(path string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, ErrLink):
		return p.refused(path + " isn't a regular file, so the " + p.name + " isn't saved there.")
	case errors.Is(err, fs.ErrExist):
		return p.refused(path + " already exists with other content.")
	default:
		return p.refused(fmt.Sprintf("The %s can't be saved to %s: %v.", p.name, path, explain.Cause(err)))
	}
}

func (p Piece) refused(problem string) error {
	other, it := "another file", "one"
	if p == exported {
		other, it = "another folder", "file"
	}
	if p.flag != "" {
		other += " (" + p.flag + ")"
	}
	return &explain.Error{Class: explain.ClassUsage, Question: p.key, Problem: problem, Fix: "Choose " + other + ", or move the existing " + it + "."}
}

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
