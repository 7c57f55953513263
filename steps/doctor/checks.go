package doctor

import (
	"fmt"
	"strings"

	"msgsso-wizard/steps/signintest"
)

// check is one row of the table.
type check struct {
	id    string
	area  string
	needs []piece               // what has to be known
	check func(*seen) []Finding // none: there is nothing to say here
}

// checks are in the order of the places. A fault that one check tells is not told by the next ones again.
func (s *seen) checks() []check {
	domains := piece(s.deployment) // or else what browsers get
	if !s.deployment.known {
		domains = s.publicDomains
	}
	return []check{
		{"site-page", AreaSite, nil, checkPage},
		{"site-snippet", AreaSite, nil, checkSnippet},
		{"site-plugin", AreaSite, nil, checkPlugin},
		{"site-policy", AreaSite, nil, checkPolicy},
		{"site-redirect-uri", AreaSite, []piece{s.app}, checkPageAddress},

		{"deployment", AreaDeployment, []piece{s.deployment}, checkDeployment},
		{"allowed-domains", AreaDeployment, []piece{domains}, checkDomains},
		{"public-config", AreaDeployment, []piece{s.publicConfig}, checkPublicConfig},
		{"public-domains", AreaDeployment, []piece{s.deployment, s.publicDomains}, checkPublicDomains},

		{"pinned-version", AreaConfiguration, []piece{s.versions}, checkPinned},
		{"authentication", AreaConfiguration, []piece{s.pinned}, checkAuthentication},

		{"integration", AreaIntegration, []piece{s.pinned}, checkIntegration},
		{"discovery-uri", AreaIntegration, []piece{s.settings, s.keys}, checkDiscoveryURI},
		{"credential", AreaIntegration, []piece{s.settings, s.keys}, checkCredential},
		{"integration-state", AreaIntegration, []piece{s.integration}, checkState},

		{"document", AreaDocument, nil, checkDocument},
		{"clocks", AreaDocument, nil, checkClocks},
		{"keys", AreaDocument, []piece{s.document}, checkKeys},

		{"org", AreaApp, nil, checkOrg},
		{"app", AreaApp, nil, checkApp},
		{"client-authentication", AreaApp, nil, checkAuthMethod},
		{"client-secret", AreaApp, []piece{s.app, s.secrets}, checkSecret},
		{"redirect-uris", AreaApp, []piece{s.app}, checkRedirects},
		{"grant-types", AreaApp, []piece{s.app}, checkGrants},
		{"pkce", AreaApp, []piece{s.app}, checkPKCE},
		{"client-settings", AreaApp, []piece{s.app}, checkClientSettings},

		{"assigned", AreaAccess, []piece{s.app, s.groups, s.users}, checkAssigned},
		{"user", AreaAccess, nil, checkUser},
		{"sign-in-policy", AreaAccess, []piece{s.app, s.policy}, checkSignInPolicy},
		{"access-policy", AreaAccess, []piece{s.app, s.servers, s.access}, checkAccess},
		{"visitor-names", AreaAccess, []piece{s.app, s.servers, s.names}, checkNames},
		{"token-life", AreaAccess, []piece{s.app, s.servers, s.access}, checkLife},
		{"trusted-origins", AreaAccess, []piece{s.app, s.origins}, checkOrigins},

		{"recent-sign-ins", AreaVisits, []piece{s.events}, checkVisits},
	}
}

// judge runs the table. That there is no page is reported once.
func (s *seen) judge() []Finding {
	var out []Finding
	for _, c := range s.checks() {
		if c.area == AreaSite && c.id != "site-page" && !s.page.known {
			continue
		}
		for _, f := range s.findingsOf(c) {
			f.Check, f.Area = c.id, c.area
			if f.State == Skipped {
				f.What = "Not checked: " + strings.ReplaceAll(c.id, "-", " ") + "."
			}
			if f.AutoFix != "" && !s.canFix(f.AutoFix) {
				f.AutoFix = ""
			}
			out = append(out, f)
		}
	}
	return out
}

func (s *seen) findingsOf(c check) []Finding {
	for _, p := range c.needs {
		if why := p.gap(); why != "" {
			return skipped(why)
		}
	}
	return c.check(s)
}

func fine(format string, args ...any) []Finding {
	return []Finding{{State: OK, What: fmt.Sprintf(format, args...)}}
}

func skipped(why string) []Finding {
	return []Finding{{State: Skipped, Why: why}}
}

// fails is a link that does not hold: what is so, why it matters, the next step, and the fix, if there is one.
func fails(what, why, fix string, autoFix signintest.Fix) []Finding {
	return []Finding{{State: Fail, What: what, Why: why, Fix: fix, AutoFix: autoFix}}
}

// warns is something that sign-in works with.
func warns(what, why, fix string, autoFix signintest.Fix) []Finding {
	return []Finding{{State: Warn, What: what, Why: why, Fix: fix, AutoFix: autoFix}}
}
