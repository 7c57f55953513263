package tui

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/screens"
)

func TestWriteFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	put := func(name, text string) {
		assert.NilError(t, os.WriteFile(in(name), []byte(text), 0o600))
	}
	put("other", "other")
	put("equal", "text")
	put("target", "target")
	if err := os.Symlink(in("target"), in("link")); err != nil {
		t.Skip("this system makes no links")
	}
	for _, c := range []struct {
		name    string
		replace bool
		want    error
		left    string
	}{
		{"new", false, nil, "text"},
		{"other", false, fs.ErrExist, "other"},
		{"other", true, nil, "text"},
		{"equal", false, nil, "text"},
		{"link", false, screens.ErrLink, "target"},
		{"link", true, screens.ErrLink, "target"},
		{".", true, screens.ErrLink, ""},
		{"missing/new", false, fs.ErrNotExist, ""},
	} {
		err := screens.WriteFile(in(c.name), "text", c.replace)
		assert.Check(t, is.ErrorIs(err, c.want), c.name)
		if c.left != "" {
			holds(t, in(c.name), c.left)
		}
	}
	for _, name := range []string{"new", "other"} {
		if info, err := os.Stat(in(name)); err != nil || info.Mode().Perm() != 0o644 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
	entries, _ := os.ReadDir(dir)
	assert.Check(t, is.Len(entries, 5))
}

// holds checks a file's text.
func holds(t *testing.T, path, want string) {
	t.Helper()
	got, err := os.ReadFile(path)
	assert.Check(t, err == nil && string(got) == want, "%s holds %q, %v, want %q", path, got, err, want)
}

func TestSaveSnippet(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	file := filepath.Join(dir, screens.DefaultFile)
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionSnippet, "s", "enter")
		d.shows("Saved to " + file[:20])
		d.press("esc") // takes away that line, and leaves the snippet where it is
		d.hides("Saved to")
		d.shows("are connected")
	})
	holds(t, file, snippetText)
	assert.NilError(t, os.WriteFile(file, []byte("mine"), 0o600))
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(120, 40)
		d.reach(guide.SectionSnippet, "s", "enter")
		d.shows("Replace it?", "already exists")
		d.press("x", "esc")
		d.shows("› Save to")
		holds(t, file, "mine")
		d.press("enter", "enter")
		d.shows("Saved to")
		holds(t, file, snippetText)
		d.press("s", "ctrl+u", "enter")
		d.shows("Enter a file name.")
		d.press("no/such/folder", "enter")
		d.shows("was not written: no such file or directory.")
	})
}

func TestNamedFileIsSaved(t *testing.T) {
	file := filepath.Join(t.TempDir(), "s.html")
	env := answeredEnv(t)
	assert.NilError(t, env.Answers.Set(guide.SnippetFile, guide.FromFlag, file))
	driven(t, env, nil, func(d *drive) {
		d.reach(guide.SectionSnippet)
		d.shows("Saved to")
		d.press("q")
		assert.Check(t, d.quit, "did not leave")
	})
	holds(t, file, snippetText)
}

// TestLongFileNames: the reason is in sight, and what is under it is never pushed out of the window.
func TestLongFileNames(t *testing.T) {
	t.Chdir(t.TempDir())
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reviewed()
		d.press("s", "ctrl+u")
		d.send(tea.PasteMsg{Content: strings.Repeat("a", 4000)})
		d.press("enter")
		d.shows("… was not written:", "too long.")
		for _, size := range [][2]int{{leastWidth, leastHeight}, {40, 24}, {200, 60}} {
			d.size(size[0], size[1])
			d.shows("Save to")
		}
	})
}

// reveals presses the key that shows a secret.
func (d *drive) reveals() { d.send(tea.KeyPressMsg{Code: 'r', Mod: tea.ModCtrl}) }

func TestRevealShowsSecret(t *testing.T) {
	driven(t, bareEnv(), nil, func(d *drive) {
		d.press("enter", "acme.okta.com", "enter", "enter")
		d.reveals() // nothing to show
		d.hides("ctrl+r show")
		d.press(canary)
		d.shows("•••", "ctrl+r show")
		d.hides(canary)
		d.reveals()
		d.shows(canary)
		d.after(time.Second)
		d.reveals() // held: it is pressed again
		d.after(time.Second)
		d.shows(canary)
		d.after(time.Second)
		d.hides(canary)

		for _, away := range []func(){
			func() { d.press("x") },
			func() { d.press("up", "tab") },
			func() { d.press("esc", "enter") },
			func() { d.send(tea.PasteMsg{Content: "y"}) },
		} {
			d.reveals()
			d.shows(canary)
			away()
			d.hides(canary)
			d.shows("› API token", "•••")
		}
	})
}

// TestKeyringSecret: a secret is read when its question comes up, and the screen stays live until then.
func TestKeyringSecret(t *testing.T) {
	env := bareEnv()
	reads := 0
	keep := func(q guide.Question) error {
		reads++
		time.Sleep(time.Second)
		return env.Answers.Set(q.Key, guide.FromKeyring, canary)
	}
	driven(t, env, func(c *Config) { c.Fill = keep }, func(d *drive) {
		d.press("enter", "acme.okta.com", "enter", "enter")
		d.shows("› API token")
		d.hides("Given already")
		d.after(2 * time.Second)
		d.shows("Already set. Leave empty to keep it.")
		d.press("enter", time.Second)
		d.shows("Planned changes", "••••••••  (keyring)")
		d.hides(canary)
		assert.Check(t, is.Equal(reads, 1), "looked")
	})
}

func TestKeyringErrorIsShown(t *testing.T) {
	driven(t, bareEnv(), func(c *Config) {
		c.Fill = func(guide.Question) error { return errors.New("the system's keyring did not answer within 3s") }
	}, func(d *drive) {
		d.press("enter", "acme.okta.com", "enter", "enter")
		d.shows("› API token", "The system's keyring did not answer within 3s.")
		d.press(canary, "enter", time.Second)
		d.shows("Planned changes")
	})
}
