package guide

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"msgsso-wizard/apiclient/address"
	"msgsso-wizard/apiclient/genesys"
)

// soundProperties are the required properties whose meaning is known although their names are not documented, each with
// a value (contract genesys.md 1.2). One that the schema refuses is not proposed.
var soundProperties = []struct {
	words *regexp.Regexp
	value func(genesys.SchemaProperty) string
}{
	{regexp.MustCompile(`(?i)refresh.*token.*(life|ttl|seconds|expir)|refresh.*(life|ttl).*token`), refreshLifetime},
	{regexp.MustCompile(`(?i)implicit.*(flow|grant)`), func(genesys.SchemaProperty) string { return "false" }},
}

// The console takes any lifetime from 15 minutes to 90 days, in seconds. A day is what the wizard proposes.
const (
	shortestLifetime, longestLifetime = 900, 7776000
	proposedLifetime                  = 86400
)

func refreshLifetime(p genesys.SchemaProperty) string {
	if p.Default != nil {
		return jsonText(p.Default)
	}
	seconds := float64(proposedLifetime)
	if p.Minimum != nil {
		seconds = max(seconds, *p.Minimum)
	}
	if p.Maximum != nil {
		seconds = min(seconds, *p.Maximum)
	}
	if seconds < shortestLifetime || seconds > longestLifetime {
		return "" // other units
	}
	return jsonText(seconds)
}

// PropertyQuestion is the question for a property that a vendor's schema describes. Its answer is the stored value (nil:
// none), a sound one, or the schema's default, until the user gives another.
func PropertyQuestion(group Key, name string, p genesys.SchemaProperty, stored any) Question {
	q := Question{
		Key: group.Named(name), Section: SectionIntegration, Learned: true, Needed: true, Kind: groups[group],
		Label: cmp.Or(p.Title, name), Example: example(p),
		Help: strings.TrimSpace(strings.TrimRight(cmp.Or(p.Description, "Required by this integration type"), ". ") + ". " + limits(p)),
		Parse: func(raw string) (string, string, error) {
			value, err := propertyValue(p, raw)
			return jsonText(value), "", err
		},
	}
	if q.Kind == Hidden {
		return q
	}
	one := p
	if p.Type == "array" {
		q.Kind, one = Texts, item(p)
		q.Parse = func(raw string) (string, string, error) {
			value, err := propertyValue(one, raw)
			return jsonText(value), "", err
		}
	}
	if q.Fixed = choices(one); q.Fixed != nil {
		q.Kind = map[bool]Kind{false: Choice, true: Choices}[p.Type == "array"]
	}
	q.Default = cmp.Or(q.textOf(stored), sound(q, name, p), q.textOf(p.Default))
	return q
}

// sound is the value of a property whose meaning is known; empty: it isn't.
func sound(q Question, name string, p genesys.SchemaProperty) string {
	for _, known := range soundProperties {
		if known.words.MatchString(name) || known.words.MatchString(p.Title) {
			value, _, err := q.Parse(known.value(p))
			return map[bool]string{true: value}[err == nil]
		}
	}
	return ""
}

// textOf is a value of JSON as an answer to the question; empty: there is none.
func (q Question) textOf(value any) string {
	list, ok := value.([]any)
	if !ok {
		return jsonText(value)
	}
	var texts []string
	for _, one := range list {
		texts = append(texts, jsonText(one))
	}
	return q.Join(texts)
}

// PropertyJSON is an answer as the schema's own kind of value.
func PropertyJSON(p genesys.SchemaProperty, values []string) any {
	if p.Type != "array" {
		value, _ := propertyValue(p, values[0]) // it was parsed when it was answered
		return value
	}
	list := []any{}
	for _, text := range values {
		value, _ := propertyValue(item(p), text)
		list = append(list, value)
	}
	return list
}

func item(p genesys.SchemaProperty) genesys.SchemaProperty {
	if p.Items == nil {
		return genesys.SchemaProperty{}
	}
	return *p.Items
}

// choices are the values among which the schema has the user choose; nil: it takes others.
func choices(p genesys.SchemaProperty) []Option {
	var options []Option
	for _, value := range p.Enum {
		options = append(options, Option{Value: jsonText(value), Label: jsonText(value)})
	}
	if p.Type == "boolean" && options == nil {
		options = []Option{{Value: "true", Label: "True"}, {Value: "false", Label: "False"}}
	}
	return options
}

