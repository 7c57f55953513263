package opentofu

import (
	"bytes"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"

	"msgsso-wizard/steps/guide"
)

// Site is one of several sites that share the orgs.
type Site struct {
	Name  string
	Setup Setup
}

// The module that each site is an instance of, and its folder.
const (
	module       = "site"
	moduleFolder = "site/"
	sitesFile    = "sites.tf"
)

// slot is where the objects of a kind stand in each site: a resource of the module.
type slot struct {
	kind  guide.ObjectKind
	label string
}

// address is the name of the resource, and of the variable's member that has its values.
func (p slot) address() string { return resources[p.kind].name + "_" + p.label }

// SiteFiles is like Files for several sites. What each site has is a resource of a module with for_each over the sites;
// what several of them share, or only some have, stands outside.
func SiteFiles(sites []Site) ([]File, Setup) {
	if len(sites) == 1 {
		return Files(sites[0].Setup)
	}
	sites = slices.Clone(sites)
	whole := sites[0].Setup
	whole.Objects, whole.Left = nil, nil
	count := map[string]int{} // of the sites that have the object
	for i := range sites {
		sites[i].Setup = sites[i].Setup.split()
		for _, o := range sites[i].Setup.Objects {
			if id := o.importID(); count[id] == 0 {
				whole.Objects = append(whole.Objects, o)
			}
			count[o.importID()]++
		}
		for _, l := range sites[i].Setup.Left {
			if !slices.Contains(whole.Left, l) {
				whole.Left = append(whole.Left, l)
			}
		}
	}
	m := newSites(sites, count)
	slices.SortStableFunc(whole.Objects, func(a, b Object) int { return a.Kind.Order() - b.Kind.Order() })
	outside := whole
	outside.Objects = slices.DeleteFunc(slices.Clone(whole.Objects), func(o Object) bool { return m.inModule[o.importID()] })
	w := newWriter(outside.Objects)
	w.root(outside)
	return w.finish(whole, m.write(w)), whole
}

// siteWriter writes the module and its instances.
type siteWriter struct {
	sites    []Site
	slots    []slot
	objects  []map[slot]Object // by site
	inModule map[string]bool   // by import ID
}

// newSites finds the slots that all sites have, with the same attributes.
func newSites(sites []Site, count map[string]int) *siteWriter {
	m := &siteWriter{sites: sites, inModule: map[string]bool{}}
	for _, site := range sites {
		own := slices.DeleteFunc(slices.Clone(site.Setup.Objects), func(o Object) bool { return count[o.importID()] > 1 })
		labels, at := newWriter(own).labels, map[slot]Object{}
		for _, o := range own {
			at[slot{o.Kind, labels[o.importID()]}] = o
		}
		m.objects = append(m.objects, at)
	}
	plain := newWriter(nil)
	for p, first := range m.objects[0] {
		same := func(at map[slot]Object) bool {
			o, has := at[p]
			return has && plain.tree(o).like(plain.tree(first)) && variantOf(o) == variantOf(first)
		}
		if !slices.ContainsFunc(m.objects, func(at map[slot]Object) bool { return !same(at) }) {
			m.slots = append(m.slots, p)
		}
	}
	slices.SortFunc(m.slots, func(a, b slot) int { // a map has no order
		if a.kind != b.kind {
			return a.kind.Order() - b.kind.Order()
		}
		return strings.Compare(a.label, b.label)
	})
	for _, at := range m.objects {
		for _, p := range m.slots {
			m.inModule[at[p].importID()] = true
		}
	}
	return m
}

// like reports whether two resources have the same attributes and blocks.
func (t tree) like(other tree) bool {
	return t.name == other.name &&
		slices.EqualFunc(t.attributes, other.attributes, func(a, b setting) bool { return a.name == b.name }) &&
		slices.EqualFunc(t.blocks, other.blocks, tree.like)
}

