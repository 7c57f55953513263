package provider

import (
	"context"
	"errors"
	"net"
	"net/http"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

type roundTrip func(*http.Request) (*http.Response, error)

func (f roundTrip) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

func TestNoPacketLeavesTheMachine(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"https://accounts.google.com/x": false, "http://192.0.2.1/x": false, "http://localhost.evil.test/x": false,
		"http://127.0.0.1.evil.test/x": false, "http://127.0.0.1@evil.test/x": false, "ftp:x": false, "": false,
		"http://localhost:1/x": true, "http://127.0.0.2/x": true, "http://[::1]/x": true,
	} {
		sent := false
		p := Client{http: &http.Client{Transport: roundTrip(func(*http.Request) (*http.Response, error) {
			sent = true
			return nil, errors.New("cut")
		})}}
		err := p.read(t.Context(), address, nil)
		assert.Check(t, errors.Is(err, ErrRefused) && sent == want, "%s: sent %t, %v", address, sent, err)
	}
}

func TestSlowProvider(t *testing.T) {
	t.Parallel()
	silent, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp", "127.0.0.1:0")
	assert.NilError(t, err)
	defer func() { _ = silent.Close() }()
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err = New(nil).Redeem(ctx, Wish{Integration: Integration{DiscoveryURI: "http://" + silent.Addr().String()}}, time.Now)
	assert.Check(t, is.ErrorIs(err, ErrSlow))
}
