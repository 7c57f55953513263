package genesys

import (
	"fmt"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

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
