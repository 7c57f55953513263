package doctor

import (
	"context"
	"slices"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/address"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/mark"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/opentofu"
)

// Created reports whether the wizard created an object. marked says that its mark says so.
type Created func(o opentofu.Object, marked bool) bool

// OpenTofu returns the objects of the setup for a folder for OpenTofu: those that the wizard created, as they are now. Its
// errors are *explain.Error, or the context's.
func (r *Report) OpenTofu(ctx context.Context, created Created) (opentofu.Setup, error) {
	s := r.seen
	if s.integration.why == noIntegration {
		return opentofu.Setup{}, explain.New(explain.ClassUsage, guide.DeploymentName, "The deployment has no sign-in with Okta. "+noIntegration,
			"Run the wizard first, or choose another deployment.")
	}
	for _, p := range []piece{s.deployment, s.pinned, s.versions, s.integration, s.settings, s.app, s.groups, s.origins, s.access} {
		if why := p.gap(); why != "" {
			return opentofu.Setup{}, explain.New(explain.ClassUsage, "", "The setup can't be exported, because a part of it can't be read. "+why,
				"Sign in to both Okta and Genesys Cloud with credentials that can read the whole setup.")
		}
	}
	o := &objects{Setup: opentofu.Setup{OktaURL: s.conn.OktaURL, Region: s.conn.Region}, created: created}
	o.okta(ctx, s)
	if err := o.genesys(ctx, s); err != nil {
		return opentofu.Setup{}, explain.InWords("read the newest version", err)
	}
	return o.Setup, nil
}

// objects collects them.
type objects struct {
	opentofu.Setup

	created Created
}

// add takes an object, or says that it stays outside.
func (o *objects) add(x opentofu.Object, marked bool) (createdByWizard bool) {
	if !o.created(x, marked) {
		o.Left = append(o.Left, opentofu.Left{Kind: x.Kind, Name: x.Name, ID: x.ID, Why: "it existed before the wizard"})
		return false
	}
	o.Objects = append(o.Objects, x)
	return true
}

func (o *objects) okta(ctx context.Context, s *seen) {
	app := s.app.value
	byWizard := o.add(opentofu.Object{Kind: guide.KindApp, Name: app.Label, ID: app.ID, Stored: app.Stored()}, mark.Has(app.ManagedBy))
	for _, group := range s.groups.value {
		name := group
		if g, err := s.conn.Okta.Group(ctx, group); err == nil { // without permission to read it, its ID is all there is
			name = g.Name
		}
		o.add(opentofu.Object{Kind: guide.KindAssignment, Name: name, ID: group, In: []string{app.ID}, Stored: apiclient.Object{"id": group}}, byWizard)
	}
	for _, t := range s.origins.value {
		at := func(page string) bool { return address.OriginOf(page).Is(t.Origin) }
		if slices.ContainsFunc(app.RedirectURIs, at) {
			o.add(opentofu.Object{Kind: guide.KindOrigin, Name: t.Name, ID: t.ID, Stored: t.Stored()}, oktasteps.NamedByWizard(t))
		}
	}
	for _, c := range s.names.value.Federated() {
		o.add(opentofu.Object{Kind: guide.KindFederated, Name: c.Name, ID: c.ID, In: []string{app.ID}}, byWizard)
	}
	server := s.access.value.server.ID
	for _, p := range s.access.value.policies {
		description, _ := p.Stored()["description"].(string)
		byWizard := o.add(opentofu.Object{Kind: guide.KindPolicy, Name: p.Name, ID: p.ID, In: []string{server}, Stored: p.Stored()}, mark.Has(description))
		for _, r := range p.rules {
			o.add(opentofu.Object{Kind: guide.KindRule, Name: r.Name, ID: r.ID, In: []string{server, p.ID}, Stored: r.Stored()}, byWizard)
		}
	}
}

func (o *objects) genesys(ctx context.Context, s *seen) error {
	i, settings, d := s.integration.value, s.settings.value, s.deployment.value
	installed := mark.Installed(settings.Notes)
	if c := s.credential.value; s.credential.known {
		o.add(opentofu.Object{
			Kind: guide.KindCredential, Name: c.Name, ID: c.ID, Stored: apiclient.Object{"name": c.Name, "type": map[string]any{"name": c.Type}},
		}, mark.Has(settings.Notes))
	}
	o.add(opentofu.Object{Kind: guide.KindIntegration, Name: settings.Name, ID: i.ID, Stored: apiclient.Object{
		"integrationType": map[string]any{"id": i.TypeID}, "intendedState": i.IntendedState, "config": map[string]any(settings.Stored()),
	}}, installed)
	// The provider reads the newest version, whichever the deployment uses.
	newest := s.pinned.value
	if versions := genesys.NewestFirst(s.versions.value); len(versions) > 0 && versions[0].Version != newest.Version {
		var err error
		if newest, err = s.conn.Genesys.ConfigurationVersion(ctx, d.ConfigurationID, versions[0].Version); err != nil {
			return err
		}
	}
	o.add(opentofu.Object{Kind: guide.KindConfiguration, Name: newest.Name, ID: d.ConfigurationID, Stored: newest.Stored()}, mark.Has(newest.Description))
	o.add(opentofu.Object{Kind: guide.KindDeployment, Name: d.Name, ID: d.ID, Stored: d.Stored()}, mark.Has(d.Description))
	return nil
}
