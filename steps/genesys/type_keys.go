package genesys

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/mark"
)

// words are what a name or a title says.
var (
	discoveryWords = regexp.MustCompile(`(?i)discovery|well.?known`)
	clientIDWords  = regexp.MustCompile(`(?i)client.?id`)
	secretWords    = regexp.MustCompile(`(?i)client.?secret`)
)

// described is what a schema says of some names.
type described map[string]genesys.SchemaProperty

// keep returns those that a test accepts.
func (d described) keep(test func(name string, p genesys.SchemaProperty) bool) described {
	out := maps.Clone(d)
	maps.DeleteFunc(out, func(name string, p genesys.SchemaProperty) bool { return !test(name, p) })
	return out
}

// says accepts a name or a title with these words.
func says(words *regexp.Regexp) func(string, genesys.SchemaProperty) bool {
	return func(name string, p genesys.SchemaProperty) bool {
		return words.MatchString(name) || words.MatchString(p.Title)
	}
}

func hasFormat(format string) func(string, genesys.SchemaProperty) bool {
	return func(_ string, p genesys.SchemaProperty) bool { return p.Format == format }
}

// describer finds names in a type's schemas, and collects the questions for those that only the user knows.
type describer struct {
	answers *guide.Answers
	earlier *guide.Answers       // those of earlier runs in this organization
	stored  map[guide.Key]string // the names that an earlier run's integration uses
	raised  []guide.Question
}

// find returns the name that the user chose, else the one that is used, else the one that alone passes the first of the
// tests that any passes. Else it asks; what an earlier run was answered stands until the user says otherwise.
func (d *describer) find(key guide.Key, among described, tests ...func(string, genesys.SchemaProperty) bool) string {
	answer := d.answers.Get(key)
	if _, ok := among[answer.Value]; ok && answer.Given {
		d.ask(key, among)
		return answer.Value
	}
	if _, ok := among[d.stored[key]]; ok && !answer.Given {
		return d.stored[key]
	}
	for _, test := range tests {
		switch fit := slices.Sorted(maps.Keys(among.keep(test))); {
		case len(fit) == 1 && !answer.Given:
			return fit[0]
		case len(fit) > 1: // these are what the user chooses from
			among = among.keep(test)
		}
	}
	return d.ask(key, among)
}

// ask returns the answer of an earlier run, if there is one.
func (d *describer) ask(key guide.Key, among described) string {
	q, _ := guide.QuestionFor(key)
	for _, name := range slices.Sorted(maps.Keys(among)) {
		note := ""
		if among[name].Title != "" && among[name].Title != name {
			note = name
		}
		q.Fixed = append(q.Fixed, guide.Option{Value: name, Label: cmp.Or(among[name].Title, name), Note: note})
	}
	q = q.Remembered(d.earlier)
	d.raised = append(d.raised, q)
	return strings.Join(q.Earlier, "")
}

// askValue asks for a value that the type requires.
func (d *describer) askValue(group guide.Key, name string, p genesys.SchemaProperty, stored any) guide.Question {
	q := guide.PropertyQuestion(group, name, p, stored)
	if stored == nil {
		q = q.Remembered(d.earlier)
	}
	d.raised = append(d.raised, q)
	return q
}

