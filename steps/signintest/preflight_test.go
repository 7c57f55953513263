package signintest

import (
	"net"
	"net/url"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/internal/kit"
)

func TestTakenPortFailsBeforePrompt(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{})
	u := kit.Must(url.Parse(w.setup.RedirectURI))(t)
	var cfg net.ListenConfig
	other := kit.Must(cfg.Listen(t.Context(), "tcp4", net.JoinHostPort("127.0.0.1", u.Port())))(t)
	v := run(t.Context(), w.setup, Front{Open: func(Address) { t.Error("somebody is asked") }}, w.pace)
	assert.NilError(t, other.Close())
	assert.Check(t, is.Equal(v.Side, SideHere), "side")
	assert.Check(t, is.Equal(v.Problem.Class, explain.ClassUsage), "class")
	want := "The error is on this computer. Port " + u.Port()
	assert.Check(t, strings.HasPrefix(v.Problem.Problem, want), "%q doesn't begin with %q", v.Problem.Problem, want)
	assert.Check(t, is.Equal(v.Problem.Fix, "Free the port, or use another port and register its redirect URI. Then try again."))
}

func TestPreflightFailsBeforePrompt(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		change func(*Setup)
		side   Side
		class  explain.Class
	}{
		"nobody can paste":      {func(s *Setup) { s.RedirectURI = "https://www.acme.test/" }, SideHere, explain.ClassUsage},
		"no authorize endpoint": {func(s *Setup) { s.Document.AuthorizationEndpoint = "" }, SideOkta, explain.ClassTest},
		"no keys":               {func(s *Setup) { s.Document.JWKSURI = "" }, SideOkta, explain.ClassTest},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x, _ := aTest(Setup{})
			row.change(&x.Setup)
			v := run(t.Context(), x.Setup, Front{}, usual)
			assert.Check(t, is.Equal(v.Side, row.side), "side")
			assert.Check(t, is.Equal(v.Problem.Class, row.class), "class")
		})
	}
}
