package guide

import (
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/apiclient/okta"
)

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
