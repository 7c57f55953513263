// Package shape checks the bodies of requests. What they look like is a file of text; each service words a refusal itself.
//
//	name!: text 1..100             a member that must be there; a text of 1 to 100 characters, without white space around it
//	position: {side: Left|Right}   one of these values; a single one ends in "|"
//	hosts: [string, 1..3]          a list of 1 to 3 strings
//	note: string?                  null is as good as absent
//	"*": any                       other members are taken, too
//
// Further words are flag, whole, uri, and bag, which is an object with any members.
package shape

import (
	"fmt"
	"iter"
	"maps"
	"math"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"msgsso-wizard/apiclient/jsontree"
)

// Shape says how a value must look; the zero Shape takes anything.
type Shape struct {
	Kind     string // object, array, string, boolean or integer
	Needed   bool   // it must be there
	Null     bool   // null is as good as absent
	Names    []string
	Members  map[string]Shape // by Names
	Open     bool             // other members are taken, too
	Items    *Shape
	Allowed  []string // values of a string
	URI      bool     // a string is a web address
	Trim     bool     // white space around a string doesn't count for its size
	Min, Max int      // characters of a string, entries of an array, or bounds of an integer; Max 0: any
}

// kinds are the words of the notation.
var kinds = map[string]Shape{
	"text": {Kind: "string", Trim: true}, "string": {Kind: "string"}, "uri": {Kind: "string", URI: true}, "flag": {Kind: "boolean"},
	"whole": {Kind: "integer"}, "bag": {Kind: "object", Open: true}, "any": {Open: true},
}

// Read reads shapes by their names. The text is part of the program.
func Read(text []byte) map[string]Shape {
	var document yaml.Node
	if err := yaml.Unmarshal(text, &document); err != nil {
		panic(err)
	}
	return read(document.Content[0]).Members
}

func read(n *yaml.Node) Shape {
	switch n.Kind {
	case yaml.AliasNode:
		return read(n.Alias)
	case yaml.SequenceNode:
		items := read(n.Content[0])
		return bounded(Shape{Kind: "array", Items: &items}, n.Content[len(n.Content)-1].Value)
	case yaml.MappingNode:
		want := Shape{Kind: "object"}
		for pair := range slices.Chunk(n.Content, 2) {
			name, needed := strings.CutSuffix(pair[0].Value, "!")
			if name == "*" {
				want.Open = true
				continue
			}
			member := read(pair[1])
			member.Needed = needed
			want.Add(name, member)
		}
		return want
	}
	word, bounds, _ := strings.Cut(n.Value, " ")
	if strings.Contains(word, "|") {
		return Shape{Kind: "string", Allowed: strings.Split(strings.TrimSuffix(word, "|"), "|")}
	}
	word, null := strings.CutSuffix(word, "?")
	want := kinds[word]
	want.Null = null
	return bounded(want, bounds)
}

func bounded(want Shape, bounds string) Shape {
	_, _ = fmt.Sscanf(bounds, "%d..%d", &want.Min, &want.Max) // there may be none, or no end
	return want
}

// Add adds a member.
func (want *Shape) Add(name string, member Shape) {
	if want.Members == nil {
		want.Members = map[string]Shape{}
	}
	want.Names = append(want.Names, name)
	want.Members[name] = member
}

// Rule is what a value breaks.
type Rule int

// The rules. Unknown is an object with a member that the shape doesn't speak of.
const (
	Missing Rule = iota
	Unknown
	Kind
	Value
	Size
	URI
)

// Problem is a value that breaks a rule: where it is, and what it should be. The Value of Unknown is the member's name.
type Problem struct {
	Path  string
	Rule  Rule
	Want  Shape
	Value any
}

// Problems are what is wrong with a value, in the order of the shape.
func (want Shape) Problems(path string, value any) iter.Seq[Problem] {
	return func(yield func(Problem) bool) { want.check(path, value, yield) }
}

// check reports whether to go on.
func (want Shape) check(path string, value any, yield func(Problem) bool) bool {
	breaks := func(rule Rule) bool { return yield(Problem{path, rule, want, value}) }
	if want.Kind != "" && kindOf(value) != want.Kind {
		return breaks(Kind)
	}
	switch v := value.(type) {
	case jsontree.Object:
		return want.checkMembers(path, v, yield)
	case []any:
		if want.outside(len(v)) {
			return breaks(Size)
		}
		for i, item := range v {
			if want.Items != nil && !want.Items.check(fmt.Sprintf("%s[%d]", path, i), item, yield) {
				return false
			}
		}
	case float64:
		if want.Max > 0 && want.outside(int(v)) {
			return breaks(Size)
		}
	case string:
		u, err := url.Parse(v)
		if want.Trim {
			v = strings.TrimSpace(v)
		}
		switch {
		case want.Allowed != nil && !slices.Contains(want.Allowed, value.(string)):
			return breaks(Value)
		case want.outside(utf8.RuneCountInString(v)):
			return breaks(Size)
		case want.URI && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == ""):
			return breaks(URI)
		}
	}
	return true
}

func (want Shape) outside(n int) bool { return n < want.Min || want.Max > 0 && n > want.Max }

func (want Shape) checkMembers(path string, o jsontree.Object, yield func(Problem) bool) bool {
	for _, name := range want.Names {
		at, member := strings.TrimPrefix(path+"."+name, "."), want.Members[name]
		v, there := o[name]
		if !there && member.Needed && !yield(Problem{at, Missing, member, nil}) || v != nil && !member.check(at, v, yield) {
			return false
		}
	}
	for _, name := range slices.Sorted(maps.Keys(o)) {
		if _, known := want.Members[name]; !known && !want.Open && want.Kind != "" && !yield(Problem{path, Unknown, want, name}) {
			return false
		}
	}
	return true
}

// Known returns what of an object the shape speaks of.
func (want Shape) Known(o jsontree.Object) jsontree.Object {
	out := jsontree.Object{}
	for _, name := range want.Names {
		v := o[name]
		if inner, ok := v.(jsontree.Object); ok && want.Members[name].Names != nil {
			v = want.Members[name].Known(inner)
		}
		if v != nil {
			out[name] = v
		}
	}
	return out
}

func kindOf(value any) string {
	switch v := value.(type) {
	case jsontree.Object:
		return "object"
	case []any:
		return "array"
	case string:
		return "string"
	case bool:
		return "boolean"
	case float64:
		if v == math.Trunc(v) && math.Abs(v) <= math.MaxInt32 {
			return "integer"
		}
		return "number"
	}
	return "null"
}
