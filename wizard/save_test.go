package wizard

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"msgsso-wizard/steps/guide"
)

func TestWriteFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	put := func(name, text string) {
		if err := os.WriteFile(in(name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
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
		{"link", false, errLink, "target"},
		{"link", true, errLink, "target"},
		{".", true, errLink, ""},
		{"missing/new", false, fs.ErrNotExist, ""},
	} {
		err := writeFile(in(c.name), "text", c.replace)
		if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", c.name, err, c.want)
		}
		if c.left == "" {
			continue
		}
		if got, _ := os.ReadFile(in(c.name)); string(got) != c.left {
			t.Errorf("%s holds %q, want %q", c.name, got, c.left)
		}
	}
	for _, name := range []string{"new", "other"} {
		if info, err := os.Stat(in(name)); err != nil || info.Mode().Perm() != 0o644 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 5 {
		t.Errorf("%d files are left, want 5", len(entries))
	}
}

func TestSaving(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	file := filepath.Join(dir, defaultFile)
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionSnippet)
		d.press("s", "enter")
		d.shows("Saved to " + file[:20])
		d.press("esc") // takes away that line, and leaves the snippet where it is
		d.hides("Saved to")
		d.shows("made in")
	})
	if got, err := os.ReadFile(file); err != nil || string(got) != snippetText {
		t.Fatalf("saved %q, %v", got, err)
	}
	if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
		t.Fatal(err)
	}
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(120, 40)
		d.reach(guide.SectionSnippet)
		d.press("s", "enter")
		d.shows("Replace it?", "is there already")
		d.press("x", "esc")
		d.shows("› Save to")
		if got, _ := os.ReadFile(file); string(got) != "mine" {
			t.Errorf("the file became %q", got)
		}
		d.press("enter", "enter")
		d.shows("Saved to")
		if got, _ := os.ReadFile(file); string(got) != snippetText {
			t.Errorf("the file holds %q", got)
		}
		d.press("s", "ctrl+u", "enter")
		d.shows("Give the file a name.")
		d.press("no/such/folder", "enter")
		d.shows("was not written: no such file or directory.")
	})
}

func TestAFileThatWasNamedIsSavedOnArrival(t *testing.T) {
	file := filepath.Join(t.TempDir(), "s.html")
	env := answeredEnv(t)
	if err := env.Answers.Set(guide.SnippetFile, guide.FromFlag, file); err != nil {
		t.Fatal(err)
	}
	driven(t, env, nil, func(d *drive) {
		d.reach(guide.SectionSnippet)
		d.shows("Saved to")
		d.press("q")
		if !d.quit {
			t.Error("did not leave")
		}
	})
	if got, err := os.ReadFile(file); err != nil || string(got) != snippetText {
		t.Errorf("saved %q, %v", got, err)
	}
}
