package guide

import (
	"slices"
	"strings"
)

// The questions' keys.
const (
	OktaOrg             Key = "okta-org"
	ConfirmOrg          Key = "confirm-okta-org"
	OktaSignIn          Key = "okta-sign-in"
	OktaToken           Key = "okta-token"
	OktaClientID        Key = "okta-client-id"
	OktaKey             Key = "okta-key"
	OktaKeyID           Key = "okta-key-id"
	ManualClientID      Key = "app-client-id"
	ManualClientSecret  Key = "app-client-secret"
	AppName             Key = "app-name"
	GrantTypes          Key = "grant-type"
	RedirectURIs        Key = "redirect-uri"
	LogoutURIs          Key = "logout-uri"
	Assign              Key = "assign"
	AssignGroups        Key = "group"
	GenesysRegion       Key = "genesys-region"
	ConfirmRegion       Key = "confirm-genesys-region"
	GenesysSignIn       Key = "genesys-sign-in"
	GenesysProfile      Key = "genesys-profile"
	GenesysClientID     Key = "genesys-client-id"
	GenesysClientSecret Key = "genesys-client-secret"
	GenesysAccessToken  Key = "genesys-access-token"
	CallbackPort        Key = "callback-port"
	ManualSections      Key = "manual"
	IntegrationName     Key = "integration-name"
	IntegrationType     Key = "integration-type"
	DiscoveryProperty   Key = "discovery-property"
	IntegrationProperty Key = "integration-property"
	CredentialKey       Key = "credential-key"
	ClientIDField       Key = "client-id-field"
	ClientSecretField   Key = "client-secret-field"
	CredentialFields    Key = "credential-fields"
	DiscoveryURI        Key = "discovery-uri"
	VisitorNames        Key = "visitor-names"
	MessengerConfig     Key = "messenger-config"
	DeploymentName      Key = "deployment"
	AllowedDomains      Key = "allowed-domain"
	MessageFlow         Key = "flow"
	Rollout             Key = "rollout"
	StagingHosts        Key = "staging-host"
	SnippetFile         Key = "snippet-file"
)

// The ways to assign users to the app.
const (
	AssignEveryone = "everyone"
	AssignSelected = "groups"
	AssignSkip     = "skip"
)

// When a live deployment uses the new version.
const (
	RolloutNow = "now"
	RolloutTry = "try"
)

// What becomes of visitors' names in ID tokens.
const (
	NamesKeep    = "keep"
	NamesInclude = "include"
)

// questions is the one table of all that is asked. It is filled by init because defaults that derive from
// other answers look questions up in it.
var questions []Question

func init() {
	questions = slices.Concat(oktaQuestions(), genesysQuestions(), integrationQuestions(), messengerQuestions())
	for i, q := range questions {
		if q.Flag != "" {
			questions[i].Env = append(q.Env, prefix+strings.ToUpper(strings.ReplaceAll(q.Flag, "-", "_")))
		}
	}
}

// answers is When for a question that arises only with one of the values of another.
func answers(key Key, values ...string) func(*Answers) bool {
	return func(a *Answers) bool { return slices.Contains(values, a.Value(key)) }
}
