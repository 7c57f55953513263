// Package freeport finds ports for tests that have to name one before somebody listens on it.
package freeport

import (
	"math/rand/v2"
	"net"
	"strconv"
	"sync"
	"testing"
)

// The system takes the ports of outgoing connections from above these (Linux: 32768 to 60999), so that no connection
// of a test beside takes one of them in between.
const lowest, highest = 20000, 32000

var given sync.Map // this process's

// Of returns a port that is free on both loopback addresses, and that no other test of this process was given.
func Of(t testing.TB) int {
	t.Helper()
	for range highest - lowest {
		port := lowest + rand.IntN(highest-lowest) //nolint:gosec // any will do
		if _, twice := given.LoadOrStore(port, true); !twice && free(t, port) {
			return port
		}
	}
	t.Fatal("no port is free")
	return 0
}

func free(t testing.TB, port int) bool {
	for _, address := range []string{"127.0.0.1", "::1"} {
		l, err := new(net.ListenConfig).Listen(t.Context(), "tcp", net.JoinHostPort(address, strconv.Itoa(port)))
		if err == nil {
			_ = l.Close()
		} else if address == "127.0.0.1" { // there may be no ::1 here
			return false
		}
	}
	return true
}
