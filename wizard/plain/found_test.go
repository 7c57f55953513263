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

// TestFoundValuesAreShown: once an app is named, its values stand where no answer was given, and are not taken for answers.
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
	for key, value := range map[guide.Key]string{
		guide.AppName: "Shop chat", guide.GrantTypes: "authorization_code", guide.RedirectURIs: page,
		guide.Assign: guide.AssignSelected, guide.AssignGroups: "Web customers",
	} {
		assert.NilError(t, first.Answers.Set(key, guide.FromUser, value))
	}
	plan, err := first.Plan(t.Context())
	if err == nil {
		err = first.Apply(t.Context(), plan, engine.NewStop())
	}
	assert.NilError(t, err)

	g, out := guideOf("Shop chat\n\n\n\n\n\n")
	g.Env = session()
	for _, key := range []guide.Key{guide.AppName, guide.GrantTypes, guide.RedirectURIs, guide.LogoutURIs, guide.Assign, guide.AssignGroups} {
		assert.NilError(t, g.put(t.Context(), question(t, key)))
		if from := g.Env.Answers.Get(key).From; key != guide.AppName && from > guide.FromDefault {
			t.Errorf("%s was taken for an answer from %s", key, from)
		}
	}
	g.review()
	for _, want := range []string{
		"[authorization_code (found)] > ", "[" + page + " (found)] > ", "[groups (found)] > ", "[Web customers (found)] > ",
		"Grant types: authorization_code (found)", "Sign-in redirect URIs: " + page + " (found)", "Assignment: groups (found)",
		"Groups: Web customers (found)", "Allowed domains: www.example.com (default)",
	} {
		assert.Check(t, is.Contains(out.String(), want))
	}
}
