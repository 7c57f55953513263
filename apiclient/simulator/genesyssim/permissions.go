package genesyssim

import (
	"slices"
	"strings"
)

// permit refuses when the client's role lacks one of the permissions, naming all that it lacks.
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
	return refuse("missing.permissions", "["+strings.Join(missing, ", ")+"]")
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

// policies are what the client's role allows; an entity of which nothing is denied may come as a wildcard.
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
func (s *Server) subjectMe(*call) (any, error) {
	return object{
		"id":      s.clientID,
		"name":    clientName,
		"version": 1,
		"grants": []object{{
			"subjectId": s.clientID,
			"division":  s.organization.divisionObject(),
			"role": object{
				"id":          s.organization.roleID,
				"name":        "Messenger set-up",
				"description": "What setting up Messenger sign-in takes",
				"policies":    s.policies(),
				"default":     false,
				"selfUri":     "/api/v2/authorization/roles/" + s.organization.roleID,
			},
			"grantMadeAt": stamp(s.organization.created),
		}},
		"selfUri": "/api/v2/authorization/subjects/" + s.clientID,
	}, nil
}

// divisionsPermitted is getAuthorizationDivisionspermittedPagedMe: an empty list means not permitted.
func (s *Server) divisionsPermitted(c *call) (any, error) {
	permission := c.query("permission")
	if permission == "" {
		return nil, refuse("missing.permission.param")
	}
	allowed := slices.Contains(allPermissions(), permission) && !s.deny[permission]
	var divisions []object
	if allowed {
		divisions = append(divisions, s.organization.divisionObject())
	}
	page, err := c.page(divisions)
	if err != nil {
		return nil, err
	}
	page["allDivsPermitted"] = allowed
	return page, nil
}
