package loopback

import (
	"bufio"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// holder is the variable that makes this program take a port in a family, tell its number and keep it.
const holder = "MSGSSO_TEST_HOLD_PORT"

func holdPort() {
	address := os.Getenv(holder)
	if address == "" {
		return
	}
	l, err := net.Listen("tcp", address) //nolint:noctx // its own program
	if err != nil {
		fmt.Println(0)
		os.Exit(0)
	}
	fmt.Println(l.Addr().(*net.TCPAddr).Port)
	time.Sleep(time.Minute) // it is killed before
	os.Exit(0)
}

// The text names who has the port: alone in either family, or in all of a computer's addresses.
func TestOwnerIsNamed(t *testing.T) {
	t.Parallel()
	if runtime.GOOS != "linux" {
		t.Skip("only Linux tells")
	}
	for _, tt := range []struct{ takes, blocked string }{
		{"127.0.0.1:0", "127.0.0.1"}, {"[::1]:0", "::1"}, {"0.0.0.0:0", "127.0.0.1"}, {"[::]:0", "127.0.0.1"},
	} {
		var said, want string
		for range 5 { // another program may have the same port in the other family
			if said, want = taken(t, tt.takes, tt.blocked); strings.HasPrefix(said, want) {
				break
			}
		}
		assert.Check(t, strings.HasPrefix(said, want), "%s: %s, not %s", tt.takes, said, want)
	}
}

// taken has another process take a port, and returns what Listen says of it, and what it should say.
func taken(t *testing.T, takes, blocked string) (said, want string) {
	t.Helper()
	other := exec.CommandContext(t.Context(), os.Args[0])
	other.Env = append(os.Environ(), holder+"="+takes)
	out, _ := other.StdoutPipe()
	assert.NilError(t, other.Start())
	defer func() { _, _ = other.Process.Kill(), other.Wait() }()
	var port int
	if _, _ = fmt.Fscan(bufio.NewReader(out), &port); port == 0 {
		t.Logf("this computer has no %s", takes)
		return "", ""
	}
	_, err := Listen(t.Context(), port)
	assert.Assert(t, errors.Is(err, ErrPortTaken), "%s: %v", takes, err)
	return err.Error(), fmt.Sprintf("port %d of this computer (%s) is taken by loopback.test (process %d)", port, blocked, other.Process.Pid)
}

func TestSocket(t *testing.T) {
	t.Parallel()
	const head = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n"
	row := func(address, state string) string {
		return "   0: " + address + " 00000000:0000 " + state + " 00000000:00000000 00:00000000 00000000     0        0 4711 1 0 100 0 0 10 0\n"
	}
	for name, tt := range map[string]struct{ rows, want string }{
		"ours":             {head + row("0100007F:1F90", "0A"), "4711"},
		"of all addresses": {head + row("00000000:1F90", "0A"), "4711"},
		"another port":     {head + row("0100007F:1F91", "0A"), ""},
		"another address":  {head + row("0200007F:1F90", "0A"), ""},
		"not listening":    {head + row("0100007F:1F90", "01"), ""},
		"broken":           {head + "0: x 0A\n0100007F:1F90", ""},
		"empty":            {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assert.Check(t, is.Equal(socket(tt.rows, tables["tcp4"][0].addresses, 8080), tt.want))
		})
	}
}
