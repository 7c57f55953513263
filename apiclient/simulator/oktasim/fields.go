package oktasim

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
)

// field is one member of a request body, named by its path.
type field struct {
	path     string
	kind     kind
	required bool
	values   []string // the only ones allowed
	min, max int      // length of a text, value of a number, size of a list; max 0: no bound
}

type kind int

const (
	text   kind = iota
	flag        // boolean
	number      // whole
	texts       // list of strings
	list        // list of objects
	tree        // object whose members are fields of their own
	free        // object that is taken as it is
)

// check refuses a body that breaks a field's rule, naming every one that is broken.
func check(fields []field, body object) error {
	var first string
	var causes []string
	for _, f := range fields {
		v, ok := dig(body, f.path)
		problem := ""
		switch {
		case ok:
			problem = f.problem(v)
		case f.required && parentThere(body, f.path):
			problem = "The field cannot be left blank"
		}
		if problem == "" {
			continue
		}
		name := f.path[strings.LastIndex(f.path, ".")+1:]
		if first == "" {
			first = name
		}
		causes = append(causes, name+": "+problem)
	}
	if causes == nil {
		return nil
	}
	return invalid(first, causes...)
}

func (f field) problem(v any) string {
	size, unit := 0, ""
	switch f.kind {
	case text:
		s, ok := v.(string)
		if !ok {
			return "must be a string"
		}
		if f.values != nil && !slices.Contains(f.values, s) {
			return fmt.Sprintf("'%s' is not one of %s", s, strings.Join(f.values, ", "))
		}
		size, unit = len([]rune(s)), "characters"
	case flag:
		if _, ok := v.(bool); !ok {
			return "must be true or false"
		}
		return ""
	case number:
		n, ok := v.(float64)
		if !ok || n != math.Trunc(n) || math.Abs(n) > math.MaxInt32 {
			return "must be a whole number"
		}
		size = int(n)
	case texts:
		items, ok := stringsOf(v)
		if !ok {
			return "must be a list of strings"
		}
		for _, item := range items {
			if f.values != nil && !slices.Contains(f.values, item) {
				return fmt.Sprintf("'%s' is not one of %s", item, strings.Join(f.values, ", "))
			}
		}
		size, unit = len(items), "entries"
	case list:
		items, ok := v.([]any)
		if !ok {
			return "must be a list"
		}
		size, unit = len(items), "entries"
	case tree, free:
		if _, ok := v.(object); !ok {
			return "must be an object"
		}
		return ""
	}
	if size < f.min || f.max > 0 && size > f.max {
		return strings.TrimSpace(fmt.Sprintf("must be %d to %d %s", f.min, f.max, unit))
	}
	return ""
}

// pick copies the members that the fields name; Okta ignores others.
func pick(fields []field, body object) object {
	out := object{}
	for _, f := range fields {
		v, ok := dig(body, f.path)
		if !ok {
			continue
		}
		if f.kind == tree {
			v = object{}
		}
		put(out, f.path, v)
	}
	return out
}

// merge lays over on top of base, object by object.
func merge(base, over object) object {
	out := maps.Clone(base)
	for name, v := range over {
		below, ok1 := base[name].(object)
		above, ok2 := v.(object)
		if ok1 && ok2 {
			v = merge(below, above)
		}
		out[name] = v
	}
	return out
}

func dig(body object, path string) (any, bool) {
	parent, name, nested := strings.Cut(path, ".")
	v, ok := body[parent]
	if !nested {
		return v, ok
	}
	inner, ok := v.(object)
	if !ok {
		return nil, false
	}
	return dig(inner, name)
}

// parentThere keeps a missing object from being reported once for each member that it should have.
func parentThere(body object, path string) bool {
	at := strings.LastIndex(path, ".")
	if at < 0 {
		return true
	}
	v, _ := dig(body, path[:at])
	_, ok := v.(object)
	return ok
}

func put(body object, path string, v any) {
	parent, name, nested := strings.Cut(path, ".")
	if !nested {
		body[parent] = v
		return
	}
	inner, ok := body[parent].(object)
	if !ok {
		inner = object{}
		body[parent] = inner
	}
	put(inner, name, v)
}

func textAt(body object, path string) string {
	v, _ := dig(body, path)
	s, _ := v.(string)
	return s
}

func flagAt(body object, path string) bool {
	v, _ := dig(body, path)
	b, _ := v.(bool)
	return b
}

func textsAt(body object, path string) []string {
	v, _ := dig(body, path)
	items, _ := stringsOf(v)
	return items
}

func stringsOf(v any) ([]string, bool) {
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

func sortedKeys(o object) []string { return slices.Sorted(maps.Keys(o)) }
