package okta

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"gotest.tools/v3/assert"
)

func TestLogs(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 10, 1, 12, 0, 0, 5e6, time.FixedZone("CEST", 7200))
	c := org(
		t,
		exchange{
			want: "GET /api/v1/logs?filter=target.id+eq+%220oa1%22&limit=20&since=2026-10-01T10%3A00%3A00.005Z&sortOrder=DESCENDING&until=2026-10-01T11%3A00%3A00.005Z",
			link: []string{`<{org}/api/v1/logs?after=1>; rel="next"`}, // one page is enough
			answer: `[{"published":"2026-10-01T10:00:02.000Z","eventType":"app.oauth2.as.authorize","displayMessage":"OAuth authorization \u001b[2J",
				"severity":"WARN","outcome":{"result":"FAILURE","reason":"illegal_redirect_uri"},
				"actor":{"id":"00u1","type":"User","alternateId":"ada@acme.test","displayName":"Ada","detailEntry":null},
				"client":{"ipAddress":"192.0.2.7","userAgent":{"rawUserAgent":"curl\u202e","os":null},"geographicalContext":null},
				"transaction":{"id":"tx1","detail":{}},"request":{"ipChain":[]},
				"target":[{"id":"0oa1","type":"AppInstance","alternateId":null,"displayName":"Messenger"}],
				"debugContext":{"debugData":{"requestUri":"/oauth2/default/v1/authorize","redirectUri":"http://localhost:8080","risk":{"level":"LOW"},"n":7,"none":null}}},
				{"published":"2026-10-01T10:00:01.000Z","eventType":"user.session.start","displayMessage":null,"outcome":null,"actor":null,
				"client":null,"target":null,"debugContext":null,"transaction":null}]`,
		},
		exchange{want: "GET /api/v1/logs?limit=300&sortOrder=DESCENDING&until=2026-10-01T10%3A00%3A00.005Z", answer: `[]`},
		exchange{want: "GET /api/v1/logs?limit=300&sortOrder=DESCENDING&until=2026-10-01T10%3A00%3A00.005Z", answer: `[{"published":"2026-10-01T10:00:01.000Z"}]`},
	)
	events, err := c.Logs(t.Context(), LogQuery{Since: at, Until: at.Add(time.Hour), Filter: `target.id eq "0oa1"`, Limit: 20})
	assert.NilError(t, err)
	same(t, events, []LogEvent{
		{Published: time.Date(2026, 10, 1, 10, 0, 1, 0, time.UTC), Type: "user.session.start", Debug: map[string]string{}},
		{
			Published: time.Date(2026, 10, 1, 10, 0, 2, 0, time.UTC), Type: "app.oauth2.as.authorize", Message: "OAuth authorization ‹U+001B›[2J",
			Result: "FAILURE", Reason: "illegal_redirect_uri", Actor: "00u1", ActorType: "User", ActorLogin: "ada@acme.test",
			IP: "192.0.2.7", Agent: "curl‹U+202E›",
			Targets: []LogTarget{{ID: "0oa1", Type: "AppInstance"}},
			Debug: map[string]string{
				"requestUri": "/oauth2/default/v1/authorize", "redirectUri": "http://localhost:8080", "risk": `{"level":"LOW"}`, "n": "7", "none": "",
			},
		},
	})
	events, err = c.Logs(t.Context(), LogQuery{Until: at, Limit: 1000})
	assert.NilError(t, err)
	same(t, len(events), 0)
	_, err = c.Logs(t.Context(), LogQuery{Until: at})
	malformed(t, err, "listLogEvents", "eventType")
}

func TestLogsUntilNow(t *testing.T) {
	t.Parallel()
	var until string
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		until = r.FormValue("until")
	}))
	c := client(t, server.URL)
	_, err := c.Logs(t.Context(), LogQuery{})
	malformed(t, err, "listLogEvents", "the response is empty")
	server.Close()
	at, err := time.Parse(logTime, until)
	assert.Check(t, err == nil && time.Since(at).Abs() <= time.Minute, "until %s: %v", until, err)
}
