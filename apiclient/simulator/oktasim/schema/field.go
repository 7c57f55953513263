// Package schema checks the bodies of requests, and reads filters.
package schema

import (
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
)

// Field is one member of a request body. The objects that its path leads through need no separate field.
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

var kinds = [...]struct {
	name string
	fits func(any) bool
}{
	TextKind: {"a string", is[string]}, FlagKind: {"true or false", is[bool]}, NumberKind: {"a whole number", isWhole},
	TextsKind: {"a list of strings", isList[string]}, ListKind: {"a list of objects", isList[jsontree.Object]},
	TreeKind: {"an object", is[jsontree.Object]}, FreeKind: {"an object", is[jsontree.Object]},
}

func is[T any](v any) bool     { _, ok := v.(T); return ok }
func isList[T any](v any) bool { _, ok := jsontree.List[T](v); return ok }

func isWhole(v any) bool {
	n, ok := v.(float64)
	return ok && n == math.Trunc(n) && math.Abs(n) <= math.MaxInt32
}

// Fields are members of a kind that have no other rule.
func Fields(kind Kind, paths ...string) []Field {
	out := make([]Field, len(paths))
	for i, path := range paths {
		out[i] = Field{Path: path, Kind: kind}
	}
	return out
}

// Take returns the members of a body that fields speak of. It refuses a body that breaks their rules and names
// every one that is broken.
func Take(fields []Field, body jsontree.Object) (jsontree.Object, error) {
	if name := findNull(fields, "", body); name != "" {
		return nil, refusal.Field(name, "The field cannot be null")
	}
	var causes []string
	out := jsontree.Object{}
	for _, f := range fields {
		cause, v := f.read(body)
		switch {
		case cause != "" && !slices.Contains(causes, cause):
			causes = append(causes, cause)
		case v != nil && f.Kind == TreeKind:
			jsontree.Put(out, f.Path, jsontree.Object{})
		case v != nil:
			jsontree.Put(out, f.Path, v)
		}
	}
	if causes != nil {
		first, _, _ := strings.Cut(causes[0], ":")
		return nil, refusal.Invalid(first, causes...)
	}
	return out, nil
}

// read returns the member, or what is wrong with it or with the object that it is in. A missing object is not reported
// again for each member that it should have.
func (f Field) read(body jsontree.Object) (string, any) {
	for name, rest, nested := strings.Cut(f.Path, "."); ; name, rest, nested = strings.Cut(rest, ".") {
		v, there := body[name]
		inner, isObject := v.(jsontree.Object)
		problem := ""
		switch {
		case nested && isObject:
			body = inner
			continue
		case nested && there:
			problem = "must be an object"
		case !there && !nested && f.Required:
			problem = "The field cannot be left blank"
		case v != nil:
			problem = f.problem(v)
		}
		if problem != "" {
			return name + ": " + problem, nil
		}
		return "", v
	}
}

func (f Field) problem(v any) string {
	var texts []string
	size, unit := 0, ""
	switch v := v.(type) {
	case string:
		texts, size, unit = []string{v}, utf8.RuneCountInString(v), " characters"
	case float64:
		size = int(v)
	case []any:
		texts, _ = jsontree.List[string](v)
		size, unit = len(v), " entries"
	}
	if kind := kinds[f.Kind]; !kind.fits(v) {
		return "must be " + kind.name
	}
	for _, text := range texts {
		if f.Values != nil && !slices.Contains(f.Values, text) {
			return fmt.Sprintf("'%s' is not one of %s", text, strings.Join(f.Values, ", "))
		}
	}
	if size < f.Min || f.Max > 0 && size > f.Max {
		return fmt.Sprintf("must be %d to %d%s", f.Min, f.Max, unit)
	}
	return ""
}

// findNull returns the name of the first null member that is refused: Okta's definition has none in requests, but
// some are accepted (contract okta.md 1.4), and a free object may hold any.
func findNull(fields []Field, path string, v any) string {
	switch v := v.(type) {
	case jsontree.Object:
		for _, name := range slices.Sorted(maps.Keys(v)) {
			at := strings.TrimPrefix(path+"."+name, ".")
			var known Field
			if i := slices.IndexFunc(fields, func(f Field) bool { return f.Path == at }); i >= 0 {
				known = fields[i]
			}
			if v[name] == nil && !known.Null {
				return name
			}
			if found := findNull(fields, at, v[name]); found != "" && known.Kind != FreeKind {
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

// termForm is one comparison of a filter: member, operator, value. No client of the simulator uses other operators.
var termForm = regexp.MustCompile(`(?i)^\s*([a-z_.]+)\s+(eq|sw)\s+("(?:[^"\\]|\\.)*")(?:\s+(and|or)\s+(.+))?\s*$`)

type term struct {
	path, value string
	begins      bool // the value is the beginning
}

// Filter is a list of alternatives, each of which is a list of comparisons that must all hold.
type Filter [][]term

// ParseFilter reads the filter in the query parameter of this name; members are those that can be compared.
func ParseFilter(parameter, filter string, members []string) (Filter, error) {
	out := Filter{nil}
	for rest := filter; rest != ""; {
		m := termForm.FindStringSubmatch(rest)
		if m == nil || !slices.Contains(members, m[1]) {
			return nil, refusal.Field(parameter, "Invalid search criteria.")
		}
		value, err := strconv.Unquote(m[3])
		if err != nil {
			value = m[3]
		}
		last := len(out) - 1
		out[last] = append(out[last], term{m[1], value, strings.EqualFold(m[2], "sw")})
		if strings.EqualFold(m[4], "or") {
			out = append(out, nil)
		}
		rest = m[5]
	}
	return out, nil
}

// Holds reports whether the filter lets a document through.
func (f Filter) Holds(doc jsontree.Object) bool {
	return slices.ContainsFunc(f, func(all []term) bool {
		return !slices.ContainsFunc(all, func(t term) bool { return !t.holds(doc) })
	})
}

// holds compares the text at the term's path. With a list of objects on the way, one of them is enough.
func (t term) holds(v any) bool {
	switch v := v.(type) {
	case []any:
		return slices.ContainsFunc(v, t.holds)
	case jsontree.Object:
		name, below, _ := strings.Cut(t.path, ".")
		return term{below, t.value, t.begins}.holds(v[name])
	}
	text, _ := v.(string)
	return text == t.value || t.begins && strings.HasPrefix(text, t.value)
}
