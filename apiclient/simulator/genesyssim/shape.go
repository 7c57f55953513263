package genesyssim

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// shape says how a member of a request must look; the zero shape takes anything.
type shape struct {
	kind    string // object, array, string, boolean or integer
	members map[string]shape
	needs   []string // members that must be there
	items   *shape
	allowed []string // values of a string
	min     int      // fewest characters of a string
	max     int      // most characters of a string; 0: any number
}

// check refuses a value that does not fit; path names it in the error.
func check(path string, value any, want shape) error {
	if want.kind == "" {
		return nil
	}
	if got := kindOf(value); got != want.kind {
		return broken(name(path), "must be of type %s", want.kind)
	}
	switch v := value.(type) {
	case object:
		return checkObject(path, v, want)
	case []any:
		for i, item := range v {
			if err := check(fmt.Sprintf("%s[%d]", path, i), item, *want.items); err != nil {
				return err
			}
		}
	case string:
		if want.allowed != nil && !slices.Contains(want.allowed, v) {
			return refuse("invalid.value", v, name(path), "["+strings.Join(want.allowed, ", ")+"]")
		}
		if n := utf8.RuneCountInString(strings.TrimSpace(v)); n < want.min || want.max > 0 && n > want.max {
			return broken(name(path), "size must be between %d and %d", want.min, want.max)
		}
	}
	return nil
}

func checkObject(path string, value object, want shape) error {
	for _, need := range want.needs {
		if _, ok := value[need]; !ok {
			return broken(strings.TrimPrefix(path+"."+need, "."), "must not be null")
		}
	}
	if want.members == nil {
		return nil
	}
	for key, member := range value {
		inner, ok := want.members[key]
		if !ok {
			return refuse("invalid.property", key, name(path))
		}
		if err := check(strings.TrimPrefix(path+"."+key, "."), member, inner); err != nil {
			return err
		}
	}
	return nil
}

func name(path string) string {
	if path == "" {
		return "body"
	}
	return path
}

func kindOf(value any) string {
	switch v := value.(type) {
	case object:
		return "object"
	case []any:
		return "array"
	case string:
		return "string"
	case bool:
		return "boolean"
	case float64:
		if v == float64(int64(v)) {
			return "integer"
		}
		return "number"
	}
	return "null"
}
