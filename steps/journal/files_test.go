package journal

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/internal/kit"
)

var began = time.Date(2026, 11, 24, 13, 15, 0, 0, time.UTC)

func folder(t *testing.T) *Folder {
	t.Helper()
	f := kit.Must(Open(filepath.Join(t.TempDir(), "a", "state")))(t)
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
		assert.NilError(t, f.Save(r))
	}
	runs, unread, err := f.Runs()
	assert.NilError(t, err)
	assert.Check(t, is.Len(unread, 0))
	// As text: an entry's Undo comes back indented.
	text := func(r Run) string { b, _ := json.MarshalIndent(r, "", " "); return string(b) }
	assert.Assert(t, is.Len(runs, 2))
	assert.Check(t, is.Equal(text(runs[0]), text(first)))
	assert.Check(t, is.Equal(text(runs[1]), text(second)))
	_, err = f.Run("20261124-131500-none")
	assert.Check(t, is.ErrorIs(err, ErrNoRun))
	left, _ := filepath.Glob(filepath.Join(f.Path(), ".new-*"))
	assert.Check(t, len(left) == 0, "left behind: %v", left)
}

// TestForThisUserOnly: files are made private, whatever the mask and their mode.
func TestForThisUserOnly(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such bits")
	}
	f := folder(t)
	r := aRun(began)
	assert.NilError(t, f.Save(r))
	file := filepath.Join(f.Path(), r.ID+".json")
	for path, open := range map[string]os.FileMode{f.Path(): 0o777, file: 0o644} {
		assert.NilError(t, os.Chmod(path, open)) //nolint:gosec // that is the case
	}
	kit.Must(Open(f.Path()))(t)
	kit.Must(f.Run(r.ID))(t)
	for path, want := range map[string]os.FileMode{f.Path(): 0o700, file: 0o600} {
		info := kit.Must(os.Stat(path))(t)
		assert.Check(t, is.Equal(info.Mode().Perm(), want), path)
	}
}

// TestFoldersOfOtherUse: the folder may be /tmp, a home folder, or a project. It keeps its mode, as do the files of others.
func TestFoldersOfOtherUse(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such bits")
	}
	for mode, want := range map[os.FileMode]error{0o777 | os.ModeSticky: ErrShared, 0o777: ErrShared, 0o775: ErrShared, 0o755: nil, 0o700: nil} {
		path := t.TempDir()
		foreign := filepath.Join(path, "package.json")
		assert.NilError(t, os.WriteFile(foreign, []byte("{}"), 0o600))
		assert.NilError(t, os.Chmod(foreign, 0o644)) //nolint:gosec // that is the case
		assert.NilError(t, os.Chmod(path, mode))     //nolint:gosec // the same
		f, err := Open(path)
		assert.Check(t, is.ErrorIs(err, want), "%v", mode)
		if err == nil {
			_, unread, err := f.Runs()
			assert.Check(t, err == nil && len(unread) == 1, "%v %v", unread, err)
		}
		for path, want := range map[string]os.FileMode{path: mode, foreign: 0o644} {
			info := kit.Must(os.Stat(path))(t)
			assert.Check(t, is.Equal(info.Mode()&^os.ModeDir, want), path)
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
		"newer":         {`{"format": 4, "what": "is this"}`, ErrNewer},
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
			assert.NilError(t, os.WriteFile(path, []byte(c.content), 0o600))
			runs, unread, err := f.Runs()
			assert.NilError(t, err)
			assert.Assert(t, len(runs) == 0 && len(unread) == 1, "%v %v", runs, unread)
			assert.Check(t, is.ErrorIs(unread[0], c.want))
			assert.Check(t, is.ErrorContains(unread[0], path))
			kept := kit.Must(os.ReadFile(path))(t)
			assert.Check(t, is.Equal(string(kept), c.content), "the file was touched")
		})
	}
}

// A folder, a file, and a lock of another user are refused.
func TestOtherOwner(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such owners")
	}
	r := aRun(began)
	for user, refused := range map[int]bool{os.Geteuid(): false, 0: os.Geteuid() != 0, os.Geteuid() + 1: true} {
		f := folder(t)
		assert.NilError(t, f.Save(r))
		assert.NilError(t, os.WriteFile(filepath.Join(f.Path(), "lock"), nil, 0o600))
		f.user = user
		_, read := f.Run(r.ID)
		unlock, locked := f.Lock()
		if locked == nil {
			_ = unlock()
		}
		for what, err := range map[string]error{"folder": f.prepare(), "file": read, "lock": locked} {
			assert.Check(t, errors.Is(err, ErrOwner) == refused && (refused || err == nil),
				"the %s as user %d: %v", what, user, err)
		}
	}
}

