package genesys

import (
	"encoding/json"
	"testing"
	"time"

	"gotest.tools/v3/assert"
)

const (
	configurationsPath = "/api/v2/webdeployments/configurations"
	deploymentsPath    = "/api/v2/webdeployments/deployments"

	draftAnswer = `{"id":"m-1","name":"Web\u001b","description":"a\nb","version":"DRAFT","status":"Active","languages":["en-us","de"],
		"authenticationSettings":{"enabled":true,"integrationId":"i-1","allowSessionUpgrade":true},
		"dateModified":"2026-02-03T04:05:06.789Z","datePublished":"yesterday","lastModifiedUser":{"id":"u-1"}}`

	plainMessenger = `"name":"Web SSO Messenger","description":"Created","languages":["en-us"],"defaultLanguage":"en-us",
		"messenger":{"enabled":true,"styles":{"primaryColor":"#0165A7"},"launcherButton":{"visibility":"On"},
			"homeScreen":{"enabled":true},"apps":{"conversations":{"enabled":true,"showAgentTypingIndicator":true,
			"showUserTypingIndicator":true,"autoStart":{"enabled":false},"markdown":{"enabled":true},
			"conversationDisconnect":{"enabled":true,"type":"Send"},"conversationClear":{"enabled":true}}}},
		"position":{"alignment":"Auto","sideSpace":20,"bottomSpace":12}`

	snippet = "<script type=\"text/javascript\" charset=\"utf-8\">\r\n  (function (g, e) {\n\tg['_genesysJs'] = e;  \n  })" +
		"(window, 'Genesys', {\n    environment: 'prod-euc1',\n    deploymentId: 'd-1'\n  });\n</script>\n"
)

// stored is a deployment as the API answers it.
func stored(t *testing.T) string {
	t.Helper()
	quoted, err := json.Marshal(snippet)
	assert.NilError(t, err)
	return `{"id":"d-1","name":"Web SSO","description":"d","status":"Active","allowAllDomains":false,
		"allowedDomains":["www.example.com"],"flow":{"id":"f-1","name":"Flow"},
		"configuration":{"id":"m-1","version":"1","name":"Web","messenger":{"enabled":true}},
		"supportedContent":{"id":"s-1"},"pushIntegrations":[{"id":"p","provider":"APNS"}],"future":{"x":null,"y":1},"cold":null,
		"snippet":` + string(quoted) + `,"dateCreated":"2026-01-01T00:00:00Z","dateModified":"2026-01-02T00:00:00Z",
		"lastModifiedUser":{"id":"u"},"selfUri":"/x"}`
}

// updates are changes to a stored deployment, one after the other, and what is sent and what stays.
func updates(t *testing.T) []call {
	t.Helper()
	const kept = `"status":"Active","supportedContent":{"id":"s-1"},"pushIntegrations":[{"id":"p","provider":"APNS"}],
		"future":{"y":1},"configuration":{"id":"m-1","version":"2"},`
	d, answer := filled[Deployment](t, stored(t)), stored(t)
	update := func(body string) call {
		now := d
		return call{
			op: "putWebdeploymentsDeployment", sent: "PUT " + deploymentsPath + "/d-1", body: "{" + kept + body + "}", answer: answer,
			do:    func(c *Client) (any, error) { return c.UpdateDeployment(t.Context(), now) },
			gives: filled[Deployment](t, answer), needs: "id",
		}
	}
	var all []call
	d.ConfigurationVersion = "2"
	all = append(all, update(`"name":"Web SSO","description":"d","allowAllDomains":false,"allowedDomains":["www.example.com"],
		"flow":{"id":"f-1","name":"Flow"}`))
	d.Name, d.Description, d.AllowAllDomains, d.FlowID = "Other", "", true, "f-2"
	all = append(all, update(`"name":"Other","description":"","allowAllDomains":true,"allowedDomains":[],"flow":{"id":"f-2"}`))
	d.FlowID = ""
	return append(all, update(`"name":"Other","description":"","allowAllDomains":true,"allowedDomains":[]`))
}

