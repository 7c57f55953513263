// Package hcltest checks files for OpenTofu as its providers would, because the providers can't run everywhere. The schemas in
// testdata/ have the names and types of the attributes of both providers (contract opentofu-schemas.json).
package hcltest

import (
	_ "embed" // of the schemas
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclparse"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/convert"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
)

//go:embed testdata/schemas.json
var facts []byte

// schema is what a provider says of a block: of each attribute its type, and whether it is required, optional, or computed.
type schema struct {
	Attributes map[string]string
	Blocks     map[string]schema
	Min, Max   int // how often the block can be there; 0: any
}

// Files are the texts of files by their paths.
type Files map[string]string

// Found is what the files have.
type Found struct {
	Problems  []string
	Resources map[string]map[string]cty.Value // the attributes by address, such as okta_app_oauth.messenger
	Imports   map[string]string               // the IDs by address
}

// checker checks one set of files.
type checker struct {
	Found
	schemas map[string]schema
	folders map[string][]*hclsyntax.Body
	context *hcl.EvalContext // of the folder that is checked
	prefix  string           // of its addresses
	imports []*hclsyntax.Block
}

// Check checks the files. A text of secrets may be in none of them.
func Check(files Files, secrets ...string) Found {
	c := &checker{Found: Found{Resources: map[string]map[string]cty.Value{}, Imports: map[string]string{}}}
	if err := json.Unmarshal(facts, &c.schemas); err != nil {
		c.problem("the schemas: %v", err)
	}
	bodies := map[string][]*hclsyntax.Body{} // by folder; "." is the root
	for _, name := range slices.Sorted(maps.Keys(files)) {
		for _, secret := range secrets {
			if secret != "" && strings.Contains(files[name], secret) {
				c.problem("%s has a secret", name)
			}
		}
		if path.Ext(name) != ".tf" {
			continue
		}
		parsed, diags := hclparse.NewParser().ParseHCL([]byte(files[name]), name)
		if diags.HasErrors() {
			c.problem("%v", diags)
			continue
		}
		folder := path.Dir(name)
		bodies[folder] = append(bodies[folder], parsed.Body.(*hclsyntax.Body))
	}
	c.folders = bodies
	c.folder(".", "", nil)
	for _, b := range c.imports {
		c.imported(b)
	}
	for address := range c.Resources {
		if c.Imports[address] == "" {
			c.problem("%s isn't imported", address)
		}
	}
	slices.Sort(c.Problems)
	return c.Found
}

func (c *checker) problem(format string, args ...any) {
	c.Problems = append(c.Problems, fmt.Sprintf(format, args...))
}

// folder checks the files of a folder: the root, or an instance of a module with its variables.
func (c *checker) folder(name, prefix string, variables map[string]cty.Value) {
	was := *c
	all := addresses(c.folders[name])
	if variables != nil {
		all["var"] = cty.ObjectVal(variables)
	}
	c.prefix, c.context = prefix, &hcl.EvalContext{Functions: map[string]function.Function{"jsonencode": stdlib.JSONEncodeFunc}, Variables: all}
	var blocks []*hclsyntax.Block
	for _, b := range c.folders[name] {
		blocks = append(blocks, b.Blocks...)
	}
	for _, b := range blocks {
		if b.Type == "locals" {
			c.locals(b)
		}
	}
	for _, b := range blocks {
		c.top(b)
	}
	c.prefix, c.context = was.prefix, was.context
}

func (c *checker) locals(b *hclsyntax.Block) {
	values := map[string]cty.Value{}
	for name, a := range b.Body.Attributes {
		value, diags := a.Expr.Value(c.context)
		if diags.HasErrors() {
			c.problem("local.%s: %v", name, diags)
		}
		values[name] = value
	}
	c.context.Variables["local"] = cty.ObjectVal(values)
}

