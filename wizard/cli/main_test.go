package cli

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"go.uber.org/goleak"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/apiclient/testkit/eventually"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

func lookup(environ map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) { v, ok := environ[name]; return v, ok }
}

// program is one without a terminal.
func program(environ map[string]string) (p *Program, out *bytes.Buffer, errs *eventually.Output) {
	out, errs = new(bytes.Buffer), new(eventually.Output)
	return &Program{In: new(bytes.Buffer), Out: out, Err: errs, Lookup: lookup(environ), Signals: make(chan os.Signal, 2)}, out, errs
}

// orgs is the environment of an admin of two simulated orgs.
func orgs(t *testing.T, stateDir string, seed uint64) map[string]string {
	t.Helper()
	sim := simtest.Start(t, simulator.Options{Seed: seed})
	environ := map[string]string{"LANG": "C.UTF-8", "XDG_STATE_HOME": stateDir}
	for _, line := range sim.Environment() {
		name, value, _ := strings.Cut(line, "=")
		environ[name] = value
	}
	return environ
}

// invoke runs the program without a terminal and returns what it says.
func invoke(t *testing.T, environ map[string]string, code int, args ...string) string {
	t.Helper()
	p, out, errs := program(environ)
	assert.Check(t, is.Equal(p.Run(t.Context(), append(args, "--no-input")), code), "%v: exit code", args)
	return out.String() + errs.String()
}