func callsForDeployments(t *testing.T) []call {
	t.Helper()
	ctx := t.Context()
	draft := Configuration{
		ID: "m-1", Name: "Web‹U+001B›", Description: "a\nb", Version: "DRAFT", Status: "Active",
		Auth:     &AuthenticationSettings{Enabled: true, IntegrationID: "i-1", SessionUpgrade: true},
		Modified: time.Date(2026, 2, 3, 4, 5, 6, 789e6, time.UTC), ModifiedByID: "u-1",
	}
	messenger := NewConfiguration{
		Name: "Web SSO Messenger", Description: "Created", Languages: []string{"en-us"}, DefaultLanguage: "en-us",
	}
	signedIn := messenger
	signedIn.Auth = AuthenticationSettings{Enabled: true, IntegrationID: "i-1"}
	deployment := Deployment{
		ID: "d-1", Name: "Web SSO", Description: "d", Status: "Active", ConfigurationID: "m-1", ConfigurationVersion: "1",
		AllowedDomains: []string{"www.example.com"}, FlowID: "f-1", Snippet: snippet,
	}
	create := func(d Deployment, body string) call {
		d.ConfigurationID, d.ConfigurationVersion = "m-1", "1"
		return call{
			op: "postWebdeploymentsDeployments", sent: "POST " + deploymentsPath,
			body:   `{"configuration":{"id":"m-1","version":"1"},` + body + "}",
			answer: `{"id":"d-1","status":"Pending"}`,
			do:     func(c *Client) (any, error) { return c.CreateDeployment(ctx, d) },
			gives:  Deployment{ID: "d-1", Status: "Pending"}, needs: "id",
		}
	}
	return append(
		updates(t),
		call{
			op: "getWebdeploymentsConfigurations", sent: "GET " + configurationsPath + "?pageSize=100",
			answer: `{"entities":[` + draftAnswer + `]}`,
			do:     func(c *Client) (any, error) { return c.Configurations(ctx) },
			gives:  []Configuration{draft}, needs: "entities[].id",
		},
		call{
			op: "getWebdeploymentsConfigurationVersions", sent: "GET " + configurationsPath + "/m-1/versions?pageSize=100",
			answer: `{"entities":[{"id":"m-1","version":"2"},{"id":"m-1","version":1}]}`,
			do:     func(c *Client) (any, error) { return c.ConfigurationVersions(ctx, "m-1") },
			gives:  []Configuration{{ID: "m-1", Version: "2"}, {ID: "m-1", Version: "1"}}, needs: "entities[].id",
		},
		call{
			op: "getWebdeploymentsConfigurationVersion", sent: "GET " + configurationsPath + "/m-1/versions/2",
			answer: `{"id":"m-1","version":"2","authenticationSettings":{"enabled":false}}`,
			do:     func(c *Client) (any, error) { return c.ConfigurationVersion(ctx, "m-1", "2") },
			gives:  Configuration{ID: "m-1", Version: "2", Auth: &AuthenticationSettings{}}, needs: "id",
		},
		call{
			op: "getWebdeploymentsConfigurationVersionsDraft", sent: "GET " + configurationsPath + "/m-1/versions/draft",
			answer: draftAnswer,
			do:     func(c *Client) (any, error) { return c.Draft(ctx, "m-1") }, gives: draft, needs: "id",
		},
		call{
			op: "postWebdeploymentsConfigurations", sent: "POST " + configurationsPath, answer: `{"id":"m-1","version":"DRAFT"}`,
			body: `{` + plainMessenger +
				`,"authenticationSettings":{"enabled":true,"integrationId":"i-1","allowSessionUpgrade":false}}`,
			do:    func(c *Client) (any, error) { return c.CreateConfiguration(ctx, signedIn) },
			gives: Configuration{ID: "m-1", Version: "DRAFT"}, needs: "id",
		},
		call{
			op: "postWebdeploymentsConfigurations", sent: "POST " + configurationsPath, answer: `{"id":"m-1"}`,
			body:  `{` + plainMessenger + `}`,
			do:    func(c *Client) (any, error) { return c.CreateConfiguration(ctx, messenger) },
			gives: Configuration{ID: "m-1"}, needs: "id",
		},
		call{
			op:     "postWebdeploymentsConfigurationVersionsDraftPublish",
			sent:   "POST " + configurationsPath + "/m-1/versions/draft/publish",
			answer: `{"id":"m-1","version":"3","status":"Pending"}`,
			do:     func(c *Client) (any, error) { return c.Publish(ctx, "m-1") },
			gives:  Configuration{ID: "m-1", Version: "3", Status: "Pending"}, needs: "id",
		},
		call{
			op: "deleteWebdeploymentsConfiguration", sent: "DELETE " + configurationsPath + "/m-1",
			do: func(c *Client) (any, error) { return nothing(c.DeleteConfiguration(ctx, "m-1")) },
		},
		call{
			op: "getWebdeploymentsDeployments", sent: "GET " + deploymentsPath + "?expand=Configuration&pageSize=100",
			answer: `{"entities":[` + stored(t) + `]}`,
			do:     func(c *Client) (any, error) { return c.Deployments(ctx) },
			gives:  []Deployment{deployment}, needs: "entities[].id",
		},
		call{
			op: "getWebdeploymentsDeployment", sent: "GET " + deploymentsPath + "/d-1", answer: stored(t),
			do: func(c *Client) (any, error) { return c.Deployment(ctx, "d-1") }, gives: deployment, needs: "id",
		},
		call{
			op: "getWebdeploymentsDeployment", sent: "GET " + deploymentsPath + "/d-2",
			answer: `{"id":"d-2","snippet":"a\u001b[2Jb\n","configuration":{"id":"m","version":7}}`,
			do:     func(c *Client) (any, error) { return c.Deployment(ctx, "d-2") },
			gives:  Deployment{ID: "d-2", Snippet: "a‹U+001B›[2Jb\n", ConfigurationID: "m", ConfigurationVersion: "7"}, needs: "id",
		},
		create(
			Deployment{Name: "Web SSO", Description: "d", AllowedDomains: []string{"www.example.com"}, FlowID: "f-1"},
			`"name":"Web SSO","description":"d","allowAllDomains":false,"allowedDomains":["www.example.com"],"flow":{"id":"f-1"}`,
		),
		create(
			Deployment{Name: "All", AllowAllDomains: true, AllowedDomains: []string{"www.example.com"}},
			`"name":"All","allowAllDomains":true,"allowedDomains":[]`,
		),
		create(Deployment{Name: "None"}, `"name":"None","allowAllDomains":false,"allowedDomains":[]`),
		call{
			op: "deleteWebdeploymentsDeployment", sent: "DELETE " + deploymentsPath + "/d-1",
			do: func(c *Client) (any, error) { return nothing(c.DeleteDeployment(ctx, "d-1")) },
		},
	)
}
