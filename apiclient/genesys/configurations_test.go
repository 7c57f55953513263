package genesys

import (
	"errors"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

const configurationsPath = "/api/v2/webdeployments/configurations"

func TestConfigurationReads(t *testing.T) {
	t.Parallel()
	const draft = `{"id":"m-1","name":"Web\u001b","description":"a\nb","version":"DRAFT","status":"Active","languages":["en-us","de"],
		"authenticationSettings":{"enabled":true,"integrationId":"i-1","allowSessionUpgrade":true},
		"dateModified":"2026-02-03T04:05:06.789Z","datePublished":"yesterday","lastModifiedUser":{"id":"u-1"}}`
	c := script(
		t,
		exchange{call: "GET " + configurationsPath + "?pageSize=100", answer: `{"entities":[` + draft + `]}`},
		exchange{call: "GET " + configurationsPath + "/m-1/versions?pageSize=100", answer: `{"entities":[{"id":"m-1","version":"2"},{"id":"m-1","version":1}]}`},
		exchange{call: "GET " + configurationsPath + "/m-1/versions/2", answer: `{"id":"m-1","version":"2","authenticationSettings":{"enabled":false}}`},
		exchange{call: "GET " + configurationsPath + "/m-1/versions/draft", answer: draft},
	)
	want := Configuration{
		ID: "m-1", Name: "Web‹U+001B›", Description: "a\nb", Version: "DRAFT", Status: "Active",
		Auth:     &AuthenticationSettings{Enabled: true, IntegrationID: "i-1", SessionUpgrade: true},
		Modified: time.Date(2026, 2, 3, 4, 5, 6, 789e6, time.UTC), ModifiedByID: "u-1",
	}
	all, err := c.Configurations(t.Context())
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(all, []Configuration{want}, noRaw))
	versions, err := c.ConfigurationVersions(t.Context(), "m-1")
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(versions, []Configuration{{ID: "m-1", Version: "2"}, {ID: "m-1", Version: "1"}}, noRaw))
	one, err := c.ConfigurationVersion(t.Context(), "m-1", "2")
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(one, Configuration{ID: "m-1", Version: "2", Auth: &AuthenticationSettings{}}, noRaw))
	got, err := c.Draft(t.Context(), "m-1")
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(got, want, noRaw))
}

func TestCreateConfiguration(t *testing.T) {
	t.Parallel()
	const plain = `"name":"Web SSO Messenger","description":"Created","languages":["en-us"],"defaultLanguage":"en-us",
		"messenger":{"enabled":true,"styles":{"primaryColor":"#0165A7"},"launcherButton":{"visibility":"On"},"homeScreen":{"enabled":true},
			"apps":{"conversations":{"enabled":true,"showAgentTypingIndicator":true,"showUserTypingIndicator":true,"autoStart":{"enabled":false},
			"markdown":{"enabled":true},"conversationDisconnect":{"enabled":true,"type":"Send"},"conversationClear":{"enabled":true}}}},
		"position":{"alignment":"Auto","sideSpace":20,"bottomSpace":12}`
	const answer = `{"id":"m-1","version":"DRAFT"}`
	c := script(
		t,
		exchange{call: "POST " + configurationsPath, status: 201, answer: answer, body: `{` + plain + `,"authenticationSettings":{"enabled":true,"integrationId":"i-1","allowSessionUpgrade":false}}`},
		exchange{call: "POST " + configurationsPath, answer: answer, body: `{` + plain + `}`},
	)
	n := NewConfiguration{
		Name: "Web SSO Messenger", Description: "Created", Languages: []string{"en-us"}, DefaultLanguage: "en-us",
		Auth: AuthenticationSettings{Enabled: true, IntegrationID: "i-1"},
	}
	got, err := c.CreateConfiguration(t.Context(), n)
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(got, Configuration{ID: "m-1", Version: "DRAFT"}, noRaw))
	n.Auth = AuthenticationSettings{}
	_, err = c.CreateConfiguration(t.Context(), n)
	assert.NilError(t, err)
}

func TestPublish(t *testing.T) {
	t.Parallel()
	const call = "POST " + configurationsPath + "/m-1/versions/draft/publish"
	c := script(
		t,
		exchange{call: call, answer: `{"id":"m-1","version":"3","status":"Pending"}`},
		exchange{call: call, answer: `{"id":"m-1"}`},
		exchange{call: "DELETE " + configurationsPath + "/m-1", status: 204},
	)
	got, err := c.Publish(t.Context(), "m-1")
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(got, Configuration{ID: "m-1", Version: "3", Status: "Pending"}, noRaw))
	_, err = c.Publish(t.Context(), "m-1")
	e, found := apiclient.AsError(err)
	if !found || !errors.Is(err, apiclient.ErrMalformed) || !e.Maybe || e.Summary != "postWebdeploymentsConfigurationVersionsDraftPublish: version is missing" {
		t.Errorf("got %v", err)
	}
	assert.NilError(t, c.DeleteConfiguration(t.Context(), "m-1"))
}
