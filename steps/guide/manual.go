package guide

import (
	"slices"
	"strings"

	"msgsso-wizard/apiclient/address"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
)

// ManualStep is one thing to do in a vendor's console, for who does a section manually.
type ManualStep struct {
	Text string
	Copy string // what to paste there, to the letter; empty: nothing
}

// Manual lists what an admin does in the console for a section, with the values of the present answers
// (the guide's own labels).
func Manual(id SectionID, a *Answers) []ManualStep {
	switch id {
	case SectionOkta:
		return manualOkta(a)
	case SectionGenesys:
		return []ManualStep{
			{Text: PathOAuth + ", then Add client"},
			{Text: "Grant type: Client Credentials"},
			{Text: "Roles: one with the permissions that ? lists"},
			{Text: "Save, and keep the client ID and the client secret for the wizard"},
		}
	case SectionIntegration:
		steps := []ManualStep{
			{Text: PathIntegrations + ", then + Integrations > " + IntegrationTypeName + " > Install"},
			{Text: "Name", Copy: a.Value(IntegrationName)},
			{Text: "Configuration > Properties > Discovery URI", Copy: a.Value(DiscoveryURI)},
			{Text: "Configuration > Credentials > Configure: client ID and client secret of the Okta app"},
			{Text: "Save"},
			{Text: "Back on the Integrations page: set it to Active"},
		}
		if OktaIsAutomated(a) {
			steps = append(steps, ManualStep{Text: "Okta's access policy: the wizard adds one if the app needs it"})
		}
		return steps
	case SectionConfiguration:
		return []ManualStep{
			{Text: PathConfigurations + ": open or create", Copy: a.Value(MessengerConfig)},
			{Text: AuthenticationSwitch + ": On"},
			{Text: "Select an integration", Copy: a.Value(IntegrationName)},
			{Text: "Save New Version. Save Draft alone doesn't change anything for visitors."},
		}
	case SectionDeployment:
		steps := []ManualStep{
			{Text: PathDeployments + ": open or create", Copy: a.Value(DeploymentName)},
			{Text: "Select your Configuration, in its newest version", Copy: a.Value(MessengerConfig)},
		}
		for _, domain := range a.Get(AllowedDomains).Values {
			steps = append(steps, ManualStep{Text: "Allowed domains", Copy: domain})
		}
		return append(steps,
			ManualStep{Text: "Inbound message flow", Copy: a.Value(MessageFlow)},
			ManualStep{Text: "Save"})
	default:
		return []ManualStep{{Text: snippetPath}}
	}
}

// manualSections are the sections whose objects the user may set up in the console.
var manualSections = []Option{
	{Value: string(SectionIntegration), Label: "Integration"},
	{Value: string(SectionConfiguration), Label: "Messenger configuration"},
	{Value: string(SectionDeployment), Label: "Messenger deployment"},
}

// chosenIn are the questions by which the user chooses what was set up in the console.
var chosenIn = map[SectionID]Key{
	SectionOkta: ManualClientID, SectionGenesys: GenesysClientID,
	SectionIntegration: IntegrationName, SectionConfiguration: MessengerConfig, SectionDeployment: DeploymentName,
}

// ChosenIn is the question by which the user chooses what was set up in the console for a section; empty: there is none.
func ChosenIn(id SectionID) Key { return chosenIn[id] }

// Manual reports whether the user sets up the section in the console, so that the wizard uses it as it is.
func (a *Answers) Manual(id SectionID) bool {
	if id == SectionOkta {
		return OktaIsManual(a)
	}
	return slices.Contains(a.Get(ManualSections).Values, string(id))
}

// SetManual has the user set up the section in the console, or the wizard again. It returns the question by which the user
// chooses what was set up.
func (a *Answers) SetManual(id SectionID, manual bool) Key {
	sections := slices.DeleteFunc(slices.Clone(a.Get(ManualSections).Values), func(s string) bool { return s == string(id) })
	switch _, known := chosenIn[id]; {
	case id == SectionOkta && manual:
		_ = a.Set(OktaSignIn, FromUser, OktaManual) // one of its options
	case id == SectionOkta && OktaIsManual(a):
		_ = a.Set(OktaSignIn, FromUser)
	case known && id != SectionOkta && id != SectionGenesys:
		if manual {
			sections = append(sections, string(id))
		}
		_ = a.Set(ManualSections, FromUser, sections...)
	}
	return chosenIn[id]
}

