package guide

import "slices"

// ObjectKind is a kind of object that the guide makes.
type ObjectKind string

// The kinds of object that the guide makes, in the vendors' words and the guide's order.
const (
	KindApp           ObjectKind = "app integration"
	KindSecret        ObjectKind = "client secret"
	KindOldSecret     ObjectKind = "old client secret"
	KindAssignment    ObjectKind = "assignment"
	KindOrigin        ObjectKind = "trusted origin"
	KindPolicy        ObjectKind = "access policy"
	KindRule          ObjectKind = "policy rule"
	KindClaim         ObjectKind = "claim"
	KindFederated     ObjectKind = "federated claim"
	KindIntegration   ObjectKind = "integration"
	KindCredential    ObjectKind = "credential"
	KindOldCredential ObjectKind = "old credential"
	KindSettings      ObjectKind = "settings"
	KindState         ObjectKind = "state"
	KindConfiguration ObjectKind = "configuration"
	KindVersion       ObjectKind = "published version"
	KindDeployment    ObjectKind = "deployment"
)

// kinds are in the guide's order: Okta's, then those of Genesys Cloud.
var kinds = []ObjectKind{
	KindApp, KindSecret, KindOldSecret, KindAssignment, KindOrigin, KindPolicy, KindRule, KindClaim, KindFederated,
	KindIntegration, KindCredential, KindOldCredential, KindSettings, KindState, KindConfiguration, KindVersion, KindDeployment,
}

// Order returns the kind's place in the guide.
func (k ObjectKind) Order() int { return slices.Index(kinds, k) }

// Activation is what journals and documents call the change of KindState. It has the API's word for the status.
const Activation = "Disabled → Active"

// Shown is an object's name as users read it: in the console's words.
func (k ObjectKind) Shown(name string) string {
	if k == KindState && name == Activation {
		return "Inactive → Active"
	}
	return name
}

// InGenesys reports whether objects of the kind are in Genesys Cloud; the others are in Okta.
func (k ObjectKind) InGenesys() bool { return k.Order() >= KindIntegration.Order() }

// StepID names one thing that a run does: it finds something out, or changes objects of one kind.
type StepID string

// The steps. Journals keep these values.
const (
	StepOkta           StepID = "okta"
	StepIdentify       StepID = "identify"
	StepApp            StepID = "app"
	StepManualApp      StepID = "hand-app"
	StepSecrets        StepID = "client-secrets"
	StepSpareSecret    StepID = "spare-secret"
	StepSecret         StepID = "client-secret"
	StepCheckSecret    StepID = "check-secret"
	StepOldSecret      StepID = "old-secret"
	StepSignInPolicy   StepID = "sign-in-policy"
	StepPages          StepID = "pages"
	StepAssignment     StepID = "assignment"
	StepAssignUser     StepID = "assign-user"
	StepOriginList     StepID = "trusted-origins"
	StepOrigins        StepID = "origins"
	StepGenesys        StepID = "genesys"
	StepPreflight      StepID = "preflight"
	StepIntegrations   StepID = "integrations"
	StepConfigurations StepID = "configurations"
	StepDeployments    StepID = "deployments"
	StepFlows          StepID = "flows"
	StepAuthServer     StepID = "authorization-server"
	StepDiscovery      StepID = "discovery"
	StepManualCheck    StepID = "hand-check"
	StepPolicySearch   StepID = "access-policies"
	StepAccessPolicy   StepID = "access-policy"
	StepClaims         StepID = "visitor-names"
	StepTypeKeys       StepID = "integration-type"
	StepIntegration    StepID = "integration"
	StepCredential     StepID = "credential"
	StepOldCredential  StepID = "old-credential"
	StepSettings       StepID = "settings"
	StepStatus         StepID = "activation"
	StepConfiguration  StepID = "configuration"
	StepVersion        StepID = "publication"
	StepDeployment     StepID = "deployment"
	StepTestDeployment StepID = "test-deployment"
	StepReadBack       StepID = "read-back"
)

var doing = map[StepID]string{
	StepOkta: "read the org", StepIdentify: "sign in",
	StepApp: "set up the app integration", StepManualApp: "use the app from manual setup", StepPages: "set up the app integration",
	StepSecrets: "read the client secrets", StepSpareSecret: "delete the inactive client secret", StepSecret: "create a client secret",
	StepCheckSecret: "check the new client secret", StepOldSecret: "deactivate the old client secret",
	StepSignInPolicy: "read the app sign-in policy",
	StepAssignment:   "assign the app", StepAssignUser: "assign the user",
	StepOriginList: "set the trusted origins", StepOrigins: "set the trusted origins",
	StepGenesys: "sign in", StepPreflight: "read the organization",
	StepIntegrations: "read what exists", StepConfigurations: "read what exists", StepDeployments: "read what exists", StepFlows: "read what exists",
	StepAuthServer: "read the authorization servers", StepDiscovery: "fetch the discovery document",
	StepManualCheck: "check the app from manual setup", StepPolicySearch: "set the access policy", StepAccessPolicy: "set the access policy",
	StepClaims:   "include visitors' names",
	StepTypeKeys: "read the integration types", StepIntegration: "install the integration",
	StepCredential: "store the client credentials", StepOldCredential: "delete the old credential", StepSettings: "save the integration's settings", StepStatus: "activate the integration",
	StepConfiguration: "set the Messenger configuration", StepVersion: "publish the configuration",
	StepDeployment: "set the deployment", StepTestDeployment: "set the test deployment", StepReadBack: "read everything back",
}

// Doing says what the step is about, for the sentence in which it failed; empty for an unknown step.
func (s StepID) Doing() string { return doing[s] }
