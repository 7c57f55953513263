//go:build linux

package e2e

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"msgsso-wizard/apiclient/testkit/repeat"

	"github.com/hinshun/vt10x"
	"golang.org/x/sys/unix"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
	tree "gotest.tools/v3/fs"
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
	before := tree.ManifestFromDir(t, home)
	opened := watchFiles(t, home)
	environ := []string{
		"HOME=" + home, "LANG=C.UTF-8", "OKTA_CLIENT_ORGURL=https://acme.okta.com", "OKTA_CLIENT_TOKEN=" + canary, "MSGSSO_OKTA_ORG=acme.okta.com",
		"GENESYSCLOUD_REGION=mypurecloud.de", "GENESYSCLOUD_OAUTHCLIENT_ID=" + canary, "GENESYSCLOUD_OAUTHCLIENT_SECRET=" + canary,
		"MSGSSO_OKTA_SIGN_IN=file", "MSGSSO_GENESYS_SIGN_IN=profile", "MSGSSO_GENESYS_PROFILE=DEFAULT",
	}
	for _, args := range [][]string{{"--no-input"}, {"--no-input", "--output", "json"}, {"--no-input", "--dry-run"}, {"--plain"}} {
		got := run(t, environ, strings.Repeat("\n", 60), append([]string{"demo", "--latency", "0s", "--settle", "0s"}, args...)...)
		all := got.out + got.said
		assert.Check(t, is.Equal(got.code, 0), "%v, %s", args, all)
		assert.Check(t, !strings.Contains(all, canary) && !strings.Contains(all, "acme.okta.com"),
			"%v tells what is real:\n%s", args, all)
	}
	names := opened()
	assert.Check(t, len(names) == 0, "the demo opened %v", names)
	assert.Check(t, tree.Equal(home, before))
	got := run(t, environ, "", "demo", "--no-input", "--state-dir", home)
	assert.Check(t, got.code == 2 && strings.Contains(got.said, "There is no flag --state-dir."),
		"exit code %d\n%s", got.code, got.said)
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

// TestDemoPlaysToEnd lets the program drive itself on a terminal through each fault: to the snippet, where there is a way
// out that the wizard has, or else to the error, which says what to do.
func TestDemoPlaysToEnd(t *testing.T) {
	t.Parallel()
	const ends, stops, saved, nothing = "The demo ends here.", "The demo stops here.", "<script ", "No changes were made."
	for fault, c := range map[string]struct {
		code  int
		shown []string // on the screen, in this order
		last  string   // there until a key comes
		left  string   // on the normal screen afterward
	}{
		"": {0, []string{
			"demo", "Plays on its own", "acme.okta.example · Acme (demo)", "enter apply", "Page code",
			`issuer: "https://acme.okta.example/oauth2/default"`, `authorizeUrl: "http://127.0.0.1:`, "Doctor", "are connected",
		}, ends, saved},
		"wrong-token":        {0, []string{"doesn't accept the API token.", "Create one", "edit API token", "API token", "next section"}, ends, saved},
		"wrong-secret":       {0, []string{"doesn't accept the OAuth client.", "edit OAuth client secret", "OAuth client secret", "next section"}, ends, saved},
		"read-only-admin":    {0, []string{"the role is Read-only Administrator.", "edit API token", "API token", "next section"}, ends, saved},
		"permission-missing": {4, []string{"lack these permissions", "Ask a Genesys Cloud admin"}, stops, nothing},
		"no-policy":          {0, []string{"so Okta would refuse sign-in. The wizard adds one.", "access policy"}, ends, saved},
		"no-default-server":  {0, []string{"are connected"}, ends, saved},
		"servers-unlisted":   {0, []string{"access policy", "are connected"}, ends, saved},
		"name-taken":         {0, []string{"not created by this wizard.", "Choose another name", "edit app integration name", "next section"}, ends, saved},
		"foreign-draft":      {0, []string{"has unpublished changes by user", "Publish or discard them", "edit configuration", "enter apply"}, ends, saved},
		"no-licence":         {4, []string{"doesn't offer the integration type", "Check with Genesys that your license includes"}, stops, nothing},
		"activation-refused": {1, []string{"The discovery document could not be read.", "Or open it (Menu > IT and Integrations > Integrations"}, stops, "Nothing is live yet."},
		"slow-activation":    {0, []string{"waiting for Active", "next section"}, ends, saved},
		"rate-limit":         {0, []string{"Okta: rate limit", "next section"}, ends, saved},
		"rate-limit-long":    {1, []string{"Retry in 15 minutes.", "Completed changes are kept."}, stops, "app integration"},
		"lost-answer": {0, []string{
			"The wizard looked and found it.", "next section", "are connected", "The wizard looked and found it.",
		}, ends, saved},
		"service-down":   {1, []string{"(HTTP 503)", "Retry in a moment."}, stops, nothing},
		"service-broken": {1, []string{"(HTTP 500)", "Retry in a moment."}, stops, "app integration"},
		"unreachable":    {6, []string{"can't be reached", "Check the URL, your network, and your proxy"}, stops, nothing},
		"portal":         {6, []string{"A proxy or sign-in portal answered instead of", "Open a page in the browser to sign in to it"}, stops, nothing},
	} {
		if repeat.Skips(fault, 4, 1) {
			continue
		}
		t.Run("fault "+fault, func(t *testing.T) {
			t.Parallel()
			args := []string{"demo", "--autoplay", "--speed", "10"}
			if fault != "" {
				args = append(args, "--fault", fault)
			}
			tt := onTerminalOf(t, 120, 60, nil, args...)
			tt.play(func(screen string) string {
				switch {
				case strings.Contains(screen, "› No, keep it"):
					return enter
				case strings.Contains(screen, c.last), strings.Contains(screen, "Quit setup?"):
					return "q"
				default:
					return ""
				}
			})
			tt.ends(c.code)
			shown := frames(tt.raw.String())
			for _, want := range c.shown {
				i := slices.IndexFunc(shown, func(frame string) bool { return strings.Contains(frame, want) })
				assert.Assert(t, i >= 0, "the screen never showed %q in its turn; it ended as:\n%s", want, tt.screen)
				shown = shown[i:]
			}
			assert.Check(t, is.Contains(tt.screen.String(), c.left), tt.screen)
		})
	}
}