func TestNoLinkIsFollowed(t *testing.T) {
	t.Parallel()
	elsewhere := filepath.Join(t.TempDir(), "precious")
	assert.NilError(t, os.WriteFile(elsewhere, []byte("precious"), 0o600))
	f := folder(t)
	r := aRun(began)
	for _, name := range []string{r.ID + ".json", "lock"} {
		if err := os.Symlink(elsewhere, filepath.Join(f.Path(), name)); err != nil {
			t.Skip("no links here: ", err)
		}
	}
	_, err := f.Run(r.ID)
	assert.Check(t, is.ErrorIs(err, ErrUnsafe), "read through a link")
	_, err = f.Lock()
	assert.Check(t, is.ErrorIs(err, ErrUnsafe), "locked through a link")
	assert.Check(t, f.Save(r)) // takes the link's place
	linked := filepath.Join(t.TempDir(), "state")
	assert.NilError(t, os.Symlink(f.Path(), linked))
	_, err = Open(linked)
	assert.Check(t, is.ErrorIs(err, ErrUnsafe), "a linked folder")
	kept, _ := os.ReadFile(elsewhere)
	assert.Check(t, is.Equal(string(kept), "precious"), "written through a link: %q", kept)
}

func TestCannotBeWritten(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "file")
	assert.NilError(t, os.WriteFile(file, nil, 0o600))
	for _, path := range []string{file, filepath.Join(file, "below")} {
		var about *FileError
		_, err := Open(path)
		assert.Check(t, errors.As(err, &about) && about.Path == path, "%s: %v", path, err)
	}
	f := folder(t)
	for _, id := range []string{"", "../up", "a/b", "A"} {
		assert.Check(t, is.ErrorIs(f.Save(Run{ID: id}), ErrNoRun), "%q", id)
	}
}

func TestLock(t *testing.T) {
	t.Parallel()
	f := folder(t)
	unlock := kit.Must(f.Lock())(t)
	_, err := f.Lock()
	assert.Check(t, is.ErrorIs(err, ErrLocked))
	assert.Check(t, is.ErrorContains(err, "process "))
	assert.NilError(t, unlock())
	again := kit.Must(f.Lock())(t)
	_ = again()
}

// TestLockOfKilledProcess: the system gives the lock of a process back that had no time to do so.
func TestLockOfKilledProcess(t *testing.T) {
	t.Parallel()
	if held := os.Getenv("MSGSSO_TEST_LOCK"); held != "" {
		kit.Must(kit.Must(Open(held))(t).Lock())(t)
		fmt.Println("locked")
		_, _ = io.Copy(io.Discard, os.Stdin) // until it is killed
	}
	f := folder(t)
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestLockOfKilledProcess$") //nolint:gosec // this test again
	child.Env = append(os.Environ(), "MSGSSO_TEST_LOCK="+f.Path())
	says := kit.Must(child.StdoutPipe())(t)
	kit.Must(child.StdinPipe())(t) // stays open
	assert.NilError(t, child.Start())
	line, err := bufio.NewReader(says).ReadString('\n')
	assert.Assert(t, err == nil && strings.HasPrefix(line, "locked"), "%q, %v", line, err)
	_, err = f.Lock()
	assert.Check(t, is.ErrorContains(err, fmt.Sprint("process ", child.Process.Pid)))
	assert.NilError(t, child.Process.Kill())
	_ = child.Wait()
	unlock := kit.Must(f.Lock())(t)
	assert.NilError(t, unlock())
}

func TestDefaultPath(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		environment map[string]string
		want        string
	}{
		{map[string]string{"XDG_STATE_HOME": "/s", "HOME": "/h"}, "/s/msgsso-wizard"},
		{map[string]string{"XDG_STATE_HOME": "relative", "HOME": "/h"}, "/h/.local/state/msgsso-wizard"},
		{map[string]string{"LOCALAPPDATA": "/u/AppData/Local", "HOME": "/h"}, "/u/AppData/Local/msgsso-wizard"},
		{nil, ""},
	} {
		drive := filepath.VolumeName(os.TempDir())
		got := DefaultPath(func(name string) (string, bool) {
			v, ok := c.environment[name]
			if strings.HasPrefix(v, "/") {
				v = drive + filepath.FromSlash(v)
			}
			return v, ok
		})
		assert.Check(t, is.Equal(strings.TrimPrefix(got, drive), filepath.FromSlash(c.want)), c.environment)
	}
}

func TestLeft(t *testing.T) {
	t.Parallel()
	r := Run{Entries: []Entry{{Name: "a", Stage: Made}, {Name: "b", Stage: Refused}, {Name: "c", Stage: Intended}, {Name: "d", Stage: Gone}}}
	left := r.Left()
	assert.Check(t, len(left) == 2 && left[0].Name == "a" && left[1].Name == "c", "%+v", left)
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