func manualOkta(a *Answers) []ManualStep {
	question, _ := QuestionFor(GrantTypes)
	var grants []string
	for _, value := range a.Get(GrantTypes).Values {
		grants = append(grants, question.Word(value))
	}
	steps := []ManualStep{
		{Text: newApp},
		{Text: "Classic experience, if Okta offers it, then OIDC - OpenID Connect"},
		{Text: "Web Application, Next"},
		{Text: "App integration name", Copy: a.Value(AppName)},
		{Text: "Grant type: " + strings.Join(grants, ", ")},
	}
	for _, uri := range a.Get(RedirectURIs).Values {
		steps = append(steps, ManualStep{Text: "Sign-in redirect URIs, exactly", Copy: uri})
	}
	for _, uri := range a.Get(LogoutURIs).Values {
		steps = append(steps, ManualStep{Text: "Sign-out redirect URIs, exactly", Copy: uri})
	}
	steps = append(steps,
		ManualStep{Text: "Assignments: " + manualAssignment(a)},
		ManualStep{Text: "Save. This creates the client ID and the client secret."},
		ManualStep{Text: "Security > API > Authorization Servers > default > Access Policies: if none covers the app, Add New Access Policy for it, then Add rule with Authorization Code"},
		ManualStep{Text: "For visitors' names: the same server > Claims: set given_name and family_name to ID Token, Always. All its apps then get them."})
	for _, uri := range a.Get(RedirectURIs).Values {
		steps = append(steps, ManualStep{Text: "Security > API > Trusted Origins > Add Origin (CORS, Redirect)", Copy: address.OriginOf(uri).String()})
	}
	return steps
}

func manualAssignment(a *Answers) string {
	switch a.Value(Assign) {
	case AssignSelected:
		return "Limit access to selected groups: " + strings.Join(a.Get(AssignGroups).Values, ", ")
	case AssignSkip:
		return "Skip group assignment for now"
	default:
		return "Allow everyone in your organization to access, with Federation Broker Mode cleared"
	}
}

// IntegrationTypeName is what Genesys Cloud calls the type of integration that Messenger signs in with.
const IntegrationTypeName = "OpenID Connect Messenger Configuration"

// Console returns the address of the console in which an admin does the section manually; empty where it is
// not known, as on loopback. Section.Place says where to go from there.
func (a *Answers) Console(id SectionID) string {
	if id == SectionOkta {
		return okta.AdminConsole(a.Value(OktaOrg))
	}
	region, _, err := genesys.ParseRegion(a.Value(GenesysRegion))
	if err != nil || !genesys.InCloud(region.Domain) {
		return ""
	}
	return region.Apps + "/"
}

// Paths in Genesys Cloud's console, which has two menus: admins see one or the other, so each text names both (contract
// genesys.md 7.1). A page whose path isn't known in both is named without a menu.
const (
	PathOAuth          = "Menu > IT and Integrations > OAuth, or Admin > Integrations > OAuth"
	PathIntegrations   = "Menu > IT and Integrations > Integrations, or Admin > Integrations > Integrations"
	PathMessage        = "Menu > Digital and Telephony > Message, or Admin > Message"
	PathConfigurations = "Menu > Digital and Telephony > Message > Messenger Configurations, or Admin > Message > Messenger Configurations"
	PathDeployments    = "Menu > Digital and Telephony > Message > Messenger Deployments, or Admin > Message > Messenger Deployments"

	// AuthenticationSwitch is where a Messenger configuration has its switch, by the newer and the older console.
	AuthenticationSwitch = "Behavior (before: Apps) > Authentication"

	// newApp is where Okta's console creates an app; Integrator Free Plan orgs have it elsewhere (contract okta.md 3.6).
	newApp = "Applications > Applications (Integrator Free Plan: Applications and Resources > Applications), then Create App Integration"

	snippetPath = PathDeployments + ", then your deployment > Deploy your snippet"
)
