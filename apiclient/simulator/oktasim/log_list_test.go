package oktasim

import (
	"net/url"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// fill writes five events down, a minute apart from the hour on, which it returns.
func (o *testOrg) fill(c *clock) time.Time {
	first := c.now()
	for _, uri := range []string{"/1", "/2", "/3", "/4", "/5"} {
		o.visit("/oauth2", o.DeviceApp(), map[string]string{"redirect_uri": chatPage + uri})
		c.advance(time.Minute)
	}
	return first
}

// sent are the last characters of the redirect URIs of the events in an answer.
func (a answer) sent() string {
	var all string
	for _, uri := range a.column("debugContext.debugData.redirectUri") {
		all += uri[len(uri)-1:]
	}
	return all
}

func TestLogQueries(t *testing.T) {
	t.Parallel()
	o, c := slow(t, Options{Limits: map[string]int{}})
	first := o.fill(c)
	at := func(minutes int) string { return first.Add(time.Duration(minutes) * time.Minute).Format(time.RFC3339) }
	for name, tt := range map[string]struct {
		query url.Values
		want  string
	}{
		"all":          {nil, "12345"},
		"newest first": {url.Values{"sortOrder": {"DESCENDING"}}, "54321"},
		"from":         {url.Values{"since": {at(2)}}, "345"},
		"to":           {url.Values{"until": {at(2)}}, "12"}, // its end is left out
		"between":      {url.Values{"since": {at(1)}, "until": {at(3)}}, "23"},
		"some":         {url.Values{"limit": {"2"}}, "12"},
		"the newest":   {url.Values{"limit": {"2"}, "sortOrder": {"DESCENDING"}}, "54"},
		"none":         {url.Values{"limit": {"0"}}, ""},
		"type":         {url.Values{"filter": {`eventType eq "app.oauth2.authorize"`}}, "12345"},
		"beginning":    {url.Values{"filter": {`eventType sw "app.oauth2.as"`}}, ""},
		"or":           {url.Values{"filter": {`eventType eq "x" or outcome.result eq "FAILURE"`}}, "12345"},
		"and":          {url.Values{"filter": {`target.id eq "` + o.DeviceApp() + `" and outcome.result eq "SUCCESS"`}}, ""},
		"target":       {url.Values{"filter": {`target.id eq "` + o.DeviceApp() + `"`}}, "12345"},
	} {
		assert.Check(t, is.Equal(o.do("GET", "/api/v1/logs?"+tt.query.Encode(), nil).want(t, "200").sent(), tt.want),
			name)
	}
	for member, value := range map[string]string{
		"filter": `published gt "2020"`, "limit": "1001", "sortOrder": "x", "since": "yesterday", "until": "1", "after": "none",
	} {
		o.do("GET", "/api/v1/logs?"+url.Values{member: {value}}.Encode(), nil).want(t, "400 E0000001 "+map[string]string{
			"filter": "filter: Invalid search criteria.", "limit": "limit: must be a number from 0 to 1000", "after": "after: the cursor is not known",
			"sortOrder": "sortOrder: must be ASCENDING or DESCENDING",
			"since":     "since: must be a time such as 2026-01-31T08:15:00.000Z", "until": "until: must be a time such as 2026-01-31T08:15:00.000Z",
		}[member])
	}
	c.advance(7*24*time.Hour - 4*time.Minute)
	assert.Check(t, is.Equal(o.do("GET", "/api/v1/logs", nil).want(t, "200").sent(), "2345"), "a week later")
}

// Events can be late.
func TestLogDelay(t *testing.T) {
	t.Parallel()
	o, c := slow(t, Options{LogDelay: 90 * time.Second, Limits: map[string]int{}})
	o.fill(c)
	assert.Check(t, is.Equal(o.do("GET", "/api/v1/logs", nil).want(t, "200").sent(), "1234"))
	c.advance(30 * time.Second)
	assert.Check(t, is.Equal(o.do("GET", "/api/v1/logs", nil).want(t, "200").sent(), "12345"))
}
