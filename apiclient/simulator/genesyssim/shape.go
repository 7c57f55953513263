package genesyssim

import (
	"cmp"
	_ "embed"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// shape says how a value must look; the zero shape takes anything.
type shape struct {
	kind     string // object, array, string, boolean or integer
	members  map[string]shape
	open     bool     // other members are taken, too
	needs    []string // members that must be there
	items    *shape
	allowed  []string // values of a string
	uri      bool     // a string is a web address
	min, max int      // characters of a string, or bounds of an integer; max 0: any
}

// requestsJSON has the shapes of requests. A key with "!" has to be there, "*" stands for any other, and "any" is what
// the service passes over. The definition requires the name of an integration, the redirectUri next to an ID token
// and the deploymentId of a refresh; the service does not (contract genesys.md 1.3, 4).
//
//go:embed requests.json
var requestsJSON []byte

var requests = shapeOf(simkit.Embedded[object](requestsJSON)).members

// kinds are the words of the notation.
var kinds = map[string]string{"text": "string", "uri": "string", "flag": "boolean", "whole": "integer", "bag": "object"}

// shapeOf reads the notation.
func shapeOf(v any) shape {
	switch v := v.(type) {
	case []any:
		items := shapeOf(v[0])
		return shape{kind: "array", items: &items}
	case object:
		want := shape{kind: "object", members: map[string]shape{}}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			name, needed := strings.CutSuffix(key, "!")
			if needed {
				want.needs = append(want.needs, name)
			}
			want.members[name] = shapeOf(v[key])
		}
		_, want.open = want.members["*"]
		return want
	}
	word, bounds, _ := strings.Cut(v.(string), " ")
	if strings.Contains(word, "|") {
		return shape{kind: "string", allowed: strings.Split(word, "|")}
	}
	want := shape{kind: kinds[word], uri: word == "uri", open: true}
	_, _ = fmt.Sscanf(bounds, "%d..%d", &want.min, &want.max) // there may be none
	return want
}

// settable is what a request sets of an object.
func (want shape) settable(body object) object {
	out := maps.Clone(body)
	maps.DeleteFunc(out, func(key string, _ any) bool { return want.members[key].kind == "" })
	return out
}

// check refuses a value that does not fit; path names it in the error.
func (want shape) check(path string, value any) error {
	name := cmp.Or(path, "body")
	if want.kind != "" && kindOf(value) != want.kind {
		return broken(name, "must be of type %s", want.kind)
	}
	switch v := value.(type) {
	case object:
		return want.checkMembers(path, name, v)
	case []any:
		for i, item := range v {
			if want.items == nil {
				break
			}
			if err := want.items.check(fmt.Sprintf("%s[%d]", path, i), item); err != nil {
				return err
			}
		}
	case float64:
		if want.max > 0 && (int(v) < want.min || int(v) > want.max) {
			return broken(name, "must be between %d and %d", want.min, want.max)
		}
	case string:
		if want.allowed != nil && !slices.Contains(want.allowed, v) {
			return refuse("invalid.value", v, name, listed(want.allowed))
		}
		if n := utf8.RuneCountInString(strings.TrimSpace(v)); n < want.min || want.max > 0 && n > want.max {
			return broken(name, "size must be between %d and %d", want.min, want.max)
		}
		if u, err := url.Parse(v); want.uri && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "") {
			return broken(name, "must be a valid URL")
		}
	}
	return nil
}

func (want shape) checkMembers(path, name string, value object) error {
	at := func(key string) string { return strings.TrimPrefix(path+"."+key, ".") }
	for _, need := range want.needs {
		if _, ok := value[need]; !ok {
			return broken(at(need), "must not be null")
		}
	}
	for key, member := range value {
		inner, ok := want.members[key]
		if !ok && !want.open && want.kind != "" {
			return refuse("invalid.property", key, name)
		}
		if err := inner.check(at(key), member); err != nil {
			return err
		}
	}
	return nil
}

// prune drops null members at every depth: to the service they are as good as absent.
func prune(v any) any {
	switch v := v.(type) {
	case object:
		for key, member := range v {
			if member == nil {
				delete(v, key)
				continue
			}
			v[key] = prune(member)
		}
	case []any:
		for i := range v {
			v[i] = prune(v[i])
		}
	}
	return v
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
