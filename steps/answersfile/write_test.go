package answersfile

import (
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/guide"
)

// TestWrite: what is written is read as the same answers, and nothing else: a default or a find stays a comment.
func TestWrite(t *testing.T) {
	t.Parallel()
	a := guide.NewAnswers()
	for key, values := range map[guide.Key][]string{
		guide.OktaOrg: {"acme.okta.com"}, guide.OktaToken: {"00canaryCanaryCanary"}, guide.AppName: {"Chat: yes # no"},
		guide.RedirectURIs: {"https://a.example/?a=%20", "https://b.example/"}, guide.AssignGroups: {"Sales, EMEA", "- x", "&a", "no", "0123", `"q"`, "Ünï", strings.Repeat("long name ", 9) + "x"},
		guide.GenesysRegion: {"mypurecloud.de"}, guide.GenesysSignIn: {guide.GenesysByBrowser}, guide.CallbackPort: {"8090"},
		guide.GenesysClientID: {"c0ffee00-1111-4222-8333-444455556666"},
		guide.ManualSections:  {"configuration"}, guide.IntegrationProperty: {"tier=gold", "seats=12"},
	} {
		assert.NilError(t, a.Set(key, guide.FromUser, values...), key)
	}
	view := a.Clone()
	view.Found(guide.MessageFlow, "Support")
	text := Write(a, view)
	assert.Check(t, !strings.Contains(text, "canary"), text)
	for _, want := range []string{
		"# API token: set OKTA_CLIENT_TOKEN or OKTA_API_TOKEN, or enter it when asked.\n", "\n# Okta setup\nokta-org: https://acme.okta.com\n",
		"\ncallback-port: 8090\n", "\n# flow: Support  # found\n", "\n# deployment: Web SSO  # default\n", "\n# assign: groups  # default\n",
	} {
		assert.Check(t, is.Contains(text, want))
	}
	read, err := Parse("a.yaml", []byte(text))
	assert.NilError(t, err)
	assert.Check(t, is.DeepEqual(read.Answers.Given(), a.Given()))
	assert.Check(t, is.Equal(Write(read.Answers, view), text))
}

// TestSchema: it has the keys that are read, and their words.
func TestSchema(t *testing.T) {
	t.Parallel()
	var schema struct {
		Properties map[string]struct {
			Enum  []string
			AnyOf []struct{ Enum []string }
			Items struct{ Properties map[string]any }
		}
	}
	assert.NilError(t, json.Unmarshal(Schema(), &schema))
	value := func(q guide.Question) string {
		if len(q.Fixed) > 0 {
			return q.Fixed[0].Spelling()
		}
		for _, text := range []string{q.Example, q.Default, "https://a.example/x", "a.example", "x"} {
			if text != "" && guide.NewAnswers().Set(q.Key, guide.FromFile, text) == nil {
				return text
			}
		}
		return "no value is known"
	}
	for _, q := range guide.Questions("") {
		property, listed := schema.Properties[string(q.Key)]
		line := string(q.Key) + ": " + scalar(q, value(q)) + "\n"
		_, err := Parse("a.yaml", []byte(line))
		assert.Check(t, is.Equal(listed, err == nil), "%s: %v", line, err)
		_, listed = schema.Properties["sites"].Items.Properties[string(q.Key)]
		_, err = Parse("a.yaml", []byte("sites:\n- name: a\n  "+line))
		assert.Check(t, is.Equal(listed, err == nil), "%s in a site: %v", line, err)
		words := property.Enum
		for _, one := range property.AnyOf {
			words = append(words, one.Enum...)
		}
		for _, word := range words {
			_, err := Parse("a.yaml", []byte(string(q.Key)+": "+word+"\n"))
			assert.Check(t, err, "%s of %s", word, q.Key)
		}
	}
	names := slices.Sorted(maps.Keys(schema.Properties))
	for _, name := range names {
		q, ok := guide.QuestionFor(guide.Key(name))
		assert.Check(t, name == "sites" || ok && q.Kind != guide.Hidden, name)
	}
}
