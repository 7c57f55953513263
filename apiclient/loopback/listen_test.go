package loopback

import (
	"fmt"
	"net"
	"strconv"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/loopback/porttest"
)

func TestListenTakesBothFamilies(t *testing.T) {
	t.Parallel()
	port := porttest.Free(t)
	mine, err := Listen(t.Context(), port)
	assert.NilError(t, err)
	defer Close(mine)
	for i, l := range mine {
		assert.Check(t, is.Equal(l.Addr().(*net.TCPAddr).Port, port))
		assert.Check(t, l.Addr().(*net.TCPAddr).IP.IsLoopback(), "%d: %s can be reached from outside", i, l.Addr())
	}
	_, err = Listen(t.Context(), port)
	assert.Check(t, is.ErrorIs(err, ErrPortTaken), "a second time")
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
		assert.ErrorIs(t, err, ErrPortTaken)
		assert.Check(t, is.Equal(err.Error(), fmt.Sprintf("port %d of this computer (%s) is taken by another program or not allowed", port, family.address)))
		_ = other.Close()
		free, err := Listen(t.Context(), port)
		assert.Check(t, err, "a listener was left behind")
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
	assert.NilError(t, err)
	time.AfterFunc(20*time.Millisecond, func() { Close(held) })
	again, err := Listen(t.Context(), port)
	assert.NilError(t, err)
	Close(again)
}

func TestNoPort(t *testing.T) {
	t.Parallel()
	for _, port := range []int{-1, 0, 65536} {
		_, err := Listen(t.Context(), port)
		assert.Check(t, is.ErrorContains(err, "enter 1 to 65535"), "%d", port)
	}
}

func TestForward(t *testing.T) {
	t.Parallel()
	assert.Check(t, is.Equal(Forward(8080), "ssh -L 8080:localhost:8080 USER@HOST"))
}
