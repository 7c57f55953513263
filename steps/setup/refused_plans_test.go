package setup

import (
	"net/http"
	"testing"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
)

const (
	fixToken      = "It may be mistyped, revoked, unused for 30 days, from another org, or limited to other IP addresses. Create one under Security > API > Tokens and enter it again (OKTA_CLIENT_TOKEN)."
	fixClient     = "Check the client id and secret under Admin > Integrations > OAuth, that its grant type is Client Credentials (for the browser: Code Authorization / PKCE), and the region: a client of another region is unknown there."
	fixDiscovery  = "Genesys Cloud could never redeem their codes. Leave the Discovery URI out: the wizard finds the right one in your Okta org."
	fixForeign    = "Have them published or discarded (Admin > Message > Messenger Configurations), or choose another configuration (--messenger-config)."
	fixPortal     = "Open a page in the browser to get past it, then try again."
	fixNoOrg      = "Check the org's address (--okta-org); it looks like acme.okta.com."
	wellKnownTail = "/.well-known/openid-configuration"
)

func answer(key guide.Key, values ...string) func(fixture) {
	return func(f fixture) { f.set(key, values...) }
}

var refusedPlans = map[string]scene{
	"wrong Okta token": {
		arrange: answer(guide.OktaToken, "00canaryOfAToken"),
		class:   explain.ClassSignIn, question: guide.OktaToken,
		problem: "{okta} does not accept the API token.", fix: fixToken,
	},
	"wrong Genesys Cloud secret": {
		arrange: answer(guide.GenesysClientSecret, "canaryOfASecret"),
		class:   explain.ClassSignIn, question: guide.GenesysClientSecret,
		problem: "{genesys} does not accept the OAuth client. Genesys Cloud says: authentication failed.", fix: fixClient,
	},
	"unknown Genesys Cloud client": {
		arrange: answer(guide.GenesysClientID, "someone"),
		class:   explain.ClassSignIn, question: guide.GenesysRegion,
		problem: "{genesys} does not know the OAuth client: its id is mistyped, or it belongs to another region.",
		fix:     "Compare the id with Admin > Integrations > OAuth, or change the region (--genesys-region). Worth trying: US East (mypurecloud.com), US West (usw2.pure.cloud), Canada (cac1.pure.cloud).",
	},
	"app name taken": {
		arrange: answer(guide.AppName, "Customer portal"),
		class:   explain.ClassConflict, question: guide.AppName,
		problem: `Okta already has the app integration "Customer portal" ({id}), which this wizard did not make.`,
		fix:     "Choose another name (--app-name or MSGSSO_APP_NAME), or use that one by giving its id instead of the name.",
	},
	"inactive app of somebody else": {
		arrange: answer(guide.AppName, "Old chat"),
		class:   explain.ClassConflict, question: guide.AppName,
		problem: `Okta already has the app integration "Old chat" ({id}), which this wizard did not make.`,
		fix:     "Choose another name (--app-name or MSGSSO_APP_NAME), or use that one by giving its id instead of the name.",
	},
	"inactive app of our own": {
		arrange: func(f fixture) {
			mustRun(f.T, visit(f.T, f.sim))
			apps := kit.Must(f.okta().Apps(f.Context(), "Genesys Cloud Messenger"))(f.T)
			if err := f.okta().DeactivateApp(f.Context(), apps[0].ID); err != nil {
				f.Fatal(err)
			}
		},
		class: explain.ClassConflict, question: guide.AppName,
		problem: `Okta has the app integration "Genesys Cloud Messenger" ({id}), but it is inactive: nobody can sign in with it.`,
		fix:     "Activate it in Okta (Applications > Applications), or choose another app name (--app-name).",
	},
	"integration name taken": {
		arrange: func(f fixture) { foreignIntegration(f.T, f.sim, "Messenger SSO (Okta)") },
		class:   explain.ClassConflict, question: guide.IntegrationName,
		problem: `Genesys Cloud already has the integration "Messenger SSO (Okta)" ({id}), which this wizard did not make.`,
		fix:     "Choose another name (--integration-name or MSGSSO_INTEGRATION_NAME), or use that one by giving its id instead of the name.",
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
		class: explain.ClassConflict, question: guide.IntegrationName,
		problem: `Genesys Cloud has several objects of the kind integration named "Messenger SSO (Okta)": {id} (INACTIVE, Discovery URI https://example.com/.well-known/openid-configuration), {id} (INACTIVE, Discovery URI https://example.com/.well-known/openid-configuration, used by "Main website").`,
		fix:     "The wizard does not guess. Give the id of the one you mean, or choose another name.",
	},
	"configuration name taken": {
		arrange: func(f fixture) {
			kit.Must(f.genesys().CreateConfiguration(f.Context(), genesys.NewConfiguration{
				Name: "Web SSO Messenger", Languages: []string{"de"}, DefaultLanguage: "de",
			}))(f.T)
		},
		class: explain.ClassConflict, question: guide.MessengerConfig,
		problem: `Genesys Cloud already has the configuration "Web SSO Messenger" ({id}), which this wizard did not make.`,
		fix:     "Choose another name (--messenger-config or MSGSSO_MESSENGER_CONFIG), or use that one by giving its id instead of the name.",
	},
	"deployment name taken": {
		arrange: func(f fixture) {
			admin := f.genesys()
			website := kit.Must(admin.Configurations(f.Context()))(f.T)[0]
			kit.Must(admin.CreateDeployment(f.Context(), genesys.Deployment{
				Name: "Web SSO", ConfigurationID: website.ID, ConfigurationVersion: "1", AllowAllDomains: true,
			}))(f.T)
		},
		class: explain.ClassConflict, question: guide.DeploymentName,
		problem: `Genesys Cloud already has the deployment "Web SSO" ({id}), which this wizard did not make.`,
		fix:     "Choose another name (--deployment or MSGSSO_DEPLOYMENT), or use that one by giving its id instead of the name.",
	},
	"unknown group": {
		arrange: func(f fixture) {
			f.set(guide.Assign, guide.AssignSelected)
			f.set(guide.AssignGroups, "Web customers", "web Customers")
		},
		class: explain.ClassUsage, question: guide.AssignGroups,
		problem: `Okta has no group "web Customers".`,
		fix:     "Give the group's exact name, in which capital letters count, or its id.",
	},
	"unknown flow": {
		arrange: answer(guide.MessageFlow, "Main line"),
		class:   explain.ClassUsage, question: guide.MessageFlow,
		problem: `Genesys Cloud has no inbound message flow "Main line".`,
		fix:     "Give its exact name or id (Architect > Inbound Message Flows).",
	},
	"unpublished flow": {
		arrange: answer(guide.MessageFlow, "Draft chat"),
		class:   explain.ClassConflict, question: guide.MessageFlow,
		problem: `The flow "Draft chat" is not published, so a deployment cannot use it.`,
		fix:     "Publish it in Architect, or choose another one (--flow).",
	},
	"Google's Discovery URI": {
		arrange: answer(guide.DiscoveryURI, "https://accounts.google.com"+wellKnownTail),
		class:   explain.ClassUsage, question: guide.DiscoveryURI,
		problem: "This is Google's discovery document, which an old edition of the guide printed. Visitors sign in at {okta}, and Google knows nothing of them.",
		fix:     fixDiscovery,
	},
	"another host's Discovery URI": {
		arrange: answer(guide.DiscoveryURI, "https://other.okta.com/oauth2/default"+wellKnownTail),
		class:   explain.ClassUsage, question: guide.DiscoveryURI,
		problem: "The Discovery URI is on other.okta.com, but visitors sign in at {okta}.",
		fix:     fixDiscovery,
	},
	"wrong server id": {
		arrange: func(f fixture) { f.set(guide.DiscoveryURI, f.sim.OktaURL()+"/oauth2/aus1"+wellKnownTail) },
		class:   explain.ClassUsage, question: guide.DiscoveryURI,
		problem: "{okta} has no authorization server with the issuer http://{okta}/oauth2/aus1.",
		fix:     "Okta lists them under Security > API. Leave the Discovery URI out to use the one the wizard finds. Issuers there: http://{okta}, http://{okta}/oauth2/default.",
	},
	"OAuth metadata in place of the discovery document": {
		arrange: func(f fixture) {
			f.set(guide.DiscoveryURI, f.sim.OktaURL()+"/oauth2/default/.well-known/oauth-authorization-server")
		},
		class: explain.ClassUsage, question: guide.DiscoveryURI,
		problem: "This is the address of the OAuth metadata, which lacks what OpenID Connect adds; use http://{okta}/oauth2/default/.well-known/openid-configuration.",
		fix:     "The Discovery URI is not saved. Leave it out to use the one the wizard finds in your Okta org.",
	},
	"somebody's unpublished draft": {
		arrange: answer(guide.MessengerConfig, "Help centre"),
		class:   explain.ClassConflict, question: guide.MessengerConfig,
		problem: `The Messenger configuration "Help centre" has unpublished edits by user {id} on {when}. It differs from version 1 in messenger; publishing would release them to your visitors.`,
		fix:     fixForeign,
	},
	"an admin who may only read": {
		opts: simulator.Options{Okta: oktasim.Options{ReadOnly: true}}, class: explain.ClassPermission, question: guide.OktaToken,
		problem: "This admin may make no app integration: the role is Read-only Administrator.", fix: explain.RoleFix,
	},
	"unreachable org": {
		arrange: answer(guide.OktaOrg, "http://127.0.0.1:1"),
		class:   explain.ClassNetwork, retry: true,
		problem: "127.0.0.1:1 cannot be reached: connection refused.",
		fix:     "Check the address, your network and proxy (HTTPS_PROXY), then try again.",
	},
	"a portal answers in Okta's place": {
		arrange: func(f fixture) { f.fault("GET", `^/api/v1/apps$`, portal) },
		class:   explain.ClassNetwork, retry: true,
		problem: "What answered at {okta} is not Okta: a sign-in portal or a proxy stands in between.", fix: fixPortal,
	},
	"a portal answers in Genesys Cloud's place": {
		arrange: func(f fixture) { f.fault("GET", `^/api/v2/organizations/me$`, portal) },
		class:   explain.ClassNetwork, retry: true,
		problem: "What answered at {genesys} is not Genesys Cloud: a sign-in portal or a proxy stands in between.", fix: fixPortal,
	},
	"the org has moved": {
		arrange: func(f fixture) {
			f.fault("GET", `okta-organization$`, movedTo("https://login.acme.test/?token=canary"))
		},
		class: explain.ClassNetwork, question: guide.OktaOrg,
		problem: "{okta} sends the wizard to another address: login.acme.test.", fix: "Enter that address if it is yours.",
	},
	"the API of Genesys Cloud sends elsewhere": {
		arrange: func(f fixture) { f.fault("GET", `^/api/v2/integrations$`, movedTo("https://portal.acme.test/")) },
		class:   explain.ClassNetwork, question: guide.GenesysRegion,
		problem: "{genesys} sends the wizard to another address: portal.acme.test.",
		fix:     "Check the region (--genesys-region), and that no sign-in portal or proxy stands in between.",
	},
	"answers are missing": {
		arrange: func(f fixture) { f.session.Answers = guide.NewAnswers() },
		class:   explain.ClassUsage, question: guide.OktaOrg,
		problem: "Not answered: Okta org (--okta-org or OKTA_CLIENT_ORGURL or MSGSSO_OKTA_ORG); API token (OKTA_CLIENT_TOKEN or OKTA_API_TOKEN); " +
			"Region (--genesys-region or GENESYSCLOUD_REGION or MSGSSO_GENESYS_REGION); OAuth client id (GENESYSCLOUD_OAUTHCLIENT_ID); OAuth client secret (GENESYSCLOUD_OAUTHCLIENT_SECRET).",
		fix: "Set each, or start the wizard in a terminal, where it asks.",
	},
}

var portal = simkit.Fault{Status: 200, Header: http.Header{"Content-Type": {"text/html"}}, Body: "<html>Please sign in</html>"}

func movedTo(location string) simkit.Fault {
	return simkit.Fault{Status: http.StatusMovedPermanently, Header: http.Header{"Location": {location}}}
}

// foreignIntegration is one of the guide's type that a colleague set up by hand.
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
	for key, value := range typeKeys(t, session).Defaults {
		config.Properties[key] = value
	}
	kit.Must(admin.UpdateIntegrationConfig(t.Context(), made.ID, config))(t)
	return made.ID
}
