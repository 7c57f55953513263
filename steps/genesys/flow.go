package genesys

import (
	"fmt"
	"slices"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

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
