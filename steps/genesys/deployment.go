package genesys

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/mark"
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
		Taken:   func(d genesys.Deployment) string { return mark.Taken(d.Description) },
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

// shownNames is how many deployments an error names.
const shownNames = 10

// ChooseDeployment finds the existing deployment that is meant, by ID or name. want empty: the only one, or the one that the
// answers name.
func ChooseDeployment(all []genesys.Deployment, want string, answers *guide.Answers) (genesys.Deployment, error) {
	typed := want != "" || answers.Get(guide.DeploymentName).From > guide.FromDefault
	if want == "" {
		want = answers.Value(guide.DeploymentName)
		if len(all) == 1 {
			want = all[0].ID
		}
	}
	fit := slices.DeleteFunc(slices.Clone(all), func(d genesys.Deployment) bool { return d.ID != want && d.Name != want })
	if len(fit) == 0 && !typed {
		want = ""
	}
	if len(fit) != 1 {
		return genesys.Deployment{}, notOne(want, all, len(fit))
	}
	return fit[0], nil
}

func notOne(want string, all []genesys.Deployment, fit int) error {
	var names []string
	for _, d := range all {
		names = append(names, fmt.Sprintf("%q (%s)", d.Name, d.ID))
	}
	e := explain.New(explain.ClassUsage, guide.DeploymentName,
		fmt.Sprintf("Genesys Cloud has no Messenger deployment %q.", want),
		"Choose an existing one: "+strings.Join(names[:min(len(names), shownNames)], ", ")+".")
	if want == "" {
		e.Problem = fmt.Sprintf("Genesys Cloud has %d Messenger deployments, and none was named.", len(all))
	}
	if fit > 1 {
		e.Problem = fmt.Sprintf("Genesys Cloud has %d Messenger deployments named %q.", fit, want)
		e.Fix = "Enter the ID of the one you want."
	}
	if len(all) == 0 {
		e.Problem, e.Fix = "The organization has no Messenger deployment yet.", "Run the guide to create one."
	}
	return e
}

// ChooseFlow takes the flow that was asked for, else the one that the deployment has, else the only published one. Of
// several it does not guess. A zero Flow: none.
func ChooseFlow(answer guide.Answer, flows []genesys.Flow, current string) (genesys.Flow, error) {
	published := slices.DeleteFunc(slices.Clone(flows), func(f genesys.Flow) bool { return !f.Published })
	switch {
	case answer.Given && answer.Value == guide.NoFlow:
		return genesys.Flow{}, nil
	case answer.Given:
		return flowNamed(flows, answer.Value)
	case current != "":
		if i := slices.IndexFunc(flows, func(f genesys.Flow) bool { return f.ID == current }); i >= 0 {
			return flows[i], nil
		}
		return genesys.Flow{ID: current, Name: current}, nil
	case len(published) == 1:
		return published[0], nil
	case len(published) == 0:
		return genesys.Flow{}, nil
	}
	q, _ := guide.QuestionFor(guide.MessageFlow)
	return genesys.Flow{}, explain.New(explain.ClassUsage, guide.MessageFlow,
		fmt.Sprintf("Genesys Cloud has %d published inbound message flows. Choose the flow that receives visitors' messages.", len(published)),
		"Choose one, or "+guide.NoFlow+" ("+q.OtherSources()+").")
}

func flowNamed(flows []genesys.Flow, want string) (genesys.Flow, error) {
	i := slices.IndexFunc(flows, func(f genesys.Flow) bool { return f.ID == want || f.Name == want })
	switch {
	case i < 0:
		return genesys.Flow{}, explain.New(explain.ClassUsage, guide.MessageFlow,
			fmt.Sprintf("Genesys Cloud has no inbound message flow %q.", want),
			"Enter its exact name or ID (Architect > Inbound Message Flows).")
	case !flows[i].Published:
		return genesys.Flow{}, explain.New(explain.ClassConflict, guide.MessageFlow,
			fmt.Sprintf("The flow %q isn't published, so a deployment can't use it.", flows[i].Name),
			"Publish it in Architect, or choose another one.")
	}
	return flows[i], nil
}
