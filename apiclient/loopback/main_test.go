package loopback

import (
	"net"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	holdPort() // this program again, as another one that has a port
	goleak.VerifyTestMain(m)
}

func same(t *testing.T, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// handedOut keeps two tests from getting the same free port.
var handedOut sync.Map

func freePort(t *testing.T) int {
	t.Helper()
	for {
		l, err := new(net.ListenConfig).Listen(t.Context(), "tcp4", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		port := l.Addr().(*net.TCPAddr).Port
		_ = l.Close()
		if _, twice := handedOut.LoadOrStore(port, true); !twice {
			return port
		}
	}
}
