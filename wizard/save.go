package wizard

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// The names that are offered for what is saved.
const (
	defaultFile  = "messenger-snippet.html"
	pluginFile   = "messenger-sign-in-plugin.html"
	completeFile = "messenger-sign-in.html"
	recordFile   = "messenger-hand-over.md"
)

var errLink = errors.New("it is a link or no plain file; choose another name")

// write puts the text into a file of that name, and shows where it is, or why it is not there.
func (s *saving) write(path string, replace bool) action {
	return start{slotSave, func(context.Context) end {
		full, err := expand(path)
		if err == nil {
			path, err = full, writeFile(full, s.text, replace)
		}
		return end{err, func() action { return s.came(path, err) }}
	}}
}

// came takes what saving came to. Another file may be there, which is not replaced without asking.
func (s *saving) came(path string, err error) action {
	s.replace, s.note = "", ""
	switch {
	case errors.Is(err, fs.ErrExist):
		s.replace = path
	case err != nil:
		s.note = saveProblem(path, err)
	default:
		s.done, s.note, s.did[s.deed] = true, path, true
	}
	return stay{}
}

// expand makes a path absolute; a tilde is the home directory, as in a shell.
func expand(path string) (string, error) {
	if rest, ok := strings.CutPrefix(path, "~/"); ok {
		home, err := os.UserHomeDir()
		if err != nil {
			return "", err
		}
		path = filepath.Join(home, rest)
	}
	return filepath.Abs(path)
}

// writeFile writes a new file, or replaces a plain one as a whole. It never writes through a link.
func writeFile(path, text string, replace bool) error {
	switch info, err := os.Lstat(path); {
	case err == nil && !info.Mode().IsRegular():
		return errLink
	case err == nil && same(path, text):
		return nil
	case err == nil && !replace:
		return fs.ErrExist
	case err == nil:
		return replaceFile(path, text)
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644) //nolint:gosec // a page's source is no secret
	if err != nil {
		return err
	}
	_, err = file.WriteString(text)
	if err = errors.Join(err, file.Close()); err != nil {
		_ = os.Remove(path)
	}
	return err
}

func same(path, text string) bool {
	old, err := os.ReadFile(path) //nolint:gosec // the user named the file
	return err == nil && bytes.Equal(old, []byte(text))
}

// replaceFile puts a new file in the old one's place, so that there is always a whole one.
func replaceFile(path, text string) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".messenger-*")
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

// saveProblem is why a file was not written.
func saveProblem(path string, err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return fmt.Sprintf("%s was not written: %v.", path, err)
}
