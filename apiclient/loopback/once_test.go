package loopback

import (
	"context"
	"net/http"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestOnce(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	const secret = "http://localhost:8080/?start=canary"
	at, err := Once(ctx, secret)
	assert.NilError(t, err)
	client := http.Client{Transport: &http.Transport{DisableKeepAlives: true}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	for i, want := range []struct {
		address string
		status  int
		to      string
	}{{at + "x", 404, ""}, {at, 303, secret}, {at, 410, ""}, {at, 410, ""}} {
		r, err := http.NewRequestWithContext(ctx, http.MethodGet, want.address, nil)
		assert.NilError(t, err)
		got, err := client.Do(r)
		assert.NilError(t, err)
		assert.NilError(t, got.Body.Close())
		assert.Check(t, is.Equal(got.StatusCode, want.status), "call %d", i)
		assert.Check(t, is.Equal(got.Header.Get("Location"), want.to), "call %d", i)
	}
	plain, err := Once(ctx, "https://help.example.com/a")
	assert.NilError(t, err)
	assert.Check(t, is.Equal(plain, "https://help.example.com/a"))
}
