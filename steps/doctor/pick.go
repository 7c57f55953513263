package doctor

import (
	"context"

	genesyssteps "msgsso-wizard/steps/genesys"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
)

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
