package transcript

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"time"

	"msgsso-wizard/apiclient"
)

// File is a transcript that is being written. It is an apiclient.Recorder.
type File struct {
	path string

	mu     sync.Mutex
	file   *os.File // nil: closed
	failed error
	redact redactor
	limits limits
}

// Create makes the file and writes its first line to the disk, so that a full one shows before the first
// call. It refuses a path where anything is, a link too (O_EXCL follows none). Only the user may read the file.
func Create(path, version string) (*File, error) {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // the admin names it
	switch {
	case errors.Is(err, fs.ErrExist):
		return nil, fmt.Errorf("%s already exists, and a transcript is written to a new file only", path)
	case err != nil:
		return nil, fmt.Errorf("the transcript can't be written to %s: %w", path, apiclient.Cause(err))
	}
	f := &File{path: path, file: file, limits: limits{}}
	f.write(about{Transcript: format, Program: "msgsso-wizard", Version: version, Time: time.Now().UTC()})
	// Chmod, because a umask may have taken the user's own rights.
	if err := errors.Join(f.failed, file.Chmod(0o600), file.Sync()); err != nil {
		return nil, errors.Join(fmt.Errorf("the transcript can't be written to %s: %w", path, apiclient.Cause(err)), file.Close())
	}
	return f, nil
}

// Record appends one exchange.
func (f *File) Record(x apiclient.Exchange) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.limits.note(x)
	f.write(f.redact.exchange(x))
}

// Err says why nothing more can be written.
func (f *File) Err() error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.failed == nil {
		return nil
	}
	return fmt.Errorf("the transcript %s can't be written any further (%w), so nothing more is changed: free up disk space, or run again without --transcript", f.path, apiclient.Cause(f.failed))
}

// Close appends what the run found out, waits until the disk has everything, and closes the file. What is
// recorded afterward is not written, and stops nothing.
func (f *File) Close(found map[string]string) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	var last summary
	last.Summary.Found, last.Summary.RateLimits = map[string]string{}, f.limits
	for key, value := range found {
		last.Summary.Found[key] = f.redact.text(value)
	}
	f.write(last)
	err := errors.Join(f.failed, f.file.Sync(), f.file.Close())
	f.file, f.failed = nil, nil
	if err != nil {
		return fmt.Errorf("the transcript %s isn't complete: %w", f.path, apiclient.Cause(err))
	}
	return nil
}

// write appends one line with one call, so that a run that is killed leaves whole lines. The first failure stays.
func (f *File) write(line any) {
	if f.failed != nil || f.file == nil {
		return
	}
	text, err := marshal(line)
	if err == nil {
		_, err = f.file.WriteString(f.redact.sweep(string(text)))
	}
	f.failed = err
}

// marshal writes v as JSON on its own line and leaves < > & as they are.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return b.Bytes(), err
}
