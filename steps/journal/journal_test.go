package journal

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"
)

var began = time.Date(2026, 11, 24, 13, 15, 0, 0, time.UTC)

func folder(t *testing.T) *Folder {
	t.Helper()
	f, err := Open(filepath.Join(t.TempDir(), "a", "state"))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func aRun(at time.Time) Run {
	r := NewRun(at, "1.2.3")
	r.Okta, r.Answers = "https://acme.okta.com", map[string][]string{"app-name": {"Chat"}}
	r.Entries = []Entry{{Step: "app", Verb: "create", Kind: "app integration", Name: "Chat", ID: "0oa1", Stage: Made, At: at, Undo: json.RawMessage(`{"in":["a"]}`)}}
	return r
}

func TestSaveAndRead(t *testing.T) {
	t.Parallel()
	f := folder(t)
	first, second := aRun(began), aRun(began.Add(time.Hour))
	for _, r := range []Run{second, first, first} {
		if err := f.Save(r); err != nil {
			t.Fatal(err)
		}
	}
	runs, unread, err := f.Runs()
	if err != nil || len(unread) > 0 || len(runs) != 2 || runs[0].ID != first.ID || runs[1].ID != second.ID {
		t.Fatalf("%+v %v %v", runs, unread, err)
	}
	if got, _ := json.Marshal(runs[0]); !sameJSON(t, got, first) {
		t.Errorf("got %s", got)
	}
	if _, err := f.Run("20261124-131500-none"); !errors.Is(err, ErrNoRun) {
		t.Errorf("got %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(f.Path(), ".new-*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

func sameJSON(t *testing.T, got []byte, want Run) bool {
	t.Helper()
	var a, b any
	wanted, _ := json.Marshal(want)
	if json.Unmarshal(got, &a) != nil || json.Unmarshal(wanted, &b) != nil {
		t.Fatal("no JSON")
	}
	return reflect.DeepEqual(a, b)
}

// TestForThisUserOnly: a mask that lets everybody in, and files that were let open, do not stay so.
func TestForThisUserOnly(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such bits")
	}
	f := folder(t)
	r := aRun(began)
	if err := f.Save(r); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(f.Path(), r.ID+".json")
	for path, open := range map[string]os.FileMode{f.Path(): 0o777, file: 0o644} {
		if err := os.Chmod(path, open); err != nil { //nolint:gosec // that is the case
			t.Fatal(err)
		}
	}
	if _, err := Open(f.Path()); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Run(r.ID); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]os.FileMode{f.Path(): 0o700, file: 0o600} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: %v %v", path, info.Mode(), err)
		}
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	good, _ := json.Marshal(aRun(began))
	for name, c := range map[string]struct {
		content string
		want    error
	}{
		"newer":         {`{"format": 3, "what": "is this"}`, ErrNewer},
		"cut off":       {string(good[:len(good)/2]), ErrCorrupt},
		"empty":         {"", ErrCorrupt},
		"no format":     {`{}`, ErrCorrupt},
		"other member":  {strings.Replace(string(good), `"format"`, `"else":1,"format"`, 1), ErrCorrupt},
		"another's id":  {string(good), ErrCorrupt},
		"not an object": {`[1]`, ErrCorrupt},
		"broken undo":   {strings.Replace(string(good), `["a"]`, `"a"`, 1), ErrCorrupt},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := folder(t)
			path := filepath.Join(f.Path(), "it.json")
			if err := os.WriteFile(path, []byte(c.content), 0o600); err != nil {
				t.Fatal(err)
			}
			runs, unread, err := f.Runs()
			if err != nil || len(runs) != 0 || len(unread) != 1 || !errors.Is(unread[0], c.want) || !strings.Contains(unread[0].Error(), path) {
				t.Errorf("%v %v %v", runs, unread, err)
			}
			if kept, err := os.ReadFile(path); err != nil || string(kept) != c.content {
				t.Errorf("the file was touched: %q %v", kept, err)
			}
		})
	}
}

// A folder, a file, and a lock of another user are refused, whoever runs the program.
func TestOtherOwner(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such owners")
	}
	r := aRun(began)
	for user, refused := range map[int]bool{os.Geteuid(): false, 0: os.Geteuid() != 0, os.Geteuid() + 1: true} {
		f := folder(t)
		if err := f.Save(r); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(f.Path(), "lock"), nil, 0o600); err != nil {
			t.Fatal(err)
		}
		f.user = user
		_, read := f.Run(r.ID)
		unlock, locked := f.Lock()
		if locked == nil {
			_ = unlock()
		}
		for what, err := range map[string]error{"folder": f.prepare(), "file": read, "lock": locked} {
			if errors.Is(err, ErrOwner) != refused || !refused && err != nil {
				t.Errorf("the %s as user %d: %v", what, user, err)
			}
		}
	}
}

