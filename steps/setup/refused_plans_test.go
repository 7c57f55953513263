package setup

import (
	"net/http"
	"testing"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
)

const wellKnownTail = "/.well-known/openid-configuration"

func answer(key guide.Key, values ...string) func(fixture) {
	return func(f fixture) { f.set(key, values...) }
}

var refusedPlans = map[string]scene{
	"wrong Okta token":              {arrange: answer(guide.OktaToken, "00canaryOfAToken")},
	"wrong Genesys Cloud secret":    {arrange: answer(guide.GenesysClientSecret, "canaryOfASecret")},
	"unknown Genesys Cloud client":  {arrange: answer(guide.GenesysClientID, "someone")},
	"app name taken":                {arrange: answer(guide.AppName, "Customer portal")},
	"inactive app of somebody else": {arrange: answer(guide.AppName, "Old chat")},
	"integration name taken":        {arrange: func(f fixture) { foreignIntegration(f.T, f.sim, "Messenger SSO (Okta)") }},
	"configuration name taken":      {arrange: func(f fixture) { f.configuration("Web SSO Messenger") }},
	"deployment name taken":         {arrange: func(f fixture) { f.deployment("Web SSO") }},
	"inactive app of our own": {
		arrange: func(f fixture) {
			mustRun(f.T, visit(f.T, f.sim))
			apps := kit.Must(f.okta().Apps(f.Context(), "Genesys Cloud Messenger"))(f.T)
			if err := f.okta().DeactivateApp(f.Context(), apps[0].ID); err != nil {
				f.Fatal(err)
			}
		},
	},
	"two integrations of that name": {
		arrange: func(f fixture) {
			foreignIntegration(f.T, f.sim, "Messenger SSO (Okta)")
			used := foreignIntegration(f.T, f.sim, "Messenger SSO (Okta)")
			website, _ := theWebsite(f.T, f.sim)
			admin := f.genesys()
			draft := kit.Must(admin.Draft(f.Context(), website.ID))(f.T)
			draft.Auth = &genesys.AuthenticationSettings{Enabled: true, IntegrationID: used}
			kit.Must(admin.UpdateDraft(f.Context(), draft))(f.T)
		},
	},
	"unknown group": {
		arrange: func(f fixture) {
			f.set(guide.Assign, guide.AssignSelected)
			f.set(guide.AssignGroups, "Web customers", "web Customers")
		},
	},
	"unknown group by its id": {
		arrange: func(f fixture) {
			f.set(guide.Assign, guide.AssignSelected)
			f.set(guide.AssignGroups, "00gAAAAAAAAAAAAAAAAA")
		},
	},
	"unknown flow":                 {arrange: answer(guide.MessageFlow, "Main line")},
	"unpublished flow":             {arrange: answer(guide.MessageFlow, "Draft chat")},
	"Google's Discovery URI":       {arrange: answer(guide.DiscoveryURI, "https://accounts.google.com"+wellKnownTail)},
	"another host's Discovery URI": {arrange: answer(guide.DiscoveryURI, "https://other.okta.com/oauth2/default"+wellKnownTail)},
	"wrong server id":              {arrange: func(f fixture) { f.set(guide.DiscoveryURI, f.sim.OktaURL()+"/oauth2/aus1"+wellKnownTail) }},
	"OAuth metadata in place of the discovery document": {
		arrange: func(f fixture) {
			f.set(guide.DiscoveryURI, f.sim.OktaURL()+"/oauth2/default/.well-known/oauth-authorization-server")
		},
	},
	"somebody's unpublished draft":              {arrange: answer(guide.MessengerConfig, "Help centre")},
	"an admin who may only read":                {opts: simulator.Options{Okta: oktasim.Options{ReadOnly: true}}},
	"unreachable org":                           {arrange: answer(guide.OktaOrg, "http://127.0.0.1:1")},
	"a portal answers in Okta's place":          {arrange: func(f fixture) { f.fault("GET", `^/api/v1/apps$`, portal) }},
	"a portal answers in Genesys Cloud's place": {arrange: func(f fixture) { f.fault("GET", `^/api/v2/organizations/me$`, portal) }},
	"the org has moved": {arrange: func(f fixture) {
		f.fault("GET", `okta-organization$`, movedTo("https://login.acme.test/?token=canary"))
	}},
	"the API of Genesys Cloud sends elsewhere": {arrange: func(f fixture) { f.fault("GET", `^/api/v2/integrations$`, movedTo("https://portal.acme.test/")) }},
	"answers are missing":                      {arrange: func(f fixture) { f.session.Answers = guide.NewAnswers() }},
}

var portal = simkit.Fault{Status: 200, Header: http.Header{"Content-Type": {"text/html"}}, Body: "<html>Please sign in</html>"}

func movedTo(location string) simkit.Fault {
	return simkit.Fault{Status: http.StatusMovedPermanently, Header: http.Header{"Location": {location}}}
}

// foreignIntegration is one of the guide's type that a colleague set up manually.
func foreignIntegration(t *testing.T, sim *simulator.Server, name string) (id string) {
	t.Helper()
	session := visit(t, sim)
	session.Answers.Found(guide.IntegrationName, "none of this name")
	planned(t, session)
	admin := kit.GenesysAdmin(t, sim)
	made := kit.Must(admin.CreateIntegration(t.Context(), name, typeKeys(t, session).ID))(t)
	config := kit.Must(admin.IntegrationConfig(t.Context(), made.ID))(t)
	config.Notes = "by hand"
	config.Properties = map[string]any{typeKeys(t, session).DiscoveryKey: "https://example.com" + wellKnownTail}
	for key, p := range typeKeys(t, session).Properties {
		config.Properties[key] = p.Value
	}
	kit.Must(admin.UpdateIntegrationConfig(t.Context(), made.ID, config))(t)
	return made.ID
}
