// Package doctor follows the chain of a sign-in backwards, from the page and the deployment to the Okta app, and says
// which links hold. Looking only reads; what it can fix is planned by the guide's own steps and carried out after
// the user agreed.
//
//	read*.go    read everything, side by side, into seen
//	checks.go    the table of checks: each needs some of it and judges
//	check_*.go   the checks, one place of the chain a file
//	fix*.go     the fixes
//
// What cannot be read makes no error: the checks that need it are skipped and say why.
package doctor

import (
	"context"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/explain"
	genesyssteps "msgsso-wizard/steps/genesys"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
)

// Examine checks everything that the answers of cfg.Env open, and judges it. It only reads. The error is an
// *explain.Error that says why nothing could be checked, or the context's.
func Examine(ctx context.Context, cfg Config) (*Report, error) {
	conn, err := cfg.Env.Connect(ctx)
	if err != nil {
		return nil, err
	}
	s := &seen{cfg: cfg, conn: conn}
	if err := s.pick(ctx); err != nil {
		return nil, err
	}
	if cfg.Site == "" && (conn.Messenger == nil || s.deploymentID == "") {
		return nil, explain.New(explain.ClassUsage, guide.GenesysRegion,
			"Nothing to check: no region with a deployment is set, and no page.",
			"Set the region and the deployment, with credentials to check more, or a page.").And(guide.DeploymentName)
	}
	s.read(ctx)
	if ctx.Err() != nil {
		return nil, context.Cause(ctx)
	}
	return &Report{Chain: s.chain(), Findings: s.judge(), seen: s}, nil
}

func (s *seen) chain() Chain {
	d, app := s.deployment.value, s.app.value
	c := Chain{
		Region: s.conn.RegionName, Organization: s.conn.Identity.Genesys, DeploymentID: s.deploymentID, Deployment: d.Name,
		ConfigurationID: d.ConfigurationID, Configuration: s.pinned.value.Name, Pinned: d.ConfigurationVersion,
		IntegrationID: s.integration.value.ID, Integration: s.integration.value.Name,
		DiscoveryURI: s.discoveryURI(), Issuer: s.document.value.Issuer, Org: s.conn.OktaURL,
		AppID: app.ID, App: app.Label, ClientID: app.ClientID, RedirectURIs: app.RedirectURIs,
	}
	if versions := genesys.NewestFirst(s.versions.value); len(versions) > 0 {
		c.Newest = versions[0].Version
	}
	if s.page.known {
		c.Site = s.page.value.URL
	}
	if !s.deployment.known {
		c.Pinned = s.publicConfig.value.Version
	}
	return c
}

// Deployments lists the Messenger deployments of the organization, to choose one. Its errors are *explain.Error, or the
// context's.
func Deployments(ctx context.Context, env *setup.Session) ([]guide.Option, error) {
	conn, err := env.Connect(ctx)
	if err != nil {
		return nil, err
	}
	if conn.Genesys == nil {
		return nil, explain.New(explain.ClassUsage, guide.GenesysRegion,
			"You aren't signed in to Genesys Cloud, so its deployments can't be listed.",
			"Set the region and the credentials, or the deployment ID.").And(guide.DeploymentName)
	}
	all, err := conn.Genesys.Deployments(ctx)
	if err != nil {
		return nil, explain.InWords("read the deployments", err)
	}
	var out []guide.Option
	for _, d := range all {
		note := "uses version " + d.ConfigurationVersion + ", allows " + genesyssteps.AllowedDomains(d)
		out = append(out, guide.Option{Value: d.ID, Label: d.Name, Note: note})
	}
	return out, nil
}

// pick finds the deployment that is meant. It is read again by its id, because lists have no snippet.
func (s *seen) pick(ctx context.Context) error {
	want := s.cfg.Deployment
	if s.conn.Genesys == nil {
		s.deploymentID = want
		s.deployment.skip(needsGenesys)
		return nil
	}
	all, err := s.conn.Genesys.Deployments(ctx)
	if err != nil {
		return explain.InWords("read the deployments", err)
	}
	chosen, err := genesyssteps.ChooseDeployment(all, want, s.cfg.Env.Answers)
	if err != nil {
		return err
	}
	s.deploymentID = chosen.ID
	s.deployment.read("read the deployment", func() (genesys.Deployment, error) { return s.conn.Genesys.Deployment(ctx, s.deploymentID) })
	if s.deployment.err != nil {
		return s.deployment.err
	}
	return nil
}
