package steps

import (
	"context"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/taskgroup"
)

// inventory reads the lists that later steps look things up in as soon as the organization is open, because
// these steps can only begin after others.
type inventory struct{}

func (inventory) ID() string               { return "inventory" }
func (inventory) Section() guide.SectionID { return guide.SectionDeployment }

func (inventory) Plan(ctx context.Context, env *Env) ([]Change, error) {
	f := &env.facts
	g, gctx := taskgroup.WithContext(ctx)
	g.Go(func() error { _, err := f.allDeployments(gctx); return err })
	g.Go(func() error { _, err := f.allFlows(gctx); return err })
	return nil, g.Wait()
}

// Apply does nothing: reading changes nothing.
func (inventory) Apply(context.Context, *Env) error { return nil }

func (f *facts) allIntegrations(ctx context.Context) ([]genesys.Integration, error) {
	return f.integrations.get(func() ([]genesys.Integration, error) { return f.genesys.Integrations(ctx) })
}

func (f *facts) allConfigurations(ctx context.Context) ([]genesys.Configuration, error) {
	return f.configurations.get(func() ([]genesys.Configuration, error) { return f.genesys.Configurations(ctx) })
}

func (f *facts) allDeployments(ctx context.Context) ([]genesys.Deployment, error) {
	return f.deployments.get(func() ([]genesys.Deployment, error) { return f.genesys.Deployments(ctx) })
}

func (f *facts) allFlows(ctx context.Context) ([]genesys.Flow, error) {
	return f.flows.get(func() ([]genesys.Flow, error) { return f.genesys.Flows(ctx) })
}
