package genesys

import (
	"context"
	"fmt"
	"strings"
	"time"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/mark"
)

// The fields of a deployment that the guide changes, as a person knows them.
const (
	FieldConfiguration = "configuration"
	FieldVersion       = "configuration version"
	FieldFlow          = "inbound message flow"
	FieldDomains       = "allowed domains"
)

const deploymentLimit = 120 * time.Second // contract genesys.md 2.4

// DeploymentObject is a Messenger deployment of an organization.
type DeploymentObject struct{ API API }

// Kind returns its kind.
func (DeploymentObject) Kind() guide.ObjectKind { return guide.KindDeployment }

// Ref returns where it is.
func (DeploymentObject) Ref(d genesys.Deployment) engine.Ref { return engine.Ref{ID: d.ID} }

// Read reads it.
func (o DeploymentObject) Read(ctx context.Context, at engine.Ref) (genesys.Deployment, error) {
	api, err := o.API(ctx)
	if err != nil {
		return genesys.Deployment{}, err
	}
	return api.Deployment(ctx, at.ID)
}

// Write replaces it.
func (o DeploymentObject) Write(ctx context.Context, _ engine.Ref, d genesys.Deployment) (genesys.Deployment, error) {
	api, err := o.API(ctx)
	if err != nil {
		return d, err
	}
	return api.UpdateDeployment(ctx, d)
}

// Delete deletes it.
func (o DeploymentObject) Delete(ctx context.Context, at engine.Ref) error {
	api, err := o.API(ctx)
	if err != nil {
		return err
	}
	return api.DeleteDeployment(ctx, at.ID)
}

// Fields returns what the guide changes. A version means something only together with its configuration.
func (DeploymentObject) Fields() []engine.Field[genesys.Deployment] {
	const moved = "somebody moved it to another configuration version since"
	return []engine.Field[genesys.Deployment]{
		{
			Name: FieldDomains, List: true, Moved: "other pages have it since",
			Get: func(d genesys.Deployment) engine.Value { return d.AllowedDomains },
			Set: func(d *genesys.Deployment, v engine.Value) { d.AllowedDomains = v },
		},
		{
			Name: FieldConfiguration, Moved: moved, Group: FieldConfiguration,
			Get: func(d genesys.Deployment) engine.Value { return engine.Text(d.ConfigurationID) },
			Set: func(d *genesys.Deployment, v engine.Value) { d.ConfigurationID = v.Text() },
		},
		{
			Name: FieldVersion, Moved: moved, Group: FieldConfiguration,
			Get: func(d genesys.Deployment) engine.Value { return engine.Text(d.ConfigurationVersion) },
			Set: func(d *genesys.Deployment, v engine.Value) { d.ConfigurationVersion = v.Text() },
		},
		{
			Name: FieldFlow,
			Get:  func(d genesys.Deployment) engine.Value { return engine.Text(d.FlowID) },
			Set:  func(d *genesys.Deployment, v engine.Value) { d.FlowID = v.Text() },
		},
	}
}

// Undone says what deleting it means.
func (DeploymentObject) Undone(verb engine.Verb) string {
	if verb == engine.Create {
		return "pages with its snippet show no Messenger any more"
	}
	return ""
}

// Taken says whether others took it over.
func (DeploymentObject) Taken(d genesys.Deployment) string {
	if mark.Has(d.Description) {
		return ""
	}
	return takenOver
}

// Trace finds what a run created, by its description.
func (o DeploymentObject) Trace(ctx context.Context, e engine.Entry, run string) ([]engine.Ref, error) {
	api, err := o.API(ctx)
	if err != nil {
		return nil, err
	}
	all, err := api.Deployments(ctx)
	return engine.RefsOf(all, o.Ref, func(d genesys.Deployment) bool {
		return d.Name == e.Name && strings.Contains(d.Description, run)
	}), err
}

// Ready reports whether browsers get it.
func (DeploymentObject) Ready(d genesys.Deployment) (bool, error) {
	if d.Status == "Error" {
		return false, &explain.Error{
			Class: explain.ClassFault, Retry: true,
			Problem: fmt.Sprintf("Genesys Cloud reports an error in the deployment %q.", d.Name),
			Fix:     "Open it under Admin > Message > Messenger Deployments to see why, then try again.",
		}
	}
	return d.Status == "Active", nil
}

// Settling says how long that may take.
func (DeploymentObject) Settling() (string, time.Duration) { return "Active", deploymentLimit }
