// Package opentofu writes a setup as files for OpenTofu: its objects as resources, each with the block that imports it. It
// gets everything it needs and calls no service. The rules are those that were proven with the providers (contract
// opentofu.md).
package opentofu

import (
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"

	"msgsso-wizard/steps/guide"
)

// The providers' versions with which the rules were proven.
const (
	tofuVersion    = ">= 1.6"
	oktaVersion    = "~> 6.12"
	genesysVersion = "~> 1.82"
)

// Files returns the files of a folder for OpenTofu, sorted by name, and what they have of the setup: some objects can't be
// written as they are.
func Files(s Setup) ([]File, Setup) {
	s = s.split()
	w := newWriter(s.Objects)
	w.root(s)
	return w.finish(s, map[string]string{}), s
}

// root writes what isn't in a module.
func (w *writer) root(s Setup) {
	versions(w.body("versions.tf"), true)
	providers(w.body("providers.tf"), s.provider())
	for _, o := range s.Objects {
		w.object(o)
	}
}

// finish returns the files. addresses are those of objects in modules.
func (w *writer) finish(s Setup, addresses map[string]string) []File {
	for _, o := range s.Objects {
		if label, has := w.labels[o.importID()]; has {
			addresses[o.importID()] = resources[o.Kind].name + "." + label
		}
	}
	out := []File{{"README.md", readme(s, addresses)}}
	for name, f := range w.files {
		out = append(out, File{name, string(hclwrite.Format(f.Bytes()))})
	}
	slices.SortFunc(out, func(a, b File) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// split sorts the objects, and takes out those that no resource can hold as they are.
func (s Setup) split() Setup {
	objects := slices.Clone(s.Objects)
	slices.SortStableFunc(objects, func(a, b Object) int { return a.Kind.Order() - b.Kind.Order() })
	s.Objects, s.Left = nil, slices.Clone(s.Left)
	for _, o := range objects {
		r, known := resources[o.Kind]
		left := Left{Kind: o.Kind, Name: o.Name, ID: o.ID}
		if !known {
			left.Why = "the providers have no resource for it"
		} else if paths := unwritten(r.block, o.Stored, r.apart); r.apart != nil && len(paths) > 0 {
			left.Why = "it has settings that an import would remove: " + strings.Join(paths, ", ")
		}
		if left.Why != "" {
			s.Left = append(s.Left, left)
			continue
		}
		s.Objects = append(s.Objects, o)
	}
	return s
}

// variant is how an app is written: with the secret kept out of the state, or, without the Refresh Token grant, with its
// rotation ignored.
type variant struct{ omitsSecret, ignoresRotation bool }

func variantOf(o Object) variant {
	grants, _ := member(map[string]any(o.Stored), "settings.oauthClient.grant_types").([]any)
	refresh := slices.Contains(grants, any("refresh_token"))
	return variant{omitsSecret: o.Kind == guide.KindApp && refresh, ignoresRotation: o.Kind == guide.KindApp && !refresh}
}

// versions says what the files need. A module leaves the versions to its caller.
func versions(b *hclwrite.Body, pinned bool) {
	t := b.AppendNewBlock("terraform", nil).Body()
	if pinned {
		t.SetAttributeValue("required_version", cty.StringVal(tofuVersion))
	}
	p := t.AppendNewBlock("required_providers", nil).Body()
	for _, name := range slices.Sorted(maps.Keys(sources)) {
		of := map[string]cty.Value{"source": cty.StringVal(sources[name][0])}
		if pinned {
			of["version"] = cty.StringVal(sources[name][1])
		}
		p.SetAttributeValue(name, cty.ObjectVal(of))
	}
}

// sources are where the providers come from, and in which version.
var sources = map[string][2]string{
	"okta":         {"okta/okta", oktaVersion},
	"genesyscloud": {"mypurecloud/genesyscloud", genesysVersion},
}

func providers(b *hclwrite.Body, p provider) {
	comment(b, "Credentials come from the environment. README.md lists the variables.")
	okta := b.AppendNewBlock("provider", []string{"okta"}).Body()
	okta.SetAttributeValue("org_name", cty.StringVal(p.orgName))
	okta.SetAttributeValue("base_url", cty.StringVal(p.baseURL))
	if p.simulator != "" {
		okta.SetAttributeValue("http_proxy", cty.StringVal(p.simulator))
	}
	b.AppendNewline()
	genesys := b.AppendNewBlock("provider", []string{"genesyscloud"}).Body()
	genesys.SetAttributeValue("token_pool_size", cty.NumberIntVal(1))
	if p.gateway != nil {
		g := genesys.AppendNewBlock("gateway", nil).Body()
		g.SetAttributeValue("protocol", cty.StringVal(p.gateway.Scheme))
		g.SetAttributeValue("host", cty.StringVal(p.gateway.Hostname()))
		g.SetAttributeValue("port", cty.StringVal(p.gateway.Port()))
	}
}
