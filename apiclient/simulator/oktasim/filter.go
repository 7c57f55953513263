package oktasim

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
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
	member, value string
	holds         func(have, want string) bool
}

// filter is a list of alternatives, each of which is a list of comparisons that must all hold.
type filter [][]term

// parseFilter reads the query parameter of this name; members are those that the list can be filtered by.
func (c *call) parseFilter(parameter string, members ...string) (filter, error) {
	rest := c.r.URL.Query().Get(parameter)
	if rest == "" {
		return nil, nil
	}
	out := filter{nil}
	for rest != "" {
		m := termForm.FindStringSubmatch(rest)
		if m == nil || !slices.Contains(members, m[1]) {
			return nil, invalid(parameter, parameter+": Invalid search criteria.")
		}
		value := m[3]
		if text, err := strconv.Unquote(value); err == nil {
			value = text
		}
		last := len(out) - 1
		out[last] = append(out[last], term{m[1], value, operators[strings.ToLower(m[2])]})
		if strings.EqualFold(m[4], "or") {
			out = append(out, nil)
		}
		rest = m[5]
	}
	return out, nil
}

// holds reports whether the filter lets an item through, whose members get returns.
func (f filter) holds(get func(member string) string) bool {
	if f == nil {
		return true
	}
	return slices.ContainsFunc(f, func(all []term) bool {
		return !slices.ContainsFunc(all, func(t term) bool { return !t.holds(get(t.member), t.value) })
	})
}

// names reports whether the filter asks for this member.
func (f filter) names(member string) bool {
	return slices.ContainsFunc(f, func(all []term) bool {
		return slices.ContainsFunc(all, func(t term) bool { return t.member == member })
	})
}

// startsWith is Okta's search by q.
func startsWith(text, q string) bool {
	return strings.HasPrefix(strings.ToLower(text), strings.ToLower(q))
}

func keep[T any](items []T, wanted func(T) bool) []T {
	var out []T
	for _, item := range items {
		if wanted(item) {
			out = append(out, item)
		}
	}
	return out
}
