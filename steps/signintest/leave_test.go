package signintest

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/steps/explain"
)

func TestCancelLeavesNothing(t *testing.T) {
	t.Parallel()
	for name, stopAt := range map[string]string{"at Okta": "/authorize", "between the legs": "prompt=none"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, simulator.Options{})
			ctx, leave := context.WithCancel(t.Context())
			defer leave()
			saw := w.runIn(ctx, t, func(b *browser, a Address) {
				b.met = func(u *url.URL) *url.URL {
					if strings.Contains(u.String(), stopAt) {
						leave()
						return nil
					}
					return u
				}
				b.goTo(a.URL)
			})
			assert.Check(t, is.Equal(saw.OK, false), "ok")
			assert.Check(t, is.Equal(w.Sim.Okta().VisitorTokens(), 0), "tokens at Okta")
			assert.Check(t, is.Equal(saw.Problem.Problem, "The test was stopped before it ended."), "problem")
		})
	}
}

func TestCancelDuringExchangeNamesLeftovers(t *testing.T) {
	t.Parallel()
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	w := newWorld(t, simulator.Options{WrapGenesys: func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "oauthcodegrantjwtexchange") {
				_, _ = io.Copy(io.Discard, r.Body) // so that the server sees the caller go
				leave()
				<-r.Context().Done()
				return
			}
			next.ServeHTTP(rw, r)
		})
	}})
	saw := w.runIn(ctx, t, alice)
	assert.Check(t, is.Equal(saw.Problem.Problem, "The test was stopped before it ended."), "problem")
	assert.Check(t, is.DeepEqual(saw.Left, []string{"Genesys Cloud may have issued a token, but its response was lost. The token expires within 15 minutes."}))
	assert.Check(t, is.Equal(w.Sim.Okta().VisitorTokens(), 0), "tokens at Okta")
}

func TestEnrollmentNeverReturns(t *testing.T) {
	t.Parallel()
	w := newWorld(t, simulator.Options{Okta: oktasim.Options{MFAEnrol: true}})
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	var noted Line
	front := Front{Line: func(l Line) {
		if l.State == Note {
			noted = l
			leave()
		}
	}}
	front.Open = func(a Address) { go newBrowser(t).goTo(a.URL) }
	v := run(ctx, w.setup, front, w.pace)
	assert.Check(t, is.Contains(noted.Detail, "Okta asks alice@acme.test for another factor"), "%+v", noted)
	assert.Check(t, is.Equal(v.Problem.Class, explain.ClassTest), "class")
	assert.Check(t, is.Contains(v.Problem.Problem, "for another factor"))
}
