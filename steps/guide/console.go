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
