package conformance

import (
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest/tofu"
)

// What OpenTofu's providers send and are answered has the form of the definitions.
func TestOpenTofu(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Seed: 7})
	t.Logf("%d calls", tofu.Replay(t, w.sim))
}
