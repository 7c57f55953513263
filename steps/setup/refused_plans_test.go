package setup

import (
	"fmt"
	"net/http"
	"strings"
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
	fixToken      = "It may be mistyped, revoked, unused for 30 days, from another org, or limited to other IP addresses. Create one (Security > API > Tokens) and enter it. Only super, org, group, group membership, and read-only admins can create API tokens."
	fixClient     = "Check the client ID, the secret, and the region (" + guide.PathOAuth + "). The grant type must be Client Credentials, or Code Authorization / PKCE for the browser. A client works only in its own region."
	fixDiscovery  = "Genesys Cloud couldn't redeem authorization codes. Leave the Discovery URI empty to use the one in your Okta org."
	fixForeign    = "Publish or discard them (" + guide.PathConfigurations + "), or choose another configuration."
	fixPortal     = "Open a page in the browser to sign in to it, then try again."
	fixNoOrg      = "Check the org's URL. It looks like acme.okta.com."
	wellKnownTail = "/.well-known/openid-configuration"
)

func answer(key guide.Key, values ...string) func(fixture) {
	return func(f fixture) { f.set(key, values...) }
}

// taken is a scene in which another admin's object has a name.
func taken(arrange func(fixture), key guide.Key, service string, kind guide.ObjectKind, name, flag string) scene {
	return scene{
		arrange: arrange, class: explain.ClassConflict, question: key,
		problem: fmt.Sprintf("%s already has the %s %q ({id}), not created by this wizard.", service, kind, name),
		fix: fmt.Sprintf("Choose another name (--%s or MSGSSO_%s), or enter its ID to use it.",
			flag, strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))),
	}
}

