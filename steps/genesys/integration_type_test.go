package genesys

import (
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

func TestPickType(t *testing.T) {
	t.Parallel()
	exact := genesys.IntegrationType{ID: "exact", Name: "OpenID Connect messenger configuration"}
	close1 := genesys.IntegrationType{ID: "close", Name: "Messenger Open ID sign-in"}
	described := genesys.IntegrationType{ID: "told", Name: "Anmeldung", Description: "OAuth configuration for Messenger deployments"}
	filed := genesys.IntegrationType{ID: "filed", Name: "Anmeldung", Category: "WebDeployments"}
	dead := genesys.IntegrationType{ID: "dead", Name: guide.IntegrationTypeName, NonInstallable: true}
	other := genesys.IntegrationType{ID: "other", Name: "Data actions"}
	for name, tt := range map[string]struct {
		types  []genesys.IntegrationType
		inUse  map[string]string
		answer string
		want   string
		class  explain.Class
	}{
		"by its name, whatever the case":      {[]genesys.IntegrationType{other, close1, exact}, nil, "", "exact", 0},
		"by a similar name":                   {[]genesys.IntegrationType{other, close1, described}, nil, "", "close", 0},
		"by its description":                  {[]genesys.IntegrationType{other, described}, nil, "", "told", 0},
		"one in use is the best evidence":     {[]genesys.IntegrationType{other, exact}, map[string]string{"other": "Help"}, "", "other", 0},
		"two in use decide nothing":           {[]genesys.IntegrationType{other, exact}, map[string]string{"other": "Help", "exact": "Web"}, "", "exact", 0},
		"one in use that isn't offered":       {[]genesys.IntegrationType{exact}, map[string]string{"gone": "Help"}, "", "exact", 0},
		"an earlier run's that isn't offered": {[]genesys.IntegrationType{exact}, map[string]string{"gone": ""}, "", "gone", 0},
		"one that can't be installed is none": {[]genesys.IntegrationType{dead, other}, nil, "", "", explain.ClassPermission},
		"none":                                {[]genesys.IntegrationType{other}, nil, "", "", explain.ClassPermission},
		"no type at all":                      {nil, nil, "", "", explain.ClassPermission},
		"two of one name":                     {[]genesys.IntegrationType{exact, exact}, nil, "", "", explain.ClassUsage},
		"by its category alone":               {[]genesys.IntegrationType{other, filed}, nil, "", "", explain.ClassUsage},
		"the user's choice":                   {[]genesys.IntegrationType{exact, filed}, map[string]string{"exact": "Help"}, "filed", "filed", 0},
		"the user's choice, not listed":       {[]genesys.IntegrationType{exact}, nil, "hidden", "hidden", 0},
		"from the console's URL":              {[]genesys.IntegrationType{exact}, nil, "https://apps.mypurecloud.de/directory/#/admin/integrations/apps/hidden/0b1c", "hidden", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			answers := guide.NewAnswers()
			if tt.answer != "" {
				assert.NilError(t, answers.Set(guide.IntegrationType, guide.FromUser, tt.answer))
			}
			got, err := pickType(tt.types, tt.inUse, answers)
			if tt.class == 0 {
				assert.NilError(t, err)
				assert.Check(t, is.Equal(got.ID, tt.want), "type")
				return
			}
			assert.Check(t, is.Equal(explain.ExitCode(err), int(tt.class)), "class")
		})
	}
}

// Each candidate comes with what speaks for it, the likeliest first.
func TestTypeQuestionShowsEvidence(t *testing.T) {
	t.Parallel()
	types := []genesys.IntegrationType{
		{ID: "other", Name: "Data actions"},
		{ID: "filed", Name: "Anmeldung", Category: "WebDeployments"},
		{ID: "exact", Name: guide.IntegrationTypeName, Description: "oAuth configuration for Messenger deployments", Category: "WebDeployments"},
	}
	q, likely := typeQuestion(types, map[string]string{"filed": "Help"})
	assert.Check(t, likely)
	assert.Check(t, is.DeepEqual(q.Fixed, []guide.Option{
		{Value: "exact", Label: guide.IntegrationTypeName, Note: "name, description, category"},
		{Value: "filed", Label: "Anmeldung", Note: `used by "Help", category`},
	}), "candidates")
	q, likely = typeQuestion(types[:1], nil)
	assert.Check(t, !likely)
	assert.Check(t, is.Contains(explain.MissingAnswers([]guide.Question{q}).Error(), "--integration-type other"))
	two := []genesys.IntegrationType{{ID: "former", Name: guide.IntegrationTypeName}, {ID: "present", Name: guide.IntegrationTypeName}}
	_, err := pickType(two, nil, guide.NewAnswers())
	assert.Check(t, is.ErrorContains(err, "--integration-type ID"), "nothing speaks for one of them")
	_, err = pickType(two, map[string]string{"present": "Help", "gone": "Web"}, guide.NewAnswers())
	assert.Check(t, is.ErrorContains(err, "--integration-type present"))
	assert.Check(t, is.DeepEqual(q.Fixed, []guide.Option{{Value: "other", Label: "Data actions"}}), "without evidence, all")
}

