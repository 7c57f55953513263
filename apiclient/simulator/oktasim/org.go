package oktasim

import (
	"time"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// org is the organization itself and the policies that its app integrations share.
type org struct {
	id, company, subdomain   string
	accessPolicy, enrollment string
	created                  time.Time
}

type user struct {
	id, first, last, email string
	realm, kind, roleID    string
	created                time.Time
}

func (u *user) key() string { return u.id }

func (s *Server) wellKnownOrg(c *call) (any, error) {
	return object{
		"id": s.org.id, "cell": "ok14", "pipeline": "idx",
		"_links": object{"organization": link(simkit.Base(c.r))},
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

func (s *Server) listDomains(*call) (any, error) {
	return object{"domains": []object{}}, nil
}

// user finds a person by id, by login, or as "me".
func (s *Server) user(c *call) (*user, error) {
	id := c.id("userId")
	if id == "me" || id == s.admin.email {
		return s.admin, nil
	}
	return find([]*user{s.admin}, id, "User")
}

func (s *Server) getUser(c *call) (any, error) {
	u, err := s.user(c)
	if err != nil {
		return nil, err
	}
	return object{
		"id": u.id, "status": active, "created": stamp(u.created), "activated": stamp(u.created), "statusChanged": stamp(u.created),
		"lastLogin": nil, "lastUpdated": stamp(u.created), "passwordChanged": nil,
		"realmId": u.realm, "type": object{"id": u.kind},
		"profile": object{
			"firstName": u.first, "lastName": u.last, "mobilePhone": nil, "secondEmail": nil, "login": u.email, "email": u.email,
		},
		"credentials": object{"provider": object{"type": "OKTA", "name": "OKTA"}},
		"_links":      object{"self": link(c.url("users", u.id))},
	}, nil
}

func (s *Server) listRoles(c *call) (any, error) {
	u, err := s.user(c)
	if err != nil {
		return nil, err
	}
	label, kind := "Super Administrator", "SUPER_ADMIN"
	if s.opts.ReadOnly {
		label, kind = "Read-only Administrator", "READ_ONLY_ADMIN"
	}
	return []object{{
		"id": u.roleID, "label": label, "type": kind, "status": active,
		"created": stamp(u.created), "lastUpdated": stamp(u.created), "assignmentType": "USER",
		"_links": object{"assignee": link(c.url("users", u.id))},
	}}, nil
}

// revokeToken ends the token that the call was made with (contract okta.md 3.1).
func (s *Server) revokeToken(*call) (any, error) {
	s.revoked = true
	return object{}, nil
}
