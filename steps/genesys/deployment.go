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
	"msgsso-wizard/steps/services"
)

const deploymentLimit = 120 * time.Second // contract genesys.md 2.4

// deploymentObject is a Messenger deployment of an organization.
type deploymentObject struct{ API API }

// UndoDeployment undoes what a run did to one.
func UndoDeployment(api API) engine.UndoKind { return engine.Undoing(deploymentObject{API: api}) }

func (deploymentObject) Kind() guide.ObjectKind              { return guide.KindDeployment }
func (deploymentObject) Ref(d genesys.Deployment) engine.Ref { return engine.Ref{ID: d.ID} }

func (o deploymentObject) Read(ctx context.Context, at engine.Ref) (genesys.Deployment, error) {
	return engine.Ask(ctx, o.API, services.Genesys.Deployment, at.ID)
}

func (o deploymentObject) Write(ctx context.Context, _ engine.Ref, d genesys.Deployment) (genesys.Deployment, error) {
	return engine.Ask(ctx, o.API, services.Genesys.UpdateDeployment, d)
}

func (o deploymentObject) Delete(ctx context.Context, at engine.Ref) error {
	return engine.Tell(ctx, o.API, services.Genesys.DeleteDeployment, at.ID)
}

// Fields returns what the guide changes. A version means something only together with its configuration.
func (deploymentObject) Fields() []engine.Field[genesys.Deployment] {
	const pinned, moved = "configuration", "somebody moved it to another configuration version since"
	return []engine.Field[genesys.Deployment]{
		engine.ListField("allowed domains", "other pages have it since", func(d *genesys.Deployment) *[]string { return &d.AllowedDomains }),
		engine.TextField("configuration", moved, func(d *genesys.Deployment) *string { return &d.ConfigurationID }).In(pinned),
		engine.TextField("configuration version", moved, func(d *genesys.Deployment) *string { return &d.ConfigurationVersion }).In(pinned),
		engine.TextField("inbound message flow", "", func(d *genesys.Deployment) *string { return &d.FlowID }),
	}
}

func (deploymentObject) Undone(verb engine.Verb) string {
	return verb.Says("pages with its snippet show no Messenger any more", "")
}

func (deploymentObject) Taken(d genesys.Deployment) string {
	return takenOver(d.Description)
}

// Trace finds what a run created, by its description.
func (o deploymentObject) Trace(ctx context.Context, e engine.Entry, run string) ([]engine.Ref, error) {
	all, err := engine.List(ctx, o.API, services.Genesys.Deployments)
	return engine.RefsOf(all, o.Ref, func(d genesys.Deployment) bool {
		return d.Name == e.Name && strings.Contains(d.Description, run)
	}), err
}

// Ready reports whether browsers get it.
func (deploymentObject) Ready(d genesys.Deployment) (bool, error) {
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
func (deploymentObject) Settling() (string, time.Duration) { return "Active", deploymentLimit }
