package genesyssim

import (
	"maps"
	"slices"
	"strings"
	"time"
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
	return object{
		"id": o.divisionID, "name": "Home", "description": "Home Division", "homeDivision": true, "selfUri": divisionsURI + o.divisionID,
	}
}

// content is the vendor's SupportedContent.
func (o organization) content() object {
	return object{
		"id": o.supportedContent, "name": "Default", "version": 1, "dateCreated": stamp(o.created), "selfUri": contentsURI + o.supportedContent,
		"mediaTypes": object{"allow": object{"inbound": []object{{"type": "image/*"}}, "outbound": []object{{"type": "*/*"}}}},
	}
}

func homeDivision(c *call) (any, error)   { return c.s.organization.division(), nil }
func defaultContent(c *call) (any, error) { return c.s.organization.content(), nil }
func listContents(c *call) (any, error) {
	return numbered(c, []organization{c.s.organization}, organization.content)
}

func organizationMe(c *call) (any, error) {
	o := c.s.organization
	return object{
		"id": o.id, "name": o.name, "thirdPartyOrgName": o.thirdPartyName, "domain": o.domain, "defaultSiteId": o.siteID,
		"defaultLanguage": "en-US", "defaultCountryCode": "US", "version": 7, "state": "active", "voicemailEnabled": false,
		"productPlatform": "GenesysCloud", "selfUri": "/api/v2/organizations/me",
		"features": object{"webMessaging": !c.s.options.NoMessengerLicence, "directory": true, "chat": true},
	}, nil
}

// listProducts names what the organization has bought; the vendor's documentation names these among others.
func listProducts(c *call) (any, error) {
	return unpaged(c, []string{"collaboratePro", "communicate", "engage"}, func(id string) object { return object{"id": id} })
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
		"chat": object{"jabberId": strings.ReplaceAll(who.id, "-", "") + "@" + c.s.organization.domain},
	}
	if slices.Contains(c.queries("expand"), "authorization") {
		permissions := []string{}
		for _, p := range c.s.policies() {
			permissions = append(permissions, p.permissions()...)
		}
		o["authorization"] = object{
			"roles":       []object{{"id": c.s.organization.roleID, "name": roleName}},
			"unusedRoles": []object{}, "permissions": permissions, "permissionPolicies": c.s.shownPolicies("actionSet", object{"allowConditions": false}),
		}
	}
	return o, nil
}

// tokenMe is the vendor's TokenInfo, which says nothing of the user.
func tokenMe(c *call) (any, error) {
	organization := object{"id": c.s.organization.id, "name": c.s.organization.name}
	client, scopes := c.token.client, append([]string{}, c.token.client.scopes...)
	described := object{
		"id": client.id, "name": client.name, "authorizedGrantType": client.authorizedGrant,
		"scope": scopes, "state": "active", "organization": organization,
	}
	if c.token.user == nil {
		described["roleDivisions"] = []object{{"roleId": c.s.organization.roleID, "divisionId": c.s.organization.divisionID}}
	}
	return object{
		"organization": organization, "homeOrganization": organization, "authorizedScope": scopes, "OAuthClient": described,
	}, nil
}

// revokeToken makes the token that was used worth nothing.
func revokeToken(c *call) (any, error) {
	delete(c.s.tokens, bearerOf(c.r))
	return nil, nil
}

// policy is what a role allows of one entity.
type policy struct {
	domain, entity string
	actions        []string
}

func (p policy) permissions() []string {
	all := make([]string, len(p.actions))
	for i, action := range p.actions {
		all[i] = p.domain + ":" + p.entity + ":" + action
	}
	return all
}

// allPolicies are the permissions of every operation, in order, each once.
func allPolicies() []policy {
	actions := map[string][]string{}
	for _, op := range operations() {
		actions[op.entity] = append(actions[op.entity], op.needs()...)
	}
	delete(actions, "")
	var all []policy
	for _, name := range slices.Sorted(maps.Keys(actions)) {
		domain, entity, _ := strings.Cut(name, ":")
		slices.Sort(actions[name])
		all = append(all, policy{domain, entity, slices.Compact(actions[name])})
	}
	return all
}

