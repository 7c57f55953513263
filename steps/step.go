package steps

import (
	"context"
	"slices"

	"msgsso-wizard/steps/guide"
)

// Step is one piece of the guide's work.
type Step interface {
	ID() string
	Section() guide.SectionID
	// Plan only reads. It returns what Apply would do; what is in place already is listed with the verb Reuse.
	Plan(ctx context.Context, env *Env) ([]Change, error)
	// Apply carries the plan out. It is safe to repeat after any interruption, when Plan ran again first.
	Apply(ctx context.Context, env *Env) error
}

// Notice is something that a plan found and the user should see: a check that passed, or one to look at.
type Notice struct {
	Section guide.SectionID
	OK      bool
	Text    string
}

// node is a step with the steps whose plans, and whose changes, it needs first.
type node struct {
	step       Step
	planAfter  []string
	applyAfter []string
	when       func(*guide.Answers) bool // nil: always
}

// graph is every step of the guide, in the guide's order. The order also decides which of several
// errors is reported: the earliest is the one that explains the others.
var graph = []node{
	{step: connectOkta{}},
	{step: identify{}, planAfter: needs("okta"), when: guide.OktaIsAutomated},
	{step: app{}, planAfter: needs("okta"), when: guide.OktaIsAutomated},
	{step: handApp{}, planAfter: needs("okta"), when: guide.OktaIsManual},
	{step: assignment{}, planAfter: needs("app"), applyAfter: needs("app"), when: guide.OktaIsAutomated},
	{step: assignUser{}, planAfter: needs("app"), applyAfter: needs("app"), when: guide.OktaIsAutomated},
	{step: origins{}, planAfter: needs("app"), when: guide.OktaIsAutomated},
	{step: connectGenesys{}},
	{step: preflight{}, planAfter: needs("genesys")},
	{step: inventory{}, planAfter: needs("genesys")},
	{step: authorizationServer{}, planAfter: needs("okta")},
	{step: discovery{}, planAfter: needs("authorization-server")},
	{step: handCheck{}, planAfter: needs("hand-app", "discovery"), when: guide.OktaIsManual},
	{step: accessPolicy{}, planAfter: needs("app", "authorization-server"), applyAfter: needs("app"), when: guide.OktaIsAutomated},
	{step: integrationType{}, planAfter: needs("genesys")},
	{step: integration{}, planAfter: needs("integration-type")},
	{step: credential{}, planAfter: needs("app", "hand-app", "integration"), applyAfter: needs("app", "integration")},
	{step: settings{}, planAfter: needs("discovery", "credential"), applyAfter: needs("credential")},
	{step: activation{}, planAfter: needs("integration"), applyAfter: needs("settings")},
	{step: configuration{}, planAfter: needs("genesys", "integration"), applyAfter: needs("integration")},
	{step: publication{}, planAfter: needs("configuration"), applyAfter: needs("configuration", "activation")},
	{step: deployment{}, planAfter: needs("genesys", "publication"), applyAfter: needs("publication")},
	{step: readBack{}, applyAfter: needs("deployment", "assignment", "origins", "access-policy")},
}

// place is where in the guide's order a step stands.
func place(id string) int {
	return slices.IndexFunc(graph, func(n node) bool { return n.step.ID() == id })
}

func needs(ids ...string) []string { return ids }
