// Package porttest finds ports for tests that have to name one before a listener opens them.
package porttest

import (
	"net"
	"os"
	"strconv"
	"sync/atomic"
	"testing"
)

// The system takes the ports of outgoing connections from above these (Linux: 32768 to 60999), so that no connection
// of another test takes one of them in between. Each process begins elsewhere: two that run at once, whose numbers
// are near each other, are share apart.
const lowest, highest, share = 20000, 32000, 97

var given atomic.Int64 // this process's

// Free returns a port that is free on either loopback address, and that no other test of this process was
// given.
func Free(t testing.TB) int {
	t.Helper()
	for range highest - lowest {
		port := lowest + (os.Getpid()*share+int(given.Add(1)))%(highest-lowest)
		if isFree(t, port) {
			return port
		}
	}
	t.Fatal("no port is free")
	return 0
}

// isFree finds out by calling. A listener opened for a moment would outlast its closing where another test starts a
// program just then: the program holds a copy until it is loaded.
func isFree(t testing.TB, port int) bool {
	for _, address := range []string{"127.0.0.1", "::1"} {
		c, err := new(net.Dialer).DialContext(t.Context(), "tcp", net.JoinHostPort(address, strconv.Itoa(port)))
		if err == nil {
			_ = c.Close()
			return false
		}
	}
	return true
}