// policies are what the caller's role allows. What nothing is denied of may come as a wildcard, an entity or a whole
// domain (contract genesys.md 7).
func (s *Server) policies() []policy {
	var allowed []policy
	for _, p := range allPolicies() {
		all := len(p.actions)
		p.actions = slices.DeleteFunc(p.actions, func(action string) bool { return s.deny[p.domain+":"+p.entity+":"+action] })
		if s.quirks.wildcards && len(p.actions) == all {
			p.actions = []string{"*"}
			if !slices.ContainsFunc(s.options.Deny, func(denied string) bool { return strings.HasPrefix(denied, p.domain+":") }) {
				p.entity = "*"
			}
		}
		if len(p.actions) > 0 {
			allowed = append(allowed, p)
		}
	}
	return slices.CompactFunc(allowed, func(a, b policy) bool { return a.domain == b.domain && a.entity == b.entity })
}

// shownPolicies are the policies in one of the vendor's two forms.
func (s *Server) shownPolicies(actions string, more object) []object {
	list := []object{}
	for _, p := range s.policies() {
		one := object{"domain": p.domain, "entityName": p.entity, actions: p.actions}
		maps.Copy(one, more)
		list = append(list, one)
	}
	return list
}

// subjectMe is the vendor's AuthzSubject (contract genesys.md 7).
func subjectMe(c *call) (any, error) {
	id, name := c.token.subject()
	o := c.s.organization
	role := object{
		"id": o.roleID, "name": roleName, "description": "What setting up Messenger sign-in takes", "default": false,
		"policies": c.s.shownPolicies("actions", nil), "selfUri": "/api/v2/authorization/roles/" + o.roleID,
	}
	return object{
		"id": id, "name": name, "version": 1, "selfUri": "/api/v2/authorization/subjects/" + id,
		"grants": []object{{"subjectId": id, "division": o.division(), "role": role, "grantMadeAt": stamp(o.created)}},
	}, nil
}

// divisionsPermitted says where the caller has a permission: an empty list means nowhere.
func divisionsPermitted(c *call) (any, error) {
	permission := c.query("permission")
	if permission == "" {
		return nil, refuse("missing.permission.param")
	}
	allowed := !c.s.deny[permission] && slices.ContainsFunc(allPolicies(), func(p policy) bool {
		return slices.Contains(p.permissions(), permission)
	})
	var divisions []organization
	if allowed {
		divisions = append(divisions, c.s.organization)
	}
	answer, err := numbered(c, divisions, organization.division)
	if err != nil {
		return nil, err
	}
	answer["allDivsPermitted"] = allowed
	return answer, nil
}

// listPermissions are those that the operations here need, by their domain.
func listPermissions(c *call) (any, error) {
	domains := slices.CompactFunc(allPolicies(), func(a, b policy) bool { return a.domain == b.domain })
	return numbered(c, domains, func(of policy) object {
		entities := map[string][]object{}
		for _, p := range allPolicies() {
			for _, action := range p.actions {
				if p.domain == of.domain {
					entities[p.entity] = append(entities[p.entity], object{"domain": p.domain, "entityType": p.entity, "action": action})
				}
			}
		}
		return object{"domain": of.domain, "permissionMap": entities}
	})
}

// listScopes is the vendor's OAuthScopeListing.
func listScopes(c *call) (any, error) {
	all := []string{}
	for _, s := range scopes {
		all = append(all, s.scope)
		if !s.whole {
			all = append(all, s.scope+":readonly")
		}
	}
	slices.Sort(all)
	return unpaged(c, slices.Compact(all), func(id string) object { return object{"id": id, "description": "Scope " + id} })
}
