package doctor

import (
	"fmt"
	"strings"

	"msgsso-wizard/steps/signintest"
)

// check is one row of the table.
type check struct {
	id    string
	place string
	needs func(*seen) []piece   // what has to be known; nil: nothing
	look  func(*seen) []Finding // none: there is nothing to say here
}

// checks are in the order of the places. A fault that one check tells is not told by the next ones again.
var checks = []check{
	{"site-page", PlaceSite, nil, checkPage},
	{"site-snippet", PlaceSite, nil, whereRead(checkSnippet)},
	{"site-plugin", PlaceSite, nil, whereRead(checkPlugin)},
	{"site-policy", PlaceSite, nil, whereRead(checkPolicy)},
	{"site-redirect-uri", PlaceSite, nil, whereRead(checkPageAddress)},

	{"deployment", PlaceDeployment, needs(theDeployment), checkDeployment},
	{"allowed-domains", PlaceDeployment, needs(theDomains), checkDomains},
	{"public-config", PlaceDeployment, needs(thePublicConfig), checkPublicConfig},
	{"public-domains", PlaceDeployment, needs(theDeployment, thePublicDomains), checkPublicDomains},

	{"pinned-version", PlaceConfiguration, needs(theVersions), checkPinned},
	{"authentication", PlaceConfiguration, needs(thePinned), checkAuthentication},

	{"integration", PlaceIntegration, needs(thePinned), checkIntegration},
	{"integration-state", PlaceIntegration, needs(theIntegration), checkState},
	{"discovery-uri", PlaceIntegration, needs(theSettings, theKeys), checkDiscoveryURI},
	{"credential", PlaceIntegration, needs(theSettings, theKeys), checkCredential},

	{"document", PlaceDocument, nil, checkDocument},
	{"keys", PlaceDocument, needs(theDocument), checkKeys},

	{"app", PlaceApp, nil, checkApp},
	{"redirect-uris", PlaceApp, needs(theApp), checkRedirects},
	{"grant-types", PlaceApp, needs(theApp), checkGrants},
	{"pkce", PlaceApp, needs(theApp), checkPKCE},

	{"assigned", PlaceAccess, needs(theApp, theGroups, theUsers), checkAssigned},
	{"user", PlaceAccess, nil, checkUser},
	{"access-policy", PlaceAccess, needs(theApp, theServers, theAccess), checkAccess},
	{"token-life", PlaceAccess, needs(theApp, theServers, theAccess), checkLife},
	{"trusted-origins", PlaceAccess, needs(theApp, theOrigins), checkOrigins},

	{"recent-sign-ins", PlaceVisits, needs(theEvents), checkVisits},
}

func theDeployment(s *seen) piece    { return s.deployment }
func thePublicConfig(s *seen) piece  { return s.publicConfig }
func thePublicDomains(s *seen) piece { return s.publicDomains }
func thePinned(s *seen) piece        { return s.pinned }
func theVersions(s *seen) piece      { return s.versions }
func theIntegration(s *seen) piece   { return s.integration }
func theSettings(s *seen) piece      { return s.settings }
func theKeys(s *seen) piece          { return s.keys }
func theDocument(s *seen) piece      { return s.document }
func theApp(s *seen) piece           { return s.app }
func theGroups(s *seen) piece        { return s.groups }
func theUsers(s *seen) piece         { return s.users }
func theServers(s *seen) piece       { return s.servers }
func theAccess(s *seen) piece        { return s.access }
func theOrigins(s *seen) piece       { return s.origins }
func theEvents(s *seen) piece        { return s.events }

// theDomains are known from the deployment, or else from what browsers get.
func theDomains(s *seen) piece {
	if s.deployment.known {
		return s.deployment
	}
	return s.publicDomains
}

func needs(parts ...func(*seen) piece) func(*seen) []piece {
	return func(s *seen) []piece {
		var pieces []piece
		for _, part := range parts {
			pieces = append(pieces, part(s))
		}
		return pieces
	}
}

// whereRead leaves a check of the page out where there is no page: that is told once.
func whereRead(look func(*seen) []Finding) func(*seen) []Finding {
	return func(s *seen) []Finding {
		if !s.page.known {
			return nil
		}
		return look(s)
	}
}

// judge runs the table.
func (s *seen) judge() []Finding {
	var out []Finding
	for _, c := range checks {
		for _, f := range s.findingsOf(c) {
			f.Check, f.Place = c.id, c.place
			if f.State == Skipped {
				f.What = "Not looked at: " + strings.ReplaceAll(c.id, "-", " ") + "."
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
	if c.needs != nil {
		for _, p := range c.needs(s) {
			if why := p.gap(); why != "" {
				return skipped(why)
			}
		}
	}
	return c.look(s)
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
