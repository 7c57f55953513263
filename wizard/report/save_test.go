package report_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/report"
)

func TestSave(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "s.html")
	for range 2 { // the second time it is there already, byte for byte
		assert.NilError(t, report.Save(path, report.TheSnippet, "<script id=d1>"))
	}
	got, err := os.ReadFile(path)
	assert.Check(t, err == nil && string(got) == "<script id=d1>\n", "%q, %v", got, err)
	if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o644 {
		t.Error(info.Mode(), err)
	}
	refused(t, report.Save(path, report.TheSnippet, "<script id=d2>"), "other content")
	if got, _ := os.ReadFile(path); string(got) != "<script id=d1>\n" {
		t.Errorf("the file became %q", got)
	}
}

func TestCheckFile(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	for name, text := range map[string]string{"ours": "<script d1>\n", "other": "mine", "empty": "", "huge": strings.Repeat("d1", 40<<10)} {
		assert.NilError(t, os.WriteFile(path(name), []byte(text), 0o600))
	}
	if err := os.Symlink(path("target"), path("link")); err != nil {
		t.Log("no symbolic links here:", err)
	} else {
		refused(t, report.CheckFile(path("link"), "d1"), "isn't a regular file")
		refused(t, report.Save(path("link"), report.TheSnippet, "<script d1>"), "isn't a regular file")
	}
	for name, deployment := range map[string]string{"": "", "new": "", "ours": "d1"} {
		file := path(name)
		if name == "" {
			file = ""
		}
		assert.Check(t, report.CheckFile(file, deployment), "%q", name)
	}
	refused(t, report.CheckFile(path("ours"), ""), "other content")
	refused(t, report.CheckFile(path("other"), "d1"), "other content")
	refused(t, report.CheckFile(path("empty"), "d1"), "other content")
	refused(t, report.CheckFile(path("huge"), "d1"), "other content")
	refused(t, report.CheckFile(dir, "d1"), "isn't a regular file")
	refused(t, report.CheckFile(path("missing/s.html"), "d1"), "can't be saved")
	left, _ := filepath.Glob(path(".msgsso-*"))
	assert.Check(t, len(left) == 0, "left behind: %v", left)
}

func refused(t *testing.T, err error, why string) {
	t.Helper()
	if e, ok := errors.AsType[*explain.Error](err); !ok || e.Class != explain.ClassUsage || e.Question != guide.SnippetFile || !strings.Contains(e.Problem, why) {
		t.Errorf("want a refusal with %q, got %v", why, err)
	}
}
