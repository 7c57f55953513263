package genesys

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

func TestPickType(t *testing.T) {
	t.Parallel()
	exact := genesys.IntegrationType{ID: "exact", Name: "OpenID Connect messenger configuration"}
	close1 := genesys.IntegrationType{ID: "close", Name: "Messenger Open ID sign-in"}
	described := genesys.IntegrationType{ID: "told", Name: "Anmeldung", Description: "OAuth configuration for Messenger deployments"}
	dead := genesys.IntegrationType{ID: "dead", Name: guide.IntegrationTypeName, NonInstallable: true}
	other := genesys.IntegrationType{ID: "other", Name: "Data actions"}
	for name, tt := range map[string]struct {
		types []genesys.IntegrationType
		inUse []string
		want  string
		class explain.Class
	}{
		"by its name, whatever the case":      {[]genesys.IntegrationType{other, close1, exact}, nil, "exact", 0},
		"by a similar name":                   {[]genesys.IntegrationType{other, close1, described}, nil, "close", 0},
		"by its description":                  {[]genesys.IntegrationType{other, described}, nil, "told", 0},
		"one in use is the best evidence":     {[]genesys.IntegrationType{other, exact}, []string{"other"}, "other", 0},
		"two in use decide nothing":           {[]genesys.IntegrationType{other, exact}, []string{"other", "exact"}, "exact", 0},
		"one in use that isn't offered":       {[]genesys.IntegrationType{exact}, []string{"gone"}, "exact", 0},
		"one that can't be installed is none": {[]genesys.IntegrationType{dead, other}, nil, "", explain.ClassPermission},
		"none":                                {[]genesys.IntegrationType{other}, nil, "", explain.ClassPermission},
		"two of one name":                     {[]genesys.IntegrationType{exact, exact}, nil, "", explain.ClassConflict},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := pickType(tt.types, tt.inUse)
			if tt.class == 0 {
				assert.NilError(t, err)
				assert.Check(t, is.Equal(got.ID, tt.want), "type")
				return
			}
			assert.Check(t, is.Equal(explain.ExitCode(err), int(tt.class)), "class")
		})
	}
}

func TestDescribe(t *testing.T) {
	t.Parallel()
	kind := func() genesys.IntegrationType {
		return genesys.IntegrationType{ID: "type", Name: guide.IntegrationTypeName, Credentials: map[string]genesys.CredentialSpec{"auth": {Required: true, Types: []string{"oauth"}}}}
	}
	schema := func() genesys.Schema {
		return genesys.Schema{Required: []string{"uri"}, Properties: map[string]genesys.SchemaProperty{
			"uri": {Title: "Discovery URI"}, "life": {Title: "Max Refresh Token Lifetime"},
		}}
	}
	fields := func() []genesys.CredentialType {
		return []genesys.CredentialType{{ID: "basic", Name: "basic"}, {ID: "oauth", Name: "oauth", Fields: []string{"client_id", "clientSecret"}, Required: []string{"client_id", "clientSecret"}}}
	}
	got, err := describe(kind(), schema(), fields())
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(got, TypeKeys{
		ID: "type", Name: guide.IntegrationTypeName, DiscoveryKey: "uri", Defaults: map[string]any{},
		CredentialKey: "auth", CredentialType: "oauth", ClientIDField: "client_id", SecretField: "clientSecret",
	}), "keys")

	for name, tt := range map[string]struct {
		spoil func(*genesys.IntegrationType, *genesys.Schema, []genesys.CredentialType)
		want  string
	}{
		"no discovery property": {func(_ *genesys.IntegrationType, s *genesys.Schema, _ []genesys.CredentialType) {
			s.Required, s.Properties = nil, map[string]genesys.SchemaProperty{"life": {}}
		}, "none of its properties is a Discovery URI: life"},
		"another required property": {func(_ *genesys.IntegrationType, s *genesys.Schema, _ []genesys.CredentialType) {
			s.Required = append(s.Required, "life")
		}, `it requires the property "life" (Max Refresh Token Lifetime), which the wizard doesn't support`},
		"no credential": {func(k *genesys.IntegrationType, _ *genesys.Schema, _ []genesys.CredentialType) {
			k.Credentials = nil
		}, "it isn't clear which credential it uses"},
		"two required credentials": {func(k *genesys.IntegrationType, _ *genesys.Schema, _ []genesys.CredentialType) {
			k.Credentials["more"] = genesys.CredentialSpec{Required: true, Types: []string{"oauth"}}
		}, "it isn't clear which credential it uses: auth, more"},
		"a credential type that isn't listed": {func(k *genesys.IntegrationType, _ *genesys.Schema, _ []genesys.CredentialType) {
			k.Credentials["auth"] = genesys.CredentialSpec{Types: []string{"gone"}}
		}, "its credential type isn't in the list of credential types: gone"},
		"a third required field": {func(_ *genesys.IntegrationType, _ *genesys.Schema, c []genesys.CredentialType) {
			c[1].Required = append(c[1].Required, "tenant")
		}, `its credential "oauth" also requires the field "tenant"`},
		"no field for the secret": {func(_ *genesys.IntegrationType, _ *genesys.Schema, c []genesys.CredentialType) {
			c[1].Fields, c[1].Required = []string{"client_id", "key"}, nil
		}, "has no field for a client ID and a client secret"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k, s, c := kind(), schema(), fields()
			tt.spoil(&k, &s, c)
			_, err := describe(k, s, c)
			assert.Check(t, is.Equal(explain.ExitCode(err), int(explain.ClassFault)))
			assert.Check(t, is.ErrorContains(err, tt.want))
		})
	}
}
