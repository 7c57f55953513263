// Package jsontree reads, changes and checks JSON objects by the paths of their members, such as "profile.name".
package jsontree

import (
	"maps"
	"strings"
)

// Object is a JSON object.
type Object = map[string]any

// At returns the member at a path and whether it is there.
func At(o Object, path string) (any, bool) {
	parent, below, nested := strings.Cut(path, ".")
	v, ok := o[parent]
	if !nested {
		return v, ok
	}
	inner, ok := v.(Object)
	if !ok {
		return nil, false
	}
	return At(inner, below)
}

// Put sets the member at a path; objects on the way are made.
func Put(o Object, path string, v any) {
	parent, below, nested := strings.Cut(path, ".")
	if !nested {
		o[parent] = v
		return
	}
	inner, ok := o[parent].(Object)
	if !ok {
		inner = Object{}
		o[parent] = inner
	}
	Put(inner, below, v)
}

// Merge lays objects on top of each other, member by member, and changes none of them.
func Merge(base Object, over ...Object) Object {
	out := maps.Clone(base)
	if out == nil {
		out = Object{}
	}
	for _, o := range over {
		for name, v := range o {
			below, ok1 := out[name].(Object)
			above, ok2 := v.(Object)
			if ok1 && ok2 {
				v = Merge(below, above)
			}
			out[name] = v
		}
	}
	return out
}

// Text returns the text at a path; anything else is empty.
func Text(o Object, path string) string {
	v, _ := At(o, path)
	s, _ := v.(string)
	return s
}

// Flag reports whether true is at a path.
func Flag(o Object, path string) bool {
	v, _ := At(o, path)
	b, _ := v.(bool)
	return b
}

// Whole returns the whole number at a path, whether it came in a body or not; anything else is 0.
func Whole(o Object, path string) int {
	switch v, _ := At(o, path); v := v.(type) {
	case float64:
		return int(v)
	case int:
		return v
	}
	return 0
}

// Texts returns the list of texts at a path; anything else is empty.
func Texts(o Object, path string) []string {
	v, _ := At(o, path)
	items, _ := textsOf(v)
	return items
}

func textsOf(v any) ([]string, bool) {
	items, ok := v.([]any)
	if !ok {
		return nil, false
	}
	out := make([]string, 0, len(items))
	for _, item := range items {
		s, ok := item.(string)
		if !ok {
			return nil, false
		}
		out = append(out, s)
	}
	return out, true
}
