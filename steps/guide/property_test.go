package guide

import (
	"encoding/json"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/genesys"
)

func limit(n float64) *float64 { return &n }

// TestPropertyQuestion turns schemas into questions, and answers into the schema's own kind of value.
func TestPropertyQuestion(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		key     string
		schema  genesys.SchemaProperty
		stored  any
		kind    Kind
		initial string   // the answer before the user gives one
		good    []string // an answer
		json    string   // as it is sent
		bad     string
	}{
		"lifetime":               {"ttl", genesys.SchemaProperty{Title: "Max Refresh Token Lifetime", Type: "integer"}, nil, Text, "86400", []string{"900"}, "900", "a day"},
		"lifetime, short limits": {"ttl", genesys.SchemaProperty{Title: "Max Refresh Token Lifetime", Type: "integer", Minimum: limit(900), Maximum: limit(3600)}, nil, Text, "3600", []string{"900"}, "900", "3601"},
		"lifetime in days":       {"ttl", genesys.SchemaProperty{Title: "Max Refresh Token Lifetime", Type: "integer", Minimum: limit(1), Maximum: limit(90)}, nil, Text, "", []string{"30"}, "30", "91"},
		"lifetime, stored":       {"ttl", genesys.SchemaProperty{Title: "Max Refresh Token Lifetime", Type: "integer"}, json.Number("1800"), Text, "1800", []string{"900"}, "900", "1.5"},
		"lifetime, a default":    {"ttl", genesys.SchemaProperty{Title: "Max Refresh Token Lifetime", Type: "integer", Default: 7776000.0}, nil, Text, "7776000", []string{"900"}, "900", ""},
		"implicit flow":          {"implicitFlowSupport", genesys.SchemaProperty{Type: "boolean", Default: true}, nil, Choice, "false", []string{"True"}, "true", "yes"},
		"implicit flow as text":  {"implicitFlowSupport", genesys.SchemaProperty{Type: "string", Enum: []any{"True", "False"}}, nil, Choice, "False", []string{"true"}, `"True"`, "no"},
		"unknown integer":        {"seats", genesys.SchemaProperty{Type: "integer", Minimum: limit(1), Maximum: limit(5)}, nil, Text, "", []string{"5"}, "5", "6"},
		"unknown number":         {"ratio", genesys.SchemaProperty{Type: "number", Maximum: limit(1)}, nil, Text, "", []string{"0.5"}, "0.5", "2"},
		"number, not as in JSON": {"ratio", genesys.SchemaProperty{Type: "number"}, nil, Text, "", []string{"5"}, "5", "+5"},
		"number that is none":    {"ratio", genesys.SchemaProperty{Type: "number"}, nil, Text, "", []string{"1e3"}, "1e3", "NaN"},
		"unknown text":           {"label", genesys.SchemaProperty{Type: "string", MaxLength: 5}, nil, Text, "", []string{"shop"}, `"shop"`, "branch"},
		"unknown URL":            {"page", genesys.SchemaProperty{Type: "string", Format: "uri"}, nil, Text, "", []string{"https://a.example/"}, `"https://a.example/"`, "a b"},
		"unknown choice":         {"tier", genesys.SchemaProperty{Type: "string", Enum: []any{"gold", "Silver"}}, nil, Choice, "", []string{"silver"}, `"Silver"`, "iron"},
		"choice of numbers":      {"level", genesys.SchemaProperty{Enum: []any{json.Number("1"), json.Number("2")}}, nil, Choice, "", []string{"2"}, "2", "3"},
		"list":                   {"langs", genesys.SchemaProperty{Type: "array", Items: &genesys.SchemaProperty{Type: "string", MaxLength: 2}}, []any{"en"}, Texts, "en", []string{"de", "fr"}, `["de","fr"]`, "deu"},
		"list of choices":        {"langs", genesys.SchemaProperty{Type: "array", Items: &genesys.SchemaProperty{Enum: []any{"en", "de"}}}, nil, Choices, "", []string{"de", "en"}, `["de","en"]`, "fr"},
		"list of anything":       {"tags", genesys.SchemaProperty{Type: "array"}, nil, Texts, "", []string{"a b", "c, d"}, `["a b","c, d"]`, ""},
		"object":                 {"map", genesys.SchemaProperty{Type: "object"}, nil, Text, "", []string{`{"a":1}`}, `{"a":1}`, "a"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := NewAnswers()
			q := PropertyQuestion(IntegrationProperty, tt.key, tt.schema, tt.stored)
			a.Raise(map[StepID][]Question{StepTypeKeys: {q}})
			assert.Check(t, is.Equal(q.Kind, tt.kind), "kind")
			assert.Check(t, is.Equal(q.Join(a.Get(q.Key).Values), tt.initial), "answer before the user gives one")
			assert.Check(t, is.Equal(len(a.Missing(SectionIntegration)) > 0, tt.initial == ""), "missing")
			if tt.bad != "" {
				assert.Check(t, a.Set(q.Key, FromUser, tt.bad) != nil, "%q is no answer", tt.bad)
			}
			values := tt.good
			if q.Several() { // as a user types them on one line
				values = q.Split(q.Join(values))
			}
			assert.NilError(t, a.Set(q.Key, FromUser, values...))
			sent, err := json.Marshal(PropertyJSON(tt.schema, a.Get(q.Key).Values))
			assert.NilError(t, err)
			assert.Check(t, is.Equal(string(sent), tt.json), "what is sent")
			assert.Check(t, is.Len(a.Missing(SectionIntegration), 0))
		})
	}
}

