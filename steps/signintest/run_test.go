package signintest

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/callback"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/steps/engine"
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
