package signintest

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
)

func TestAPersonSignsInAndNothingIsLeft(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{})
	writes := w.env.Calls().Writes
	saw := w.run(t, alice)
	if !saw.OK {
		t.Fatalf("%+v\n%+v", saw.Problem, saw.Lines)
	}
	same(t, "lines", []string{comesBack, givesID, comesTwice, givesJWT, revoked}, passed(saw.Lines))
	same(t, "side", SideNone, saw.Side)
	same(t, "left", nil, saw.Left)
	same(t, "exchanges", 1, w.sim.Genesys().Exchanges())
	same(t, "visitors' tokens at Genesys Cloud", 0, w.sim.Genesys().VisitorTokens())
	same(t, "tokens at Okta: the one that Genesys Cloud got", 1, w.sim.Okta().VisitorTokens())
	same(t, "writes", writes, w.env.Calls().Writes)
	claims := map[string]string{}
	for _, c := range saw.Claims {
		claims[c.Name] = c.Value
	}
	same(t, "email", "alice@acme.test", claims["email"])
	same(t, "issuer", w.setup.Document.Issuer, claims["issuer"])
	same(t, "addresses", 1, len(saw.opened))
	if page := saw.pages[len(saw.pages)-1]; !strings.Contains(page, "Signing in works") {
		t.Errorf("the browser shows %q", page)
	}
}

// passed are the texts of the lines, all of which have to be good.
func passed(lines []Line) []string {
	var texts []string
	for _, l := range lines {
		if l.State != Passed {
			l.Text += " did not pass"
		}
		texts = append(texts, l.Text)
	}
	return texts
}

func TestOktaThatKeepsNoSessionAsksTwice(t *testing.T) {
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
	same(t, "ok", true, saw.OK)
	at := slices.IndexFunc(saw.Lines, func(l Line) bool { return l.State == Note })
	if at < 0 || saw.Lines[at].Detail != "login_required" {
		t.Errorf("%+v", saw.Lines)
	}
}

// The person pastes back where the browser ended up, as nobody can listen there.
func TestARedirectURIElsewhereIsPastedBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{})
	redirectTo(func(string) string { return "https://www.acme.test/chat" })(t, w)
	w.setup.RedirectURI = "https://www.acme.test/chat"
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
	same(t, "ok", true, v.OK)
	same(t, "refused", 0, len(refused))
}

// An org without custom authorization servers signs people in at its own.
func TestTheOrgsOwnServerServes(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Okta: oktasim.Options{Profile: oktasim.NoAPIAM}})
	saw := w.run(t, alice)
	same(t, "ok", true, saw.OK)
	rotateSecret(t, w)
	w.setup.Secret = w.newestSecret(t)
	saw = w.run(t, alice)
	same(t, "mend", FixCredential, saw.AutoFix)
}