// An earlier run's answer stands in for a default where it still fits. A user's answer comes first.
func TestRemembered(t *testing.T) {
	t.Parallel()
	earlier := NewAnswers()
	earlier.FromRun(map[string][]string{"integration-property": {"tier=iron", "langs=en", "langs=de", "ttl=5"}, "credential-key": {"auth"}})
	credential, _ := QuestionFor(CredentialKey)
	for _, tt := range []struct {
		question Question
		options  []Option
		want     []string
	}{
		{PropertyQuestion(IntegrationProperty, "langs", genesys.SchemaProperty{Type: "array"}, nil), nil, []string{"en", "de"}},
		{PropertyQuestion(IntegrationProperty, "tier", genesys.SchemaProperty{Enum: []any{"iron", "gold"}}, nil), nil, []string{"iron"}},
		{PropertyQuestion(IntegrationProperty, "tier", genesys.SchemaProperty{Enum: []any{"silver", "gold"}}, nil), nil, nil},
		{PropertyQuestion(IntegrationProperty, "ttl", genesys.SchemaProperty{Type: "integer", Minimum: limit(900)}, nil), nil, nil},
		{PropertyQuestion(IntegrationProperty, "other", genesys.SchemaProperty{Type: "string", Default: "x"}, nil), nil, nil},
		{credential, []Option{{Value: "auth"}, {Value: "proxy"}}, []string{"auth"}},
		{credential, []Option{{Value: "proxy"}}, nil},
	} {
		q := tt.question
		if tt.options != nil {
			q.Fixed = tt.options
		}
		q = q.Remembered(earlier)
		assert.Check(t, is.DeepEqual(q.Earlier, tt.want), "%s", q.Key)
		a := NewAnswers()
		if tt.want != nil {
			assert.Check(t, is.Equal(a.To(q).From, FromLastRun))
			assert.NilError(t, a.FromFlags(IntegrationProperty, []string{"tier=mine"}))
			assert.Check(t, q.Label != "tier" || a.To(q).Value == "mine")
		}
	}
}

// TestNamedAnswers gives properties by name, as flags and journals do.
func TestNamedAnswers(t *testing.T) {
	t.Parallel()
	tier := PropertyQuestion(IntegrationProperty, "tier", genesys.SchemaProperty{Type: "string", Enum: []any{"gold", "silver"}}, nil)
	langs := PropertyQuestion(IntegrationProperty, "langs", genesys.SchemaProperty{Type: "array"}, nil)
	secret := PropertyQuestion(CredentialFields, "tenant", genesys.SchemaProperty{}, nil)
	a := NewAnswers()
	assert.NilError(t, a.FromFlags(IntegrationProperty, []string{"tier=silver", "langs=en", "langs=de"}))
	assert.NilError(t, a.Set(CredentialFields, FromEnv, "tenant=canary\nother=x"))
	a.Raise(map[StepID][]Question{StepTypeKeys: {tier, langs, secret}})
	assert.NilError(t, a.Usable(tier, langs, secret))
	assert.Check(t, is.DeepEqual(a.Get(tier.Key), Answer{Value: "silver", Values: []string{"silver"}, From: FromFlag, Given: true}))
	assert.Check(t, is.DeepEqual(a.Get(langs.Key).Values, []string{"en", "de"}))
	assert.Check(t, is.Equal(a.Secret(secret.Key).Reveal(), "canary"))
	assert.Check(t, is.Len(a.Missing(SectionIntegration), 0))

	assert.NilError(t, a.Set(tier.Key, FromUser, "gold"))
	kept := a.Given()
	assert.Check(t, is.DeepEqual(kept, map[string][]string{"integration-property": {"langs=en", "langs=de", "tier=gold"}}), "what a journal keeps")
	resumed := NewAnswers()
	resumed.FromRun(kept)
	resumed.Raise(map[StepID][]Question{StepTypeKeys: {tier, langs}})
	assert.Check(t, is.Equal(resumed.Value(tier.Key), "gold"))
	assert.Check(t, is.Equal(resumed.Get(tier.Key).From, FromLastRun))

	partly := NewAnswers()
	assert.NilError(t, partly.FromFlags(IntegrationProperty, []string{"langs=fr"}))
	partly.FromRun(kept)
	assert.Check(t, is.DeepEqual(partly.Get(langs.Key).Values, []string{"fr"}))
	assert.Check(t, is.Equal(partly.Value(tier.Key), "gold"), "what no flag answers")

	assert.NilError(t, a.FromFlags(IntegrationProperty, []string{"tier=iron"}))
	b := NewAnswers()
	assert.NilError(t, b.FromFlags(IntegrationProperty, []string{"tier=iron"}))
	assert.Check(t, is.ErrorContains(b.Usable(tier), `there is no value "iron"`))
	assert.Check(t, is.ErrorContains(b.FromFlags(IntegrationProperty, []string{"tier"}), "NAME=VALUE"))
}
