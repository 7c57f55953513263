package plain

import (
	"errors"
	"io"
	"strings"
	"syscall"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/wizard/report"
)

const pem = "-----BEGIN PRIVATE KEY-----\ncanary-1\ncanary-2\n-----END PRIVATE KEY-----"

func TestReadBlock(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, keys, want string
		err              error
	}{
		{"PEM", strings.ReplaceAll(pem, "\n", "\r") + "\rrest\r", pem, nil},
		{"PEM in quotes", "\ufeff\"" + pem + "\"\rrest\r", "\ufeff\"" + pem + "\"", nil},
		{"JSON in quotes", "'{\r\"kty\": \"RSA\"\r}'\rrest\r", "'{\n\"kty\": \"RSA\"\n}'", nil},
		{"JSON on one line", `{"kty":"RSA"}` + "\r", `{"kty":"RSA"}`, nil},
		{"JSON on several", "{\r\"kty\": \"RSA\"\r}\r", "{\n\"kty\": \"RSA\"\n}", nil},
		{"one line", "abc\n", "abc", nil},
		{"corrected", "abx\x7fc\r", "abc", nil},
		{"nothing", "\r", "", nil},
		{"broken off", "{\r\r", "{", nil},
		{"ctrl+c", "{\r\x03", "", report.Interrupted{Signal: syscall.SIGINT}},
		{"ctrl+d", "\x04", "", io.EOF},
		{"the end", "{\r", "", io.EOF},
		{"endless", strings.Repeat("x", maxLine+2), "", errTooLong},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := readBlock(strings.NewReader(c.keys))
			assert.Check(t, got == c.want && errors.Is(err, c.err), "got %q, %v", got, err)
		})
	}
}

func TestPastedBlock(t *testing.T) {
	t.Parallel()
	in := newInput(strings.NewReader(pem + "\nnext\n{\n\nlast\n"))
	for _, want := range []string{pem, "next", "{", "last"} {
		got, err := in.block(t.Context())
		assert.Check(t, err == nil && got == want, "got %q, %v, want %q", got, err, want)
	}
}
