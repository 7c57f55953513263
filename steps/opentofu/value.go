package opentofu

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/zclconf/go-cty/cty"
)

// member is what stands at a path, nil for nothing. A star stands for each element of a list, or of an object.
func member(value any, path string) any {
	if path == "" {
		return value
	}
	name, rest, _ := strings.Cut(path, ".")
	if name != "*" {
		object, _ := value.(map[string]any)
		return member(object[name], rest)
	}
	switch v := value.(type) {
	case []any:
		var out []any
		for _, element := range v {
			out = append(out, member(element, rest))
		}
		return out
	case map[string]any:
		out := map[string]any{}
		for key, element := range v {
			if found := member(element, rest); found != nil {
				out[key] = found
			}
		}
		return out
	}
	return nil
}

// text is the text or number at a path.
func text(stored map[string]any, path string) string {
	if v := member(stored, path); v != nil {
		return fmt.Sprint(v)
	}
	return ""
}

// empty reports whether a value says nothing: it is missing, or it has no element.
func empty(value any) bool {
	switch v := value.(type) {
	case nil:
		return true
	case string:
		return v == ""
	case []any:
		return len(v) == 0
	case map[string]any:
		return len(v) == 0
	}
	return false
}

// unset reports whether a member of a configuration is as good as missing: it is empty, or a feature that is off.
func unset(value any) bool {
	if value == false {
		return true
	}
	object, ok := value.(map[string]any)
	if !ok {
		return empty(value)
	}
	for _, member := range object {
		if !unset(member) {
			return false
		}
	}
	return true
}

// unwritten are the members, at any depth, that no attribute of the block is for.
func unwritten(b block, stored map[string]any, apart []string) (paths []string) {
	var known []string
	var walk func(block)
	walk = func(b block) {
		for _, at := range b.attributes {
			known = append(known, at.from)
		}
		for _, inner := range b.blocks {
			walk(inner)
		}
	}
	walk(b)
	var collect func(prefix string, object map[string]any)
	collect = func(prefix string, object map[string]any) {
		for name, value := range object {
			path := prefix + name
			inner, isObject := value.(map[string]any)
			switch {
			case slices.Contains(known, path), prefix == "" && slices.Contains(apart, name), unset(value):
			case slices.Contains(known, path+".id"): // a reference: the rest of it belongs to the other object
			case isObject && slices.ContainsFunc(known, func(k string) bool { return strings.HasPrefix(k, path+".") }):
				collect(path+".", inner)
			default:
				paths = append(paths, path)
			}
		}
	}
	collect("", stored)
	slices.Sort(paths)
	return paths
}

// toValue is a JSON value as HCL knows it.
func toValue(value any) cty.Value {
	switch v := value.(type) {
	case string:
		return cty.StringVal(v)
	case bool:
		return cty.BoolVal(v)
	case json.Number:
		if n, err := cty.ParseNumberVal(v.String()); err == nil {
			return n
		}
		return cty.StringVal(v.String())
	case int:
		return cty.NumberIntVal(int64(v))
	case float64:
		return cty.NumberFloatVal(v)
	case []any:
		items := make([]cty.Value, 0, len(v))
		for _, item := range v {
			items = append(items, toValue(item))
		}
		return cty.TupleVal(items)
	case map[string]any:
		members := map[string]cty.Value{}
		for name, member := range v {
			members[name] = toValue(member)
		}
		return cty.ObjectVal(members)
	}
	return cty.NullVal(cty.DynamicPseudoType)
}