// module checks each instance of a module.
func (c *checker) module(b *hclsyntax.Block) {
	source, _ := b.Body.Attributes["source"].Expr.Value(nil)
	each, diags := b.Body.Attributes["for_each"].Expr.Value(c.context)
	if diags.HasErrors() || !each.CanIterateElements() || len(c.folders[path.Clean(source.AsString())]) == 0 {
		c.problem("module %s: %v", b.Labels[0], diags)
		return
	}
	for it := each.ElementIterator(); it.Next(); {
		key, value := it.Element()
		instance := c.context.NewChild()
		instance.Variables = map[string]cty.Value{"each": cty.ObjectVal(map[string]cty.Value{"key": key, "value": value})}
		variables := map[string]cty.Value{}
		for name, a := range b.Body.Attributes {
			if name != "source" && name != "for_each" {
				variables[name], _ = a.Expr.Value(instance)
			}
		}
		c.folder(path.Clean(source.AsString()), fmt.Sprintf("module.%s[%q].", b.Labels[0], key.AsString()), variables)
	}
}

// addresses are what expressions can refer to: of each resource any attribute, whose value isn't known.
func addresses(bodies []*hclsyntax.Body) map[string]cty.Value {
	types := map[string]map[string]cty.Value{}
	for _, body := range bodies {
		for _, b := range body.Blocks {
			if b.Type != "resource" || len(b.Labels) != 2 {
				continue
			}
			if types[b.Labels[0]] == nil {
				types[b.Labels[0]] = map[string]cty.Value{}
			}
			types[b.Labels[0]][b.Labels[1]] = cty.ObjectVal(map[string]cty.Value{"id": cty.UnknownVal(cty.String), "version": cty.UnknownVal(cty.String)})
		}
	}
	out := map[string]cty.Value{}
	for name, labels := range types {
		out[name] = cty.ObjectVal(labels)
	}
	return out
}

func (c *checker) top(b *hclsyntax.Block) {
	switch b.Type {
	case "resource":
		address := c.prefix + strings.Join(b.Labels, ".")
		s, known := c.schemas[b.Labels[0]]
		if !known {
			c.problem("%s: no such resource", address)
			return
		}
		c.Resources[address] = map[string]cty.Value{}
		c.fill(address, "", b.Body, s, c.Resources[address], true)
	case "provider":
		c.fill("provider "+b.Labels[0], "", b.Body, c.schemas["provider "+b.Labels[0]], map[string]cty.Value{}, false)
	case "import":
		c.imports = append(c.imports, b) // checked when all resources are known
	case "module":
		c.module(b)
	case "terraform", "locals", "variable":
	default:
		c.problem("%s: unknown block", b.Type)
	}
}

// fill checks the attributes and blocks of a block, and keeps the values by their paths.
func (c *checker) fill(at, prefix string, b *hclsyntax.Body, s schema, values map[string]cty.Value, resource bool) {
	for name, a := range b.Attributes {
		c.attribute(at+"."+prefix+name, s.Attributes[name], a.Expr, values, prefix+name)
	}
	for name, says := range s.Attributes {
		if b.Attributes[name] == nil && slices.Contains(strings.Fields(says), "required") {
			c.problem("%s.%s is missing", at, prefix+name)
		}
	}
	count := map[string]int{}
	for _, inner := range b.Blocks {
		if inner.Type == "lifecycle" && resource && prefix == "" {
			continue
		}
		of, known := s.Blocks[inner.Type]
		if !known {
			c.problem("%s.%s: no such block", at, prefix+inner.Type)
			continue
		}
		count[inner.Type]++
		c.fill(at, prefix+inner.Type+".", inner.Body, of, values, resource)
	}
	for name, of := range s.Blocks {
		if n := count[name]; n < of.Min || of.Max > 0 && n > of.Max {
			c.problem("%s.%s is there %d times", at, prefix+name, n)
		}
	}
}

