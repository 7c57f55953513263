package loopback

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"syscall"
	"time"
)

// ErrPortTaken says that the browser could not come back, or would come back to another program.
var ErrPortTaken = errors.New("is taken by another program or not allowed")

// families are where a browser looks for localhost: in either family, whichever it tries first.
var families = []struct{ network, address string }{{"tcp4", "127.0.0.1"}, {"tcp6", "::1"}}

// takenBy is ErrPortTaken by a program that is known.
type takenBy struct{ owner string }

func (takenBy) Is(target error) bool { return target == ErrPortTaken }

func (e takenBy) Error() string { return "is taken by " + e.owner }

// Listen takes the port in both families. A computer may lack one of them, but where both exist both must be
// free: else the code could go to another program. A port that is not free is ErrPortTaken, whose text names
// the family and, where Linux tells, the program.
func Listen(ctx context.Context, port int) ([]net.Listener, error) {
	if port < 1 || port > 65535 {
		return nil, fmt.Errorf("%d isn't a port: enter 1 to 65535", port)
	}
	var (
		cfg   net.ListenConfig
		mine  []net.Listener
		where = strconv.Itoa(port)
	)
	for _, family := range families {
		l, err := take(ctx, family.network, net.JoinHostPort(family.address, where))
		if err == nil {
			mine = append(mine, l)
			continue
		}
		// Whether the family is missing is found out with any port: systems word their errors differently.
		probe, missing := cfg.Listen(ctx, family.network, net.JoinHostPort(family.address, "0"))
		if missing == nil {
			Close(append(mine, probe))
			why := ErrPortTaken
			if who := owner(family.network, port); who != "" {
				why = takenBy{who}
			}
			return nil, fmt.Errorf("port %d of this computer (%s) %w", port, family.address, why)
		}
	}
	if len(mine) == 0 {
		return nil, errors.New("this computer has neither 127.0.0.1 nor ::1 for the browser to return to")
	}
	return mine, nil
}

// lingering bounds how long a port that was just given back may still be held: a program that is being started,
// the browser say, has a copy of all that is open until it is loaded.
var lingering = 100 * time.Millisecond // a variable for its test

// inUse is what Windows calls syscall.EADDRINUSE.
const inUse = syscall.Errno(10048)

// take listens, and asks again while the port may be lingering.
func take(ctx context.Context, network, address string) (net.Listener, error) {
	var cfg net.ListenConfig
	for end := time.Now().Add(lingering); ; time.Sleep(10 * time.Millisecond) {
		l, err := cfg.Listen(ctx, network, address)
		if !errors.Is(err, syscall.EADDRINUSE) && !errors.Is(err, inUse) || ctx.Err() != nil || time.Now().After(end) {
			return l, err
		}
	}
}

// Close closes listeners that no server uses.
func Close(listeners []net.Listener) {
	for _, l := range listeners {
		_ = l.Close()
	}
}

// Forward returns the ssh command that lets a browser on another computer come back to this one. The user fills in USER
// and HOST, because the name that this computer has for others isn't known.
func Forward(port int) string { return fmt.Sprintf("ssh -L %[1]d:localhost:%[1]d USER@HOST", port) }
