package loopback

import (
	"errors"
	"fmt"
	"net"
	"strconv"
	"strings"
	"testing"
	"time"

	"msgsso-wizard/apiclient/loopback/porttest"
)

func TestListenTakesBothFamilies(t *testing.T) {
	t.Parallel()
	port := porttest.Free(t)
	mine, err := Listen(t.Context(), port)
	if err != nil {
		t.Fatal(err)
	}
	defer Close(mine)
	for i, l := range mine {
		same(t, l.Addr().(*net.TCPAddr).Port, port)
		if !l.Addr().(*net.TCPAddr).IP.IsLoopback() {
			t.Errorf("%d: %s can be reached from outside", i, l.Addr())
		}
	}
	if _, err := Listen(t.Context(), port); !errors.Is(err, ErrPortTaken) {
		t.Errorf("a second time: %v", err)
	}
}

func TestPortTakenInOneFamily(t *testing.T) {
	t.Parallel()
	for _, family := range families {
		port := porttest.Free(t)
		other, err := net.Listen(family.network, net.JoinHostPort(family.address, strconv.Itoa(port))) //nolint:noctx // set-up
		if err != nil {
			t.Logf("this computer has no %s", family.address)
			continue
		}
		_, err = Listen(t.Context(), port)
		if !errors.Is(err, ErrPortTaken) {
			t.Fatalf("got %v", err)
		}
		same(t, err.Error(), fmt.Sprintf("port %d of this computer (%s) is taken by another program or not allowed: "+
			"free it, or use another port and register its redirect URI", port, family.address))
		_ = other.Close()
		free, err := Listen(t.Context(), port)
		if err != nil {
			t.Errorf("a listener was left behind: %v", err)
		}
		Close(free)
	}
}

// TestPortLingers: a port that is given back in a moment is waited for. It is not parallel, as others do not wait so long.
func TestPortLingers(t *testing.T) { //nolint:paralleltest // it changes a variable
	usual := lingering
	lingering = time.Hour
	defer func() { lingering = usual }()
	port := porttest.Free(t)
	held, err := Listen(t.Context(), port)
	if err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(20*time.Millisecond, func() { Close(held) })
	again, err := Listen(t.Context(), port)
	if err != nil {
		t.Fatal(err)
	}
	Close(again)
}

func TestNoPort(t *testing.T) {
	t.Parallel()
	for _, port := range []int{-1, 0, 65536} {
		if _, err := Listen(t.Context(), port); err == nil || !strings.Contains(err.Error(), "enter 1 to 65535") {
			t.Errorf("%d: %v", port, err)
		}
	}
}

func TestForward(t *testing.T) {
	t.Parallel()
	same(t, Forward(8080), "ssh -L 8080:localhost:8080")
}
