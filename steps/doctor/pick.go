package doctor

import (
	"context"
	"fmt"
	"slices"
	"strings"

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
	if want == "" {
		want = s.cfg.Env.Answers.Value(guide.DeploymentName)
		if len(all) == 1 {
			want = all[0].ID
		}
	}
	fit := slices.DeleteFunc(slices.Clone(all), func(d genesys.Deployment) bool { return d.ID != want && d.Name != want })
	if len(fit) != 1 {
		return notOne(want, all, len(fit))
	}
	s.deploymentID = fit[0].ID
	s.deployment.read("read the deployment", func() (genesys.Deployment, error) { return s.conn.Genesys.Deployment(ctx, s.deploymentID) })
	if s.deployment.err != nil {
		return s.deployment.err
	}
	return nil
}

// shownNames is how many deployments an error names.
const shownNames = 10

func notOne(want string, all []genesys.Deployment, fit int) error {
	var names []string
	for _, d := range all {
		names = append(names, fmt.Sprintf("%q (%s)", d.Name, d.ID))
	}
	e := explain.New(explain.ClassUsage, guide.DeploymentName,
		fmt.Sprintf("Genesys Cloud has no Messenger deployment %q.", want),
		"Choose an existing one: "+strings.Join(names[:min(len(names), shownNames)], ", ")+".")
	if fit > 1 {
		e.Problem = fmt.Sprintf("Genesys Cloud has %d Messenger deployments named %q.", fit, want)
		e.Fix = "Enter the ID of the one you want."
	}
	if len(all) == 0 {
		e.Problem, e.Fix = "The organization has no Messenger deployment yet.", "Run the guide to create one."
	}
	return e
}
