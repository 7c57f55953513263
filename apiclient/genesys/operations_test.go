package genesys

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient"
)

// drop makes a call of one whose answer is of no interest.
func drop[T any](_ T, err error) error { return err }

// TestOperationsAreTheVendors makes every call fail, and compares what it was with the vendor's definition.
func TestOperationsAreTheVendors(t *testing.T) {
	t.Parallel()
	var definition struct {
		Paths map[string]map[string]json.RawMessage
	}
	assert.NilError(t, json.Unmarshal(contract(t, "genesys-openapi.json"), &definition))
	operations := map[string]string{} // method and path by operation
	for path, methods := range definition.Paths {
		for method, data := range methods {
			var operation struct{ OperationID string }
			if json.Unmarshal(data, &operation) == nil {
				operations[operation.OperationID] = strings.ToUpper(method) + " " + path
			}
		}
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.URL.Path == "/oauth/token" {
			_, _ = io.WriteString(w, `{"access_token":"token-1"}`)
			return
		}
		w.WriteHeader(http.StatusNotFound)
	}))
	t.Cleanup(server.Close)
	c := clientOf(t, server)
	read := apiclient.Object{}
	for _, call := range []func(ctx context.Context) error{
		func(ctx context.Context) error { return drop(c.Organization(ctx)) },
		func(ctx context.Context) error { return drop(c.Permissions(ctx)) },
		func(ctx context.Context) error { return drop(c.IntegrationTypes(ctx)) },
		func(ctx context.Context) error { return drop(c.IntegrationType(ctx, "a")) },
		func(ctx context.Context) error { return drop(c.PropertiesSchema(ctx, "a")) },
		func(ctx context.Context) error { return drop(c.CredentialTypes(ctx)) },
		func(ctx context.Context) error { return drop(c.Integrations(ctx)) },
		func(ctx context.Context) error { return drop(c.Integration(ctx, "a")) },
		func(ctx context.Context) error { return drop(c.CreateIntegration(ctx, "a", "b")) },
		func(ctx context.Context) error { return drop(c.EnableIntegration(ctx, "a")) },
		func(ctx context.Context) error { return c.DeleteIntegration(ctx, "a") },
		func(ctx context.Context) error { return drop(c.IntegrationConfig(ctx, "a")) },
		func(ctx context.Context) error {
			return drop(c.UpdateIntegrationConfig(ctx, "a", IntegrationConfig{}))
		},
		func(ctx context.Context) error { return drop(c.Credentials(ctx)) },
		func(ctx context.Context) error { return drop(c.Credential(ctx, "a")) },
		func(ctx context.Context) error { return drop(c.CreateCredential(ctx, NewCredential{})) },
		func(ctx context.Context) error { return drop(c.UpdateCredential(ctx, "a", NewCredential{})) },
		func(ctx context.Context) error { return c.DeleteCredential(ctx, "a") },
		func(ctx context.Context) error { return drop(c.Configurations(ctx)) },
		func(ctx context.Context) error { return drop(c.ConfigurationVersions(ctx, "a")) },
		func(ctx context.Context) error { return drop(c.ConfigurationVersion(ctx, "a", "1")) },
		func(ctx context.Context) error { return drop(c.Draft(ctx, "a")) },
		func(ctx context.Context) error { return drop(c.CreateConfiguration(ctx, NewConfiguration{})) },
		func(ctx context.Context) error { return drop(c.UpdateDraft(ctx, Configuration{ID: "a", raw: read})) },
		func(ctx context.Context) error { return drop(c.Publish(ctx, "a")) },
		func(ctx context.Context) error { return c.DeleteConfiguration(ctx, "a") },
		func(ctx context.Context) error { return drop(c.Deployments(ctx)) },
		func(ctx context.Context) error { return drop(c.Deployment(ctx, "a")) },
		func(ctx context.Context) error { return drop(c.CreateDeployment(ctx, NewDeployment{})) },
		func(ctx context.Context) error { return drop(c.UpdateDeployment(ctx, Deployment{ID: "a", raw: read})) },
		func(ctx context.Context) error { return c.DeleteDeployment(ctx, "a") },
		func(ctx context.Context) error { return drop(c.Flows(ctx)) },
	} {
		err := call(t.Context())
		e, found := apiclient.AsError(err)
		if !found {
			t.Errorf("got %v", err)
			continue
		}
		template := operations[e.Op]
		// A placeholder stands for one segment; configType is "properties".
		pattern := "^" + regexp.MustCompile(`\{[^}]+\}`).ReplaceAllString(template, "[^/]+") + "$"
		assert.Check(t, template != "" && regexp.MustCompile(pattern).MatchString(e.Method+" "+e.Path),
			"%s is %s %s, the vendor's is %q", e.Op, e.Method, e.Path, template)
	}
}
