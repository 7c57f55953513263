package doctor

import (
	"slices"

	"msgsso-wizard/apiclient/address"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/signintest"
)

// connections are the questions whose answers open the orgs, and nothing else.
var connections = []guide.Key{
	guide.OktaOrg, guide.ConfirmOrg, guide.OktaSignIn, guide.OktaToken, guide.OktaClientID, guide.OktaKey, guide.OktaKeyID,
	guide.GenesysRegion, guide.ConfirmRegion, guide.GenesysSignIn, guide.GenesysProfile, guide.GenesysClientID, guide.GenesysClientSecret,
	guide.GenesysAccessToken, guide.CallbackPort,
}

// name answers the guide's questions with what exists, by its ids, and with what is missing; the steps take nothing
// away.
func (s *seen) name(a *guide.Answers, wanted []signintest.Fix) error {
	d := s.deployment.value
	answers := map[guide.Key][]string{
		guide.Assign:  {guide.AssignSkip},
		guide.AppName: {s.app.value.ID}, guide.IntegrationName: {s.integration.value.ID},
		guide.MessengerConfig: {d.ConfigurationID}, guide.DeploymentName: {d.ID},
	}
	if d.FlowID == "" { // otherwise it stays the one that the deployment has
		answers[guide.MessageFlow] = []string{guide.NoFlow}
	}
	if s.rightDiscovery() && !slices.Contains(wanted, signintest.FixDiscovery) {
		answers[guide.DiscoveryURI] = []string{s.discoveryURI()}
	}
	if slices.Contains(wanted, signintest.FixRedirect) {
		answers[guide.RedirectURIs] = s.missingRedirects()
		answers[guide.LogoutURIs] = s.missingRedirects()
	}
	if slices.Contains(wanted, FixNames) {
		answers[guide.VisitorNames] = []string{guide.NamesInclude}
	}
	if slices.Contains(wanted, signintest.FixDomains) {
		answers[guide.AllowedDomains] = s.missingDomains()
	}
	for key, values := range answers {
		values = slices.DeleteFunc(values, func(v string) bool { return v == "" })
		if err := a.Set(key, guide.FromUser, values...); err != nil {
			return explain.InWords("use what exists", err)
		}
	}
	return nil
}

// rightDiscovery reports whether the Discovery URI holds.
func (s *seen) rightDiscovery() bool {
	return s.document.known && !failed(append(checkDiscoveryURI(s), checkDocument(s)...))
}

// missingRedirects are the addresses that have to be registered: those that the user named, and the one of the page.
func (s *seen) missingRedirects() []string {
	want := slices.Clone(s.wanted())
	if s.tested != "" {
		want = append(want, s.tested)
	}
	if s.page.known && address.OriginOf(s.redirectURI()) == address.OriginOf(s.pageAddress()) {
		want = append(want, s.redirectURI())
	}
	slices.Sort(want)
	return slices.DeleteFunc(slices.Compact(want), s.registered)
}

// missingDomains are the hosts on which Messenger has to start and may not: the page's, or that of the last test, or else
// those of the redirect URIs, where none of them may.
func (s *seen) missingDomains() []string {
	pages := s.addresses()
	switch {
	case s.page.known:
		pages = []string{s.page.value.URL}
	case s.tested != "":
		pages = []string{s.tested}
	case slices.ContainsFunc(pages, s.mayStart):
		return nil
	}
	return guide.Hosts(slices.DeleteFunc(pages, s.mayStart))
}
