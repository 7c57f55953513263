package apiclient

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestSecretIsNeverPrinted(t *testing.T) {
	t.Parallel()
	s := NewSecret("canary")
	hidden := struct {
		Open   Secret
		secret Secret // fmt calls no method on an unexported field
		ptr    *Secret
	}{s, s, &s}
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d"} {
		for _, value := range []any{s, &s, hidden, &hidden, []Secret{s}, map[string]Secret{"k": s}} {
			got := fmt.Sprintf(format, value)
			assert.Check(t, !strings.Contains(got, "canary") && !strings.Contains(got, "63616e617279"),
				"%s of %T prints %s", format, value, got)
		}
	}
	var log bytes.Buffer
	for _, handler := range []slog.Handler{slog.NewTextHandler(&log, nil), slog.NewJSONHandler(&log, nil)} {
		slog.New(handler).Info("x", "secret", s, "struct", hidden, "list", []Secret{s})
	}
	if strings.Contains(log.String(), "canary") {
		t.Errorf("slog writes %s", log.String())
	}
	for _, value := range []any{s, &s, hidden, map[Secret]int{s: 1}} {
		data, err := json.Marshal(value)
		assert.Check(t, err != nil && !strings.Contains(err.Error(), "canary"),
			"%T marshals to %s, %v", value, data, err)
	}
	assert.Check(t, is.Equal(s.String(), "••••••••"), "prints as")
}

func TestSecretKeepsItsText(t *testing.T) {
	t.Parallel()
	for text, empty := range map[string]bool{"": true, "canary": false, " ": false} {
		s := NewSecret(text)
		if s.Reveal() != text || s.Empty() != empty || s != NewSecret(text) || (s.String() == "") != empty {
			t.Errorf("%q: reveals %q", text, s.Reveal())
		}
	}
}
