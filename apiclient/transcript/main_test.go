package transcript

import (
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// begin creates a transcript in its own folder.
func begin(t *testing.T) (*File, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "run.jsonl")
	f, err := Create(path, "1.2.3")
	assert.NilError(t, err)
	return f, path
}

// written closes f and returns the lines of its file.
func written(t *testing.T, f *File, path string) []string {
	t.Helper()
	assert.NilError(t, f.Close(nil))
	text, err := os.ReadFile(path)
	assert.NilError(t, err)
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	for _, line := range lines {
		assert.Check(t, json.Valid([]byte(line)), "no JSON: %s", line)
	}
	return lines
}

// call is an exchange of one address; header are names and values of the answer.
func call(t *testing.T, method, address string, status int, body string, header ...string) apiclient.Exchange {
	t.Helper()
	u, err := url.Parse(address)
	assert.NilError(t, err)
	got := http.Header{"Content-Type": {"application/json"}}
	for i := 0; i < len(header); i += 2 {
		got.Set(header[i], header[i+1])
	}
	return apiclient.Exchange{
		Call:  apiclient.Call{Service: apiclient.Okta, Op: "op", Method: method, Status: status, Elapsed: 1500 * time.Microsecond},
		Began: time.Date(2026, 11, 22, 9, 0, 0, 7e6, time.UTC), URL: u,
		Got: apiclient.Payload{Header: got, Body: []byte(body)},
	}
}
