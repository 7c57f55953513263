package transcript

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

func TestCreateRefuses(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "mine.txt")
	assert.NilError(t, os.WriteFile(file, []byte("mine"), 0o600))
	paths := map[string]string{"a file": file, "a folder": folder, "no folder": filepath.Join(folder, "none", "x")}
	if runtime.GOOS != "windows" {
		for name, target := range map[string]string{"a link": file, "a link to nothing": filepath.Join(folder, "later")} {
			paths[name] = filepath.Join(folder, strings.ReplaceAll(name, " ", "-"))
			assert.NilError(t, os.Symlink(target, paths[name]))
		}
	}
	for name, path := range paths {
		f, err := Create(path, "")
		if err == nil {
			t.Errorf("%s: taken", name)
			_ = f.Close(nil)
			continue
		}
		want := path + " already exists, and a transcript is written to a new file only"
		if name == "no folder" {
			want = "the transcript can't be written to " + path + ": no such file or directory"
		}
		assert.Check(t, is.Equal(err.Error(), want), name)
	}
	have, err := os.ReadFile(file)
	assert.Check(t, is.Equal(string(have), "mine"), "the file")
	_, later := os.Lstat(filepath.Join(folder, "later"))
	assert.Check(t, err == nil && errors.Is(later, os.ErrNotExist), "%v; through the link: %v", err, later)
}

func TestLines(t *testing.T) {
	t.Parallel()
	f, path := begin(t)
	x := call(t, http.MethodPost, "https://acme.okta.com/api/v1/apps", 201, `{"id":"0oa1"}`, "X-Rate-Limit-Limit", "20", "X-Rate-Limit-Remaining", "9")
	x.Sent = apiclient.Payload{Header: http.Header{"Accept": {"application/json"}, "Content-Type": {"application/json"}}, Body: []byte(`{"label":"a"}`)}
	f.Record(x)
	x.Got.Header = http.Header{"X-Rate-Limit-Limit": {"20"}, "X-Rate-Limit-Remaining": {"12"}}
	x.Status, x.Got.Body, x.Err = 0, nil, errors.New("Okta, op at acme.okta.com: didn't answer in time")
	f.Record(x)
	genesys := call(t, http.MethodGet, "https://api.a.test/x", 200, `{}`, "inin-ratelimit-allowed", "300", "inin-ratelimit-count", "58")
	genesys.Service = apiclient.GenesysCloud
	f.Record(genesys)
	assert.NilError(t, f.Close(map[string]string{"integration_type_id": "some-id"}))
	f.Record(x)
	assert.Check(t, is.DeepEqual(f.Err(), error(nil)), "a closed one stops nothing")
	text, err := os.ReadFile(path)
	assert.NilError(t, err)
	lines := strings.Split(string(text), "\n")
	assert.Check(t, is.Equal(len(lines), 6), "lines")
	const head = `{"time":"2026-11-22T09:00:00.007Z","service":"Okta","op":"op","method":"POST","url":"https://acme.okta.com/api/v1/apps","request":{"headers":{"Accept":["application/json"],"Content-Type":["application/json"]},"body":{"label":"a"}},`
	assert.Check(t, is.Equal(lines[1], head+`"status":201,"response":{"headers":{"Content-Type":["application/json"],"X-Rate-Limit-Limit":["20"],"X-Rate-Limit-Remaining":["9"]},"body":{"id":"0oa1"}},"elapsed_ms":1}`), "a call")
	assert.Check(t, is.Equal(strings.HasSuffix(lines[2], `"status":0,"response":{"headers":{"X-Rate-Limit-Limit":["20"],"X-Rate-Limit-Remaining":["12"]}},"elapsed_ms":1,"error":"Okta, op at acme.okta.com: didn't answer in time"}`), true), "a lost call")
	assert.Check(t, is.Equal(lines[4], `{"summary":{"found":{"integration_type_id":"some-id"},"rate_limits":{"Genesys Cloud op":{"allowed":"300","least":242},"Okta op":{"allowed":"20","least":9}}}}`), "the summary")
}

// A disk that takes nothing more is reported once; what is written stays.
func TestWriteFails(t *testing.T) {
	t.Parallel()
	f, path := begin(t)
	assert.Check(t, is.DeepEqual(f.Err(), error(nil)), "at first")
	_ = f.file.Close() // stands for a full disk: every write fails from here on
	f.Record(call(t, http.MethodGet, "https://a.test/x", 200, `{}`))
	err := f.Err()
	assert.Assert(t, err != nil, "nobody is told")
	assert.Check(t, is.Equal(err.Error(), "the transcript "+path+" can't be written any further (file already closed), so nothing more is changed: free up disk space, or run again without --transcript"), "the sentence")
	closing := f.Close(nil)
	assert.Check(t, closing != nil && strings.HasPrefix(closing.Error(), "the transcript "+path+" isn't complete: "),
		"closing: %v", closing)
}
