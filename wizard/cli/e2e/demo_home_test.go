//go:build linux

package e2e

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/sys/unix"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// TestDemoTouchesNoRealOrg: in a home with the credentials of real orgs and the record of a real run, a demo opens none of
// them, says nothing of what the environment holds, and leaves everything as it was.
func TestDemoTouchesNoRealOrg(t *testing.T) {
	t.Parallel()
	const canary = "00canary-7431-real"
	home := t.TempDir()
	for name, text := range map[string]string{
		".okta/okta.yaml": "okta:\n  client:\n    orgUrl: https://acme.okta.com\n    token: " + canary + "\n",
		".gc/config.toml": "[DEFAULT]\nclient_id = \"" + canary + "\"\nenvironment = \"mypurecloud.de\"\n",
		".local/state/msgsso-wizard/20261124T101500Z-aaaa.json": `{"state":"running"}`,
		".local/state/msgsso-wizard/lock":                       "",
	} {
		path := filepath.Join(home, name)
		assert.NilError(t, os.MkdirAll(filepath.Dir(path), 0o700))
		assert.NilError(t, os.WriteFile(path, []byte(text), 0o600))
	}
	opened := watchFiles(t, home)
	environ := []string{
		"HOME=" + home, "LANG=C.UTF-8", "OKTA_CLIENT_ORGURL=https://acme.okta.com", "OKTA_CLIENT_TOKEN=" + canary, "MSGSSO_OKTA_ORG=acme.okta.com",
		"GENESYSCLOUD_REGION=mypurecloud.de", "GENESYSCLOUD_OAUTHCLIENT_ID=" + canary, "GENESYSCLOUD_OAUTHCLIENT_SECRET=" + canary,
		"MSGSSO_OKTA_SIGN_IN=file", "MSGSSO_GENESYS_SIGN_IN=profile", "MSGSSO_GENESYS_PROFILE=DEFAULT",
	}
	before := tree(t, home)
	for _, args := range [][]string{{"--no-input"}, {"--no-input", "--output", "json"}, {"--no-input", "--dry-run"}, {"--plain"}} {
		got := run(t, environ, strings.Repeat("\n", 60), append([]string{"demo", "--latency", "0s", "--settle", "0s"}, args...)...)
		all := got.out + got.said
		assert.Check(t, is.Equal(got.code, 0), "%v, %s", args, all)
		assert.Check(t, !strings.Contains(all, canary) && !strings.Contains(all, "acme.okta.com"),
			"%v tells what is real:\n%s", args, all)
	}
	assert.Check(t, is.Equal(before, tree(t, home)), "before")
	names := opened()
	assert.Check(t, len(names) == 0, "the demo opened %v", names)
	got := run(t, environ, "", "demo", "--no-input", "--state-dir", home)
	assert.Check(t, got.code == 2 && strings.Contains(got.said, "There is no flag --state-dir."),
		"exit code %d\n%s", got.code, got.said)
}

// tree lists what is below a folder, with sizes and times.
func tree(t *testing.T, folder string) string {
	t.Helper()
	var list strings.Builder
	err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err == nil {
			fmt.Fprintln(&list, path, info.Mode(), info.Size(), info.ModTime())
		}
		return err
	})
	assert.NilError(t, err)
	return list.String()
}

// watchFiles has the system tell which files below a folder are opened from now on.
func watchFiles(t *testing.T, folder string) (opened func() []string) {
	t.Helper()
	watch, err := unix.InotifyInit1(unix.IN_NONBLOCK | unix.IN_CLOEXEC)
	assert.NilError(t, err)
	t.Cleanup(func() { _ = unix.Close(watch) })
	names := map[int32]string{}
	err = filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		id, err := unix.InotifyAddWatch(watch, path, unix.IN_OPEN)
		names[int32(id)] = path //nolint:gosec // the system counts them from 1
		return err
	})
	assert.Assert(t, err == nil && len(names) != 0, "%v %v", names, err)
	return func() []string {
		var out []string
		buf := make([]byte, 64*unix.SizeofInotifyEvent)
		for {
			n, err := unix.Read(watch, buf)
			if err != nil || n < unix.SizeofInotifyEvent {
				return out
			}
			for at := 0; at+unix.SizeofInotifyEvent <= n; at += unix.SizeofInotifyEvent { // of a file's own watch: without a name
				out = append(out, names[int32(buf[at])|int32(buf[at+1])<<8])
			}
		}
	}
}
