package schema

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
)

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
