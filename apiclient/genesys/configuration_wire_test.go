package genesys

import (
	"encoding/json"
	"errors"
	"net/http"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

const storedDraft = `{"id":"m-1","version":"DRAFT","status":"Active","selfUri":"/x","dateCreated":"2026-01-01T00:00:00Z","dateModified":"2026-01-01T00:00:00Z",
	"datePublished":null,"lastModifiedUser":{"id":"u"},"createdUser":{"id":"u"},"publishedUser":null,
	"name":"Web\u001b","description":"old","languages":["en-us"],"cobrowse":null,
	"messenger":{"enabled":true,"styles":null,"future":{"n":12345678901234567890,"list":[{"a":null,"b":1}]}},
	"futureSwitch":{"x":[1,2]},"authenticationSettings":{"enabled":true,"future":1}}`

func TestUpdateDraftKeepsUnknownFields(t *testing.T) {
	t.Parallel()
	const path = "/api/v2/webdeployments/configurations/m-1/versions/draft"
	const kept = `"languages":["en-us"],"messenger":{"enabled":true,"future":{"n":12345678901234567890,"list":[{"b":1}]}},"futureSwitch":{"x":[1,2]}`
	c := script(
		t,
		exchange{call: "GET " + path, answer: storedDraft},
		exchange{call: "PUT " + path, answer: storedDraft, body: `{"name":"Web\u001b","description":"old",` + kept + `}`},
		exchange{call: "PUT " + path, answer: storedDraft, body: `{"name":"New","description":"",` + kept + `,
			"authenticationSettings":{"enabled":true,"future":1,"integrationId":"i-1","allowSessionUpgrade":false}}`},
	)
	draft, err := c.Draft(t.Context(), "m-1")
	assert.NilError(t, err)
	_, err = c.UpdateDraft(t.Context(), draft)
	assert.NilError(t, err)
	draft.Name, draft.Description = "New", ""
	draft.Auth = &AuthenticationSettings{Enabled: true, IntegrationID: "i-1"}
	_, err = c.UpdateDraft(t.Context(), draft)
	assert.NilError(t, err)
}

// Without its version, what was published cannot be used.
func TestPublishWithoutAVersion(t *testing.T) {
	t.Parallel()
	_, err := answering(t, http.StatusOK, `{"id":"m-1"}`).Publish(t.Context(), "m-1")
	e, _ := apiclient.AsError(err)
	assert.Assert(t, is.ErrorIs(err, apiclient.ErrMalformed))
	assert.Check(t, is.Equal(e.Summary, "postWebdeploymentsConfigurationVersionsDraftPublish: version is missing"))
	assert.Check(t, e.Maybe)
}

func TestPropertiesAreShownClean(t *testing.T) {
	t.Parallel()
	config := filled[IntegrationConfig](t, `{"properties":{"uri":"https://x\u001b","life":900}}`)
	assert.Check(t, is.Equal(config.Property("uri"), "https://x‹U+001B›"))
	assert.Check(t, is.Equal(config.Property("life"), ""))
}

func TestConfigurationDifferences(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		mine, theirs string
		want         []string
	}{
		"equal":                  {`{"id":"a","name":"n","messenger":{"x":1}}`, `{"id":"a","name":"n","messenger":{"x":1}}`, nil},
		"only the API's own":     {storedDraft, `{"id":"m-1","version":"3","status":"Pending","selfUri":"/y","dateModified":"2027-01-01T00:00:00Z","datePublished":"2027-01-01T00:00:00Z","publishedUser":{"id":"v"},"name":"Web\u001b","description":"old","languages":["en-us"],"messenger":{"enabled":true,"future":{"n":12345678901234567890,"list":[{"b":1}]}},"futureSwitch":{"x":[1,2]}}`, nil},
		"sorted, deep":           {`{"id":"a","name":"n","video":{"a":[1]},"cobrowse":{"e":true}}`, `{"id":"a","name":"m","video":{"a":[2]},"cobrowse":{"e":true},"\u001bx":1}`, []string{"name", "video", "‹U+001B›x"}},
		"large numbers":          {`{"id":"a","a":12345678901234567890}`, `{"id":"a","a":12345678901234567891}`, []string{"a"}},
		"order counts in lists":  {`{"id":"a","languages":["a","b"]}`, `{"id":"a","languages":["b","a"]}`, []string{"languages"}},
		"authentication":         {`{"id":"a","authenticationSettings":{"enabled":true,"integrationId":"i"}}`, `{"id":"a","authenticationSettings":{"enabled":false,"integrationId":"i"}}`, []string{"authenticationSettings"}},
		"authentication, no aim": {`{"id":"a","authenticationSettings":{"enabled":false}}`, `{"id":"a"}`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var mine, theirs Configuration
			assert.NilError(t, errors.Join(apiclient.Fill([]byte(tt.mine), &mine), apiclient.Fill([]byte(tt.theirs), &theirs)))
			assert.Check(t, is.DeepEqual(mine.Differences(theirs), tt.want))
			assert.Check(t, is.DeepEqual(theirs.Differences(mine), tt.want))
		})
	}
}

func TestReadsLeaveTheRawObjectAlone(t *testing.T) {
	t.Parallel()
	var c Configuration
	assert.NilError(t, apiclient.Fill([]byte(storedDraft), &c))
	before, err := json.Marshal(c.Stored())
	assert.NilError(t, err)
	c.Auth = &AuthenticationSettings{IntegrationID: "i-1"}
	c.Differences(Configuration{Whole: apiclient.Keep(apiclient.Object{})})
	after, err := json.Marshal(c.Stored())
	assert.NilError(t, err)
	assert.Check(t, is.Equal(string(after), string(before)))
}
