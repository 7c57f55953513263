package genesys

import (
	"encoding/json"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

const deploymentsPath = "/api/v2/webdeployments/deployments"

const snippet = "<script type=\"text/javascript\" charset=\"utf-8\">\r\n  (function (g, e) {\n\tg['_genesysJs'] = e;  \n  })(window, 'Genesys', {\n    environment: 'prod-euc1',\n    deploymentId: 'd-1'\n  });\n</script>\n"

// stored is a deployment as the API answers it.
func stored(t *testing.T) string {
	t.Helper()
	quoted, err := json.Marshal(snippet)
	assert.NilError(t, err)
	return `{"id":"d-1","name":"Web SSO","description":"d","status":"Active","allowAllDomains":false,"allowedDomains":["www.example.com"],
		"configuration":{"id":"m-1","version":"1","name":"Web","messenger":{"enabled":true}},"flow":{"id":"f-1","name":"Flow"},
		"supportedContent":{"id":"s-1"},"pushIntegrations":[{"id":"p","provider":"APNS"}],"future":{"x":null,"y":1},"cold":null,
		"snippet":` + string(quoted) + `,"dateCreated":"2026-01-01T00:00:00Z","dateModified":"2026-01-02T00:00:00Z","lastModifiedUser":{"id":"u"},"selfUri":"/x"}`
}

func TestDeploymentReads(t *testing.T) {
	t.Parallel()
	c := script(
		t,
		exchange{call: "GET " + deploymentsPath + "?expand=Configuration&pageSize=100", answer: `{"entities":[` + stored(t) + `]}`},
		exchange{call: "GET " + deploymentsPath + "/d-1", answer: stored(t)},
		exchange{call: "GET " + deploymentsPath + "/d-2", answer: `{"id":"d-2","snippet":"a\u001b[2Jb\n","configuration":{"id":"m","version":7}}`},
		exchange{call: "DELETE " + deploymentsPath + "/d-1", status: 204},
	)
	want := Deployment{
		ID: "d-1", Name: "Web SSO", Description: "d", Status: "Active", ConfigurationID: "m-1", ConfigurationVersion: "1",
		AllowedDomains: []string{"www.example.com"}, FlowID: "f-1", Snippet: snippet, Modified: time.Date(2026, 1, 2, 0, 0, 0, 0, time.UTC),
	}
	all, err := c.Deployments(t.Context())
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(all, []Deployment{want}, noRaw))
	one, err := c.Deployment(t.Context(), "d-1")
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(one, want, noRaw))
	odd, err := c.Deployment(t.Context(), "d-2")
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(odd, Deployment{ID: "d-2", Snippet: "a‹U+001B›[2Jb\n", ConfigurationID: "m", ConfigurationVersion: "7"}, noRaw))
	assert.NilError(t, c.DeleteDeployment(t.Context(), "d-1"))
}

func TestCreateDeployment(t *testing.T) {
	t.Parallel()
	c := script(
		t,
		exchange{
			call: "POST " + deploymentsPath, status: 201, answer: `{"id":"d-1","status":"Pending"}`,
			body: `{"name":"Web SSO","description":"d","allowAllDomains":false,"allowedDomains":["www.example.com"],"flow":{"id":"f-1"},"configuration":{"id":"m-1","version":"1"}}`,
		},
		exchange{
			call: "POST " + deploymentsPath, answer: `{"id":"d-2"}`,
			body: `{"name":"All","allowAllDomains":true,"allowedDomains":[],"configuration":{"id":"m-1","version":"1"}}`,
		},
		exchange{
			call: "POST " + deploymentsPath, status: 400, answer: `{"code":"bad.flow.id","message":"The flow is not eligible for use here."}`,
			body: `{"name":"None","allowAllDomains":false,"allowedDomains":[],"configuration":{"id":"m-1","version":"1"}}`,
		},
	)
	n := NewDeployment{Name: "Web SSO", Description: "d", ConfigurationID: "m-1", ConfigurationVersion: "1", AllowedDomains: []string{"www.example.com"}, FlowID: "f-1"}
	got, err := c.CreateDeployment(t.Context(), n)
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(got, Deployment{ID: "d-1", Status: "Pending"}, noRaw))
	n.Name, n.Description, n.FlowID, n.AllowAllDomains = "All", "", "", true
	_, err = c.CreateDeployment(t.Context(), n)
	assert.NilError(t, err)
	n.Name, n.AllowAllDomains, n.AllowedDomains = "None", false, nil
	_, err = c.CreateDeployment(t.Context(), n)
	assert.Check(t, CodeIs(err, "bad.flow.id"), "got %v", err)
}

func TestUpdateDeploymentKeepsWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	const kept = `"status":"Active","supportedContent":{"id":"s-1"},"pushIntegrations":[{"id":"p","provider":"APNS"}],"future":{"y":1}`
	put := func(body string) exchange {
		return exchange{call: "PUT " + deploymentsPath + "/d-1", answer: stored(t), body: body}
	}
	c := script(
		t,
		exchange{call: "GET " + deploymentsPath + "/d-1", answer: stored(t)},
		put(`{"name":"Web SSO","description":"d","allowAllDomains":false,"allowedDomains":["www.example.com"],"flow":{"id":"f-1","name":"Flow"},"configuration":{"id":"m-1","version":"2"},`+kept+`}`),
		put(`{"name":"Other","description":"","allowAllDomains":true,"allowedDomains":[],"flow":{"id":"f-2"},"configuration":{"id":"m-1","version":"2"},`+kept+`}`),
		put(`{"name":"Other","description":"","allowAllDomains":true,"allowedDomains":[],"configuration":{"id":"m-1","version":"2"},`+kept+`}`),
	)
	d, err := c.Deployment(t.Context(), "d-1")
	assert.NilError(t, err)
	update := func() {
		t.Helper()
		_, err := c.UpdateDeployment(t.Context(), d)
		assert.NilError(t, err)
	}
	d.ConfigurationVersion = "2"
	update()
	d.Name, d.Description, d.AllowAllDomains, d.FlowID = "Other", "", true, "f-2"
	update()
	d.FlowID = ""
	update()
}
