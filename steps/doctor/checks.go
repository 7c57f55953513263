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
		{"site-page", PlaceSite, nil, checkPage},
		{"site-snippet", PlaceSite, nil, checkSnippet},
		{"site-plugin", PlaceSite, nil, checkPlugin},
		{"site-policy", PlaceSite, nil, checkPolicy},
		{"site-redirect-uri", PlaceSite, []piece{s.app}, checkPageAddress},

		{"deployment", PlaceDeployment, []piece{s.deployment}, checkDeployment},
		{"allowed-domains", PlaceDeployment, []piece{domains}, checkDomains},
		{"public-config", PlaceDeployment, []piece{s.publicConfig}, checkPublicConfig},
		{"public-domains", PlaceDeployment, []piece{s.deployment, s.publicDomains}, checkPublicDomains},

		{"pinned-version", PlaceConfiguration, []piece{s.versions}, checkPinned},
		{"authentication", PlaceConfiguration, []piece{s.pinned}, checkAuthentication},

		{"integration", PlaceIntegration, []piece{s.pinned}, checkIntegration},
		{"integration-state", PlaceIntegration, []piece{s.integration}, checkState},
		{"discovery-uri", PlaceIntegration, []piece{s.settings, s.keys}, checkDiscoveryURI},
		{"credential", PlaceIntegration, []piece{s.settings, s.keys}, checkCredential},

		{"document", PlaceDocument, nil, checkDocument},
		{"keys", PlaceDocument, []piece{s.document}, checkKeys},

		{"app", PlaceApp, nil, checkApp},
		{"redirect-uris", PlaceApp, []piece{s.app}, checkRedirects},
		{"grant-types", PlaceApp, []piece{s.app}, checkGrants},
		{"pkce", PlaceApp, []piece{s.app}, checkPKCE},

		{"assigned", PlaceAccess, []piece{s.app, s.groups, s.users}, checkAssigned},
		{"user", PlaceAccess, nil, checkUser},
		{"access-policy", PlaceAccess, []piece{s.app, s.servers, s.access}, checkAccess},
		{"token-life", PlaceAccess, []piece{s.app, s.servers, s.access}, checkLife},
		{"trusted-origins", PlaceAccess, []piece{s.app, s.origins}, checkOrigins},

		{"recent-sign-ins", PlaceVisits, []piece{s.events}, checkVisits},
	}
}

// judge runs the table. That there is no page is reported once.
func (s *seen) judge() []Finding {
	var out []Finding
	for _, c := range s.checks() {
		if c.area == PlaceSite && c.id != "site-page" && !s.page.known {
			continue
		}
		for _, f := range s.findingsOf(c) {
			f.Check, f.Place = c.id, c.area
			if f.State == Skipped {
				f.What = "Skipped: " + strings.ReplaceAll(c.id, "-", " ") + "."
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
