package genesyssim

import (
	"net/http"
	"strings"
)

// operation is one call of the API.
type operation struct {
	pattern string   // of http.ServeMux, below /api/v2
	entity  string   // what the caller needs a permission for; empty: none is needed
	actions []string // that the caller needs, all of them; nil: the one of the method
	status  int      // of success; 0: 200
	noBody  bool     // for a POST that takes none
	visitor bool     // for web pages: no token of the organization's, no rate, and a lock only where the operation takes it
	handle  func(*call) (any, error)
}

// action is what a method does to an entity.
var action = map[string]string{
	http.MethodGet: "view", http.MethodPost: "add", http.MethodPut: "edit", http.MethodPatch: "edit", http.MethodDelete: "delete",
}

// operations is the API, with its permissions (contract genesys.md 1.3, 2.1, 6 and 7).
func operations() []operation {
	const (
		integration   = "integrations:integration"
		configuration = "webDeployments:configuration"
		deployment    = "webDeployments:deployment"
		flow          = "architect:flow"
		content       = "messaging:supportedContent"

		held     = "/integrations/credentials"
		messages = "/webdeployments/configurations"
		draft    = messages + "/{id}/versions/draft"
		sites    = "/webdeployments/deployments"
		tokens   = "/webdeployments/token"
	)
	return []operation{
		{pattern: "GET /organizations/me", handle: organizationMe},
		{pattern: "GET /users/me", handle: userMe},
		{pattern: "GET /tokens/me", handle: tokenMe},
		{pattern: "DELETE /tokens/me", handle: revokeToken},
		{pattern: "GET /authorization/subjects/me", handle: subjectMe},
		{pattern: "GET /authorization/divisionspermitted/paged/me", handle: divisionsPermitted},
		{pattern: "GET /authorization/divisions/home", handle: homeDivision},
		{pattern: "GET /authorization/permissions", handle: listPermissions},
		{pattern: "GET /authorization/products", handle: listProducts},
		{pattern: "GET /oauth/scopes", handle: listScopes},

		{pattern: "GET /integrations", entity: integration, handle: integrations.list},
		{pattern: "POST /integrations", entity: integration, handle: integrations.create},
		{pattern: "GET /integrations/{id}", entity: integration, handle: integrations.get},
		{pattern: "PATCH /integrations/{id}", entity: integration, handle: integrations.update},
		{pattern: "DELETE /integrations/{id}", entity: integration, handle: integrations.delete},
		{pattern: "GET /integrations/{id}/config/current", entity: integration, handle: settings.get},
		{pattern: "PUT /integrations/{id}/config/current", entity: integration, handle: settings.update},
		{pattern: "GET /integrations/types", entity: integration, handle: types.list},
		{pattern: "GET /integrations/types/{id}", entity: integration, handle: types.get},
		{pattern: "GET /integrations/types/{id}/configschemas/{schema}", entity: integration, handle: typeSchema},

		{pattern: "GET " + held, entity: integration, handle: credentials.list},
		{pattern: "POST " + held, entity: integration, handle: credentials.create},
		{pattern: "GET " + held + "/listing", entity: integration, handle: credentialListing.list},
		{pattern: "GET " + held + "/types", entity: integration, handle: credentialTypes.list},
		{pattern: "GET " + held + "/{id}", entity: integration, handle: credentials.get},
		{pattern: "PUT " + held + "/{id}", entity: integration, handle: credentials.update},
		{pattern: "DELETE " + held + "/{id}", entity: integration, status: http.StatusNoContent, handle: credentials.delete},

		{pattern: "GET " + messages, entity: configuration, handle: configurations.list},
		{pattern: "POST " + messages, entity: configuration, status: http.StatusCreated, handle: configurations.create},
		{pattern: "DELETE " + messages + "/{id}", entity: configuration, status: http.StatusNoContent, handle: configurations.delete},
		{pattern: "GET " + messages + "/{id}/versions", entity: configuration, handle: listVersions},
		{pattern: "GET " + messages + "/{id}/versions/{version}", entity: configuration, handle: getVersion},
		{pattern: "GET " + draft, entity: configuration, handle: configurations.get},
		{pattern: "PUT " + draft, entity: configuration, handle: configurations.update},
		{pattern: "POST " + draft + "/publish", entity: configuration, actions: []string{"edit", "add"}, noBody: true, handle: publish},

		{pattern: "GET " + sites, entity: deployment, handle: deployments.list},
		{pattern: "POST " + sites, entity: deployment, status: http.StatusCreated, handle: deployments.create},
		{pattern: "GET " + sites + "/{id}", entity: deployment, handle: deployments.get},
		{pattern: "PUT " + sites + "/{id}", entity: deployment, handle: deployments.update},
		{pattern: "DELETE " + sites + "/{id}", entity: deployment, status: http.StatusNoContent, handle: deployments.delete},
		{pattern: "GET " + sites + "/{id}/configurations", handle: activeConfiguration},

		{pattern: "GET /flows", entity: flow, handle: flows.list},
		{pattern: "GET /flows/{id}", entity: flow, handle: flows.get},
		{pattern: "GET /flows/divisionviews", entity: flow, actions: []string{"search"}, handle: flowViews.list},
		{pattern: "GET /conversations/messaging/supportedcontent", entity: content, handle: listContents},
		{pattern: "GET /conversations/messaging/supportedcontent/default", entity: content, handle: defaultContent},

		{pattern: "POST " + tokens + "/oauthcodegrantjwtexchange", visitor: true, handle: exchange},
		{pattern: "POST " + tokens + "/refresh", visitor: true, handle: refreshVisitor},
		{pattern: "DELETE " + tokens + "/revoke", visitor: true, status: http.StatusNoContent, handle: revokeVisitor},
	}
}

// needs are the actions that the caller must be allowed, all of them; nil: none.
func (op operation) needs() []string {
	method, _, _ := strings.Cut(op.pattern, " ")
	switch {
	case op.entity == "":
		return nil
	case op.actions == nil:
		return []string{action[method]}
	}
	return op.actions
}
