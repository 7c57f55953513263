package signintest

import (
	"net/url"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/guide"
)

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
