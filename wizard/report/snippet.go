package report

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"msgsso-wizard/steps"
)

// maxSnippet bounds what is read to compare it with a snippet, in bytes; one has about 1 KiB.
const maxSnippet = 64 << 10

// Snippet writes the snippet to standard output as it is, and a line end if it has none.
func Snippet(w io.Writer, snippet string) error {
	_, err := io.WriteString(w, ended(snippet))
	return unwritten("snippet", err)
}

// unwritten says that standard output took no more.
func unwritten(what string, err error) error {
	if err == nil {
		return nil
	}
	return &steps.Error{
		Class:   steps.ClassFault,
		Problem: fmt.Sprintf("The %s could not be written to standard output: %v.", what, cause(err)),
		Fix:     "Make room there or send it elsewhere, and run the wizard again: it finds what is there and makes nothing twice.",
		Err:     err,
	}
}

// CheckFile reports, before anything is made, why the snippet could not be saved to path: a file that is
// there and is not about this deployment, or a folder that takes none. An empty path needs no check, and
// an empty deployment is one that does not exist yet. Save compares byte for byte when the snippet is known.
func CheckFile(path, deployment string) error {
	if path == "" {
		return nil
	}
	switch have, err := existing(path); {
	case err != nil:
		return err
	case have != nil && (deployment == "" || !bytes.Contains(have, []byte(deployment))):
		return taken(path)
	case have != nil:
		return nil
	}
	// Only an attempt shows whether the folder takes a file: permissions, quotas and read-only disks differ.
	probe, err := os.CreateTemp(filepath.Dir(path), ".msgsso-*")
	if err != nil {
		return unsaved(path, err)
	}
	return errors.Join(probe.Close(), os.Remove(probe.Name()))
}

// Save writes the snippet to a new file that everyone may read. It leaves a file alone that already holds
// it, and refuses any other; it does not follow a symbolic link.
func Save(path, snippet string) error {
	want := []byte(ended(snippet))
	switch have, err := existing(path); {
	case err != nil:
		return err
	case bytes.Equal(have, want), have != nil && string(have) == snippet:
		return nil
	case have != nil:
		return taken(path)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return unsaved(path, err)
	}
	_, err = f.Write(want)
	return errors.Join(err, f.Close())
}

// existing returns what the file at path holds, nil if there is none. What is no regular file is refused,
// and so is one that is too large to be a snippet.
func existing(path string) ([]byte, error) {
	info, err := os.Lstat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, unsaved(path, err)
	case !info.Mode().IsRegular():
		return nil, refused(path + " is no regular file; the snippet is not written through it.")
	case info.Size() > maxSnippet:
		return nil, taken(path)
	}
	have, err := os.ReadFile(path)
	if err != nil {
		return nil, unsaved(path, err)
	}
	return have, nil
}

func taken(path string) error {
	return refused(path + " exists already and holds something else than this snippet.")
}

func unsaved(path string, err error) error {
	return refused(fmt.Sprintf("The snippet cannot be saved to %s: %v.", path, cause(err)))
}

func refused(problem string) error {
	return &steps.Error{
		Class: steps.ClassUsage, Question: steps.SnippetFile, Problem: problem,
		Fix: "Name another file (--snippet-file), or move that one away.",
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
