package guide

import "slices"

// ObjectKind is a kind of object that the guide makes.
type ObjectKind string

// The kinds of object that the guide makes, in the vendors' words and the guide's order.
const (
	KindApp           ObjectKind = "app integration"
	KindAssignment    ObjectKind = "assignment"
	KindOrigin        ObjectKind = "trusted origin"
	KindPolicy        ObjectKind = "access policy"
	KindRule          ObjectKind = "policy rule"
	KindIntegration   ObjectKind = "integration"
	KindCredential    ObjectKind = "credential"
	KindSettings      ObjectKind = "settings"
	KindState         ObjectKind = "state"
	KindConfiguration ObjectKind = "configuration"
	KindVersion       ObjectKind = "published version"
	KindDeployment    ObjectKind = "deployment"
)

var kinds = []ObjectKind{
	KindApp, KindAssignment, KindOrigin, KindPolicy, KindRule, KindIntegration, KindCredential, KindSettings, KindState,
	KindConfiguration, KindVersion, KindDeployment,
}

// Order returns the kind's place in the guide.
func (k ObjectKind) Order() int { return slices.Index(kinds, k) }
