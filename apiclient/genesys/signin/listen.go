package signin

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
)

// ErrPortTaken says that the browser could not come back, or would come back to somebody else.
var ErrPortTaken = errors.New("is taken by another program or not allowed: free it, or use another port and register its redirect URI")

// loopback is where a browser looks for localhost: in either family, whichever it tries first.
var loopback = []struct{ network, address string }{{"tcp4", "127.0.0.1"}, {"tcp6", "::1"}}

// listen takes the port in both families. A computer may lack one of them, but where both exist both must be
// free: else the code could go to another program.
func listen(ctx context.Context, port int) ([]net.Listener, error) {
	if port < 1 || port > 65535 {
		return nil, fmt.Errorf("%d is not a port: enter 1 to 65535", port)
	}
	var (
		cfg   net.ListenConfig
		taken []net.Listener
	)
	for _, family := range loopback {
		l, err := cfg.Listen(ctx, family.network, net.JoinHostPort(family.address, strconv.Itoa(port)))
		if err == nil {
			taken = append(taken, l)
			continue
		}
		// Whether the family is missing is found out with any port: systems word their errors differently.
		probe, missing := cfg.Listen(ctx, family.network, net.JoinHostPort(family.address, "0"))
		if missing == nil {
			closeAll(append(taken, probe))
			return nil, fmt.Errorf("port %d of this computer (%s) %w", port, family.address, ErrPortTaken)
		}
	}
	if len(taken) == 0 {
		return nil, errors.New("this computer has neither 127.0.0.1 nor ::1 for the browser to come back to")
	}
	return taken, nil
}

func closeAll(listeners []net.Listener) {
	for _, l := range listeners {
		_ = l.Close()
	}
}
