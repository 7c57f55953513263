package tui

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/screens"
)

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

func TestPageCode(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.reach(guide.SectionSnippet, "p", 500*time.Millisecond)
		d.shows("Page code", "Reading current settings", "0.5 s")
		d.after(time.Second)
		d.shows("issuer: 'https://acme.okta.com/oauth2/default'")
		d.press("c")
		d.shows("Copied to the clipboard: the plugin (")
		assert.Check(t, is.Equal(d.copied, d.verifier.code.Plugin), "copied")
		d.press("pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown", "pgdown")
		d.shows("</script>")
		d.press("esc")
		d.shows("are connected")
	})
}

func TestSavePageCode(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.size(120, 40)
		d.aside("p")
		for _, c := range [][2]string{{"s", screens.PluginFile}, {"x", screens.CompleteFile}} {
			d.press(c[0])
			d.shows("Save to  " + c[1])
			d.press("enter")
			d.shows("Saved to ", "x save whole page")
		}
		holds(t, filepath.Join(dir, screens.PluginFile), d.verifier.code.Plugin)
		holds(t, filepath.Join(dir, screens.CompleteFile), d.verifier.code.Complete)
	})
}

func TestPreview(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.aside("p", "o", time.Second)
		d.shows(localPage, startAddress.Forward, "The page clears what the browser keeps for its origin", "tokens when it closes.", "esc end it")
		assert.Check(t, d.opened == localPage && d.verifier.served == d.verifier.code.Complete,
			"opened %q, served %d bytes", d.opened, len(d.verifier.served))
		d.press("c")
		assert.Check(t, is.Equal(d.copied, localPage), "copied")
		d.press("esc")
		d.shows("Stopping. The open pages clear Messenger's data.", "esc do not wait")
		assert.Check(t, d.verifier.serving, "did not wait for the pages")
		d.after(2 * time.Second)
		assert.Check(t, !d.verifier.serving, "is still served")
		d.shows("o open preview")
		d.press("esc")
		d.shows("are connected")
	})
}

func TestPreviewFails(t *testing.T) {
	driven(t, answeredEnv(t), nil, func(d *drive) {
		d.verifier.serveErr = &explain.Error{Problem: "Port 8080 is taken by node (4711).", Fix: "End it, then press o."}
		d.aside("p", "o", time.Second)
		d.shows("✗ Port 8080 is taken by node (4711).", "o open preview")
		d.verifier.serveErr = nil
		d.press("o", time.Second)
		d.shows("Serving the page until you stop it")
	})
}