var refusedPlans = map[string]scene{
	"wrong Okta token": {
		arrange: answer(guide.OktaToken, "00canaryOfAToken"),
		class:   explain.ClassSignIn, question: guide.OktaToken,
		problem: "{okta} doesn't accept the API token.", fix: fixToken,
	},
	"wrong Genesys Cloud secret": {
		arrange: answer(guide.GenesysClientSecret, "canaryOfASecret"),
		class:   explain.ClassSignIn, question: guide.GenesysClientSecret,
		problem: "{genesys} doesn't accept the OAuth client. Genesys Cloud says: authentication failed.", fix: fixClient,
	},
	"unknown Genesys Cloud client": {
		arrange: answer(guide.GenesysClientID, "someone"),
		class:   explain.ClassSignIn, question: guide.GenesysRegion,
		problem: "{genesys} doesn't recognize this OAuth client. Its ID is wrong, or it is in another region.",
		fix:     "Compare the ID with the OAuth client (" + guide.PathOAuth + "), or change the region. Try US East (mypurecloud.com), US West (usw2.pure.cloud), Canada (cac1.pure.cloud).",
	},
	"app name taken":                taken(answer(guide.AppName, "Customer portal"), guide.AppName, "Okta", guide.KindApp, "Customer portal", "app-name"),
	"inactive app of somebody else": taken(answer(guide.AppName, "Old chat"), guide.AppName, "Okta", guide.KindApp, "Old chat", "app-name"),
	"integration name taken": taken(func(f fixture) { foreignIntegration(f.T, f.sim, "Messenger SSO (Okta)") },
		guide.IntegrationName, "Genesys Cloud", guide.KindIntegration, "Messenger SSO (Okta)", "integration-name"),
	"configuration name taken": taken(func(f fixture) { f.configuration("Web SSO Messenger") },
		guide.MessengerConfig, "Genesys Cloud", guide.KindConfiguration, "Web SSO Messenger", "messenger-config"),
	"deployment name taken": taken(func(f fixture) { f.deployment("Web SSO") },
		guide.DeploymentName, "Genesys Cloud", guide.KindDeployment, "Web SSO", "deployment"),
	"inactive app of our own": {
		arrange: func(f fixture) {
			mustRun(f.T, visit(f.T, f.sim))
			apps := kit.Must(f.okta().Apps(f.Context(), "Genesys Cloud Messenger"))(f.T)
			if err := f.okta().DeactivateApp(f.Context(), apps[0].ID); err != nil {
				f.Fatal(err)
			}
		},
		class: explain.ClassConflict, question: guide.AppName,
		problem: `The app integration "Genesys Cloud Messenger" ({id}) is inactive in Okta, so sign-in fails.`,
		fix:     "Activate it in Okta (Applications > Applications), or choose another app name.",
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
		fix:     "Enter the ID of the one you want, or choose another name.",
	},
	"unknown group": {
		arrange: func(f fixture) {
			f.set(guide.Assign, guide.AssignSelected)
			f.set(guide.AssignGroups, "Web customers", "web Customers")
		},
		class: explain.ClassUsage, question: guide.AssignGroups,
		problem: `Okta has no group "web Customers".`,
		fix:     "Enter the group's exact name, including capital letters, or its ID. A name with a comma needs quotation marks where several are listed: \"Sales, EMEA\".",
	},
	"unknown group by its id": {
		arrange: func(f fixture) {
			f.set(guide.Assign, guide.AssignSelected)
			f.set(guide.AssignGroups, "00gAAAAAAAAAAAAAAAAA")
		},
		class: explain.ClassUsage, question: guide.AssignGroups,
		problem: `Okta has no group "00gAAAAAAAAAAAAAAAAA".`, fix: "Enter the group's exact name, including capital letters, or its ID. A name with a comma needs quotation marks where several are listed: \"Sales, EMEA\".",
	},
	"unknown flow": {
		arrange: answer(guide.MessageFlow, "Main line"),
		class:   explain.ClassUsage, question: guide.MessageFlow,
		problem: `Genesys Cloud has no inbound message flow "Main line".`,
		fix:     "Enter its exact name or ID (Architect > Inbound Message Flows).",
	},
	"unpublished flow": {
		arrange: answer(guide.MessageFlow, "Draft chat"),
		class:   explain.ClassConflict, question: guide.MessageFlow,
		problem: `The flow "Draft chat" isn't published, so a deployment can't use it.`,
		fix:     "Publish it in Architect, or choose another one.",
	},
	"Google's Discovery URI": {
		arrange: answer(guide.DiscoveryURI, "https://accounts.google.com"+wellKnownTail),
		class:   explain.ClassUsage, question: guide.DiscoveryURI,
		problem: "This is Google's Discovery URI, from an old edition of the guide. Your visitors sign in at {okta}.",
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
		fix:     "Okta lists them under Security > API. Leave the Discovery URI empty to use the one in your Okta org. Available issuers: http://{okta}, http://{okta}/oauth2/default.",
	},
	"OAuth metadata in place of the discovery document": {
		arrange: func(f fixture) {
			f.set(guide.DiscoveryURI, f.sim.OktaURL()+"/oauth2/default/.well-known/oauth-authorization-server")
		},
		class: explain.ClassUsage, question: guide.DiscoveryURI,
		problem: "This is the URL of the OAuth metadata, which lacks OpenID Connect: use http://{okta}/oauth2/default/.well-known/openid-configuration.",
		fix:     "The Discovery URI wasn't saved. Leave it empty to use the one in your Okta org.",
	},
	"somebody's unpublished draft": {
		arrange: answer(guide.MessengerConfig, "Help centre"),
		class:   explain.ClassConflict, question: guide.MessengerConfig,
		problem: `Configuration "Help centre" has unpublished changes by user {id} on {when}. It differs from version 1 in messenger. Publishing would release them to your visitors.`,
		fix:     fixForeign,
	},
	"an admin who may only read": {
		opts: simulator.Options{Okta: oktasim.Options{ReadOnly: true}}, class: explain.ClassPermission, question: guide.OktaToken,
		problem: "This admin can't create the app integration: the role is Read-only Administrator.", fix: explain.RoleFix,
	},
	"unreachable org": {
		arrange: answer(guide.OktaOrg, "http://127.0.0.1:1"),
		class:   explain.ClassNetwork, retry: true,
		problem: "127.0.0.1:1 can't be reached: connection refused.",
		fix:     "Check the URL, your network, and your proxy (HTTPS_PROXY), then try again.",
	},
	"a portal answers in Okta's place": {
		arrange: func(f fixture) { f.fault("GET", `^/api/v1/apps$`, portal) },
		class:   explain.ClassNetwork, retry: true,
		problem: "A proxy or sign-in portal answered instead of Okta at {okta}.", fix: fixPortal,
	},
	"a portal answers in Genesys Cloud's place": {
		arrange: func(f fixture) { f.fault("GET", `^/api/v2/organizations/me$`, portal) },
		class:   explain.ClassNetwork, retry: true,
		problem: "A proxy or sign-in portal answered instead of Genesys Cloud at {genesys}.", fix: fixPortal,
	},
	"the org has moved": {
		arrange: func(f fixture) {
			f.fault("GET", `okta-organization$`, movedTo("https://login.acme.test/?token=canary"))
		},
		class: explain.ClassNetwork, question: guide.OktaOrg,
		problem: "{okta} redirected the wizard to another address: login.acme.test.", fix: "Enter that address if it is yours.",
	},
	"the API of Genesys Cloud sends elsewhere": {
		arrange: func(f fixture) { f.fault("GET", `^/api/v2/integrations$`, movedTo("https://portal.acme.test/")) },
		class:   explain.ClassNetwork, question: guide.GenesysRegion,
		problem: "{genesys} redirected the wizard to another address: portal.acme.test.",
		fix:     "Check the region. A sign-in portal or a proxy can also be the cause.",
	},
	"answers are missing": {
		arrange: func(f fixture) { f.session.Answers = guide.NewAnswers() },
		class:   explain.ClassUsage, question: guide.OktaOrg,
		problem: "Missing required values: Okta org (--okta-org or OKTA_CLIENT_ORGURL or MSGSSO_OKTA_ORG); API token (OKTA_CLIENT_TOKEN or OKTA_API_TOKEN); " +
			"Region (--genesys-region or GENESYSCLOUD_REGION or MSGSSO_GENESYS_REGION); OAuth client ID (GENESYSCLOUD_OAUTHCLIENT_ID); OAuth client secret (GENESYSCLOUD_OAUTHCLIENT_SECRET).",
		fix: "Set these values, or run the wizard in a terminal to be asked.",
	},
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
