package jsontree

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
)

// Field is one member of a request body. The objects that its path leads through need no field of their own.
type Field struct {
	Path     string
	Kind     Kind
	Required bool
	Null     bool     // null is as good as absent
	Values   []string // the only ones allowed
	Min, Max int      // length of a text, value of a number, size of a list; Max 0: no bound
}

// Kind is what a field holds.
type Kind int

// The kinds of fields. Free is an object that is taken as it is.
const (
	TextKind Kind = iota
	FlagKind
	NumberKind
	TextsKind
	ListKind
	TreeKind
	FreeKind
)

// Take returns the members of a body that fields speak of. It refuses a body that breaks their rules and names
// every one that is broken.
func Take(fields []Field, body Object) (Object, error) {
	if name := findNull(fields, "", body); name != "" {
		return nil, refusal.Invalid(name, name+": The field cannot be null")
	}
	var first string
	var causes []string
	out := Object{}
	for _, f := range fields {
		name, problem := f.broken(body)
		if problem != "" {
			if first == "" {
				first = name
			}
			if cause := name + ": " + problem; !slices.Contains(causes, cause) {
				causes = append(causes, cause)
			}
			continue
		}
		v, there := At(body, f.Path)
		switch {
		case !there || v == nil:
		case f.Kind == TreeKind:
			Put(out, f.Path, Object{})
		default:
			Put(out, f.Path, v)
		}
	}
	if causes != nil {
		return nil, refusal.Invalid(first, causes...)
	}
	return out, nil
}

// broken says what is wrong with the member, or with the object that it is in. A missing object is not reported
// again for each member that it should have.
func (f Field) broken(body Object) (name, problem string) {
	parts := strings.Split(f.Path, ".")
	for at := range parts[:len(parts)-1] {
		v, there := At(body, strings.Join(parts[:at+1], "."))
		if _, ok := v.(Object); there && !ok {
			return parts[at], "must be an object"
		}
		if !there {
			return "", ""
		}
	}
	v, there := At(body, f.Path)
	name = parts[len(parts)-1]
	switch {
	case !there && f.Required:
		return name, "The field cannot be left blank"
	case there && v != nil:
		return name, f.problem(v)
	}
	return name, ""
}

func (f Field) problem(v any) string {
	texts := []string{}
	size, unit := 0, ""
	switch v := v.(type) {
	case string:
		texts, size, unit = []string{v}, len([]rune(v)), "characters"
	case float64:
		size = int(v)
	case []any:
		texts, _ = textsOf(v)
		size, unit = len(v), "entries"
	}
	if !f.Kind.fits(v) {
		return "must be " + kindNames[f.Kind]
	}
	for _, text := range texts {
		if f.Values != nil && !slices.Contains(f.Values, text) {
			return fmt.Sprintf("'%s' is not one of %s", text, strings.Join(f.Values, ", "))
		}
	}
	if size < f.Min || f.Max > 0 && size > f.Max {
		return strings.TrimSpace(fmt.Sprintf("must be %d to %d %s", f.Min, f.Max, unit))
	}
	return ""
}

var kindNames = map[Kind]string{
	TextKind: "a string", FlagKind: "true or false", NumberKind: "a whole number", TextsKind: "a list of strings",
	ListKind: "a list of objects", TreeKind: "an object", FreeKind: "an object",
}

func (k Kind) fits(v any) bool {
	ok := false
	switch k {
	case TextKind:
		_, ok = v.(string)
	case FlagKind:
		_, ok = v.(bool)
	case NumberKind:
		n, isNumber := v.(float64)
		ok = isNumber && n == math.Trunc(n) && math.Abs(n) <= math.MaxInt32
	case TextsKind:
		_, ok = textsOf(v)
	case ListKind:
		items, isList := v.([]any)
		ok = isList && !slices.ContainsFunc(items, func(item any) bool { _, isObject := item.(Object); return !isObject })
	case TreeKind, FreeKind:
		_, ok = v.(Object)
	}
	return ok
}

// findNull returns the name of the first null member that is refused: Okta's definition has none in requests, but
// some are accepted (contract okta.md 1.4), and a free object may hold any.
func findNull(fields []Field, path string, v any) string {
	switch v := v.(type) {
	case Object:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			at := strings.TrimPrefix(path+"."+name, ".")
			known := slices.IndexFunc(fields, func(f Field) bool { return f.Path == at })
			switch {
			case v[name] == nil && (known < 0 || !fields[known].Null):
				return name
			case known >= 0 && fields[known].Kind == FreeKind:
				continue
			}
			if found := findNull(fields, at, v[name]); found != "" {
				return found
			}
		}
	case []any:
		for _, item := range v {
			if found := findNull(fields, path, item); found != "" {
				return found
			}
		}
	}
	return ""
}
