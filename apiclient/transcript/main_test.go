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

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"msgsso-wizard/apiclient"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func same[T any](t *testing.T, what string, want, got T) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

// begin creates a transcript in a folder of its own.
func begin(t *testing.T) (*File, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "run.jsonl")
	f, err := Create(path, "1.2.3")
	if err != nil {
		t.Fatal(err)
	}
	return f, path
}

// written closes f and returns the lines of its file.
func written(t *testing.T, f *File, path string) []string {
	t.Helper()
	if err := f.Close(nil); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")
	for _, line := range lines {
		if !json.Valid([]byte(line)) {
			t.Errorf("no JSON: %s", line)
		}
	}
	return lines
}

// call is an exchange of one address; header are names and values of the answer.
func call(t *testing.T, method, address string, status int, body string, header ...string) apiclient.Exchange {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
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
