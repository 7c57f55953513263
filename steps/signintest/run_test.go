package signintest

import (
	"context"
	"net"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/callback"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
)

func TestSignInLeavesNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{})
	writes := w.env.Calls().Writes
	saw := w.run(t, alice)
	assert.Assert(t, saw.OK, "%+v\n%+v", saw.Problem, saw.Lines)
	assert.Check(t, is.DeepEqual(passed(saw.Lines), []string{comesBack, givesID, forAgents + " didn't pass", comesTwice, givesJWT, revoked}), "lines")
	for _, l := range saw.Lines {
		assert.Check(t, unicode.IsUpper(rune(l.Text[0])), "%q is no sentence case", l.Text)
	}
	assert.Check(t, is.Equal(saw.Side, SideNone), "side")
	assert.Check(t, is.DeepEqual(saw.Left, []string(nil)), "left")
	assert.Check(t, is.Equal(len(w.Sim.Genesys().Senders()), 1), "exchanges")
	assert.Check(t, is.Equal(w.Sim.Genesys().VisitorTokens(), 0), "visitors' tokens at Genesys Cloud")
	assert.Check(t, is.Equal(w.Sim.Okta().VisitorTokens(), 0), "visitors' tokens at Okta")
	assert.Check(t, is.Equal(w.env.Calls().Writes, writes), "writes")
	claims := map[string]string{}
	for _, c := range saw.Claims {
		claims[c.Name] = c.Value
	}
	assert.Check(t, is.Equal(claims["email"], "alice@acme.test"), "email")
	assert.Check(t, is.Equal(claims["issuer"], w.setup.Document.Issuer), "issuer")
	assert.Check(t, is.Equal(len(saw.opened), 1), "addresses")
	assert.Check(t, is.Contains(saw.pages[len(saw.pages)-1], "Sign-in works"), "the browser shows")
}

// passed are the texts of the lines, all of which have to be good.
func passed(lines []Line) []string {
	var texts []string
	for _, l := range lines {
		if l.State != Passed {
			l.Text += " didn't pass"
		}
		texts = append(texts, l.Text)
	}
	return texts
}

// TestClaimsForAgents: the result says which claims arrived, and the agent sees those.
func TestClaimsForAgents(t *testing.T) {
	t.Parallel()
	for _, profile := range []string{oktasim.Integrator, oktasim.NoAPIAM} {
		w := newWorld(t, simulator.Options{Okta: oktasim.Options{Profile: profile}})
		saw := w.run(t, alice)
		assert.Check(t, slices.Contains(saw.Lines, Line{State: Note, Text: forAgents, Detail: "sub, email · missing: given_name, family_name"}), "%+v", saw.Lines)

		assert.NilError(t, w.env.Answers.Set(guide.VisitorNames, guide.FromUser, guide.NamesInclude))
		assert.NilError(t, w.env.Apply(t.Context(), kit.Must(w.env.Plan(t.Context()))(t), engine.NewStop()))
		saw = w.run(t, alice)
		assert.Check(t, slices.Contains(saw.Lines, Line{State: Passed, Text: forAgents, Detail: "sub, email, given_name, family_name"}), "%+v", saw.Lines)
		assert.Check(t, slices.Contains(saw.Claims, Claim{"given_name", "Alice"}) && slices.Contains(saw.Claims, Claim{"family_name", "Customer"}), "%+v", saw.Claims)
		var names []string
		for _, s := range w.Sim.Genesys().Senders() {
			assert.Check(t, strings.HasPrefix(s.AddressDisplayable, "00u") && s.Email == "alice@acme.test", "%+v", s)
			names = append(names, s.Name)
		}
		assert.Check(t, is.DeepEqual(names, []string{"", "Alice Customer"}), profile)
	}
}

func TestNoSessionSignsInTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{})
	saw := w.run(t, func(b *browser, a Address) {
		b.met = func(u *url.URL) *url.URL {
			if u.Query().Get("prompt") == "none" { // as if it had ended in between
				b.forget(u)
			}
			return u
		}
		b.goTo(a.URL)
	})
	assert.Check(t, is.Equal(saw.OK, true), "ok")
	asks := Line{State: Note, Text: "Okta asks the user again", Detail: "login_required"}
	assert.Check(t, slices.Contains(saw.Lines, asks), "%+v", saw.Lines)
}

// The user pastes back where the browser ended up, as the test can't listen there.
func TestOtherRedirectURIIsPasted(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{})
	redirectTo(func(string) string { return "https://www.acme.test/chat" })(t, w.Org)
	w.setup.RedirectURI = "https://www.acme.test/chat"
	kit.Deploy(onlyWWW)(t, w.Org)
	came := make(chan string, 10)
	b := newBrowser(t)
	b.met = func(u *url.URL) *url.URL {
		if u.Host == "www.acme.test" {
			came <- u.String()
			return nil
		}
		return u
	}
	var refused []error
	front := Front{
		Open: func(a Address) { go b.goTo(a.URL) },
		Paste: func(ctx context.Context) (string, error) {
			select {
			case address := <-came:
				return address, nil
			case <-ctx.Done():
				return "", ctx.Err()
			}
		},
		Reject: func(err error) { refused = append(refused, err) },
	}
	v := run(t.Context(), w.setup, front, w.pace)
	assert.Check(t, is.Equal(v.OK, true), "ok")
	assert.Check(t, is.Equal(len(refused), 0), "refused")
}

// An org without custom authorization servers signs users in at its own.
func TestOrgServerSignsIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Okta: oktasim.Options{Profile: oktasim.NoAPIAM}})
	saw := w.run(t, alice)
	assert.Check(t, is.Equal(saw.OK, true), "ok")
	kit.RotateSecret(t, w.Org)
	w.setup.Secret = w.newestSecret(t)
	saw = w.run(t, alice)
	assert.Check(t, is.Equal(saw.AutoFix, FixCredential), "mend")
}

// TestAnswerWithoutItsIssuer: a server that promises to name itself in each answer, and doesn't, is another one.
func TestAnswerWithoutItsIssuer(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		promised bool
		back     callback.Response
		detail   string
	}{
		"promised and named":  {true, callback.Response{Issuer: issuer}, ""},
		"promised, not named": {true, callback.Response{}, "from an unnamed server (no iss)"},
		"another named":       {false, callback.Response{Issuer: issuer + "2"}, "from " + issuer + "2"},
		"an error of another": {false, callback.Response{Error: "access_denied", Issuer: issuer + "2"}, "from " + issuer + "2"},
		"not promised":        {false, callback.Response{}, ""},
	} {
		x, lines := aTest(Setup{})
		x.Document.SendsIssuer = tt.promised
		got := x.arrived(comesBack, tt.back)
		assert.Check(t, is.Equal(got, tt.detail == ""), name)
		assert.Check(t, is.Equal((*lines)[0].Detail, tt.detail), name)
	}
}

// TestSignInWithDemoNames: the orgs have names that lead nowhere, and a browser that knows none of them signs in.
func TestSignInWithDemoNames(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Demo: true})
	assert.Check(t, is.Equal(w.setup.Document.Issuer, "https://acme.okta.example/oauth2/default"))
	assert.Check(t, is.Equal(w.env.Identity().Okta+" "+w.env.Identity().Genesys, "acme.okta.example Acme (demo)"))
	assert.Check(t, is.Equal(w.env.Answers.Console(guide.SectionGenesys), ""), "there is no console to open")
	saw := w.run(t, func(b *browser, a Address) {
		b.met = func(u *url.URL) *url.URL {
			assert.Check(t, apiclient.IsLoopback(u.Host), "the browser is sent to %s", u.Host)
			return u
		}
		alice(b, a)
	})
	assert.Check(t, saw.OK, "%+v", saw.Problem)
	assert.Check(t, is.Contains(saw.Claims, Claim{"issuer", w.setup.Document.Issuer}))
}

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
