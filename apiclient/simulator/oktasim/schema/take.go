// Package schema words what is wrong with the bodies of requests, and reads filters.
package schema

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/shape"
)

// Take returns the members of a body that a shape speaks of. It refuses a body that breaks its rules and names every one
// that is broken.
func Take(want shape.Shape, body jsontree.Object) (jsontree.Object, error) {
	if name := findNull(want, body); name != "" {
		return nil, refusal.Field(name, "The field cannot be null")
	}
	var causes []string
	for p := range want.Problems("", body) {
		if cause := cause(p); p.Rule != shape.Unknown && !slices.Contains(causes, cause) {
			causes = append(causes, cause)
		}
	}
	if causes != nil {
		first, _, _ := strings.Cut(causes[0], ":")
		return nil, refusal.Invalid(first, causes...)
	}
	return want.Known(body), nil
}

var (
	kinds = map[string]string{"string": "a string", "boolean": "true or false", "integer": "a whole number", "object": "an object"}
	units = map[string]string{"string": " characters", "array": " entries"}
)

// cause says what is wrong with a member. An entry of a list is named by the list.
func cause(p shape.Problem) string {
	name, _, entry := strings.Cut(p.Path[strings.LastIndex(p.Path, ".")+1:], "[")
	words := ""
	switch p.Rule {
	case shape.Missing:
		words = "The field cannot be left blank"
	case shape.Value:
		words = fmt.Sprintf("'%s' is not one of %s", p.Value, strings.Join(p.Want.Allowed, ", "))
	case shape.Size:
		words = fmt.Sprintf("must be %d to %d%s", p.Want.Min, p.Want.Max, units[p.Want.Kind])
	case shape.Kind:
		words = "must be " + kinds[p.Want.Kind]
		if p.Want.Items != nil {
			p.Want, entry = *p.Want.Items, true
		}
		if entry {
			words = "must be a list of " + p.Want.Kind + "s"
		}
	}
	return name + ": " + words
}

// findNull returns the name of the first null member that is refused: Okta's definition has none in requests, but
// some are accepted (contract okta.md 1.4), and an object of any members may hold any.
func findNull(want shape.Shape, v any) string {
	switch v := v.(type) {
	case jsontree.Object:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			member := want.Members[name]
			if v[name] == nil && !member.Null {
				return name
			}
			if found := findNull(member, v[name]); found != "" && !member.Open {
				return found
			}
		}
	case []any:
		for _, item := range v {
			if found := findNull(shape.Shape{}, item); found != "" {
				return found
			}
		}
	}
	return ""
}
