package cli

import (
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// demoDialer keeps a demo from opening anything but the simulated services, whatever is typed, and from reaching any other
// machine, whatever address a document or a page names.
type demoDialer struct {
	services.Dialer
	okta, genesys string
}

func newDemoDialer(services *services.Network, okta, genesys string) demoDialer {
	services.Local = true
	return demoDialer{services, okta, genesys}
}

// Okta opens the simulated org and no other.
func (f demoDialer) Okta(org string, login guide.OktaLogin) (services.Okta, error) {
	if org != f.okta {
		return nil, demoOnly(guide.OktaOrg, f.okta)
	}
	return f.Dialer.Okta(org, login)
}

// Genesys opens the simulated organization and no other.
func (f demoDialer) Genesys(region string, login guide.GenesysLogin) (services.Genesys, error) {
	if region != f.genesys {
		return nil, demoOnly(guide.GenesysRegion, f.genesys)
	}
	return f.Dialer.Genesys(region, login)
}

// Messenger opens the simulated organization's public side and no other.
func (f demoDialer) Messenger(region string) (services.Messenger, error) {
	if region != f.genesys {
		return nil, demoOnly(guide.GenesysRegion, f.genesys)
	}
	return f.Dialer.Messenger(region)
}

func demoOnly(key guide.Key, only string) error {
	return &explain.Error{
		Class: explain.ClassUsage, Question: key,
		Problem: "A demo reaches the simulated services only, here " + only + ".",
		Fix:     "Go back to that address, or run msgsso-wizard without the word demo for your own orgs.",
	}
}