// TestTourByEnter: the narrated demo needs no key but Enter, also where a fault made an answer wrong.
func TestTourByEnter(t *testing.T) {
	t.Parallel()
	for _, fault := range []string{"no-policy", "wrong-token", "foreign-draft"} {
		if repeat.Skips(fault, 4, 1) {
			continue
		}
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			tt := onTerminal(t, nil, "demo", "--tour", "--latency", "0s", "--settle", "0s", "--fault", fault)
			narrated := 0
			tt.play(func(screen string) string {
				switch {
				case strings.Contains(screen, "Any key takes over."): // the tour enters an answer
					return ""
				case strings.Contains(screen, "› No, keep it"):
					return enter
				case strings.Contains(screen, "┃"):
					narrated++
				}
				return onward(screen)
			})
			tt.ends(0)
			assert.Check(t, narrated > 10, "only %d screens were narrated", narrated)
			assert.Check(t, is.Contains(tt.screen.String(), "<script "), tt.screen)
		})
	}
}

// frames are what a terminal showed, one after the other, each with its blanks and line ends as single blanks. One is
// what it showed when the full screen was left.
func frames(raw string) []string {
	screen := vt10x.New(vt10x.WithSize(120, 60))
	var shown []string
	for part := range strings.SplitSeq(raw, leftScreen) { // the last frame is whole before the screen is left
		for piece := range strings.SplitAfterSeq(part, frameEnd) {
			_, _ = screen.Write([]byte(piece))
			shown = append(shown, unwrapped(screen.String()))
		}
		_, _ = screen.Write([]byte(leftScreen))
	}
	return shown
}

// TestFaultsFixedOnScreen: the key e opens the answer that a fault made wrong, and another one fixes it.
func TestFaultsFixedOnScreen(t *testing.T) {
	t.Parallel()
	for fault, c := range map[string]struct{ problem, edit, answer string }{
		"wrong-token":     {"doesn't accept the API token.", "e edit API token", "00another"},
		"wrong-secret":    {"doesn't accept the OAuth client.", "e edit OAuth client secret", "another"},
		"read-only-admin": {"the role is Read-only Administrator.", "e edit API token", "00another"},
		"name-taken":      {"Okta already has the app integration", "e edit app integration name", "Another"},
		"foreign-draft":   {"has unpublished changes by user", "e edit configuration", "Another"},
	} {
		if repeat.Skips(fault, 2, 1) {
			continue
		}
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			tt := onTerminal(t, nil, "demo", "--latency", "0s", "--settle", "0s", "--fault", fault)
			tt.play(func(shown string) string {
				switch {
				case strings.Contains(shown, c.edit):
					return "e"
				case (strings.Contains(unwrapped(shown), c.problem) || strings.Contains(shown, "This one was refused.")) && // if an Enter came too early
					(strings.Contains(shown, "tab") || strings.Contains(shown, "esc back to the review")):
					return "\x15" + c.answer + enter // as often as it takes
				}
				return onward(shown)
			})
			tt.ends(0)
			assert.Check(t, is.Contains(tt.screen.String(), "<script "), tt.screen)
		})
	}
}
