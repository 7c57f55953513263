package cli

import (
	"maps"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// demoDialer lets a demo reach only the simulator, whatever the user types and whatever URL a document or a page names.
type demoDialer struct {
	services.Dialer
	okta, genesys string
}

func newDemoDialer(services *services.Network, s *Simulation) demoDialer {
	services.Hosts = map[string]string{} // even without names: nil would reach every host
	maps.Copy(services.Hosts, s.Hosts)
	return demoDialer{services, s.Okta, s.Genesys}
}

// Okta opens the simulated org and no other. What is asked without a sign-in, as of its custom domain, stays on this
// computer anyway.
func (f demoDialer) Okta(org string, login guide.OktaLogin) (services.Okta, error) {
	if org != f.okta && login.Method != guide.OktaManual {
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
		Problem: "A demo reaches only the simulator at " + only + ".",
		Fix:     "Use that URL, or run msgsso-wizard without demo for your own orgs.",
	}
}
