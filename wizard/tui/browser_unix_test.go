//go:build unix && !darwin

package tui

import (
	"os"
	"path/filepath"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// Without xdg-open, BROWSER names the commands to try.
func TestBrowserVariable(t *testing.T) {
	const address = "https://acme.okta.com/authorize?a=1&b=%20"
	for _, c := range []struct{ name, browser, want string }{
		{"the URL follows", "surf -n", "-n " + address},
		{"the URL has a place", "surf %s -n", address + " -n"},
		{"the second one", "missing %s:surf", address},
	} {
		folder := t.TempDir()
		t.Setenv("PATH", folder)
		t.Setenv("BROWSER", c.browser)
		script := "#!/bin/sh\nprintf %s \"$*\" > " + filepath.Join(folder, "opened") + "\n"
		assert.NilError(t, os.WriteFile(filepath.Join(folder, "surf"), []byte(script), 0o700)) //nolint:gosec // it is run
		assert.Check(t, OpenAddress(address), c.name)
		opened, _ := os.ReadFile(filepath.Join(folder, "opened"))
		assert.Check(t, is.Equal(string(opened), c.want), c.name)
	}
	for system, reads := range map[string]bool{"linux": true, "freebsd": true, "darwin": false, "windows": false} {
		assert.Check(t, is.Equal(readsVariable(system, false), reads), system)
		assert.Check(t, !readsVariable(system, true), system)
	}
	t.Setenv("BROWSER", "missing")
	assert.Check(t, OpenAddress(address) != nil, "no browser")
}