// Only root can give a file away, so only then is it seen from outside.
func TestRootRefusesOthersFolder(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("it takes root to give a folder away")
	}
	f := folder(t)
	if err := os.Chown(f.Path(), 65534, -1); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(f.Path()); !errors.Is(err, ErrOwner) || !strings.Contains(err.Error(), f.Path()+": it belongs to another user") {
		t.Errorf("%v", err)
	}
}

func TestNoLinkIsFollowed(t *testing.T) {
	t.Parallel()
	elsewhere := filepath.Join(t.TempDir(), "precious")
	if err := os.WriteFile(elsewhere, []byte("precious"), 0o600); err != nil {
		t.Fatal(err)
	}
	f := folder(t)
	r := aRun(began)
	for _, name := range []string{r.ID + ".json", "lock"} {
		if err := os.Symlink(elsewhere, filepath.Join(f.Path(), name)); err != nil {
			t.Skip("no links here: ", err)
		}
	}
	if _, err := f.Run(r.ID); !errors.Is(err, ErrUnsafe) {
		t.Errorf("read through a link: %v", err)
	}
	if _, err := f.Lock(); !errors.Is(err, ErrUnsafe) {
		t.Errorf("locked through a link: %v", err)
	}
	if err := f.Save(r); err != nil { // takes the link's place
		t.Error(err)
	}
	linked := filepath.Join(t.TempDir(), "state")
	if err := os.Symlink(f.Path(), linked); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(linked); !errors.Is(err, ErrUnsafe) {
		t.Errorf("a linked folder: %v", err)
	}
	if kept, _ := os.ReadFile(elsewhere); string(kept) != "precious" {
		t.Errorf("written through a link: %q", kept)
	}
}

func TestCannotBeWritten(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{file, filepath.Join(file, "below")} {
		var about *FileError
		if _, err := Open(path); !errors.As(err, &about) || about.Path != path {
			t.Errorf("%s: %v", path, err)
		}
	}
	f := folder(t)
	for _, id := range []string{"", "../up", "a/b", "A"} {
		if err := f.Save(Run{ID: id}); !errors.Is(err, ErrNoRun) {
			t.Errorf("%q: %v", id, err)
		}
	}
}

func TestLock(t *testing.T) {
	t.Parallel()
	f := folder(t)
	unlock, err := f.Lock()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Lock(); !errors.Is(err, ErrLocked) || !strings.Contains(err.Error(), "process ") {
		t.Errorf("got %v", err)
	}
	if err := unlock(); err != nil {
		t.Fatal(err)
	}
	again, err := f.Lock()
	if err != nil {
		t.Fatal(err)
	}
	_ = again()
}

func TestDefaultPath(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		environment map[string]string
		want        string
	}{
		{map[string]string{"XDG_STATE_HOME": "/s", "HOME": "/h"}, "/s/msgsso-wizard"},
		{map[string]string{"XDG_STATE_HOME": "relative", "HOME": "/h"}, "/h/.local/state/msgsso-wizard"},
		{nil, ""},
	} {
		got := DefaultPath(func(name string) (string, bool) { v, ok := c.environment[name]; return v, ok })
		if got != filepath.FromSlash(c.want) {
			t.Errorf("%v: %q", c.environment, got)
		}
	}
}

func TestLeft(t *testing.T) {
	t.Parallel()
	r := Run{Entries: []Entry{{Name: "a", Stage: Made}, {Name: "b", Stage: Refused}, {Name: "c", Stage: Intended}, {Name: "d", Stage: Gone}}}
	if left := r.Left(); len(left) != 2 || left[0].Name != "a" || left[1].Name != "c" {
		t.Errorf("%+v", left)
	}
}

func FuzzParse(f *testing.F) {
	good, _ := json.Marshal(aRun(began))
	for _, seed := range []string{string(good), `{"format":1}`, `{"format":99}`, "", "[]", `{"format":1,"id":"a","began":"x"}`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		r, err := parse(content)
		switch {
		case err == nil && (r.ID == "" || r.Format < 1 || r.Format > Format):
			t.Errorf("%+v", r)
		case err != nil && !errors.Is(err, ErrCorrupt) && !errors.Is(err, ErrNewer):
			t.Error(err)
		}
	})
}
