package plain

import (
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/simtest"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
)

// TestFoundValuesAreShown: what a plan finds in the orgs stands where nobody answered, and is not taken for an answer.
func TestFoundValuesAreShown(t *testing.T) {
	t.Parallel()
	const page = "https://www.example.com/support"
	sim := simtest.Start(t, simulator.Options{})
	session := func() *setup.Session {
		network, answers := services.New(), guide.NewAnswers()
		t.Cleanup(network.Close)
		assert.NilError(t, answers.FromEnvironment(simtest.Lookup(sim)))
		return &setup.Session{Answers: answers, Dial: network, Poll: time.Millisecond}
	}
	first := session()
	assert.NilError(t, first.Answers.Set(guide.RedirectURIs, guide.FromUser, page))
	plan, err := first.Plan(t.Context())
	if err == nil {
		err = first.Apply(t.Context(), plan, engine.NewStop())
	}
	assert.NilError(t, err)
	g, out := guideOf("\n")
	g.Env = session()
	assert.NilError(t, g.look(t.Context(), guide.SectionOkta))
	g.review()
	assert.NilError(t, g.ask(t.Context(), question(t, guide.RedirectURIs), "1 of 1"))
	for _, want := range []string{"Sign-in redirect URIs: " + page + " (found)", "Allowed domains: www.example.com (default)", "[" + page + " (found)] > "} {
		assert.Check(t, is.Contains(out.String(), want), out)
	}
	got := g.Env.Answers.Get(guide.RedirectURIs)
	assert.Check(t, is.Equal(got.From, guide.FromDefault), "the answer became %+v", got)
}
