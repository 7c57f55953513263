package okta

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"gotest.tools/v3/assert"
)

// noted is an org that gives the same answer to everything, and notes what it was asked.
func noted(t *testing.T, answer string, calls *[]string) *Client {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		*calls = append(*calls, r.Method+" "+r.RequestURI)
		w.Header().Set("Content-Type", "application/json")
		_, _ = io.WriteString(w, answer)
	}))
	c := client(t, server.URL)
	t.Cleanup(func() { c.CloseIdle(); server.Close() })
	return c
}

const notThere = `{"errorCode":"E0000007","errorSummary":"Not found: Resource not found: x (User)","errorId":"oae1","errorCauses":[]}`

func TestPeople(t *testing.T) {
	t.Parallel()
	c := org(
		t,
		exchange{
			want:   "GET /api/v1/users/ada+x%2F..@acme.test",
			answer: `{"id":"00u1","status":"SUSPENDED","profile":{"login":"ada@acme.test","firstName":"Ada","lastName":"Byron"}}`,
		},
		exchange{want: "GET /api/v1/users/nobody", status: 404, answer: notThere},
		exchange{
			want:   "GET /api/v1/apps/0oa1/users?limit=200",
			link:   []string{`<{org}/api/v1/apps/0oa1/users?after=1>; rel="next"`}, // one page is enough
			answer: `[{"id":"00u1","scope":"GROUP","credentials":{"userName":"ada@acme.test\u001b"}},{"id":"00u2","scope":"USER","credentials":null}]`,
		},
		exchange{want: "GET /api/v1/apps/0oa1/users/00u1", answer: `{"id":"00u1","scope":"USER","credentials":{"userName":"ada"}}`},
		exchange{want: "GET /api/v1/apps/0oa1/users/00u2", status: 404, answer: notThere},
		exchange{want: "GET /api/v1/apps/0oa1/users/00u3", answer: `{}`},
		exchange{want: "POST /api/v1/apps/0oa1/users", body: `{"id":"00u2","scope":"USER"}`, answer: `{"id":"00u2","scope":"USER"}`},
	)
	user, err := c.User(t.Context(), "ada+x/..@acme.test")
	assert.NilError(t, err)
	same(t, user, User{ID: "00u1", Login: "ada@acme.test", Name: "Ada Byron", Status: "SUSPENDED"})
	if _, err := c.User(t.Context(), "nobody"); !NotFound(err) {
		t.Errorf("got %v", err)
	}
	users, err := c.AppUsers(t.Context(), "0oa1")
	assert.NilError(t, err)
	same(t, users, []AppUser{{ID: "00u1", Login: "ada@acme.test‹U+001B›"}, {ID: "00u2"}})
	assigned, err := c.AppUser(t.Context(), "0oa1", "00u1")
	assert.NilError(t, err)
	same(t, assigned, AppUser{ID: "00u1", Login: "ada"})
	if _, err := c.AppUser(t.Context(), "0oa1", "00u2"); !NotFound(err) {
		t.Errorf("got %v", err)
	}
	_, err = c.AppUser(t.Context(), "0oa1", "00u3")
	malformed(t, err, "getApplicationUser", "id")
	assert.NilError(t, c.AssignUser(t.Context(), "0oa1", "00u2"))
}

func TestAppOfClient(t *testing.T) {
	t.Parallel()
	const (
		list   = "GET /api/v1/apps?includeNonDeleted=true&limit=100"
		app    = `{"id":"0oa1","signOnMode":"OPENID_CONNECT","name":"oidc_client","credentials":{"oauthClient":{"client_id":"0oa1"}}}`
		chosen = `{"id":"0oa2","signOnMode":"OPENID_CONNECT","name":"oidc_client","credentials":{"oauthClient":{"client_id":"my-client"}}}`
	)
	find := func(clientID, want string, exchanges ...exchange) {
		t.Helper()
		got, err := org(t, exchanges...).AppOfClient(t.Context(), clientID)
		assert.Check(t, got.ID == want && (want == "") == NotFound(err), "%s: got %s, %v", clientID, got.ID, err)
	}
	find("0oa1", "0oa1", exchange{want: "GET /api/v1/apps/0oa1", answer: app})
	find("my-client", "0oa2", exchange{want: "GET /api/v1/apps/my-client", status: 404, answer: notThere}, exchange{want: list, answer: "[" + app + "," + chosen + "]"})
	find("gone", "", exchange{want: "GET /api/v1/apps/gone", status: 404, answer: notThere}, exchange{want: list, answer: "[" + app + "]"})
	// The id of an app whose client id is another one is no client id.
	find("0oa2", "", exchange{want: "GET /api/v1/apps/0oa2", answer: chosen}, exchange{want: list, answer: "[" + chosen + "]"})
	find("", "")

	c := org(t, exchange{want: "GET /api/v1/apps/0oa1", status: 403, answer: `{"errorCode":"E0000006","errorSummary":"No"}`})
	_, err := c.AppOfClient(t.Context(), "0oa1")
	assert.Check(t, Forbidden(err), "got %v", err)
}
