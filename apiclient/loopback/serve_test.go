package loopback

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"

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
