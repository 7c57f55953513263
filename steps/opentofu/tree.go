package opentofu

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
)

// tree is a block as it is to be written.
type tree struct {
	name       string
	attributes []setting
	blocks     []tree
}

// setting is an attribute with its value.
type setting struct {
	name  string
	value hclwrite.Tokens
}

// tree is the resource of an object, with references to the objects that the writer knows.
func (w *writer) tree(o Object) tree {
	r := resources[o.Kind]
	t := w.fill(r.block, o.Stored)
	var in []setting
	for i, at := range r.in {
		in = append(in, setting{at.name, w.tokens(o.In[i], at.form)})
	}
	t.attributes = append(in, t.attributes...)
	return t
}

// fill takes the attributes and blocks that the object has.
func (w *writer) fill(b block, stored map[string]any) tree {
	t := tree{name: b.name}
	for _, at := range b.attributes {
		value := member(stored, at.from)
		if empty(value) && at.form != asJSON || value == nil || at.form == onlyTrue && value != true {
			continue
		}
		if at.form == version {
			value = versionOf{text(stored, strings.TrimSuffix(at.from, "version")+"id"), fmt.Sprint(value)}
		}
		t.attributes = append(t.attributes, setting{at.name, w.tokens(value, at.form)})
	}
	for _, inner := range b.blocks {
		if of := w.fill(inner, stored); len(of.attributes)+len(of.blocks) > 0 {
			t.blocks = append(t.blocks, of)
		}
	}
	return t
}

func (t tree) write(body *hclwrite.Body) {
	for _, at := range t.attributes {
		body.SetAttributeRaw(at.name, at.value)
	}
	for _, inner := range t.blocks {
		inner.write(body.AppendNewBlock(inner.name, nil).Body())
	}
}

// versionOf is a version with its configuration's ID.
type versionOf struct{ configuration, number string }

// tokens are the value as it is written.
func (w *writer) tokens(value any, f form) hclwrite.Tokens {
	switch v := value.(type) {
	case versionOf:
		if ref, ok := w.refs[v.configuration+"/"+v.number]; ok {
			return hclwrite.TokensForTraversal(ref)
		}
		return hclwrite.TokensForValue(cty.StringVal(v.number))
	case string:
		if ref, ok := w.refs[v]; ok && f == reference {
			return hclwrite.TokensForTraversal(ref)
		}
	case []any:
		var items []hclwrite.Tokens
		for _, item := range v {
			items = append(items, w.tokens(item, f))
		}
		return hclwrite.TokensForTuple(items)
	case map[string]any:
		if f == asJSON {
			return hclwrite.TokensForFunctionCall("jsonencode", hclwrite.TokensForValue(toValue(v)))
		}
		var items []hclwrite.ObjectAttrTokens
		for _, key := range slices.Sorted(maps.Keys(v)) {
			items = append(items, hclwrite.ObjectAttrTokens{Name: keyTokens(key), Value: w.tokens(v[key], f)})
		}
		return hclwrite.TokensForObject(items)
	}
	return hclwrite.TokensForValue(toValue(value))
}

func keyTokens(key string) hclwrite.Tokens {
	if hclsyntax.ValidIdentifier(key) {
		return hclwrite.TokensForIdentifier(key)
	}
	return hclwrite.TokensForValue(cty.StringVal(key))
}
