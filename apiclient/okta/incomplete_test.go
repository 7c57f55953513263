package okta

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	"msgsso-wizard/apiclient"
)

// lists are all operations that read a list to its end.
var lists = map[string]func(*testing.T, *Client) (int, error){
	"listApplications":                listed(func(t *testing.T, c *Client) ([]App, error) { return c.Apps(t.Context(), "") }),
	"listApplicationGroupAssignments": listed(func(t *testing.T, c *Client) ([]string, error) { return c.AppGroups(t.Context(), "1") }),
	"listOAuth2ClientSecrets":         listed(func(t *testing.T, c *Client) ([]AppSecret, error) { return c.AppSecrets(t.Context(), "1") }),
	"listTrustedOrigins":              listed(func(t *testing.T, c *Client) ([]TrustedOrigin, error) { return c.TrustedOrigins(t.Context()) }),
	"listAuthorizationServers": listed(func(t *testing.T, c *Client) ([]AuthorizationServer, error) {
		return c.AuthorizationServers(t.Context())
	}),
	"listAuthorizationServerPolicies":    listed(func(t *testing.T, c *Client) ([]Policy, error) { return c.Policies(t.Context(), "1") }),
	"listAuthorizationServerPolicyRules": listed(func(t *testing.T, c *Client) ([]Rule, error) { return c.Rules(t.Context(), "1", "2") }),
	"listAssignedRolesForUser":           listed(func(t *testing.T, c *Client) ([]Role, error) { return c.Roles(t.Context(), "1") }),
}

func listed[T any](list func(*testing.T, *Client) ([]T, error)) func(*testing.T, *Client) (int, error) {
	return func(t *testing.T, c *Client) (int, error) {
		found, err := list(t, c)
		return len(found), err
	}
}

// A list that does not come to its end is an error: what it lacks may be there.
func TestAnIncompleteListIsAnError(t *testing.T) {
	t.Parallel()
	const element, none = `[{"id":"1","issuer":"https://acme.okta.com","type":"APP_ADMIN"}]`, `[]`
	for name, tt := range map[string]struct {
		body string
		next func(r *http.Request, page int) string
		why  string
	}{
		"the first page is its own next page": {element, func(r *http.Request, _ int) string { return r.URL.String() }, "read already"},
		"a page comes round again":            {element, func(r *http.Request, _ int) string { return r.URL.Path + "?after=1" }, "read already"},
		"two pages take turns":                {element, func(r *http.Request, page int) string { return r.URL.Path + "?after=" + strconv.Itoa(page%2) }, "read already"},
		"an empty page comes round again":     {none, func(r *http.Request, _ int) string { return r.URL.Path + "?after=1" }, "read already"},
		"its pages never end":                 {none, func(r *http.Request, page int) string { return r.URL.Path + "?after=" + strconv.Itoa(page) }, "500 pages"},
		"it goes on at another host":          {element, func(r *http.Request, _ int) string { return "http://evil.test" + r.URL.Path + "?after=1" }, "reached by https"},
		"it goes on at another https host":    {element, func(r *http.Request, _ int) string { return "https://evil.test" + r.URL.Path + "?after=1" }, "another host: evil.test"},
		"it goes on at no address":            {element, func(*http.Request, int) string { return "javascript:alert(1)" }, "not a URL"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for op, list := range lists {
				page := 0
				server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
					page++
					w.Header().Set("Content-Type", "application/json")
					w.Header().Set("Link", "<"+tt.next(r, page)+`>; rel="next"`)
					_, _ = io.WriteString(w, tt.body)
				}))
				found, err := list(t, client(t, server.URL))
				server.Close()
				e, _ := apiclient.AsError(err)
				if !errors.Is(err, apiclient.ErrIncompleteList) || found != 0 {
					t.Errorf("%s: %d elements and %v", op, found, err)
				} else if e.Service != apiclient.Okta || e.Op != op || "http://"+e.Host != server.URL || !strings.Contains(e.Summary, tt.why) {
					t.Errorf("%s: %+v", op, e)
				}
			}
		})
	}
}
