package opentofu

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"

	"msgsso-wizard/steps/guide"
)

// writer writes the objects of a setup.
type writer struct {
	files    map[string]*hclwrite.File
	refs     map[string]hcl.Traversal // by the ID of the object, or what else stands for it
	labels   map[string]string        // of the objects, by their import IDs
	variants variant
}

// variant is how the app is written.
type variant struct{ omitsSecret, ignoresRotation bool }

func newWriter(objects []Object) *writer {
	w := &writer{files: map[string]*hclwrite.File{}, refs: map[string]hcl.Traversal{}, labels: map[string]string{}}
	count := map[string]int{}
	for _, o := range objects {
		r := resources[o.Kind]
		label := r.label
		if count[r.name]++; count[r.name] > 1 {
			label = fmt.Sprintf("%s_%d", label, count[r.name])
		}
		w.labels[o.importID()] = label
		if o.Kind == guide.KindAssignment { // its ID is the group's
			continue
		}
		w.refs[o.ID] = traversal(r.name, label, "id")
		if o.Kind == guide.KindConfiguration {
			w.refs[o.ID+"/"+text(o.Stored, "version")] = traversal(r.name, label, "version")
		}
	}
	return w
}

func traversal(root string, names ...string) hcl.Traversal {
	t := hcl.Traversal{hcl.TraverseRoot{Name: root}}
	for _, name := range names {
		t = append(t, hcl.TraverseAttr{Name: name})
	}
	return t
}

// body is that of a file, after an empty line if it has something.
func (w *writer) body(file string) *hclwrite.Body {
	f, begun := w.files[file]
	if !begun {
		f = hclwrite.NewEmptyFile()
		w.files[file] = f
	} else {
		f.Body().AppendNewline()
	}
	return f.Body()
}

// object writes the import block and the resource of an object.
func (w *writer) object(o Object) {
	r, label := resources[o.Kind], w.labels[o.importID()]
	body := w.body(r.file)
	imports := body.AppendNewBlock("import", nil).Body()
	imports.SetAttributeTraversal("to", traversal(r.name, label))
	imports.SetAttributeValue("id", cty.StringVal(o.importID()))
	b := body.AppendNewBlock("resource", []string{r.name, label}).Body()
	for i, at := range r.in {
		b.SetAttributeRaw(at.name, w.tokens(o.In[i], at.form))
	}
	w.fill(b, r.block, o.Stored)
	w.settle(b, o, r)
}

// settle writes what isn't about the object but about what OpenTofu may do with it.
func (w *writer) settle(b *hclwrite.Body, o Object, r resource) {
	if o.Kind == guide.KindApp && w.variants.omitsSecret {
		comment(b, "Without these two, the answer to the first change would put the client secret into the state.")
		b.SetAttributeValue("omit_secret", cty.True)
		b.SetAttributeValue("skip_authentication_policy", cty.True)
	}
	if !r.protected && !r.ignoreAll {
		return
	}
	if r.ignoreAll {
		comment(b, "No fields: they have the client secret, and Genesys Cloud never returns them. So OpenTofu ignores all changes.")
	}
	life := b.AppendNewBlock("lifecycle", nil).Body()
	switch {
	case r.ignoreAll:
		life.SetAttributeTraversal("ignore_changes", traversal("all"))
	case o.Kind == guide.KindApp && w.variants.ignoresRotation:
		var names []hclwrite.Tokens
		for _, name := range []string{"refresh_token_rotation", "refresh_token_leeway", "omit_secret", "skip_authentication_policy"} {
			names = append(names, hclwrite.TokensForIdentifier(name))
		}
		comment(life, "The app has no Refresh Token grant, so Okta has no rotation to compare.")
		life.SetAttributeRaw("ignore_changes", hclwrite.TokensForTuple(names))
	}
	life.SetAttributeValue("prevent_destroy", cty.True)
}

func comment(b *hclwrite.Body, text string) {
	b.AppendUnstructuredTokens(hclwrite.Tokens{{Type: hclsyntax.TokenComment, Bytes: []byte("# " + text + "\n")}})
}

// fill writes the attributes and blocks that the object has.
func (w *writer) fill(body *hclwrite.Body, b block, stored map[string]any) (some bool) {
	for _, at := range b.attributes {
		value := member(stored, at.from)
		if empty(value) && at.form != asJSON || value == nil || at.form == onlyTrue && value != true {
			continue
		}
		if at.form == version {
			value = versionOf{text(stored, strings.TrimSuffix(at.from, "version")+"id"), fmt.Sprint(value)}
		}
		body.SetAttributeRaw(at.name, w.tokens(value, at.form))
		some = true
	}
	for _, inner := range b.blocks {
		of := hclwrite.NewBlock(inner.name, nil)
		if w.fill(of.Body(), inner, stored) {
			body.AppendBlock(of)
			some = true
		}
	}
	return some
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
