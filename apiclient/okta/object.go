package okta

import (
	"bytes"
	"encoding/json"

	"msgsso-wizard/apiclient"
)

// decodeObject decodes data and keeps each number as it is written, so that it goes back unchanged.
func decodeObject(data []byte) (apiclient.Object, error) {
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var o apiclient.Object
	err := decoder.Decode(&o)
	return o, err
}

// sendable returns a copy of o for a request: without the members that came back null, which a request may
// not carry (contract okta.md 1.4), and without those at the paths in omit.
func sendable(o apiclient.Object, omit [][]string) map[string]any {
	body := withoutNulls(o)
	for _, path := range omit {
		remove(body, path...)
	}
	return body
}

// withoutNulls returns a copy of o without null members and elements, at any depth.
func withoutNulls(o map[string]any) map[string]any {
	kept := make(map[string]any, len(o))
	for name, member := range o {
		if member != nil {
			kept[name] = copied(member)
		}
	}
	return kept
}

// copied is withoutNulls for a value of any kind.
func copied(v any) any {
	switch v := v.(type) {
	case map[string]any:
		return withoutNulls(v)
	case []any:
		kept := make([]any, 0, len(v))
		for _, element := range v {
			if element != nil {
				kept = append(kept, copied(element))
			}
		}
		return kept
	default:
		return v
	}
}

// member returns what is at path, or nil.
func member(o map[string]any, path ...string) any {
	last := len(path) - 1
	for _, name := range path[:last] {
		o, _ = o[name].(map[string]any)
	}
	return o[path[last]]
}

// remove deletes the member at path, if it is there.
func remove(o map[string]any, path ...string) {
	last := len(path) - 1
	for _, name := range path[:last] {
		o, _ = o[name].(map[string]any)
	}
	delete(o, path[last])
}

// set writes value at path and makes the objects on the way where they are missing.
func set(o map[string]any, value any, path ...string) {
	last := len(path) - 1
	for _, name := range path[:last] {
		inner, ok := o[name].(map[string]any)
		if !ok {
			inner = map[string]any{}
			o[name] = inner
		}
		o = inner
	}
	o[path[last]] = value
}

// list makes an absent list and an empty one the same, and never null.
func list(s []string) []string { return append([]string{}, s...) }

// asWritten is values, each as it is spelt in was if it is the cleaned form of an element there.
func asWritten(values []string, was any) []string {
	spelt := map[string]string{}
	elements, _ := was.([]any)
	for _, element := range elements {
		if text, ok := element.(string); ok {
			spelt[apiclient.Clean(text)] = text
		}
	}
	values = list(values)
	for i, value := range values {
		if text, ok := spelt[value]; ok {
			values[i] = text
		}
	}
	return values
}

// plain turns cleaned texts into strings.
func plain(texts []apiclient.Text) []string {
	var s []string
	for _, t := range texts {
		s = append(s, string(t))
	}
	return s
}
