package tui

import (
	"path/filepath"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/tui/screens"
)

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
