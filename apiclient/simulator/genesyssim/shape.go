package genesyssim

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// shape says how a value must look; the zero shape takes anything.
type shape struct {
	kind     string // object, array, string, boolean or integer
	members  members
	needs    []string // members that must be there
	items    *shape
	allowed  []string // values of a string
	uri      bool     // a string is a web address
	min, max int      // characters of a string, or bounds of an integer; max 0: any

	title, description string // what a schema shows besides
	fallback           any    // the same; never filled in by the service
}

type members = map[string]shape

func has(m members, needs ...string) shape { return shape{kind: "object", members: m, needs: needs} }
func listOf(item shape) shape              { return shape{kind: "array", items: &item} }
func oneOf(values ...string) shape         { return shape{kind: "string", allowed: values} }

// readOnly adds members that a request may carry and the service passes over.
func readOnly(m members, names ...string) members {
	out := maps.Clone(m)
	for _, n := range names {
		out[n] = shape{}
	}
	return out
}

// check refuses a value that does not fit; path names it in the error.
func check(path string, value any, want shape) error {
	if want.kind == "" {
		return nil
	}
	if kindOf(value) != want.kind {
		return broken(name(path), "must be of type %s", want.kind)
	}
	switch v := value.(type) {
	case object:
		return checkObject(path, v, want)
	case []any:
		for i, item := range v {
			if err := check(fmt.Sprintf("%s[%d]", path, i), item, *want.items); err != nil {
				return err
			}
		}
	case float64:
		if want.max > 0 && (int(v) < want.min || int(v) > want.max) {
			return broken(name(path), "must be between %d and %d", want.min, want.max)
		}
	case string:
		if want.allowed != nil && !slices.Contains(want.allowed, v) {
			return refuse("invalid.value", v, name(path), listed(want.allowed))
		}
		if n := utf8.RuneCountInString(strings.TrimSpace(v)); n < want.min || want.max > 0 && n > want.max {
			return broken(name(path), "size must be between %d and %d", want.min, want.max)
		}
		if u, err := url.Parse(v); want.uri && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "") {
			return broken(name(path), "must be a valid URL")
		}
	}
	return nil
}

func checkObject(path string, value object, want shape) error {
	for _, need := range want.needs {
		if _, ok := value[need]; !ok {
			return broken(strings.TrimPrefix(path+"."+need, "."), "must not be null")
		}
	}
	if want.members == nil {
		return nil
	}
	for key, member := range value {
		inner, ok := want.members[key]
		if !ok {
			return refuse("invalid.property", key, name(path))
		}
		if err := check(strings.TrimPrefix(path+"."+key, "."), member, inner); err != nil {
			return err
		}
	}
	return nil
}

func name(path string) string {
	if path == "" {
		return "body"
	}
	return path
}

func kindOf(value any) string {
	switch v := value.(type) {
	case object:
		return "object"
	case []any:
		return "array"
	case string:
		return "string"
	case bool:
		return "boolean"
	case float64:
		if v == float64(int64(v)) {
			return "integer"
		}
		return "number"
	}
	return "null"
}

// schema is a shape as the vendor's JsonSchemaDocument.
func (want shape) schema(title string) object {
	properties := object{}
	for key, p := range want.members {
		one := object{"type": p.kind, "title": p.title, "description": p.description}
		if p.uri {
			one["format"] = "uri"
		}
		if p.max > 0 {
			one["minimum"], one["maximum"] = p.min, p.max
		}
		if p.fallback != nil {
			one["default"] = p.fallback
		}
		properties[key] = one
	}
	return object{
		"$schema": "http://json-schema.org/draft-04/schema#",
		"title":   title, "description": "Configuration of " + title, "type": "object",
		"required": append([]string{}, want.needs...), "properties": properties,
	}
}
