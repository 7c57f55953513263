package genesyssim

import "net/http"

// operations is the API: pattern, permissions (contract genesys.md 1.3, 2.1, 6 and 7) and what it does.
func operations() []operation {
	needs := func(permissions ...string) []string { return permissions }
	const (
		integrationView   = "integrations:integration:view"
		integrationAdd    = "integrations:integration:add"
		integrationEdit   = "integrations:integration:edit"
		integrationDelete = "integrations:integration:delete"
		configView        = "webDeployments:configuration:view"
		configAdd         = "webDeployments:configuration:add"
		configEdit        = "webDeployments:configuration:edit"
		configDelete      = "webDeployments:configuration:delete"
		deploymentView    = "webDeployments:deployment:view"
		deploymentAdd     = "webDeployments:deployment:add"
		deploymentEdit    = "webDeployments:deployment:edit"
		deploymentDelete  = "webDeployments:deployment:delete"

		integrations   = "/integrations"
		configurations = "/webdeployments/configurations"
		deployments    = "/webdeployments/deployments"
	)
	return []operation{
		{pattern: "GET /organizations/me", handle: (*Server).organizationMe},
		{pattern: "GET /users/me", handle: (*Server).userMe},
		{pattern: "GET /tokens/me", handle: (*Server).tokenMe},
		{pattern: "DELETE /tokens/me", handle: (*Server).revokeToken},
		{pattern: "GET /authorization/subjects/me", handle: (*Server).subjectMe},
		{pattern: "GET /authorization/divisionspermitted/paged/me", handle: (*Server).divisionsPermitted},

		{pattern: "GET " + integrations, permissions: needs(integrationView), handle: (*Server).listIntegrations},
		{pattern: "POST " + integrations, permissions: needs(integrationAdd), handle: (*Server).createIntegration},
		{pattern: "GET " + integrations + "/{id}", permissions: needs(integrationView), handle: (*Server).getIntegration},
		{pattern: "PATCH " + integrations + "/{id}", permissions: needs(integrationEdit), handle: (*Server).patchIntegration},
		{pattern: "DELETE " + integrations + "/{id}", permissions: needs(integrationDelete), handle: (*Server).deleteIntegration},
		{pattern: "GET " + integrations + "/{id}/config/current", permissions: needs(integrationView), handle: (*Server).getConfig},
		{pattern: "PUT " + integrations + "/{id}/config/current", permissions: needs(integrationEdit), handle: (*Server).putConfig},

		{pattern: "GET " + integrations + "/types", permissions: needs(integrationView), handle: (*Server).listTypes},
		{pattern: "GET " + integrations + "/types/{id}", permissions: needs(integrationView), handle: (*Server).getType},
		{pattern: "GET " + integrations + "/types/{id}/configschemas/{schema}", permissions: needs(integrationView), handle: (*Server).getSchema},

		{pattern: "GET " + integrations + "/credentials", permissions: needs(integrationView), handle: (*Server).listCredentials},
		{pattern: "POST " + integrations + "/credentials", permissions: needs(integrationAdd), handle: (*Server).createCredential},
		{pattern: "GET " + integrations + "/credentials/types", permissions: needs(integrationView), handle: (*Server).listCredentialTypes},
		{pattern: "GET " + integrations + "/credentials/{id}", permissions: needs(integrationView), handle: (*Server).getCredential},
		{pattern: "PUT " + integrations + "/credentials/{id}", permissions: needs(integrationEdit), handle: (*Server).putCredential},
		{pattern: "DELETE " + integrations + "/credentials/{id}", permissions: needs(integrationDelete), status: http.StatusNoContent, handle: (*Server).deleteCredential},

		{pattern: "GET " + configurations, permissions: needs(configView), handle: (*Server).listConfigurations},
		{pattern: "POST " + configurations, permissions: needs(configAdd), status: http.StatusCreated, handle: (*Server).createConfiguration},
		{pattern: "DELETE " + configurations + "/{id}", permissions: needs(configDelete), status: http.StatusNoContent, handle: (*Server).deleteConfiguration},
		{pattern: "GET " + configurations + "/{id}/versions", permissions: needs(configView), handle: (*Server).listVersions},
		{pattern: "GET " + configurations + "/{id}/versions/{version}", permissions: needs(configView), handle: (*Server).getVersion},
		{pattern: "GET " + configurations + "/{id}/versions/draft", permissions: needs(configView), handle: (*Server).getDraft},
		{pattern: "PUT " + configurations + "/{id}/versions/draft", permissions: needs(configEdit), handle: (*Server).putDraft},
		{pattern: "POST " + configurations + "/{id}/versions/draft/publish", permissions: needs(configEdit, configAdd), noBody: true, handle: (*Server).publish},

		{pattern: "GET " + deployments, permissions: needs(deploymentView), handle: (*Server).listDeployments},
		{pattern: "POST " + deployments, permissions: needs(deploymentAdd), status: http.StatusCreated, handle: (*Server).createDeployment},
		{pattern: "GET " + deployments + "/{id}", permissions: needs(deploymentView), handle: (*Server).getDeployment},
		{pattern: "PUT " + deployments + "/{id}", permissions: needs(deploymentEdit), handle: (*Server).putDeployment},
		{pattern: "DELETE " + deployments + "/{id}", permissions: needs(deploymentDelete), status: http.StatusNoContent, handle: (*Server).deleteDeployment},
		{pattern: "GET " + deployments + "/{id}/configurations", handle: (*Server).activeConfiguration},

		{pattern: "GET /flows", permissions: needs("architect:flow:view"), handle: (*Server).listFlows},
		{pattern: "GET /flows/{id}", permissions: needs("architect:flow:view"), handle: (*Server).getFlow},
		{pattern: "GET /flows/divisionviews", permissions: needs("architect:flow:search"), handle: (*Server).listFlowViews},
		{pattern: "GET /conversations/messaging/supportedcontent/default", permissions: needs("messaging:supportedContent:view"), handle: (*Server).defaultSupportedContent},
	}
}
