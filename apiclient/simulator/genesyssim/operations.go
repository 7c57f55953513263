package genesyssim

import (
	"net/http"
	"slices"
	"strings"
)

// operation is one call of the API.
type operation struct {
	pattern string // of http.ServeMux, below /api/v2
	entity  string // what the caller needs a permission for; empty: none is needed
	action  string // that the caller needs, several set off by blanks; empty: the one of the method
	status  int    // of success; 0: 200
	noBody  bool   // for a POST that takes none
	visitor bool   // for web pages: no token of the organization's, no rate, and a lock only where the operation takes it
	handle  func(*call) (any, error)
}

// What permissions are for (contract genesys.md 1.3, 2.1, 6 and 7).
const (
	integrationEntity   = "integrations:integration"
	configurationEntity = "webDeployments:configuration"
	flowEntity          = "architect:flow"
)

// operations is the API: the tables of resources, and what is a call of its own.
func operations() []operation {
	const (
		versions = "/webdeployments/configurations/{id}/versions"
		tokens   = "/webdeployments/token"
	)
	return slices.Concat(
		integrations.operations(), settings.operations(), types.operations(),
		credentials.operations(), credentialListing.operations(), credentialTypes.operations(),
		configurations.operations(), deployments.operations(), flows.operations(),
		[]operation{
			{pattern: "GET /organizations/me", handle: organizationMe},
			{pattern: "GET /users/me", handle: userMe},
			{pattern: "GET /tokens/me", handle: tokenMe},
			{pattern: "DELETE /tokens/me", handle: revokeToken},
			{pattern: "GET /authorization/subjects/me", handle: subjectMe},
			{pattern: "GET /authorization/products", handle: listProducts},
			{pattern: "GET /integrations/types/{id}/configschemas/{schema}", entity: integrationEntity, handle: types.with(typeSchema)},
			{pattern: "GET " + versions, entity: configurationEntity, handle: configurations.with(listVersions)},
			{pattern: "GET " + versions + "/{version}", entity: configurationEntity, handle: configurations.with(getVersion)},
			{pattern: "POST " + versions + "/draft/publish", entity: configurationEntity, action: "edit add", noBody: true, handle: configurations.with(publish)},
			{pattern: "GET /webdeployments/deployments/{id}/configurations", handle: deployments.with(activeConfiguration)},
			{pattern: "POST " + tokens + "/oauthcodegrantjwtexchange", visitor: true, handle: exchange},
			{pattern: "POST " + tokens + "/refresh", visitor: true, handle: refreshVisitor},
			{pattern: "DELETE " + tokens + "/revoke", visitor: true, status: http.StatusNoContent, handle: revokeVisitor},
		})
}

// actions is what a method does to an entity.
var actions = map[string]string{
	http.MethodGet: "view", http.MethodPost: "add", http.MethodPut: "edit", http.MethodPatch: "edit", http.MethodDelete: "delete",
}

// needs are the actions that the caller must be allowed, all of them; nil: none.
func (op operation) needs() []string {
	method, _, _ := strings.Cut(op.pattern, " ")
	switch {
	case op.entity == "":
		return nil
	case op.action == "":
		return []string{actions[method]}
	}
	return strings.Fields(op.action)
}