func (c *checker) attribute(at, says string, e hclsyntax.Expression, values map[string]cty.Value, name string) {
	words := strings.Fields(says)
	switch {
	case says == "":
		c.problem("%s: no such attribute", at)
		return
	case slices.Contains(words, "sensitive"):
		c.problem("%s is sensitive", at)
	case !slices.Contains(words, "required") && !slices.Contains(words, "optional"):
		c.problem("%s is computed only", at)
	}
	value, diags := e.Value(c.context)
	if diags.HasErrors() {
		c.problem("%s: %v", at, diags)
		return
	}
	if !fits(value, words[0]) {
		c.problem("%s is %s, not %s", at, value.Type().FriendlyName(), words[0])
	}
	values[name] = value
}

var primitives = map[string]cty.Type{"string": cty.String, "number": cty.Number, "bool": cty.Bool}

// fits reports whether a value is of a type, with no number for a text and no text for a switch.
func fits(value cty.Value, says string) bool {
	kind, inner, collection := strings.Cut(strings.TrimSuffix(says, ")"), "(")
	if !collection {
		return value.Type().Equals(primitives[kind])
	}
	of := map[string]cty.Type{"list": cty.List(primitives[inner]), "set": cty.Set(primitives[inner]), "map": cty.Map(primitives[inner])}[kind]
	if _, err := convert.Convert(value, of); err != nil {
		return false
	}
	for it := value.ElementIterator(); it.Next(); {
		if _, element := it.Element(); !element.Type().Equals(primitives[inner]) {
			return false
		}
	}
	return true
}

const (
	uuid  = `[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}`
	any20 = `[0-9A-Za-z]{20}`
)

// forms are what an import ID looks like (contract opentofu.md).
var forms = map[string]*regexp.Regexp{
	"okta_app_oauth":                            regexp.MustCompile(`^0oa[0-9A-Za-z]{17}$`),
	"okta_app_group_assignment":                 regexp.MustCompile(`^0oa[0-9A-Za-z]{17}/00g[0-9A-Za-z]{17}$`),
	"okta_trusted_origin":                       regexp.MustCompile(`^tos[0-9A-Za-z]{17}$`),
	"okta_auth_server_policy":                   regexp.MustCompile(`^` + any20 + `/` + any20 + `$`),
	"okta_auth_server_policy_rule":              regexp.MustCompile(`^` + any20 + `/` + any20 + `/` + any20 + `$`),
	"genesyscloud_integration_credential":       regexp.MustCompile(`^` + uuid + `$`),
	"genesyscloud_integration":                  regexp.MustCompile(`^` + uuid + `$`),
	"genesyscloud_webdeployments_configuration": regexp.MustCompile(`^` + uuid + `$`),
	"genesyscloud_webdeployments_deployment":    regexp.MustCompile(`^` + uuid + `$`),
}

func (c *checker) imported(b *hclsyntax.Block) {
	to, hasTo := b.Body.Attributes["to"]
	id, hasID := b.Body.Attributes["id"]
	if !hasTo || !hasID {
		c.problem("an import block has no address or no ID")
		return
	}
	address, kind := addressOf(to.Expr)
	value, diags := id.Expr.Value(nil)
	switch {
	case diags.HasErrors() || value.Type() != cty.String:
		c.problem("%s: the import ID isn't a text", address)
		return
	case c.Resources[address] == nil || forms[kind] == nil:
		c.problem("%s: imports no resource", address)
		return
	case !forms[kind].MatchString(value.AsString()):
		c.problem("%s: %q isn't an import ID", address, value.AsString())
	case c.Imports[address] != "":
		c.problem("%s is imported twice", address)
	}
	c.Imports[address] = value.AsString()
}

// addressOf is the address that an import block names, and the type of the resource there.
func addressOf(e hclsyntax.Expression) (address, kind string) {
	t, _ := hcl.AbsTraversalForExpr(e)
	var names []string
	for _, step := range t {
		switch s := step.(type) {
		case hcl.TraverseRoot:
			names = append(names, s.Name)
		case hcl.TraverseAttr:
			names = append(names, s.Name)
		case hcl.TraverseIndex:
			names[len(names)-1] += fmt.Sprintf("[%q]", s.Key.AsString())
		}
	}
	if len(names) < 2 {
		return "", ""
	}
	return strings.Join(names, "."), names[len(names)-2]
}
