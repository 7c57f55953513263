//go:build linux

package e2e

import (
	"fmt"
	"net/url"
	"os"
	"regexp"
	"syscall"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/testkit/eventually"
)

var begins = regexp.MustCompile(`(http://localhost:\d+/\?start=\S+)\n`)

// TestLocalCommands: without a terminal the browser comes back by itself, and a signal ends what waits for it.
func TestLocalCommands(t *testing.T) {
	t.Parallel()
	v := newVisited(t)
	here := newBrowser(t, v.sim.OktaURL(), func(*url.URL) bool { return false })
	page := regexp.MustCompile(fmt.Sprintf(`(http://localhost:%d/)\n`, v.port))
	for _, c := range []struct {
		args   []string
		says   *regexp.Regexp
		signal os.Signal // nil: a visitor signs in
		code   int
		out    string
	}{
		{[]string{"test"}, begins, nil, 0, "alice@acme.test"},
		{[]string{"test", "--output", "json"}, begins, os.Interrupt, 130, `"exit_code": 130`},
		{[]string{"test", "--output", "json"}, begins, syscall.SIGTERM, 143, `"exit_code": 143`},
		{[]string{"page", "--serve"}, page, os.Interrupt, 0, ""},
	} {
		var out, said eventually.Output
		cmd := command(t, v.environ, append(c.args, "--no-input")...)
		cmd.Stdout, cmd.Stderr = &out, &said
		assert.NilError(t, cmd.Start())
		eventually.True(t, func() bool { return c.says.MatchString(said.String()) }, said.String)
		if c.signal != nil {
			assert.NilError(t, cmd.Process.Signal(c.signal))
		} else {
			here.open(t, c.says.FindStringSubmatch(said.String())[1])
		}
		_ = cmd.Wait()
		validate(t, cmd, out.String())
		assert.Check(t, is.Equal(cmd.ProcessState.ExitCode(), c.code), "%v, %v: %s", c.args, c.signal, &said)
		assert.Check(t, is.Contains(out.String(), c.out), "%v, %v", c.args, c.signal)
		assert.Check(t, c.out != "" || out.String() == "", "%v: %s", c.args, &out)
	}
}
