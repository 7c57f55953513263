package opentofu

import (
	"fmt"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"

	"msgsso-wizard/steps/guide"
)

// writer writes the objects of a setup.
type writer struct {
	files  map[string]*hclwrite.File
	refs   map[string]hcl.Traversal // by the ID of the object, or what else stands for it
	labels map[string]string        // of the objects, by their import IDs
}

func newWriter(objects []Object) *writer {
	w := &writer{files: map[string]*hclwrite.File{}, refs: map[string]hcl.Traversal{}, labels: map[string]string{}}
	count := map[string]int{}
	for _, o := range objects {
		r := resources[o.Kind]
		label := r.label
		if count[r.name]++; count[r.name] > 1 {
			label = fmt.Sprintf("%s_%d", label, count[r.name])
		}
		w.add(o, label)
	}
	return w
}

// add makes an object known under a label.
func (w *writer) add(o Object, label string) {
	name := resources[o.Kind].name
	w.labels[o.importID()] = label
	if o.Kind == guide.KindAssignment { // its ID is the group's
		return
	}
	w.refs[o.ID] = traversal(name, label, "id")
	if o.Kind == guide.KindConfiguration {
		w.refs[o.ID+"/"+text(o.Stored, "version")] = traversal(name, label, "version")
	}
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
	imports(body, traversal(r.name, label), o)
	w.resource(body, label, o, w.tree(o))
}

func imports(body *hclwrite.Body, to hcl.Traversal, o Object) {
	b := body.AppendNewBlock("import", nil).Body()
	b.SetAttributeTraversal("to", to)
	b.SetAttributeValue("id", cty.StringVal(o.importID()))
}

func (w *writer) resource(body *hclwrite.Body, label string, o Object, t tree) {
	r := resources[o.Kind]
	b := body.AppendNewBlock("resource", []string{r.name, label}).Body()
	t.write(b)
	settle(b, o, r)
}

// settle writes what isn't about the object but about what OpenTofu may do with it.
func settle(b *hclwrite.Body, o Object, r resource) {
	variant := variantOf(o)
	if variant.omitsSecret {
		comment(b, "Without these two, a change puts the client secret into the state.")
		b.SetAttributeValue("omit_secret", cty.True)
		b.SetAttributeValue("skip_authentication_policy", cty.True)
	}
	if !r.protected && !r.ignoreAll {
		return
	}
	if r.ignoreAll {
		comment(b, "Genesys Cloud never returns the fields, so each plan would set them.")
	}
	life := b.AppendNewBlock("lifecycle", nil).Body()
	switch {
	case r.ignoreAll:
		life.SetAttributeTraversal("ignore_changes", traversal("all"))
	case o.Kind == guide.KindIntegration:
		comment(life, "Rotation stores a new credential. A plan must not go back to the old one. README.md: not tried with the provider.")
		life.SetAttributeRaw("ignore_changes", hclwrite.TokensForTuple([]hclwrite.Tokens{hclwrite.TokensForTraversal(hcl.Traversal{
			hcl.TraverseRoot{Name: "config"}, hcl.TraverseIndex{Key: cty.NumberIntVal(0)}, hcl.TraverseAttr{Name: "credentials"},
		})}))
	case variant.ignoresRotation:
		var names []hclwrite.Tokens
		for _, name := range []string{"refresh_token_rotation", "refresh_token_leeway", "omit_secret", "skip_authentication_policy"} {
			names = append(names, hclwrite.TokensForIdentifier(name))
		}
		comment(life, "Without the Refresh Token grant, Okta has no rotation to compare.")
		life.SetAttributeRaw("ignore_changes", hclwrite.TokensForTuple(names))
	}
	life.SetAttributeValue("prevent_destroy", cty.True)
}

func comment(b *hclwrite.Body, text string) {
	b.AppendUnstructuredTokens(hclwrite.Tokens{{Type: hclsyntax.TokenComment, Bytes: []byte("# " + text + "\n")}})
}
