package genesyssim

import (
	"fmt"
	"net/url"
	"strings"
)

// property is one property of an integration type's configuration.
type property struct {
	key, title, description string
	kind                    string // string, integer or boolean
	uri                     bool
	required                bool
	min, max                int // of an integer
	fallback                any // shown as the schema's default; never filled in by the service
}

// schemaDocument is the vendor's JsonSchemaDocument.
func schemaDocument(title string, list []property) object {
	properties, required := object{}, []string{}
	for _, p := range list {
		one := object{"type": p.kind, "title": p.title, "description": p.description}
		if p.uri {
			one["format"] = "uri"
		}
		if p.kind == "integer" {
			one["minimum"], one["maximum"] = p.min, p.max
		}
		if p.fallback != nil {
			one["default"] = p.fallback
		}
		properties[p.key] = one
		if p.required {
			required = append(required, p.key)
		}
	}
	return object{
		"$schema": "http://json-schema.org/draft-04/schema#",
		"title":   title, "description": "Configuration of " + title, "type": "object",
		"required": required, "properties": properties,
	}
}

// checkProperties refuses what the type's schema does not allow.
func checkProperties(t *integrationType, values object) error {
	known := map[string]property{}
	for _, p := range t.properties {
		known[p.key] = p
	}
	for key, value := range values {
		p, ok := known[key]
		if !ok {
			return refuse("invalid.property", key, "properties")
		}
		if why := p.wrong(value); why != "" {
			return broken("properties."+key, "%s", why)
		}
	}
	for _, p := range t.properties {
		if _, ok := values[p.key]; p.required && !ok {
			return broken("properties."+p.key, "must not be null")
		}
	}
	return nil
}

// wrong says what is wrong with a value; empty: nothing.
func (p property) wrong(value any) string {
	switch v := value.(type) {
	case string:
		if p.kind != "string" {
			return "must be of type " + p.kind
		}
		if p.required && strings.TrimSpace(v) == "" {
			return "must not be empty"
		}
		if u, err := url.Parse(v); p.uri && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "") {
			return "must be a valid URL"
		}
	case float64:
		if p.kind != "integer" || v != float64(int(v)) {
			return "must be of type " + p.kind
		}
		if int(v) < p.min || int(v) > p.max {
			return fmt.Sprintf("must be between %d and %d", p.min, p.max)
		}
	case bool:
		if p.kind != "boolean" {
			return "must be of type " + p.kind
		}
	default:
		return "must be of type " + p.kind
	}
	return ""
}
