package journal

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient"
)

// What can be wrong with a state folder or with one of its files.
var (
	ErrUnsafe  = errors.New("it is a link, or not a plain folder or file")
	ErrOwner   = errors.New("it belongs to another user")
	ErrShared  = errors.New("it has other files, and other users can write to it")
	ErrNewer   = errors.New("a newer version of this program wrote it")
	ErrCorrupt = errors.New("it is damaged")
	ErrLocked  = errors.New("another run is writing")
	ErrNoRun   = errors.New("there is no such run")
)

// FileError names the file or folder that an error is about.
type FileError struct {
	Path string
	Err  error
}

// Error returns the path and what is wrong there.
func (e *FileError) Error() string { return e.Path + ": " + e.Err.Error() }

// Unwrap returns what is wrong.
func (e *FileError) Unwrap() error { return e.Err }

// Folder is a state folder.
type Folder struct {
	path string
	user int // whose it has to be, with all its files: others could have written there what this user never did
}

// DefaultPath is where runs are kept unless the user says otherwise: below XDG_STATE_HOME, else below the home
// folder, on Windows below LocalAppData. Empty: none of them is set.
func DefaultPath(lookup func(string) (string, bool)) string {
	for _, candidate := range []struct{ variable, below string }{
		{"XDG_STATE_HOME", ""}, {"LOCALAPPDATA", ""}, {"HOME", ".local/state"},
	} {
		if base, _ := lookup(candidate.variable); filepath.IsAbs(base) { // the XDG specification has others ignored
			return filepath.Join(base, filepath.FromSlash(candidate.below), "msgsso-wizard")
		}
	}
	return ""
}

// Open makes the folder where it is missing, for this user only, and proves that it can be written to. A link in
// its place is ErrUnsafe, and a folder of another user is ErrOwner, also for root. Errors are *FileError.
func Open(path string) (*Folder, error) {
	f := &Folder{path: path, user: os.Geteuid()}
	return f, about(path, f.prepare())
}

// Path is where the folder is.
func (f *Folder) Path() string { return f.path }

func (f *Folder) prepare() error {
	if err := os.MkdirAll(filepath.Dir(f.path), 0o700); err != nil {
		return err
	}
	if err := os.Mkdir(f.path, 0o700); err != nil && !errors.Is(err, fs.ErrExist) {
		return err
	}
	info, err := os.Lstat(f.path)
	switch {
	case err != nil:
		return err
	case !info.IsDir():
		return ErrUnsafe
	case !owns(f.path, info, f.user):
		return ErrOwner
	}
	if err := f.makePrivate(info); err != nil {
		return err
	}
	return f.replace(filepath.Join(f.path, "probe"), []byte("This folder can be written to.\n"), true)
}

// stateFile matches the names of the files in a state folder.
var stateFile = regexp.MustCompile(`^(lock|\.new-.*|crash-.*\.txt|\d{8}-\d{6}-\w+\.json)$`)

// makePrivate closes a state folder to others. One that is also for something else, such as /tmp or a home folder, keeps its
// mode, and is refused where others can write to it.
func (f *Folder) makePrivate(info fs.FileInfo) error {
	if info.Mode().Perm()&0o077 == 0 {
		return nil
	}
	entries, err := os.ReadDir(f.path)
	if err != nil {
		return err
	}
	mixed := info.Mode()&fs.ModeSticky != 0 || slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return !stateFile.MatchString(e.Name()) })
	switch {
	case mixed && othersWrite(info):
		return ErrShared
	case mixed:
		return nil
	}
	return closeFolder(f.path)
}

// replace puts a file in place as a whole: written aside, flushed, and renamed so that a power cut doesn't undo it. With
// discard it is removed again: only the way there was to be tried.
func (f *Folder) replace(path string, content []byte, discard bool) error {
	aside, err := os.CreateTemp(f.path, ".new-*") // 0600 whatever the umask says
	if err != nil {
		return err
	}
	_, err = aside.Write(content)
	if err == nil {
		err = aside.Sync()
	}
	if err = errors.Join(err, aside.Close()); err == nil && !discard {
		return rename(aside.Name(), path)
	}
	return errors.Join(err, os.Remove(aside.Name()))
}

// about names the file or folder of an error; nil stays nil.
func about(path string, err error) error {
	if err == nil {
		return nil
	}
	return &FileError{Path: path, Err: apiclient.Cause(err)}
}

// runFile is where a run is kept. An id is never a way out of the folder.
func (f *Folder) runFile(id string) (string, error) {
	if id == "" || strings.Trim(id, "abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		return "", fmt.Errorf("%w: %q", ErrNoRun, id)
	}
	return filepath.Join(f.path, id+".json"), nil
}

// Lock makes this process the one that writes until unlock is called. While another one is, the error is an
// ErrLocked that says which. A process that was killed holds no lock.
func (f *Folder) Lock() (unlock func() error, err error) {
	path := filepath.Join(f.path, "lock")
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		return nil, about(path, ErrUnsafe)
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|noFollow, 0o600)
	if err != nil {
		return nil, about(path, err)
	}
	if info, err := file.Stat(); err != nil || !owns(path, info, f.user) {
		return nil, errors.Join(about(path, cmp.Or(err, ErrOwner)), file.Close())
	}
	if err := lockFile(file); err != nil {
		if errors.Is(err, ErrLocked) {
			err = fmt.Errorf("%w: %s", ErrLocked, holder(file))
		}
		return nil, errors.Join(about(path, err), file.Close())
	}
	if err = file.Truncate(0); err == nil {
		_, err = fmt.Fprintf(file, "process %d, since %s\n", os.Getpid(), time.Now().UTC().Format("2006-01-02 15:04 UTC"))
	}
	if err != nil {
		return nil, errors.Join(about(path, err), file.Close())
	}
	return func() error { return releaseFile(file) }, nil
}

// holder is what the process that holds the lock wrote about itself.
func holder(file *os.File) string {
	text, err := io.ReadAll(io.LimitReader(file, 100))
	if err != nil || len(text) == 0 {
		return "it doesn't say which"
	}
	return apiclient.Clean(strings.TrimSpace(string(text)))
}
