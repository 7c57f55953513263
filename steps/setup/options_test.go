package setup

import (
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/guide"
)

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
