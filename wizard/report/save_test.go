package report_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

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

func TestWrite(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	put := func(name, text string) {
		assert.NilError(t, os.WriteFile(in(name), []byte(text), 0o600))
	}
	put("other", "other")
	put("equal", "text")
	put("target", "target")
	put("checked-out", "text\r\n") // by Git on Windows
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
		{"checked-out", false, nil, "text\r\n"},
		{"link", false, report.ErrLink, "target"},
		{"link", true, report.ErrLink, "target"},
		{".", true, report.ErrLink, ""},
		{"missing/new", false, fs.ErrNotExist, ""},
	} {
		err := report.Write(in(c.name), "text", c.replace)
		assert.Check(t, is.ErrorIs(err, c.want), c.name)
		if c.left != "" {
			got, err := os.ReadFile(in(c.name))
			assert.Check(t, err == nil && string(got) == c.left, "%s holds %q, %v", c.name, got, err)
		}
	}
	for _, name := range []string{"new", "other"} {
		if info, err := os.Stat(in(name)); err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o644 {
			t.Errorf("%s: %v, %v", name, info.Mode(), err)
		}
	}
	entries, _ := os.ReadDir(dir)
	assert.Check(t, is.Len(entries, 6))
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
