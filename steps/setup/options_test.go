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
	session := &Session{Answers: guide.NewAnswers()}
	missing := func(sections ...guide.SectionID) []guide.Key {
		keys := map[guide.Key]bool{}
		for _, q := range session.Answers.Missing(sections...) {
			keys[q.Key] = true
		}
		return slices.Sorted(maps.Keys(keys))
	}
	same(t, "Okta", []guide.Key{guide.OktaOrg, guide.OktaToken}, missing(guide.SectionOkta))
	set(t, session, guide.Assign, guide.AssignSelected)
	same(t, "Okta with groups", []guide.Key{guide.AssignGroups, guide.OktaOrg, guide.OktaToken}, missing(guide.SectionOkta))
	same(t, "nothing", nil, missing(guide.SectionConfiguration, guide.SectionSnippet))
	e := asError(t, explain.MissingAnswers(session.Answers.Missing(guide.SectionOkta)))
	same(t, "problem", "Not answered: Okta org (--okta-org or OKTA_CLIENT_ORGURL or MSGSSO_OKTA_ORG); API token (OKTA_CLIENT_TOKEN or OKTA_API_TOKEN); Groups (--group or MSGSSO_GROUP).", e.Problem)
	same(t, "question", guide.OktaOrg, e.Question)
	same(t, "exit code", 2, explain.ExitCode(e))
}

func TestOptions(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 1})
	options := func(session *Session, key guide.Key, filter string) []guide.Option {
		q, _ := guide.QuestionFor(key)
		return must(session.Options(t.Context(), q, filter))(t)
	}
	same(t, "groups before the plan", []guide.Option{{Value: "Web customers", Label: "Web customers", Note: "People with an account on the web site"}}, options(session, guide.AssignGroups, "Web c"))
	same(t, "configurations before the plan", nil, options(session, guide.MessengerConfig, ""))
	planned(t, session)
	same(t, "configurations", []guide.Option{{Value: "Main website", Label: "Main website", Note: "used by 1 deployment"}, {Value: "Help centre", Label: "Help centre", Note: "used by no deployment"}}, options(session, guide.MessengerConfig, ""))
	same(t, "configurations filtered", []guide.Option{{Value: "Help centre", Label: "Help centre", Note: "used by no deployment"}}, options(session, guide.MessengerConfig, "HELP"))
	same(t, "deployments", []guide.Option{{Value: "Main website", Label: "Main website", Note: "pins version 1, serves www.acmecc.example, shop.acmecc.example"}}, options(session, guide.DeploymentName, ""))
	same(t, "flows", []guide.Option{{Value: "none", Label: "No flow yet", Note: "messages reach nobody"}, {Value: "Web chat", Label: "Web chat", Note: "published"}}, options(session, guide.MessageFlow, ""))
	same(t, "ways to assign", 3, len(options(session, guide.Assign, "")))
	same(t, "writes", 0, writes(sim))
}
