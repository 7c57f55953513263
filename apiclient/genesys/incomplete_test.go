package genesys

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"msgsso-wizard/apiclient"
)

// lists are all operations that read a list to its end.
var lists = map[string]func(*testing.T, *Client) (int, error){
	"getIntegrationsTypes":            listed(func(t *testing.T, c *Client) ([]IntegrationType, error) { return c.IntegrationTypes(t.Context()) }),
	"getIntegrations":                 listed(func(t *testing.T, c *Client) ([]Integration, error) { return c.Integrations(t.Context()) }),
	"getIntegrationsCredentials":      listed(func(t *testing.T, c *Client) ([]Credential, error) { return c.Credentials(t.Context()) }),
	"getIntegrationsCredentialsTypes": listed(func(t *testing.T, c *Client) ([]CredentialType, error) { return c.CredentialTypes(t.Context()) }),
	"getFlows":                        listed(func(t *testing.T, c *Client) ([]Flow, error) { return c.Flows(t.Context()) }),
	"getWebdeploymentsConfigurations": listed(func(t *testing.T, c *Client) ([]Configuration, error) { return c.Configurations(t.Context()) }),
	"getWebdeploymentsConfigurationVersions": listed(func(t *testing.T, c *Client) ([]Configuration, error) {
		return c.ConfigurationVersions(t.Context(), "1")
	}),
	"getWebdeploymentsDeployments": listed(func(t *testing.T, c *Client) ([]Deployment, error) { return c.Deployments(t.Context()) }),
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
	const element, none = `{"entities":[{"id":"1"}],`, `{"entities":[],`
	for name, tt := range map[string]struct {
		page func(r *http.Request, page int) string
		why  string
	}{
		"a page comes round again": {func(r *http.Request, _ int) string { return element + `"nextUri":"` + r.URL.Path + `?after=1"}` }, "read already"},
		"two pages take turns": {func(r *http.Request, page int) string {
			return fmt.Sprintf(`%s"nextUri":"%s?after=%d"}`, element, r.URL.Path, page%2)
		}, "read already"},
		"an empty page comes round again": {func(r *http.Request, _ int) string { return none + `"nextUri":"` + r.URL.Path + `?after=1"}` }, "read already"},
		"its pages never end": {func(r *http.Request, page int) string {
			return fmt.Sprintf(`%s"nextUri":"%s?after=%d"}`, none, r.URL.Path, page)
		}, "500 pages"},
		"it goes on at another host":       {func(*http.Request, int) string { return element + `"nextUri":"http://evil.test/api?after=1"}` }, "reached by https"},
		"it goes on at another https host": {func(*http.Request, int) string { return element + `"nextUri":"//api.evil.test:443/api?after=1"}` }, "reached by https"},
		"it goes on at no address":         {func(*http.Request, int) string { return element + `"nextUri":"javascript:alert(1)"}` }, "not a URL"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for op, list := range lists {
				why := tt.why
				if op == "getIntegrationsCredentialsTypes" {
					why = "more than one page"
				}
				incomplete(t, op, list, tt.page, why)
			}
		})
	}
}

// Lists whose pages have numbers can also tell how many there are, and which one this is.
func TestAnIncompleteNumberedListIsAnError(t *testing.T) {
	t.Parallel()
	for why, page := range map[string]func(*http.Request, int) string{
		"page 1 came again as page 2": func(*http.Request, int) string { return `{"entities":[{"id":"1"}],"pageNumber":1,"pageCount":2}` },
		"500 pages":                   func(*http.Request, int) string { return `{"entities":[],"pageCount":100000}` },
	} {
		t.Run(why, func(t *testing.T) {
			t.Parallel()
			for _, op := range []string{"getIntegrationsTypes", "getIntegrations", "getIntegrationsCredentials", "getFlows"} {
				incomplete(t, op, lists[op], page, why)
			}
		})
	}
}

// incomplete reads a list from a service that answers each call with a page.
func incomplete(t *testing.T, op string, list func(*testing.T, *Client) (int, error), page func(*http.Request, int) string, why string) {
	t.Helper()
	var pages atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.URL.Path == "/oauth/token" {
			_, _ = io.WriteString(w, `{"access_token":"token-1"}`)
			return
		}
		_, _ = io.WriteString(w, page(r, int(pages.Add(1))))
	}))
	defer server.Close()
	found, err := list(t, clientOf(t, server))
	e, _ := apiclient.AsError(err)
	if !errors.Is(err, apiclient.ErrIncompleteList) || found != 0 {
		t.Errorf("%s: %d elements and %v", op, found, err)
	} else if e.Service != apiclient.GenesysCloud || e.Op != op || "http://"+e.Host != server.URL || !strings.Contains(e.Summary, why) {
		t.Errorf("%s: %+v", op, e)
	}
}