// write writes the module, the sites, and the imports. It returns the addresses of the objects.
func (m *siteWriter) write(root *writer) map[string]string {
	if len(m.slots) == 0 {
		return map[string]string{}
	}
	versions(root.body(moduleFolder+"versions.tf"), false)
	variables := root.body(moduleFolder + "variables.tf")
	comment(variables, "What differs between the sites.")
	variables.AppendNewBlock("variable", []string{module}).Body().SetAttributeTraversal("type", traversal("any"))

	plain, inside := newWriter(nil), make([]*writer, len(m.sites))
	values := make([][]hclwrite.ObjectAttrTokens, len(m.sites))
	for i, at := range m.objects {
		inside[i] = newWriter(nil)
		for _, p := range m.slots {
			inside[i].add(at[p], p.label)
		}
	}
	for _, p := range m.slots {
		var all []views
		for i, at := range m.objects {
			all = append(all, views{plain.tree(at[p]), inside[i].tree(at[p]), root.tree(at[p])})
		}
		var differing []string
		t := merge(all, p.address(), "", &differing)
		root.resource(root.body(moduleFolder+resources[p.kind].file), p.label, m.objects[0][p], t)
		if len(differing) == 0 {
			continue
		}
		for i := range values {
			var members []hclwrite.ObjectAttrTokens
			for _, path := range differing {
				members = append(members, hclwrite.ObjectAttrTokens{Name: keyTokens(path), Value: all[i].root.at(path)})
			}
			values[i] = append(values[i], hclwrite.ObjectAttrTokens{Name: keyTokens(p.address()), Value: hclwrite.TokensForObject(members)})
		}
	}
	return m.instances(root, values)
}

// instances writes the sites with their values, the module with for_each over them, and the imports.
func (m *siteWriter) instances(root *writer, values [][]hclwrite.ObjectAttrTokens) map[string]string {
	body := root.body(sitesFile)
	var sites []hclwrite.ObjectAttrTokens
	for i, site := range m.sites {
		sites = append(sites, hclwrite.ObjectAttrTokens{Name: hclwrite.TokensForValue(cty.StringVal(site.Name)), Value: hclwrite.TokensForObject(values[i])})
	}
	body.AppendNewBlock("locals", nil).Body().SetAttributeRaw("sites", hclwrite.TokensForObject(sites))
	body.AppendNewline()
	b := body.AppendNewBlock("module", []string{module}).Body()
	b.SetAttributeValue("source", cty.StringVal("./"+module))
	b.SetAttributeTraversal("for_each", traversal("local", "sites"))
	b.SetAttributeTraversal(module, traversal("each", "value"))
	addresses := map[string]string{}
	for i, site := range m.sites {
		for _, p := range m.slots {
			body.AppendNewline()
			o := m.objects[i][p]
			to := hcl.Traversal{
				hcl.TraverseRoot{Name: "module"},
				hcl.TraverseAttr{Name: module},
				hcl.TraverseIndex{Key: cty.StringVal(site.Name)},
				hcl.TraverseAttr{Name: resources[p.kind].name},
				hcl.TraverseAttr{Name: p.label},
			}
			imports(body, to, o)
			addresses[o.importID()] = string(hclwrite.TokensForTraversal(to).Bytes())
		}
	}
	return addresses
}

// views are a resource as it is written without references, inside the module, and outside of it.
type views struct{ plain, inside, root tree }

// merge is the resource of the module: what is the same in all sites is written there, the rest comes from the variable.
func merge(sites []views, address, prefix string, differing *[]string) tree {
	t := tree{name: sites[0].plain.name}
	for i, at := range sites[0].plain.attributes {
		value := sites[0].inside.attributes[i].value
		if slices.ContainsFunc(sites, func(v views) bool {
			shared := !equal(v.root.attributes[i].value, v.plain.attributes[i].value) // a reference to what isn't in the module
			return shared || !equal(v.inside.attributes[i].value, value)
		}) {
			path := prefix + at.name
			*differing = append(*differing, path)
			value = hclwrite.TokensForTraversal(traversal("var", module, address, path))
		}
		t.attributes = append(t.attributes, setting{at.name, value})
	}
	for i, inner := range sites[0].plain.blocks {
		var deeper []views
		for _, v := range sites {
			deeper = append(deeper, views{v.plain.blocks[i], v.inside.blocks[i], v.root.blocks[i]})
		}
		t.blocks = append(t.blocks, merge(deeper, address, prefix+inner.name+"_", differing))
	}
	return t
}

func equal(a, b hclwrite.Tokens) bool { return bytes.Equal(a.Bytes(), b.Bytes()) }

// at returns the attribute at a path, whose parts merge joined.
func (t tree) at(path string) hclwrite.Tokens {
	for _, a := range t.attributes {
		if a.name == path {
			return a.value
		}
	}
	for _, b := range t.blocks {
		if rest, ok := strings.CutPrefix(path, b.name+"_"); ok {
			if value := b.at(rest); value != nil {
				return value
			}
		}
	}
	return nil
}
