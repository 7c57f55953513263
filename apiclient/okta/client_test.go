package okta

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

func TestClockAndLimitsOfTheOrg(t *testing.T) {
	t.Parallel()
	c := org(t, exchange{want: "GET /api/v1/org", answer: `{"id":"00o1"}`, header: map[string]string{
		"Date": time.Now().Add(time.Hour).UTC().Format("Mon, 02 Jan 2006 15:04:05 GMT"), "X-Rate-Limit-Limit": "600",
	}})
	_, err := c.Org(t.Context())
	assert.NilError(t, err)
	skew, known := c.Skew()
	assert.Check(t, known && skew >= 59*time.Minute && skew <= 61*time.Minute, "skew %v %v", skew, known)
	limits := c.RateLimits()
	assert.Assert(t, is.Len(limits, 1))
	limits[0].Until = time.Time{}
	same(t, limits, []apiclient.RateLimit{{Bucket: "/api/v1", Limit: 600, Calls: 1}})
}

func TestEveryoneByTypeAndName(t *testing.T) {
	t.Parallel()
	for group, want := range map[Group]bool{
		{Type: "BUILT_IN", Name: "Everyone"}:            true,
		{Type: "OKTA_GROUP", Name: "Everyone"}:          false,
		{Type: "BUILT_IN", Name: "Okta Administrators"}: false,
	} {
		assert.Check(t, group.Everyone() == want, "%+v", group)
	}
}

// fakeSignIn counts what the client asks of it.
type fakeSignIn struct {
	began, authorized, refused, closed int
	err                                error
}

func (f *fakeSignIn) Begin(context.Context) error { f.began++; return f.err }

func (f *fakeSignIn) Authorize(_ context.Context, req *http.Request) error {
	f.authorized++
	req.Header.Set("Authorization", map[int]string{1: "Bearer old", 2: "SSWS " + token}[f.authorized])
	return nil
}

func (f *fakeSignIn) Reauthorize(*http.Request, http.Header, *apiclient.Error) bool {
	f.refused++
	return true
}

func (f *fakeSignIn) CloseIdle() { f.closed++ }

func TestClientUsesItsSignIn(t *testing.T) {
	t.Parallel()
	var sent []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sent = append(sent, r.URL.Path+" "+r.Header.Get("Authorization"))
		w.Header().Set("Content-Type", "application/json")
		switch r.Header.Get("Authorization") {
		case "Bearer old":
			w.WriteHeader(http.StatusUnauthorized)
			fmt.Fprint(w, `{"errorCode":"E0000011","errorSummary":"Invalid token provided"}`)
		default:
			fmt.Fprint(w, `{"id":"00o1","pipeline":"idx"}`)
		}
	}))
	t.Cleanup(server.Close)
	base, err := url.Parse(server.URL)
	assert.NilError(t, err)
	f := &fakeSignIn{err: errors.New("no key")}
	c, err := New(Config{Org: base, SignIn: f, Token: apiclient.NewSecret("unused")})
	assert.NilError(t, err)
	assert.Check(t, is.ErrorIs(c.SignIn(t.Context()), f.err))
	_, err = c.Organization(t.Context())
	assert.NilError(t, err)
	_, err = c.Org(t.Context())
	assert.NilError(t, err)
	c.CloseIdle()
	same(t, []int{f.began, f.authorized, f.refused, f.closed}, []int{1, 2, 1, 1})
	same(t, sent, []string{"/.well-known/okta-organization ", "/api/v1/org Bearer old", "/api/v1/org SSWS " + token})
}

func TestAPITokenIsNotReplaced(t *testing.T) {
	t.Parallel()
	c := org(t, exchange{want: "GET /api/v1/org", status: 401, answer: `{"errorCode":"E0000011","errorSummary":"Invalid token provided: ` + token + `"}`})
	assert.NilError(t, c.SignIn(t.Context()))
	_, err := c.Org(t.Context())
	assert.Check(t, BadToken(err) && !strings.Contains(err.Error(), token), "got %v", err)
	got := fmt.Sprintf("%v %+v %#v", c.signIn, c.signIn, c.signIn)
	assert.Check(t, !strings.Contains(got, token), "printed as %s", got)
}

func TestErrorsShowNoJWT(t *testing.T) {
	t.Parallel()
	const text = "eyJhbGciOi.eyJpc3Mi.c2ln-_A"
	c := org(t, exchange{want: "GET /api/v1/org", status: 400, answer: `{"errorCode":"E0000001","errorSummary":"bad ` + text + ` here","errorCauses":[{"errorSummary":"` + text + `"}]}`})
	_, err := c.Org(t.Context())
	e, _ := apiclient.AsError(err)
	same(t, append(e.Causes, e.Summary), []string{"••••••••", "bad •••••••• here"})
}
