package setup

import (
	"maps"
	"slices"
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

func TestMissing(t *testing.T) {
	t.Parallel()
	env := &Env{Answers: guide.NewAnswers()}
	missing := func(sections ...guide.SectionID) []guide.Key {
		keys := map[guide.Key]bool{}
		for _, q := range env.Answers.Missing(sections...) {
			keys[q.Key] = true
		}
		return slices.Sorted(maps.Keys(keys))
	}
	same(t, "Okta", []guide.Key{guide.OktaOrg, guide.OktaToken}, missing(guide.SectionOkta))
	set(t, env, guide.Assign, guide.AssignSelected)
	same(t, "Okta with groups", []guide.Key{guide.AssignGroups, guide.OktaOrg, guide.OktaToken}, missing(guide.SectionOkta))
	same(t, "nothing", nil, missing(guide.SectionConfiguration, guide.SectionSnippet))
	e := asError(t, explain.MissingAnswers(env.Answers.Missing(guide.SectionOkta)))
	same(t, "problem", "Not answered: Okta org (--okta-org or OKTA_CLIENT_ORGURL or MSGSSO_OKTA_ORG); API token (OKTA_CLIENT_TOKEN or OKTA_API_TOKEN); Groups (--group or MSGSSO_GROUP).", e.Problem)
	same(t, "question", guide.OktaOrg, e.Question)
	same(t, "exit code", 2, explain.ExitCode(e))
}

func TestOptions(t *testing.T) {
	t.Parallel()
	sim, env := world(t, simulator.Options{Seed: 1})
	options := func(env *Env, key guide.Key, filter string) []guide.Option {
		q, _ := guide.QuestionFor(key)
		return must(Options(t.Context(), env, q, filter))(t)
	}
	same(t, "groups before the plan", []guide.Option{{Value: "Web customers", Label: "Web customers", Note: "People with an account on the web site"}}, options(env, guide.AssignGroups, "Web c"))
	same(t, "configurations before the plan", nil, options(env, guide.MessengerConfig, ""))
	must(MakePlan(t.Context(), env))(t)
	same(t, "configurations", []guide.Option{{Value: "Main website", Label: "Main website", Note: "used by 1 deployment"}, {Value: "Help centre", Label: "Help centre", Note: "used by no deployment"}}, options(env, guide.MessengerConfig, ""))
	same(t, "configurations filtered", []guide.Option{{Value: "Help centre", Label: "Help centre", Note: "used by no deployment"}}, options(env, guide.MessengerConfig, "HELP"))
	same(t, "deployments", []guide.Option{{Value: "Main website", Label: "Main website", Note: "pins version 1, serves www.acmecc.example, shop.acmecc.example"}}, options(env, guide.DeploymentName, ""))
	same(t, "flows", []guide.Option{{Value: "none", Label: "No flow yet", Note: "messages reach nobody"}, {Value: "Web chat", Label: "Web chat", Note: "published"}}, options(env, guide.MessageFlow, ""))
	same(t, "ways to assign", 3, len(options(env, guide.Assign, "")))
	same(t, "writes", 0, writes(sim))
}
