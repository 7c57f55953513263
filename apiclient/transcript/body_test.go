package transcript

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestLargeBodies(t *testing.T) {
	t.Parallel()
	list := func(elements, size int) string {
		element := fmt.Sprintf(`{"name":%q}`, strings.Repeat("x", size))
		return `{"entities":[` + strings.TrimSuffix(strings.Repeat(element+",", elements), ",") + `],"total":7}`
	}
	for _, tt := range []struct {
		name string
		body string
		kept int
		note string
	}{
		{"fits", list(100, 500), 100, ""},
		{"too many", list(300, 500), 64, "lists cut to 64 elements, 153624 bytes"},
		{"too large each", list(10, 20_000), 2, "lists cut to 2 elements, 200144 bytes"},
		{"one too large", list(1, 70_000), 0, "not written: too large, 70036 bytes"},
	} {
		got, note := new(redactor).body(http.Header{"Content-Type": {"application/json"}}, []byte(tt.body))
		assert.Check(t, is.Equal(note, tt.note), tt.name)
		assert.Check(t, len(got) <= maxBody, "%s: %d bytes", tt.name, len(got))
		var read struct {
			Entities []any
			Total    int
		}
		if len(got) > 0 {
			err := json.Unmarshal(got, &read)
			assert.Check(t, err == nil && read.Total == 7, "%s: total %d, %v", tt.name, read.Total, err)
		}
		assert.Check(t, is.Equal(len(read.Entities), tt.kept), tt.name+", elements")
	}
}