// fixtures are a type as most are, to be varied.
func fixtures() (genesys.IntegrationType, genesys.Schema, []genesys.CredentialType) {
	return genesys.IntegrationType{ID: "type", Name: guide.IntegrationTypeName, Credentials: map[string]genesys.CredentialSpec{"auth": {Required: true, Types: []string{"oauth"}}}},
		genesys.Schema{Required: []string{"uri"}, Properties: map[string]genesys.SchemaProperty{
			"uri": {Title: "Discovery URI", Type: "string"}, "life": {Title: "Max Refresh Token Lifetime", Type: "integer"},
		}},
		[]genesys.CredentialType{{ID: "basic", Name: "basic"}, {
			ID: "oauth", Name: "oauth", Fields: map[string]genesys.SchemaProperty{"client_id": {}, "clientSecret": {}}, Required: []string{"client_id", "clientSecret"},
		}}
}

func TestDescribe(t *testing.T) {
	t.Parallel()
	kind, schema, fields := fixtures()
	got, raised, err := describe(kind, schema, fields, guide.NewAnswers(), guide.NewAnswers(), nil)
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(got, TypeKeys{
		ID: "type", Name: guide.IntegrationTypeName, DiscoveryKey: "uri", Properties: map[string]Property{},
		CredentialKey: "auth", CredentialType: "oauth", ClientIDField: "client_id", SecretField: "clientSecret",
	}), "keys")
	assert.Check(t, is.Len(raised, 0))
}

// TestDescribeAsks has schemas with what the wizard can't know: each raises a question.
func TestDescribeAsks(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		spoil func(*genesys.IntegrationType, *genesys.Schema, []genesys.CredentialType)
		want  guide.Key // of the question
		value string    // of its answer, until the user gives one
	}{
		"a lifetime": {func(_ *genesys.IntegrationType, s *genesys.Schema, _ []genesys.CredentialType) {
			s.Required = append(s.Required, "life")
		}, "integration-property.life", "86400"},
		"an unknown property": {func(_ *genesys.IntegrationType, s *genesys.Schema, _ []genesys.CredentialType) {
			s.Required = append(s.Required, "tier")
			s.Properties["tier"] = genesys.SchemaProperty{Type: "string"}
		}, "integration-property.tier", ""},
		"two texts, neither a Discovery URI": {func(_ *genesys.IntegrationType, s *genesys.Schema, _ []genesys.CredentialType) {
			s.Required, s.Properties = nil, map[string]genesys.SchemaProperty{"a": {Type: "string"}, "b": {Type: "string"}}
		}, guide.DiscoveryProperty, ""},
		"two required credentials": {func(k *genesys.IntegrationType, _ *genesys.Schema, _ []genesys.CredentialType) {
			k.Credentials["more"] = genesys.CredentialSpec{Required: true, Types: []string{"oauth"}}
		}, guide.CredentialKey, ""},
		"a third required field": {func(_ *genesys.IntegrationType, _ *genesys.Schema, c []genesys.CredentialType) {
			c[1].Required = append(c[1].Required, "tenant")
		}, "credential-fields.tenant", ""},
		"no field for the secret": {func(_ *genesys.IntegrationType, _ *genesys.Schema, c []genesys.CredentialType) {
			c[1].Fields, c[1].Required = map[string]genesys.SchemaProperty{"client_id": {}, "key": {}, "word": {}}, nil
		}, guide.ClientSecretField, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			k, s, c := fixtures()
			tt.spoil(&k, &s, c)
			answers := guide.NewAnswers()
			_, raised, err := describe(k, s, c, answers, guide.NewAnswers(), nil)
			assert.NilError(t, err)
			assert.Assert(t, is.Len(raised, 1))
			assert.Check(t, is.Equal(raised[0].Key, tt.want))
			assert.Check(t, is.Equal(answers.To(raised[0]).Value, tt.value))
			assert.Check(t, is.Equal(unanswered(answers, raised) == nil, tt.value != ""), "whether the run continues")
		})
	}
}

