package tofu

import (
	"net/http"
	"strings"
)

const (
	credentialURL    = "/api/v2/integrations/credentials/{credential}"
	integrationURL   = "/api/v2/integrations/{integration}"
	settingsURL      = integrationURL + "/config/current"
	configurationURL = "/api/v2/webdeployments/configurations/{configuration}"
	draftURL         = configurationURL + "/versions/draft"
	deploymentURL    = "/api/v2/webdeployments/deployments/{deployment}"

	credentialBody = `{"name":"%name","type":{"name":"{credentialType}"},"credentialFields":{"{idField}":"{client}","{secretField}":"s"}}`
	settingsBody   = `{"name":"Messenger SSO (Okta)","notes":"%notes","version":{version},"advanced":{},
		"properties":{"{discovery}":"https://acme.okta.com/oauth2/default/.well-known/openid-configuration","{lifetime}":86400},
		"credentials":{"{slot}":{"id":"{credential}"}}}`
	configurationBody = `{"name":"Web SSO Messenger","description":"Created by msgsso-wizard.","languages":["en-us"],"defaultLanguage":"en-us",
		"headlessMode":{"enabled":false},"position":{"alignment":"Auto","sideSpace":20,"bottomSpace":12},
		"messenger":{"enabled":true,"launcherButton":{"visibility":"On"},"styles":{"primaryColor":"%color"},"homeScreen":{"enabled":true},
			"apps":{"conversations":{"enabled":true,"showAgentTypingIndicator":true,"showUserTypingIndicator":true,"autoStart":{"enabled":false},
				"markdown":{"enabled":true},"conversationClear":{"enabled":true},"conversationDisconnect":{"enabled":true,"type":"Send"}}}},
		"authenticationSettings":{"enabled":true,"integrationId":"{integration}","allowSessionUpgrade":false}}`
	deploymentBody = `{"name":"Web SSO","description":"Created by msgsso-wizard.","allowAllDomains":false,"allowedDomains":[%domains],
		"flow":{"id":"{flow}"},"configuration":{"id":"{configuration}","version":"{pin}"}%status}`
)

// settingsNeeds are the members of an integration's configuration that the provider takes without looking.
var settingsNeeds = []string{"name", "notes", "properties", "advanced", "credentials", "version"}

// settle writes an integration's configuration: it is read twice, the second time for its version.
func settle(notes string) []Call {
	read := Call{Method: "GET", Path: settingsURL, Status: http.StatusOK, Needs: settingsNeeds, Keep: "version=version"}
	return []Call{read, read, {Method: "PUT", Path: settingsURL, Status: http.StatusOK, Body: with(settingsBody, "%notes", notes)}}
}

// publish waits for the draft to be Active, and publishes it.
var publish = []Call{
	{Method: "GET", Path: draftURL, Status: http.StatusOK, Until: "status=Active"},
	{Method: "POST", Path: draftURL + "/publish", Status: http.StatusOK, Keep: "published=version", Needs: []string{"status"}},
}

// live waits for the deployment to be Active.
var live = Call{Method: "GET", Path: deploymentURL, Status: http.StatusOK, Until: "status=Active"}

// versions looks the version up that a deployment is to use.
var versions = Call{Method: "GET", Path: configurationURL + "/versions", Status: http.StatusOK, Keep: "pin=" + newestVersion}

