package jsontree

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
)

// termForm is one comparison of a filter: member, operator, value.
var termForm = regexp.MustCompile(`(?i)^\s*([a-z_.]+)\s+(eq|ne|gt|ge|lt|le|sw|co)\s+("(?:[^"\\]|\\.)*"|true|false)(?:\s+(and|or)\s+(.+))?\s*$`)

var operators = map[string]func(have, want string) bool{
	"eq": func(have, want string) bool { return have == want },
	"ne": func(have, want string) bool { return have != want },
	"gt": func(have, want string) bool { return have > want },
	"ge": func(have, want string) bool { return have >= want },
	"lt": func(have, want string) bool { return have < want },
	"le": func(have, want string) bool { return have <= want },
	"sw": strings.HasPrefix,
	"co": strings.Contains,
}

type term struct {
	path, value string
	holds       func(have, want string) bool
}

// Filter is a list of alternatives, each of which is a list of comparisons that must all hold.
type Filter [][]term

// ParseFilter reads the filter in the query parameter of this name; members are those that can be compared, and
// alias says where some of them are.
func ParseFilter(parameter, filter string, members []string, alias map[string]string) (Filter, error) {
	if filter == "" {
		return nil, nil
	}
	out := Filter{nil}
	for rest := filter; rest != ""; {
		m := termForm.FindStringSubmatch(rest)
		if m == nil || !slices.Contains(members, m[1]) {
			return nil, refusal.Invalid(parameter, parameter+": Invalid search criteria.")
		}
		value := m[3]
		if text, err := strconv.Unquote(value); err == nil {
			value = text
		}
		last := len(out) - 1
		out[last] = append(out[last], term{cmp.Or(alias[m[1]], m[1]), value, operators[strings.ToLower(m[2])]})
		if strings.EqualFold(m[4], "or") {
			out = append(out, nil)
		}
		rest = m[5]
	}
	return out, nil
}

// Holds reports whether the filter lets a document through. A comparison with a list of objects holds when it does
// for one of them.
func (f Filter) Holds(doc Object) bool {
	if f == nil {
		return true
	}
	return slices.ContainsFunc(f, func(all []term) bool {
		return !slices.ContainsFunc(all, func(t term) bool {
			return !slices.ContainsFunc(textsAt(doc, t.path), func(have string) bool { return t.holds(have, t.value) })
		})
	})
}

// textsAt are the texts at a path through objects and lists of objects; a single empty one where there are none.
func textsAt(v any, path string) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var all []string
		for _, item := range v {
			all = append(all, textsAt(item, path)...)
		}
		return all
	case Object:
		name, below, _ := strings.Cut(path, ".")
		return textsAt(v[name], below)
	}
	return []string{""}
}
