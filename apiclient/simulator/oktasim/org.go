package oktasim

import "time"

// org is the organization itself and the policies that its app integrations share.
type org struct {
	id, company, subdomain             string
	accessPolicy, enrollment, domainID string
	created                            time.Time
}

func (s *Server) wellKnownOrg(c *call) (any, error) {
	links := object{"organization": link(s.orgBase(c))}
	if domain := s.domain(c); domain != "" {
		links["alternate"] = link("http://" + domain)
	}
	return object{
		"id": s.org.id, "cell": "ok14", "pipeline": "idx", "_links": links,
		"settings": object{
			"analyticsCollectionEnabled": false, "bugReportingEnabled": true, "omEnabled": false,
			"pssoEnabled": false, "desktopMFAEnabled": false, "itpEnabled": false,
		},
	}, nil
}

func (s *Server) getOrg(c *call) (any, error) {
	return object{
		"id": s.org.id, "companyName": s.org.company, "subdomain": s.org.subdomain, "status": active,
		"created": stamp(s.org.created), "lastUpdated": stamp(s.org.created),
		"_links": object{
			"preferences":       link(c.url("org", "preferences")),
			"uploadLogo":        link(c.url("org", "logo"), "POST"),
			"oktaCommunication": link(c.url("org", "privacy", "oktaCommunication")),
			"oktaSupport":       link(c.url("org", "privacy", "oktaSupport")),
			"contacts":          link(c.url("org", "contacts")),
		},
	}, nil
}

// revokeToken ends the token that the call was made with (contract okta.md 3.1).
func (s *Server) revokeToken(*call) (any, error) {
	s.revoked = true
	return object{}, nil
}