// Fields are known by their keys, their titles, or their format.
func TestDescribeFindsFields(t *testing.T) {
	t.Parallel()
	for name, fields := range map[string]map[string]genesys.SchemaProperty{
		"by key":              {"client_id": {}, "clientSecret": {}},
		"by title":            {"a": {Title: "Client ID"}, "b": {Title: "Client Secret"}},
		"by format":           {"a": {Title: "Client ID"}, "b": {Title: "Passphrase", Format: "password"}},
		"one is what is left": {"a": {Title: "Application"}, "b": {Title: "Client secret"}},
	} {
		kind, schema, types := fixtures()
		types[1].Fields, types[1].Required = fields, nil
		got, raised, err := describe(kind, schema, types, guide.NewAnswers(), guide.NewAnswers(), nil)
		assert.NilError(t, err)
		assert.Check(t, is.Len(raised, 0), name)
		for field := range fields {
			assert.Check(t, field == got.ClientIDField || field == got.SecretField, name)
		}
		assert.Check(t, got.ClientIDField != got.SecretField, name)
	}
}

func TestDescribeRefuses(t *testing.T) {
	t.Parallel()
	for want, spoil := range map[string]func(*genesys.IntegrationType, *genesys.Schema){
		"none of its properties can be a Discovery URI": func(_ *genesys.IntegrationType, s *genesys.Schema) { delete(s.Properties, "uri") },
		"it has no credential":                          func(k *genesys.IntegrationType, _ *genesys.Schema) { k.Credentials = nil },
		`the type of its credential "auth" isn't listed`: func(k *genesys.IntegrationType, _ *genesys.Schema) {
			k.Credentials["auth"] = genesys.CredentialSpec{Types: []string{"gone"}}
		},
	} {
		kind, schema, types := fixtures()
		spoil(&kind, &schema)
		_, _, err := describe(kind, schema, types, guide.NewAnswers(), guide.NewAnswers(), nil)
		assert.Check(t, is.Equal(explain.ExitCode(err), int(explain.ClassFault)))
		assert.Check(t, is.ErrorContains(err, want))
	}
}

// TestFieldProposalsDiffer has two fields that say nothing: the command line in the error has to be one that works.
func TestFieldProposalsDiffer(t *testing.T) {
	t.Parallel()
	kind, schema, fields := fixtures()
	fields[1].Fields = map[string]genesys.SchemaProperty{"left": {Title: "Left"}, "right": {Title: "Right"}}
	fields[1].Required = []string{"left", "right"}
	answers := guide.NewAnswers()
	_, raised, err := describe(kind, schema, fields, answers, guide.NewAnswers(), nil)
	assert.NilError(t, err)
	missing := explain.MissingAnswers(raised).Error()
	assert.Check(t, is.Contains(missing, "--client-secret-field left --client-id-field right"))
	assert.Check(t, is.Contains(missing, "; one of left, right)"))
}

// All types of one name show their IDs. A comma in a configuration's name is no evidence.
func TestTypesOfOneNameShowIDs(t *testing.T) {
	t.Parallel()
	q, _ := typeQuestion([]genesys.IntegrationType{
		{ID: "used", Name: "Anmeldung"},
		{ID: "filed", Name: guide.IntegrationTypeName, Category: category},
		{ID: "other", Name: "Anmeldung", Category: category},
	}, map[string]string{"used": "Help, sales, and returns"})
	var labels []string
	for _, o := range q.Fixed {
		labels = append(labels, o.Label)
	}
	assert.Check(t, is.DeepEqual(labels, []string{guide.IntegrationTypeName, "used", "other"}))
}

func TestOtherRegions(t *testing.T) {
	t.Parallel()
	for region, want := range map[string]string{
		"mypurecloud.de":  "Ireland (mypurecloud.ie), London (euw2.pure.cloud), Zurich (euc2.pure.cloud)",
		"Sydney":          "Mumbai (aps1.pure.cloud), Tokyo (mypurecloud.jp), Seoul (apne2.pure.cloud)",
		"us-west-2":       "US East (mypurecloud.com), Canada (cac1.pure.cloud), São Paulo (sae1.pure.cloud)",
		"api.example.com": "US East (mypurecloud.com), US West (usw2.pure.cloud), Canada (cac1.pure.cloud)",
	} {
		r, _, err := genesys.ParseRegion(region)
		assert.NilError(t, err)
		err = unknownClient(r, &apiclient.Error{Service: apiclient.GenesysCloud, Code: "invalid_client", Summary: "client not found", Host: "h"})
		assert.Check(t, is.ErrorContains(err, "change the region. Try "+want+"."), region)
	}
}
