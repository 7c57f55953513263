package genesyssim

import (
	"maps"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// roleName is the role that client and user have.
const roleName = "Messenger set-up"

const (
	usersURI     = "/api/v2/users/"
	divisionsURI = "/api/v2/authorization/divisions/"
	contentsURI  = "/api/v2/conversations/messaging/supportedcontent/"
)

// organization is who everything belongs to; it has one division and one profile of supported content.
type organization struct {
	id, name, thirdPartyName, domain       string
	siteID, roleID, divisionID             string
	adminID, colleagueID, supportedContent string
	created                                time.Time
}

// division is the vendor's AuthzDivision.
func (o organization) division() object {
	return object{"id": o.divisionID, "name": "Home", "description": "Home Division", "homeDivision": true, "selfUri": divisionsURI + o.divisionID}
}

func organizationMe(c *call) (any, error) {
	o := c.s.organization
	return object{
		"id": o.id, "name": o.name, "thirdPartyOrgName": o.thirdPartyName, "domain": o.domain, "defaultSiteId": o.siteID,
		"defaultLanguage": "en-US", "defaultCountryCode": "US", "version": 7, "state": "active", "voicemailEnabled": false,
		"productPlatform": "GenesysCloud", "selfUri": "/api/v2/organizations/me",
		"features": object{"webMessaging": !c.s.options.NoMessengerLicense, "directory": true, "chat": true},
	}, nil
}

// subject is who acts: the user, else the client itself.
func (t *token) subject() (id, name string) {
	if t.user != nil {
		return t.user.id, t.user.name
	}
	return t.client.id, t.client.name
}

// by is the id of who makes the call.
func (c *call) by() string {
	id, _ := c.token.subject()
	return id
}

// userMe is for users only.
func userMe(c *call) (any, error) {
	who := c.token.user
	if who == nil {
		return nil, refuse("not.a.user")
	}
	o := object{
		"id": who.id, "name": who.name, "email": who.email, "username": who.email, "state": "active", "version": 3,
		"division": reference(c.s.organization.divisionID, divisionsURI), "selfUri": usersURI + who.id,
	}
	if slices.Contains(c.queries("expand"), "authorization") {
		o["authorization"] = object{"roles": []object{{"id": c.s.organization.roleID, "name": roleName}}}
	}
	return o, nil
}

// tokenMe is the vendor's TokenInfo, which says nothing of the user.
func tokenMe(c *call) (any, error) {
	organization := object{"id": c.s.organization.id, "name": c.s.organization.name}
	client, scopes := c.token.client, append([]string{}, c.token.client.scopes...)
	return object{
		"organization": organization, "homeOrganization": organization, "authorizedScope": scopes, "OAuthClient": object{
			"id": client.id, "name": client.name, "authorizedGrantType": client.authorizedGrant,
			"scope": scopes, "state": "active", "organization": organization,
		},
	}, nil
}

// revokeToken makes the token that was used worth nothing.
func revokeToken(c *call) (any, error) {
	delete(c.s.tokens, bearerOf(c.r))
	return nil, nil
}

// policies are what the caller's role allows, in order. What nothing is denied of may come as a wildcard, an entity or
// a whole domain (contract genesys.md 7).
func (s *Server) policies() []object {
	all, allowed := permissions(), []object{}
	denied := func(prefix string) func(string) bool {
		return func(permission string) bool { return strings.HasPrefix(permission, prefix) }
	}
	for _, name := range slices.Sorted(maps.Keys(all)) {
		domain, entity, _ := strings.Cut(name, ":")
		actions := slices.DeleteFunc(all[name], func(action string) bool { return s.deny[name+":"+action] })
		switch {
		case len(actions) == 0:
			continue
		case s.wildcards && !slices.ContainsFunc(s.options.Deny, denied(domain+":")):
			entity, actions = "*", []string{"*"}
		case s.wildcards && !slices.ContainsFunc(s.options.Deny, denied(name+":")):
			actions = []string{"*"}
		}
		allowed = append(allowed, object{"domain": domain, "entityName": entity, "actions": actions})
	}
	return slices.CompactFunc(allowed, func(a, b object) bool { return a["domain"] == b["domain"] && a["entityName"] == b["entityName"] })
}

// subjectMe is the vendor's AuthzSubject (contract genesys.md 7).
func subjectMe(c *call) (any, error) {
	id, name := c.token.subject()
	o := c.s.organization
	role := object{
		"id": o.roleID, "name": roleName, "description": "What setting up Messenger sign-in takes", "default": false,
		"policies": c.s.policies(), "selfUri": "/api/v2/authorization/roles/" + o.roleID,
	}
	return object{
		"id": id, "name": name, "version": 1, "selfUri": "/api/v2/authorization/subjects/" + id,
		"grants": []object{{"subjectId": id, "division": o.division(), "role": role, "grantMadeAt": simkit.Stamp(o.created)}},
	}, nil
}