// describe reads a type's keys out of its schema, its credentials and the credential types. What isn't known is asked.
// stored are the settings of the integration that the answers name; nil: it doesn't exist.
func describe(t genesys.IntegrationType, schema genesys.Schema, credentialTypes []genesys.CredentialType, answers, earlier *guide.Answers, stored *genesys.IntegrationConfig) (TypeKeys, []guide.Question, error) {
	kind := TypeKeys{ID: t.ID, Name: t.Name, Properties: map[string]Property{}, MaxInstances: t.MaxInstances}
	d := &describer{answers: answers, earlier: earlier}
	if stored == nil {
		stored = &genesys.IntegrationConfig{}
	}
	if mark.Has(stored.Notes) {
		d.stored = storedNames(*stored)
	}
	texts := described(schema.Properties).keep(func(_ string, p genesys.SchemaProperty) bool {
		return (p.Type == "" || p.Type == "string") && len(p.Enum) == 0
	})
	if len(texts) == 0 {
		return kind, nil, unknownKeys(t, "none of its properties can be a Discovery URI")
	}
	kind.DiscoveryKey = d.find(guide.DiscoveryProperty, texts, says(discoveryWords), hasFormat("uri"))
	answered := answers.NamesIn(guide.IntegrationProperty)
	for _, name := range answered {
		if _, known := schema.Properties[name]; !known {
			return kind, nil, noSuchProperty(t, name, schema)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(schema.Properties)) {
		if key != kind.DiscoveryKey && kind.DiscoveryKey != "" && (slices.Contains(schema.Required, key) || slices.Contains(answered, key)) {
			q := d.askValue(guide.IntegrationProperty, key, schema.Properties[key], stored.Properties[key])
			if a := answers.To(q); a.Given {
				kind.Properties[key] = Property{guide.PropertyJSON(schema.Properties[key], a.Values), a.From > guide.FromOrg}
			}
		}
	}
	err := kind.takeCredential(t, credentialTypes, d, stored.Credentials)
	return kind, d.raised, err
}

// takeCredential finds the key under which the integration keeps its credential: the only one, the only required one, or
// what the user chose.
func (k *TypeKeys) takeCredential(t genesys.IntegrationType, credentialTypes []genesys.CredentialType, d *describer, stored map[string]string) error {
	specs := described{}
	for key, spec := range t.Credentials {
		specs[key] = genesys.SchemaProperty{Title: spec.Title}
	}
	k.CredentialKey = d.find(guide.CredentialKey, specs,
		func(string, genesys.SchemaProperty) bool { return len(specs) == 1 },
		func(key string, _ genesys.SchemaProperty) bool { return t.Credentials[key].Required })
	if k.CredentialKey == "" {
		if len(specs) == 0 {
			return unknownKeys(t, "it has no credential")
		}
		return nil
	}
	types := t.Credentials[k.CredentialKey].Types
	i := slices.IndexFunc(credentialTypes, func(c genesys.CredentialType) bool {
		return slices.Contains(types, c.Name) || slices.Contains(types, c.ID)
	})
	if i < 0 {
		return unknownKeys(t, fmt.Sprintf("the type of its credential %q isn't listed", k.CredentialKey))
	}
	k.CredentialType = credentialTypes[i].Name
	asked := len(d.raised)
	k.takeFields(credentialTypes[i], d)
	if stored[k.CredentialKey] != "" {
		k.IfReplaced, d.raised = slices.Clone(d.raised[asked:]), d.raised[:asked]
	}
	return nil
}

// takeFields finds the credential's fields for the client ID and the client secret, and asks for others that it requires.
func (k *TypeKeys) takeFields(c genesys.CredentialType, d *describer) {
	fields := described(maps.Clone(c.Fields))
	if fields == nil {
		fields = described{}
	}
	for _, name := range c.Required {
		fields[name] = c.Fields[name]
	}
	k.SecretField = d.find(guide.ClientSecretField, fields, says(secretWords), hasFormat("password"))
	rest := fields.keep(func(name string, _ genesys.SchemaProperty) bool { return name != k.SecretField })
	k.ClientIDField = d.find(guide.ClientIDField, rest, says(clientIDWords), func(string, genesys.SchemaProperty) bool { return k.SecretField != "" && len(rest) == 1 })
	if k.SecretField == "" && k.ClientIDField == "" { // what an error proposes for the two has to differ
		id := &d.raised[len(d.raised)-1]
		id.Fixed = slices.Concat(id.Fixed[1:], id.Fixed[:1])
	}
	if k.SecretField == "" || k.ClientIDField == "" {
		return
	}
	for _, name := range c.Required {
		if name != k.ClientIDField && name != k.SecretField {
			k.OtherFields = append(k.OtherFields, name)
			d.askValue(guide.CredentialFields, name, fields[name], nil)
		}
	}
}

func noSuchProperty(t genesys.IntegrationType, name string, schema genesys.Schema) error {
	var names string
	for i, key := range slices.Sorted(maps.Keys(schema.Properties)) {
		names += map[bool]string{true: "", false: ", "}[i == 0] + key
	}
	return explain.New(explain.ClassUsage, guide.IntegrationProperty,
		fmt.Sprintf("The integration type %q has no property %q.", t.Name, name), "Its properties are "+names+".")
}

func unknownKeys(t genesys.IntegrationType, what string) error {
	return explain.New(explain.ClassFault, guide.IntegrationType,
		fmt.Sprintf("The integration type %q (%s) isn't what the wizard expects: %s.", t.Name, t.ID, what),
		"Choose another type, or set up the integration in the console ("+guide.PathIntegrations+") and choose it.")
}
