package setup

import (
	"net/http"
	"slices"

	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
)

var brokenService = simkit.Fault{Status: http.StatusInternalServerError, Header: jsonHeader, Body: `{}`}

// madeNow are the changes of a whole first run as they are told after it.
func madeNow(session *Session) []string {
	want := slices.Clone(firstVisit)
	want[slices.Index(want, "create | credential | client credentials")] = "create | credential | client " + session.Result(0).Okta.ClientID
	return want
}

// tally adds to a census what the changes say was created.
func tally(c census, made []engine.Change) census {
	for _, m := range made {
		if m.Verb != engine.Create {
			continue
		}
		switch m.Kind {
		case guide.KindApp:
			c.Okta.Apps++
			c.Okta.Secrets++
		case guide.KindAssignment:
			c.Okta.GroupsAssigned++
		case guide.KindOrigin:
			c.Okta.TrustedOrigins++
		case guide.KindPolicy:
			c.Okta.Policies++
		case guide.KindRule:
			c.Okta.Rules++
		case guide.KindIntegration:
			c.Genesys.Integrations++
		case guide.KindCredential:
			c.Genesys.Credentials++
		case guide.KindConfiguration:
			c.Genesys.Configurations++
		case guide.KindVersion:
			c.Genesys.Versions++
		case guide.KindDeployment:
			c.Genesys.Deployments++
		}
	}
	return c
}
