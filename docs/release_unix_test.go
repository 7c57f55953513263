//go:build unix

package docs_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// TestReleaseNamesWhatItLacks before it builds: what is wrong stops it, and what it leaves out has a reason.
func TestReleaseNamesWhatItLacks(t *testing.T) {
	t.Parallel()
	script, err := os.ReadFile("../.ci/release")
	assert.NilError(t, err)
	project := t.TempDir()
	for name, text := range map[string]string{".ci/release": string(script), "CHANGELOG.md": "## [1.2.0] - 2026-11-29\n", "tools/go": "#!/bin/sh\necho builds \"$@\"\n", "tools/cosign": "#!/bin/sh\n"} {
		file := filepath.Join(project, name)
		assert.NilError(t, os.MkdirAll(filepath.Dir(file), 0o700))
		assert.NilError(t, os.WriteFile(file, []byte(text), 0o700)) //nolint:gosec // some are programs
	}
	run := func(environ string, args ...string) string {
		cmd := exec.CommandContext(t.Context(), args[0], args[1:]...)
		cmd.Dir = project
		cmd.Env = append(strings.Fields(environ), "PATH="+project+"/tools:"+os.Getenv("PATH"), "HOME="+project, "GIT_CONFIG_GLOBAL=/dev/null")
		out, err := cmd.CombinedOutput()
		if err != nil {
			return string(out) + err.Error()
		}
		return string(out)
	}
	const releases, publishes = "GITHUB_REPOSITORY=ann/wizard ", "GITHUB_REPOSITORY=ann/wizard GITHUB_TOKEN=t "
	for _, tc := range []struct{ environ, mode, says string }{
		{"", "publish", "GITHUB_REPOSITORY=owner/name is not set"},
		{releases, "publish", "this commit has no tag v1.2.0"},
		{"", "snapshot", "nothing is published"},
		{"", "snapshot", "builds run"},
		{"HOMEBREW_TAP=tap", "snapshot", "HOMEBREW_TAP is not owner/name: tap"},
		{"GITHUB_REPOSITORY=ann/wizard/more", "snapshot", "GITHUB_REPOSITORY is not owner/name"},
		{"", "tag", ""},
		{releases, "publish", "GITHUB_TOKEN is not set"},
		{publishes + "SCOOP_BUCKET=ann/bucket", "publish", "MANIFEST_TOKEN is not set; it needs write access to ann/bucket"},
		{publishes + "SCOOP_BUCKET=ann/bucket MANIFEST_TOKEN=t", "publish", "without an upload for WINGET_FORK: not set"},
		{publishes, "publish", "without sign: no key in COSIGN_PRIVATE_KEY"},
		{publishes + "COSIGN_PRIVATE_KEY=k", "publish", "builds run"},
	} {
		if tc.mode == "tag" {
			run("", "git", "init", "-q")
			run("", "git", "-c", "user.name=Ann", "-c", "user.email=ann@example.com", "commit", "-q", "--allow-empty", "-m", "first")
			run("", "git", "tag", "v1.2.0")
			continue
		}
		got := run(tc.environ, ".ci/release", tc.mode)
		assert.Check(t, is.Contains(got, tc.says), "%s %s", tc.environ, tc.mode)
		assert.Check(t, !strings.Contains(got, "builds run") || strings.Contains(got, "is complete"), got)
	}
}
