package answersfile

import (
	"bytes"
	"encoding/json"

	"msgsso-wizard/steps/guide"
)

// object is one of JSON.
type object = map[string]any

// Schema is the JSON Schema of answers files, drawn from the guide's questions.
func Schema() []byte {
	above, own := object{}, object{keyName: object{
		"type": "string", "minLength": 1, "maxLength": longestName, // validators differ in what \pL means in a pattern
		"description": "The site's name, unique in the file. It ends the names of objects that the file doesn't name. Letters and digits, with spaces, dots, hyphens, and underscores inside.",
	}}
	for _, q := range guide.Questions("") {
		if q.Kind == guide.Hidden || q.Confirms() {
			continue
		}
		above[string(q.Key)] = valueSchema(q)
		if !shared[q.Key] {
			own[string(q.Key)] = object{"$ref": "#/properties/" + string(q.Key)}
		}
	}
	above[keySites] = object{
		"type": "array", "minItems": 1, "maxItems": maxSites,
		"description": "Pages or brands that share the orgs. Each has the answers above, and its own instead of them.",
		"items":       object{"type": "object", "additionalProperties": false, "required": []string{keyName}, "properties": own},
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	_ = e.Encode(object{ // maps of texts and numbers can be encoded
		"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Answers for msgsso-wizard",
		"description": "What msgsso-wizard asks, without secrets. Set those as variables, or enter them when asked.",
		"type":        []string{"object", "null"}, "additionalProperties": false, "properties": above,
	})
	return b.Bytes()
}

// valueSchema is the schema of one answer.
func valueSchema(q guide.Question) object {
	one := object{"type": "string", "minLength": 1}
	if q.Numeric() {
		one = object{"type": []string{"string", "integer"}}
	}
	if len(q.Fixed) > 0 {
		var words []string
		for _, o := range q.Fixed {
			words = append(words, o.Spelling())
		}
		one = object{"enum": words}
	}
	s := one
	if q.Several() {
		s = object{"anyOf": []object{one, {"type": "array", "minItems": 1, "maxItems": maxValues, "items": one}}}
	}
	s["title"], s["description"] = q.Label, q.Help
	if q.Default != "" {
		s["default"] = q.Default
	}
	return s
}
