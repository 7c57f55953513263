package genesyssim

import (
	"maps"
	"slices"
	"strings"
)

// roleName is the role that client and user have.
const roleName = "Messenger set-up"

const usersURI = "/api/v2/users/"

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

// userMe is getUsersMe, which a client without a user may not call.
func userMe(c *call) (any, error) {
	who := c.token.user
	if who == nil {
		return nil, refuse("not.a.user")
	}
	o := object{
		"id": who.id, "name": who.name, "email": who.email, "username": who.email, "state": "active", "version": 3,
		"division": reference(c.s.organization.divisionID, divisionsURI),
		"chat":     object{"jabberId": strings.ReplaceAll(who.id, "-", "") + "@" + c.s.organization.domain},
		"selfUri":  usersURI + who.id,
	}
	if slices.Contains(c.queries("expand"), "authorization") {
		o["authorization"] = c.s.authorization()
	}
	return o, nil
}

// tokenMe is getTokensMe. The vendor's TokenInfo says nothing of the user.
func tokenMe(c *call) (any, error) {
	o := c.s.organization
	organization := object{"id": o.id, "name": o.name}
	client, scopes := c.token.client, append([]string{}, c.token.client.scopes...)
	described := object{
		"id": client.id, "name": client.name, "authorizedGrantType": client.authorizedGrant,
		"scope": scopes, "state": "active", "organization": organization,
	}
	if c.token.user == nil {
		described["roleDivisions"] = []object{{"roleId": o.roleID, "divisionId": o.divisionID}}
	}
	return object{
		"organization": organization, "homeOrganization": organization, "authorizedScope": scopes, "OAuthClient": described,
	}, nil
}

// revokeToken is deleteTokensMe: the token that was used is worth nothing after it.
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
		for _, permission := range op.permissions() {
			_, action, _ := strings.Cut(permission, op.entity+":")
			actions[op.entity] = append(actions[op.entity], action)
		}
	}
	var all []policy
	for _, name := range slices.Sorted(maps.Keys(actions)) {
		domain, entity, _ := strings.Cut(name, ":")
		slices.Sort(actions[name])
		all = append(all, policy{domain, entity, slices.Compact(actions[name])})
	}
	return all
}

// policies are what the caller's role allows; an entity of which nothing is denied may come as a wildcard.
func (s *Server) policies() []policy {
	var allowed []policy
	for _, p := range allPolicies() {
		all := len(p.actions)
		p.actions = slices.DeleteFunc(p.actions, func(action string) bool { return s.deny[p.domain+":"+p.entity+":"+action] })
		if s.quirks.wildcards && len(p.actions) == all {
			p.actions = []string{"*"}
		}
		if len(p.actions) > 0 {
			allowed = append(allowed, p)
		}
	}
	return allowed
}

// authorization is the vendor's UserAuthorization.
func (s *Server) authorization() object {
	permissions, policies := []string{}, []object{}
	for _, p := range s.policies() {
		permissions = append(permissions, p.permissions()...)
		policies = append(policies, object{"domain": p.domain, "entityName": p.entity, "actionSet": p.actions, "allowConditions": false})
	}
	return object{
		"roles":       []object{{"id": s.organization.roleID, "name": roleName}},
		"unusedRoles": []object{}, "permissions": permissions, "permissionPolicies": policies,
	}
}

// subjectMe is getAuthorizationSubjectsMe (contract genesys.md 7).
func subjectMe(c *call) (any, error) {
	id, name := c.token.subject()
	o, policies := c.s.organization, []object{}
	for _, p := range c.s.policies() {
		policies = append(policies, object{"domain": p.domain, "entityName": p.entity, "actions": p.actions})
	}
	return object{
		"id":      id,
		"name":    name,
		"version": 1,
		"grants": []object{{
			"subjectId": id,
			"division":  o.division(),
			"role": object{
				"id":          o.roleID,
				"name":        roleName,
				"description": "What setting up Messenger sign-in takes",
				"policies":    policies,
				"default":     false,
				"selfUri":     "/api/v2/authorization/roles/" + o.roleID,
			},
			"grantMadeAt": stamp(o.created),
		}},
		"selfUri": "/api/v2/authorization/subjects/" + id,
	}, nil
}

// divisionsPermitted is getAuthorizationDivisionspermittedPagedMe: an empty list means not permitted.
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

// listPermissions is getAuthorizationPermissions: those that the operations here need.
func listPermissions(c *call) (any, error) {
	domains := slices.CompactFunc(allPolicies(), func(a, b policy) bool { return a.domain == b.domain })
	return numbered(c, domains, func(of policy) object {
		entities := object{}
		for _, p := range allPolicies() {
			if p.domain != of.domain {
				continue
			}
			list := []object{}
			for _, action := range p.actions {
				list = append(list, object{"domain": p.domain, "entityType": p.entity, "action": action, "allowsConditions": false, "divisionAware": false})
			}
			entities[p.entity] = list
		}
		return object{"domain": of.domain, "permissionMap": entities}
	})
}

// listScopes is getOauthScopes.
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
