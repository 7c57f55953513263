package report

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

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

// CheckFile reports, before anything is made, why the snippet could not be saved to path: a file that is
// there and is not about this deployment, or a folder that takes none. An empty path needs no check, and
// an empty deployment is one that does not exist yet. Save compares byte for byte when the snippet is known.
func CheckFile(path, deployment string) error {
	if path == "" {
		return nil
	}
	switch have, err := existing(path, TheSnippet); {
	case err != nil:
		return err
	case have != nil && (deployment == "" || !bytes.Contains(have, []byte(deployment))):
		return TheSnippet.taken(path)
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
	have, err := existing(path, piece)
	if err == nil && have != nil {
		err = piece.taken(path)
	}
	return err
}

// Save writes a piece to a new file that everyone may read. It leaves a file alone that already holds it, and refuses
// any other; it does not follow a symbolic link.
func Save(path string, piece Piece, text string) error {
	want := []byte(ended(text))
	switch have, err := existing(path, piece); {
	case err != nil:
		return err
	case bytes.Equal(have, want), have != nil && string(have) == text:
		return nil
	case have != nil:
		return piece.taken(path)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return piece.unsaved(path, err)
	}
	_, err = f.Write(want)
	return errors.Join(err, f.Close())
}

// existing returns what the file at path holds, nil if there is none, also where path is empty. What is no regular file is refused,
// and so is one that is too large to be such a piece.
func existing(path string, piece Piece) ([]byte, error) {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, piece.unsaved(path, err)
	case !info.Mode().IsRegular():
		return nil, piece.refused(path + " isn't a regular file, so the " + piece.name + " isn't saved there.")
	case info.Size() > maxFile:
		return nil, piece.taken(path)
	}
	have, err := os.ReadFile(path)
	if err != nil {
		return nil, piece.unsaved(path, err)
	}
	return have, nil
}

func (p Piece) taken(path string) error {
	return p.refused(path + " already exists with other content.")
}

func (p Piece) unsaved(path string, err error) error {
	return p.refused(fmt.Sprintf("The %s can't be saved to %s: %v.", p.name, path, explain.Cause(err)))
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
