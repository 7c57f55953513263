package genesyssim

import (
	"slices"
	"strings"
)

// roleName is the role that client and user have.
const roleName = "Messenger set-up"

// denials are the documented ways to say that permissions are missing, with what their sentences are filled with.
var denials = map[string]func(missing []string, division string) []any{
	"missing.permissions":     func(missing []string, _ string) []any { return []any{listed(missing)} },
	"missing.any.permissions": func(missing []string, _ string) []any { return []any{listed(missing)} },
	"missing.any.division.permissions": func(missing []string, division string) []any {
		return []any{listed(missing), listed([]string{division})}
	},
	"missing.division.permission": func(missing []string, _ string) []any { return []any{missing[0]} },
	"not.authorized":              func([]string, string) []any { return nil },
}

func listed(names []string) string { return "[" + strings.Join(names, ", ") + "]" }

// permit refuses when the caller's role lacks one of the permissions, naming all that it lacks.
func (s *Server) permit(permissions []string) error {
	var missing []string
	for _, permission := range permissions {
		if s.deny[permission] {
			missing = append(missing, permission)
		}
	}
	if len(missing) == 0 {
		return nil
	}
	code := s.options.DenyCode
	if denials[code] == nil {
		code = "missing.permissions"
	}
	return refuse(code, denials[code](missing, s.organization.divisionID)...)
}

// allPermissions are those of every operation, in order, each once.
func allPermissions() []string {
	var all []string
	for _, op := range operations() {
		all = append(all, op.permissions...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// policies are what the caller's role allows; an entity of which nothing is denied may come as a wildcard.
func (s *Server) policies() []object {
	list := []object{}
	granted := map[string][]string{}
	denied := map[string]bool{}
	var order []string
	for _, permission := range allPermissions() {
		at := strings.LastIndex(permission, ":")
		entity, action := permission[:at], permission[at+1:]
		if !slices.Contains(order, entity) {
			order = append(order, entity)
		}
		if s.deny[permission] {
			denied[entity] = true
			continue
		}
		granted[entity] = append(granted[entity], action)
	}
	for _, entity := range order {
		actions := granted[entity]
		if len(actions) == 0 {
			continue
		}
		if s.quirks.wildcards && !denied[entity] {
			actions = []string{"*"}
		}
		domain, name, _ := strings.Cut(entity, ":")
		list = append(list, object{"domain": domain, "entityName": name, "actions": actions})
	}
	return list
}

// subjectMe is getAuthorizationSubjectsMe (contract genesys.md 7).
func (s *Server) subjectMe(c *call) (any, error) {
	id, name := c.token.subject()
	return object{
		"id":      id,
		"name":    name,
		"version": 1,
		"grants": []object{{
			"subjectId": id,
			"division":  s.organization.divisionObject(),
			"role": object{
				"id":          s.organization.roleID,
				"name":        roleName,
				"description": "What setting up Messenger sign-in takes",
				"policies":    s.policies(),
				"default":     false,
				"selfUri":     "/api/v2/authorization/roles/" + s.organization.roleID,
			},
			"grantMadeAt": stamp(s.organization.created),
		}},
		"selfUri": "/api/v2/authorization/subjects/" + id,
	}, nil
}

// divisionsPermitted is getAuthorizationDivisionspermittedPagedMe: an empty list means not permitted.
func (s *Server) divisionsPermitted(c *call) (any, error) {
	permission := c.query("permission")
	if permission == "" {
		return nil, refuse("missing.permission.param")
	}
	allowed := slices.Contains(allPermissions(), permission) && !s.deny[permission]
	var divisions []organization
	if allowed {
		divisions = append(divisions, s.organization)
	}
	answer, err := page(c, divisions, organization.divisionObject)
	if err != nil {
		return nil, err
	}
	answer["allDivsPermitted"] = allowed
	return answer, nil
}
