package plain

import (
	"strings"
	"testing"
	"time"

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
		if err := answers.FromEnvironment(simtest.Lookup(sim)); err != nil {
			t.Fatal(err)
		}
		return &setup.Session{Answers: answers, Dial: network, Poll: time.Millisecond}
	}
	first := session()
	if err := first.Answers.Set(guide.RedirectURIs, guide.FromUser, page); err != nil {
		t.Fatal(err)
	}
	plan, err := first.Plan(t.Context())
	if err == nil {
		err = first.Apply(t.Context(), plan, engine.NewStop())
	}
	if err != nil {
		t.Fatal(err)
	}
	g, out := guideOf("\n")
	g.Env = session()
	if err := g.look(t.Context(), guide.SectionOkta); err != nil {
		t.Fatal(err)
	}
	g.review()
	if err := g.ask(t.Context(), question(t, guide.RedirectURIs), "1 of 1"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Sign-in redirect URIs: " + page + " (found)", "Allowed domains: www.example.com (default)", "[" + page + " (found)] > "} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in:\n%s", want, out)
		}
	}
	if got := g.Env.Answers.Get(guide.RedirectURIs); got.From != guide.FromDefault {
		t.Errorf("the answer became %+v", got)
	}
}
