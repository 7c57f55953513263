package journal

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// maxFile bounds what is read: a run of the guide takes about 10 kB.
const maxFile = 1 << 20

// Save writes a run as a whole. Until it returns nil, a change that the run intends must not be sent.
func (f *Folder) Save(r Run) error {
	path, err := f.runFile(r.ID)
	if err != nil {
		return err
	}
	content, err := json.MarshalIndent(r, "", "  ")
	if err == nil {
		err = f.replace(path, append(content, '\n'), false)
	}
	return about(path, err)
}

// Crash writes what broke to a separate file next to the runs, and returns where it is.
func (f *Folder) Crash(at time.Time, text []byte) (path string, err error) {
	path = filepath.Join(f.path, "crash-"+NewRun(at, "").ID+".txt")
	return path, about(path, f.replace(path, text, false))
}

// Runs returns the runs that can be read, oldest first, and an error for each file that cannot: ErrNewer,
// ErrCorrupt, ErrOwner, or ErrUnsafe. Such files are left as they are.
func (f *Folder) Runs() (runs []Run, unread []error, err error) {
	entries, err := os.ReadDir(f.path)
	if err != nil {
		return nil, nil, about(f.path, err)
	}
	for _, e := range entries {
		id, ok := strings.CutSuffix(e.Name(), ".json")
		if !ok {
			continue
		}
		r, err := f.Run(id)
		if err != nil {
			unread = append(unread, err)
			continue
		}
		runs = append(runs, r)
	}
	slices.SortFunc(runs, func(a, b Run) int { return a.Began.Compare(b.Began) })
	return runs, unread, nil
}

// Run returns the run of that id; ErrNoRun where there is none.
func (f *Folder) Run(id string) (Run, error) {
	path, err := f.runFile(id)
	if err != nil {
		return Run{}, err
	}
	content, err := f.readPlain(path)
	if errors.Is(err, fs.ErrNotExist) {
		return Run{}, about(path, ErrNoRun)
	}
	if err != nil {
		return Run{}, about(path, err)
	}
	r, err := parse(content)
	if err == nil && r.ID != filepath.Base(id) {
		err = ErrCorrupt
	}
	if err == nil { // else it may be a file of another program
		err = os.Chmod(path, 0o600)
	}
	return r, about(path, err)
}

// readPlain reads a plain file of this user, never through a link.
func (f *Folder) readPlain(path string) ([]byte, error) {
	info, err := os.Lstat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, ErrUnsafe
	case !owns(path, info, f.user):
		return nil, ErrOwner
	}
	file, err := os.OpenFile(path, os.O_RDONLY|noFollow, 0)
	if err != nil {
		return nil, err
	}
	defer file.Close() //nolint:errcheck // only read
	return io.ReadAll(io.LimitReader(file, maxFile))
}

// parse reads a run, and cleans its texts: they are shown on terminals. What a newer version wrote is not read at all,
// since its meaning may have changed.
func parse(content []byte) (Run, error) {
	var head struct {
		Format int `json:"format"`
	}
	if err := json.Unmarshal(content, &head); err != nil || head.Format < 1 {
		return Run{}, ErrCorrupt
	}
	if head.Format > Format {
		return Run{}, ErrNewer
	}
	var r Run
	d := json.NewDecoder(bytes.NewReader(content))
	d.DisallowUnknownFields()
	if err := d.Decode(&r); err != nil || r.ID == "" || r.Began.IsZero() {
		return Run{}, ErrCorrupt
	}
	for _, e := range r.Entries {
		if len(e.Undo) > 0 && json.Unmarshal(e.Undo, &change{}) != nil {
			return Run{}, ErrCorrupt
		}
	}
	return r.clean(), nil
}
