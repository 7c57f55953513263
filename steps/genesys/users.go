package genesys

import (
	"context"
	"fmt"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// usersOf says who signs visitors in with an integration: a draft, other than those that go or that the run itself
// changed to it, or the version that a deployment uses.
func usersOf(ctx context.Context, api services.Genesys, integrationID string, u *engine.Undo) (string, error) {
	all, err := api.Configurations(ctx)
	if err != nil {
		return "", err
	}
	for _, c := range all {
		changed := u.Did(func(e engine.Entry) bool {
			return e.Kind == guide.KindConfiguration && e.Ref.ID == c.ID && e.Verb == engine.Update
		})
		if signsInWith(c) == integrationID && !u.Going(guide.KindConfiguration, c.ID) && !changed {
			return fmt.Sprintf("the configuration %q signs its visitors in with it", c.Name), nil
		}
	}
	live, err := deploymentsAfter(ctx, api, u)
	if err != nil {
		return "", err
	}
	for _, d := range live {
		version, err := api.ConfigurationVersion(ctx, d.ConfigurationID, d.ConfigurationVersion)
		if err != nil && !apiclient.NotFound(err) {
			return "", err
		}
		if signsInWith(version) == integrationID {
			return signIn(d, "it", u), nil
		}
	}
	return "", nil
}

// signIn says that visitors of a deployment sign in with something, and which other run moved the deployment to it.
func signIn(d genesys.Deployment, with string, u *engine.Undo) string {
	moved := u.OtherRun("moved it", func(e engine.Entry) bool {
		return e.Kind == guide.KindDeployment && e.Ref.ID == d.ID && e.Verb == engine.Update && e.Given(fieldVersion).Text() == d.ConfigurationVersion
	})
	if moved != "" {
		moved = ": " + moved
	}
	return fmt.Sprintf("visitors of the deployment %q sign in with %s", d.Name, with) + moved
}

// deploymentsAfter are the deployments that exist when the undo was carried out, as they are then.
func deploymentsAfter(ctx context.Context, api services.Genesys, u *engine.Undo) ([]genesys.Deployment, error) {
	all, err := api.Deployments(ctx)
	var out []genesys.Deployment
	for _, d := range all {
		if u.Going(guide.KindDeployment, d.ID) {
			continue
		}
		if restored, ok := u.Restored(guide.KindDeployment, d.ID); ok {
			d = restored.(genesys.Deployment)
		}
		out = append(out, d)
	}
	return out, err
}
