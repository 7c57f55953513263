package transcript

import (
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"msgsso-wizard/apiclient"
)

// number differs with the secrets that the process has made so far.
var number = regexp.MustCompile(`REDACTED-\d+`)

func TestReplay(t *testing.T) {
	t.Parallel()
	const org = "https://acme.okta.com"
	f, path := begin(t)
	lost := call(t, http.MethodPut, org+"/p", 0, "")
	other := call(t, http.MethodGet, org+"/a", 200, `{"n":"Genesys Cloud's"}`)
	other.Service = apiclient.GenesysCloud
	for _, x := range []apiclient.Exchange{
		call(t, http.MethodGet, org+"/a?after=1", 200, `{"n":1}`, "Link", "<"+org+`/a?after=2>; rel="next"`, "Content-Length", "700"),
		call(t, http.MethodPost, org+"/a", 201, `{"n":2,"client_secret":"x"}`),
		other, lost,
		call(t, http.MethodGet, org+"/a", 429, `{"u":"`+org+`/b"}`, "Retry-After", "2"),
		call(t, http.MethodGet, org+"/page", 200, "<html>", "Content-Type", "text/html"),
		call(t, http.MethodDelete, org+"/a%2Fb", 204, ""),
	} {
		f.Record(x)
	}
	if err := f.Close(map[string]string{"issuer": org}); err != nil {
		t.Fatal(err)
	}
	tr, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	same(t, "found", map[string]string{"issuer": org}, tr.Found)
	server := httptest.NewServer(tr.Handler(apiclient.Okta))
	t.Cleanup(server.Close)
	client := server.Client()
	for _, tt := range []struct {
		method, path string
		status       int // 0: the connection is cut
		body, header string
	}{
		{"GET", "/a?after=9", 200, `{"n":1}`, "<" + server.URL + `/a?after=2>; rel="next"`},
		{"GET", "/a", 429, `{"u":"` + server.URL + `/b"}`, ""},
		{"GET", "/a", 429, `{"u":"` + server.URL + `/b"}`, ""},
		{"POST", "/a", 201, `{"client_secret":"REDACTED","n":2}`, ""},
		{"PUT", "/p", 0, "", ""},
		{"DELETE", "/a%2Fb", 204, "", ""},
		{"GET", "/page", 200, "?", ""},
		{"GET", "/b", 501, "this call is not in the transcript\n", ""},
	} {
		req, err := http.NewRequestWithContext(t.Context(), tt.method, server.URL+tt.path, http.NoBody)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := client.Do(req)
		if tt.status == 0 {
			if err == nil {
				t.Errorf("%s: answered %d", tt.path, resp.StatusCode)
				_ = resp.Body.Close()
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		same(t, tt.path, tt.status, resp.StatusCode)
		same(t, tt.path, tt.body, number.ReplaceAllString(string(body), "REDACTED"))
		same(t, tt.path, tt.header, resp.Header.Get("Link"))
	}
}

func TestOpenRefuses(t *testing.T) {
	t.Parallel()
	const first = `{"transcript":1,"program":"msgsso-wizard"}` + "\n"
	for text, want := range map[string]string{
		"":                              ", line 1: no transcript",
		"{}\n":                          ", line 1: no transcript",
		`{"transcript":2}` + "\n":       ", line 1: no transcript",
		first + "{\n":                   ", line 2: no transcript",
		first + `{"method":"GET","url"`: ", line 2: no transcript",
	} {
		path := filepath.Join(t.TempDir(), "x")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(path); err == nil || err.Error() != path+want {
			t.Errorf("%q: %v", text, err)
		}
	}
	if _, err := Open(filepath.Join(t.TempDir(), "none")); !os.IsNotExist(err) {
		t.Errorf("no file: %v", err)
	}
}