var genesys = []Resource{
	{
		Kind: "genesyscloud_integration_credential",
		Create: []Call{{
			Method: "POST", Path: "/api/v2/integrations/credentials", Status: http.StatusOK, Keep: "credential=id",
			Body: with(credentialBody, "%name", "Integration-x"),
		}},
		Refresh: []Call{{Method: "GET", Path: credentialURL, Status: http.StatusOK, Needs: []string{"name", "type.name"}}},
		Update: []Call{
			{Method: "PUT", Path: credentialURL, Status: http.StatusOK, Body: with(credentialBody, "%name", "Integration-y")},
			// Without its fields, as a file without them sends it: whether the service takes that isn't known.
			{Method: "PUT", Path: credentialURL, Status: http.StatusBadRequest, Body: `{"name":"x","type":{"name":"{credentialType}"},"credentialFields":{}}`},
		},
		Destroy: gone(credentialURL, http.StatusNoContent),
		File:    map[string]Attribute{"name": {"name", "Integration-x"}, "credential_type_name": {"type.name", "{credentialType}"}},
		Edited:  map[string]Attribute{"name": {"name", "Integration-y"}},
	},
	{
		Kind: "genesyscloud_integration",
		Create: append(append([]Call{{
			Method: "POST", Path: "/api/v2/integrations", Status: http.StatusOK, Keep: "integration=id", Body: `{"integrationType":{"id":"{type}"}}`,
			Against: "a name is required",
		}}, settle("Created by msgsso-wizard.")...), Call{
			Method: "PATCH", Path: integrationURL, Status: http.StatusOK, Body: `{"intendedState":"ENABLED"}`,
		}),
		Refresh: []Call{
			{Method: "GET", Path: integrationURL, Status: http.StatusOK, Needs: []string{"name", "integrationType.id", "intendedState"}},
			{Method: "GET", Path: settingsURL, Status: http.StatusOK, Needs: append([]string{"credentials.{slot}.id"}, settingsNeeds...)},
		},
		Update:  settle("Changed."),
		Destroy: gone(integrationURL, http.StatusOK),
		File: map[string]Attribute{
			"integration_type": {"integrationType.id", "{type}"}, "intended_state": {"intendedState", "ENABLED"},
			"config.name": {"name", "Messenger SSO (Okta)"}, "config.notes": {"notes", "Created by msgsso-wizard."},
			"config.properties":  {"properties.{discovery}", "https://acme.okta.com/oauth2/default/.well-known/openid-configuration"},
			"config.advanced":    {"advanced", map[string]any{}},
			"config.credentials": {"credentials.{slot}.id", "{credential}"},
		},
		Edited: map[string]Attribute{"config.notes": {"notes", "Changed."}},
	},
	{
		Kind: "genesyscloud_webdeployments_configuration",
		Create: append([]Call{{
			Method: "POST", Path: "/api/v2/webdeployments/configurations", Status: http.StatusCreated, Keep: "configuration=id",
			Body: with(configurationBody, "%color", "#0165A7"), Needs: []string{"status"},
		}}, publish...),
		Refresh: []Call{{Method: "GET", Path: configurationURL + "/versions/{published}", Status: http.StatusOK, Needs: []string{"name"}}},
		Update: append([]Call{
			{Method: "PUT", Path: draftURL, Status: http.StatusOK, Body: with(configurationBody, "%color", "#AA0000")},
		}, publish...),
		Destroy: []Call{
			{Method: "DELETE", Path: configurationURL, Status: http.StatusNoContent}, {Method: "GET", Path: draftURL, Status: http.StatusNotFound},
		},
		File: map[string]Attribute{
			"name": {"name", "Web SSO Messenger"}, "description": {"description", "Created by msgsso-wizard."}, "languages": {"languages", []any{"en-us"}},
			"default_language": {"defaultLanguage", "en-us"}, "version": {"version", "{published}"},
			"position":                                      {"position", map[string]any{"alignment": "Auto", "sideSpace": 20.0, "bottomSpace": 12.0}},
			"messenger.styles.primary_color":                {"messenger.styles.primaryColor", "#0165A7"},
			"messenger.launcher_button.visibility":          {"messenger.launcherButton.visibility", "On"},
			"messenger.home_screen.enabled":                 {"messenger.homeScreen.enabled", true},
			"messenger.apps.conversations":                  {"messenger.apps.conversations.conversationDisconnect.type", "Send"},
			"authentication_settings.enabled":               {"authenticationSettings.enabled", true},
			"authentication_settings.integration_id":        {"authenticationSettings.integrationId", "{integration}"},
			"authentication_settings.allow_session_upgrade": {"authenticationSettings.allowSessionUpgrade", false},
		},
		Edited: map[string]Attribute{"messenger.styles.primary_color": {"messenger.styles.primaryColor", "#AA0000"}},
	},
	{
		Kind: "genesyscloud_webdeployments_deployment",
		Create: []Call{
			versions,
			{
				Method: "POST", Path: "/api/v2/webdeployments/deployments", Status: http.StatusCreated, Keep: "deployment=id",
				Body: with(deploymentBody, "%domains", `"www.example.com"`, "%status", ""),
			},
			live,
		},
		Refresh: []Call{{Method: "GET", Path: deploymentURL, Status: http.StatusOK, Needs: []string{"name", "configuration.id", "configuration.version"}}},
		// A deployment moves to the newest version, and its PUT carries the status.
		Update: []Call{
			versions,
			{
				Method: "PUT", Path: deploymentURL, Status: http.StatusOK,
				Body: with(deploymentBody, "%domains", `"www.example.com","shop.example.com"`, "%status", `,"status":"Active"`),
			},
			live,
		},
		Destroy: gone(deploymentURL, http.StatusNoContent),
		File: map[string]Attribute{
			"name": {"name", "Web SSO"}, "description": {"description", "Created by msgsso-wizard."}, "allow_all_domains": {"allowAllDomains", false},
			"allowed_domains": {"allowedDomains", []any{"www.example.com"}}, "flow_id": {"flow.id", "{flow}"}, "status": {"status", "Active"},
			"configuration.id": {"configuration.id", "{configuration}"}, "configuration.version": {"configuration.version", "{published}"},
		},
		Edited: map[string]Attribute{"allowed_domains": {"allowedDomains", []any{"www.example.com", "shop.example.com"}}},
	},
}

// with replaces placeholders by texts.
func with(body string, pairs ...string) string { return strings.NewReplacer(pairs...).Replace(body) }
