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

// fieldVersion is the field with the version that a deployment uses.
const fieldVersion = "configuration version"

// DeploymentObject is a Messenger deployment of an organization.
func DeploymentObject(api services.Genesys) engine.Object[genesys.Deployment] {
	const pinned, moved = "configuration", "it now uses another version"
	return engine.Object[genesys.Deployment]{
		Kind:   guide.KindDeployment,
		Marked: true,
		Ref:    func(d genesys.Deployment) engine.Ref { return engine.Ref{ID: d.ID} },
		Read:   engine.Reading(api, services.Genesys.Deployment),
		Write:  engine.Writing(api, services.Genesys.UpdateDeployment),
		Delete: engine.Deleting(api, services.Genesys.DeleteDeployment),
		Fields: []engine.Field[genesys.Deployment]{
			engine.ListField("allowed domains", "other pages use it now", func(d *genesys.Deployment) *[]string { return &d.AllowedDomains }),
			// A version means something only together with its configuration.
			engine.TextField("configuration", moved, func(d *genesys.Deployment) *string { return &d.ConfigurationID }).In(pinned),
			engine.TextField(fieldVersion, moved, func(d *genesys.Deployment) *string { return &d.ConfigurationVersion }).In(pinned),
			engine.TextField("inbound message flow", "", func(d *genesys.Deployment) *string { return &d.FlowID }),
		},
		Ready: func(d genesys.Deployment) (bool, error) {
			return ready(d.Status, "deployment", d.Name, guide.PathDeployments)
		},
		Awaited: "Active", Limit: deploymentLimit,
		Deleted: "pages with its snippet no longer show Messenger",
		Taken:   func(d genesys.Deployment) string { return takenOver(d.Description) },
		Trace: func(ctx context.Context, _ engine.Entry) ([]genesys.Deployment, error) {
			return api.Deployments(ctx)
		},
		CreatedByRun: func(d genesys.Deployment, e engine.Entry, run string) bool {
			return d.Name == e.Name && strings.Contains(d.Description, run)
		},
	}
}

// ready reports whether what the console lists at a path can be used.
func ready(status, what, name, where string) (bool, error) {
	if status == "Error" {
		return false, explain.New(explain.ClassFault, "",
			fmt.Sprintf("Genesys Cloud reports an error in the %s %q.", what, name),
			"Open it ("+where+") to see why, then try again.").Again()
	}
	return status == "Active", nil
}
