package simkit

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// TestFaults sends five calls through each fault and notes what came back and how often the service was reached.
func TestFaults(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name    string
		fault   Fault
		want    string // one letter a call: . answered, s spoilt, x cut
		reached int
	}{
		{"status, the third on", Fault{After: 2, Status: http.StatusBadGateway}, "..sss", 2},
		{"status, twice", Fault{Times: 2, Status: http.StatusTooManyRequests}, "ss...", 3},
		{"lost after it was carried out", Fault{After: 1, Times: 1, Lose: true}, ".x...", 5},
		{"dropped before", Fault{After: 1, Times: 1, Drop: true}, ".x...", 4},
		{"spoilt after it was carried out", Fault{After: 1, Times: 1, Lose: true, Status: http.StatusBadGateway}, ".s...", 5},
		{"another method", Fault{Method: http.MethodPost, Status: http.StatusBadGateway}, ".....", 5},
		{"another path", Fault{Path: regexp.MustCompile("^/other$"), Status: http.StatusBadGateway}, ".....", 5},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var faults Faults
			faults.Add(tt.fault)
			reached := 0
			server := httptest.NewServer(faults.Wrap(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
				reached++
				w.WriteHeader(http.StatusOK)
				_, _ = io.WriteString(w, "fine")
			})))
			defer server.Close()
			got := ""
			for range 5 {
				got += call(t, server.URL)
			}
			assert.Check(t, got == tt.want && reached == tt.reached,
				"got %s with %d calls carried out, want %s with %d", got, reached, tt.want, tt.reached)
			faults.Clear()
			assert.Check(t, is.Equal(call(t, server.URL), "."), "after Clear")
		})
	}
}

// call makes one call on its own connection, which is never repeated by itself.
func call(t *testing.T, url string) string {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url+"/thing", http.NoBody)
	assert.NilError(t, err)
	req.Close = true
	resp, err := http.DefaultClient.Do(req)
	switch {
	case err != nil:
		return "x"
	case resp.StatusCode != http.StatusOK:
		_ = resp.Body.Close()
		return "s"
	}
	_ = resp.Body.Close()
	return "."
}

func TestIDsRepeatWithTheirSeed(t *testing.T) {
	t.Parallel()
	a, b, other := NewIDs(1, 1), NewIDs(1, 1), NewIDs(2, 1)
	for range 3 {
		x, y, z := a.UUID()+a.Text(20)+a.Pick("one", "two", "three"), b.UUID()+b.Text(20)+b.Pick("one", "two", "three"), other.UUID()
		assert.Assert(t, x == y && x[:36] != z, "%s, %s, %s", x, y, z)
		if !regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`).MatchString(z) {
			t.Errorf("%s is no version 4 UUID", z)
		}
	}
}
