// Package jsontree reads and changes JSON by the paths of members, such as "profile.name".
package jsontree

import (
	"maps"
	"strconv"
	"strings"
)

// Object is a JSON object.
type Object = map[string]any

// At returns what is at a path and whether it is there. A place in a list is a number.
func At(v any, path string) (found any, there bool) {
	step, below, nested := strings.Cut(path, ".")
	switch in := v.(type) {
	case Object:
		found, there = in[step]
	case []any:
		if n, err := strconv.Atoi(step); err == nil && n >= 0 && n < len(in) {
			found, there = in[n], true
		}
	}
	if nested && there {
		return At(found, below)
	}
	return found, there
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

// Delete takes the member at a path away, if it is there.
func Delete(o Object, path string) {
	if at := strings.LastIndex(path, "."); at >= 0 {
		o, path = Sub(o, path[:at]), path[at+1:]
	}
	delete(o, path)
}

// Merge lays objects on top of each other, member by member, and changes none of them.
func Merge(base Object, over ...Object) Object {
	out := Object{}
	maps.Copy(out, base)
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

func member[T any](o Object, path string) T {
	v, _ := At(o, path)
	out, _ := v.(T)
	return out
}

// Member returns what is at a path; nil: nothing.
func Member(o Object, path string) any { return member[any](o, path) }

// Text returns the text at a path; anything else is empty.
func Text(o Object, path string) string { return member[string](o, path) }

// Sub returns the object at a path; anything else is nil, which reads as empty.
func Sub(o Object, path string) Object { return member[Object](o, path) }

// Flag reports whether true is at a path.
func Flag(o Object, path string) bool { return member[bool](o, path) }

// Whole returns the number at a path without its fraction; anything else is 0.
func Whole(o Object, path string) int { return int(member[float64](o, path)) }

// Texts returns the list of texts at a path; anything else is empty.
func Texts(o Object, path string) []string {
	out, _ := List[string](member[any](o, path))
	return out
}

// Objects returns the list of objects at a path; anything else is empty.
func Objects(o Object, path string) []Object {
	out, _ := List[Object](member[any](o, path))
	return out
}

// List returns a list of nothing but T, and whether v is one.
func List[T any](v any) ([]T, bool) {
	items, ok := v.([]any)
	out := make([]T, len(items))
	for i := range items {
		if out[i], ok = items[i].(T); !ok {
			return nil, false
		}
	}
	return out, ok
}
