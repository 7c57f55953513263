package callback

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestCanListen(t *testing.T) {
	t.Parallel()
	for redirectURI, want := range map[string]int{
		"http://localhost:8080/":            8080,
		"http://localhost:8080":             8080,
		"http://LOCALHOST/":                 80,
		"http://127.0.0.1:3000/chat/?a=b":   3000,
		"http://[::1]:3000/":                3000,
		"https://localhost:8080/":           0,
		"https://www.acme.test/chat":        0,
		"http://www.acme.test/":             0,
		"http://localhost.acme.test/":       0,
		"http://127.0.0.2/":                 0,
		"http://localhost:0/":               0,
		"http://localhost:99999/":           0,
		"http://me@localhost:8080/":         0,
		"http://localhost:8080/#part":       0,
		"http://localhost:8080/\x7f":        0,
		"ftp://localhost/":                  0,
		"localhost:8080":                    0,
		"":                                  0,
		"http://":                           0,
		"http://localhost:eighty/":          0,
		"com.acme.app://localhost/callback": 0,
	} {
		p, _ := parseTarget(redirectURI)
		assert.Check(t, is.Equal(p.port, want))
		assert.Check(t, is.Equal(CanListen(redirectURI), want > 0))
	}
}