// propertyValue reads one value, and refuses what the schema would.
func propertyValue(p genesys.SchemaProperty, text string) (any, error) {
	text = strings.TrimSpace(text)
	if len(p.Enum) > 0 {
		i := slices.IndexFunc(p.Enum, func(value any) bool { return strings.EqualFold(jsonText(value), text) })
		if i < 0 {
			return nil, fmt.Errorf("there is no value %q. Choose %s", clip(text), allowed(p))
		}
		return p.Enum[i], nil
	}
	switch p.Type {
	case "boolean":
		value, err := strconv.ParseBool(strings.ToLower(text))
		if err != nil {
			err = fmt.Errorf("%q isn't true or false", clip(text))
		}
		return value, err
	case "integer", "number":
		return number(p, text)
	case "object", "array":
		var value any
		if err := json.Unmarshal([]byte(text), &value); err != nil {
			return nil, errors.New("the value isn't JSON")
		}
		return value, nil
	}
	n := utf8.RuneCountInString(text)
	if n < max(1, p.MinLength) || p.MaxLength > 0 && n > p.MaxLength {
		return nil, fmt.Errorf("the value has %d characters. %s", n, limits(p))
	}
	if p.Format == "uri" || p.Format == "url" {
		if _, err := address.Parse(text); err != nil {
			return nil, fmt.Errorf("%q isn't a URL", clip(text))
		}
	}
	return text, nil
}

func number(p genesys.SchemaProperty, text string) (any, error) {
	n, err := strconv.ParseFloat(text, 64)
	if whole := float64(int64(n)); err != nil || !json.Valid([]byte(text)) || p.Type == "integer" && n != whole {
		return nil, fmt.Errorf("%q isn't a number that fits. %s", clip(text), cmp.Or(limits(p), "Enter a whole number."))
	}
	if p.Minimum != nil && n < *p.Minimum || p.Maximum != nil && n > *p.Maximum {
		return nil, fmt.Errorf("%s is out of range. %s", text, limits(p))
	}
	return json.Number(text), nil
}

// limits say in a sentence what the schema takes; empty: anything of its kind.
func limits(p genesys.SchemaProperty) string {
	switch {
	case len(p.Enum) > 0 || p.Type == "boolean":
		return ""
	case p.Type == "array" && p.Items != nil:
		return limits(*p.Items)
	case p.Minimum != nil && p.Maximum != nil:
		return "From " + jsonText(*p.Minimum) + " to " + jsonText(*p.Maximum) + "."
	case p.Minimum != nil:
		return "At least " + jsonText(*p.Minimum) + "."
	case p.Maximum != nil:
		return "At most " + jsonText(*p.Maximum) + "."
	case p.MaxLength > 0:
		return fmt.Sprintf("From %d to %d characters.", max(1, p.MinLength), p.MaxLength)
	case p.MinLength > 1:
		return fmt.Sprintf("At least %d characters.", p.MinLength)
	case p.Type == "object":
		return "As JSON."
	}
	return ""
}

func allowed(p genesys.SchemaProperty) string {
	var words []string
	for _, value := range p.Enum {
		words = append(words, jsonText(value))
	}
	return strings.Join(words, ", ")
}

// example is a value that the schema takes.
func example(p genesys.SchemaProperty) string {
	switch {
	case p.Type == "array":
		return example(item(p))
	case len(p.Enum) > 0:
		return jsonText(p.Enum[0])
	case p.Type == "boolean":
		return "true"
	case p.Minimum != nil:
		return jsonText(*p.Minimum)
	case p.Type == "integer" || p.Type == "number":
		return "1"
	case p.Type == "object":
		return "{}"
	case p.Format == "uri" || p.Format == "url":
		return "https://www.example.com/"
	}
	return ""
}

// jsonText is a value of JSON as users read and write it: a text without quotation marks; empty: there is none.
func jsonText(value any) string {
	switch v := value.(type) {
	case nil:
		return ""
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	text, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(text)
}

// consoleIntegration is the fragment of the console's address of an integration: it names the type and the integration
// (contract genesys.md 1.1).
var consoleIntegration = regexp.MustCompile(`/admin/integrations/apps/([^/?#\s]+)(?:/([^/?#\s]+))?`)

// fromConsole reads a part of a pasted address; empty: it is no such address.
func fromConsole(raw string, part int) string {
	found := consoleIntegration.FindStringSubmatch(raw)
	if found == nil {
		return ""
	}
	name, err := url.PathUnescape(found[part])
	if err != nil {
		return ""
	}
	return name
}

// parseIntegration also takes the console's address of an integration.
func parseIntegration(raw string) (string, string, error) {
	if id := fromConsole(raw, 2); id != "" {
		return id, "That was the console's URL; the integration's ID is " + clip(id) + ".", nil
	}
	return parseName("integration name")(raw)
}

// parseIntegrationType reads the ID of a type, or the console's address of an integration of it.
func parseIntegrationType(raw string) (string, string, error) {
	if id := fromConsole(raw, 1); id != "" {
		return id, "That was the console's URL; the type's ID is " + clip(id) + ".", nil
	}
	if _, _, err := parseWord("type ID")(raw); err != nil {
		return "", "", fmt.Errorf("%q isn't the ID of a type, or the URL of an integration in the console", clip(raw))
	}
	return raw, "", nil
}
