package loopback

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"go.uber.org/goleak"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/loopback/porttest"
)

// Stop lets a handler at work end and its answer out, is not held up by a unused connection, and
// gives the port back.
func TestServeStops(t *testing.T) {
	t.Parallel()
	port := porttest.Free(t)
	listeners, err := Listen(t.Context(), port)
	assert.NilError(t, err)
	entered, leave := make(chan struct{}), make(chan struct{})
	left := false
	stop := Serve(t.Context(), listeners, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		WithoutTimeouts(w)
		close(entered)
		<-leave
		time.Sleep(2 * farewell) // longer than connections are waited for
		left = true
	}))
	address := net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
	idle, err := new(net.Dialer).DialContext(t.Context(), "tcp", address)
	assert.NilError(t, err)
	defer idle.Close() //nolint:errcheck // never used
	busy, err := new(net.Dialer).DialContext(t.Context(), "tcp", address)
	assert.NilError(t, err)
	defer busy.Close() //nolint:errcheck // the other side does
	_, _ = io.WriteString(busy, "GET / HTTP/1.1\r\nHost: "+address+"\r\n\r\n")
	<-entered
	close(leave)
	stop()
	assert.Check(t, left, "a handler was left behind")
	again, err := Listen(t.Context(), port)
	assert.NilError(t, err)
	Close(again)
}

// A header that is too long is refused; a body is not waited for.
func TestServeLimits(t *testing.T) {
	t.Parallel()
	port := porttest.Free(t)
	listeners, err := Listen(t.Context(), port)
	assert.NilError(t, err)
	defer Serve(t.Context(), listeners, nothing{})()
	for head, status := range map[string]string{
		"GET /?" + strings.Repeat("a", 30<<10) + " HTTP/1.1\r\nHost: x\r\n\r\n": "431",
		"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n":         "404",
	} {
		conn, err := new(net.Dialer).DialContext(t.Context(), "tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
		assert.NilError(t, err)
		_ = conn.SetDeadline(time.Now().Add(patience / 2))
		_, _ = io.WriteString(conn, head)
		first, err := bufio.NewReader(conn).ReadString('\n')
		assert.Check(t, strings.HasPrefix(first, "HTTP/1.1 "+status), "%.30s: %q, %v", head, first, err)
		_ = conn.Close()
	}
}

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

func TestMain(m *testing.M) {
	holdPort() // this program again, as another one that has a port
	goleak.VerifyTestMain(m)
}
