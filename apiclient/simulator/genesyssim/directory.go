package genesyssim

import (
	"maps"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// directoryOperations are calls that real clients make in addition to those of setting up (contract genesys.md 2.6, 7).
func directoryOperations() []operation {
	const (
		contents   = "/conversations/messaging/supportedcontent"
		resolution = "/webdeployments/deployments/{id}/identityresolution"
	)
	return []operation{
		{pattern: "GET /authorization/products", handle: listProducts},
		{pattern: "GET /authorization/permissions", handle: listPermissions},
		{pattern: "GET /authorization/divisions/home", handle: homeDivision},
		{pattern: "GET /authorization/divisionspermitted/paged/me", handle: permittedDivisions},
		{pattern: "GET /oauth/scopes", handle: listScopes},
		{pattern: "GET /oauth/clients/{id}", entity: "oauth:client", handle: getClient},
		{pattern: "GET /flows/divisionviews", entity: flowEntity, action: "search", handle: listFlowViews},
		{pattern: "GET " + contents, entity: "messaging:supportedContent", handle: listContents},
		{pattern: "GET " + contents + "/default", entity: "messaging:supportedContent", handle: defaultContent},
		{pattern: "GET " + resolution, entity: deployments.entity, handle: deployments.with(getResolution)},
		{
			pattern: "PUT " + resolution, entity: deployments.entity, action: "edit webDeployments:identityResolution:edit",
			handle: deployments.with(putResolution),
		},
	}
}

// listProducts names what the organization has bought; the vendor's documentation names these among others.
func listProducts(c *call) (any, error) {
	return unpaged(c, []string{"collaboratePro", "communicate", "engage"}, func(id string) object { return object{"id": id} })
}

// listFlowViews is the vendor's FlowDivisionViewEntityListing, whose entries say less of a flow.
func listFlowViews(c *call) (any, error) {
	views := flows
	views.show = func(_ *call, f *versioned[object]) object {
		o := maps.Clone(f.body)
		maps.DeleteFunc(o, func(key string, _ any) bool { return key == "active" || key == "system" || key == "deleted" })
		return o
	}
	return views.list(c)
}

// listPermissions is the vendor's PermissionCollectionEntityListing, one entry for each domain.
func listPermissions(c *call) (any, error) {
	domains := map[string]object{}
	for name, actions := range permissions() {
		domain, entity, _ := strings.Cut(name, ":")
		var list []object
		for _, action := range actions {
			list = append(list, object{
				"domain": domain, "entityType": entity, "action": action, "label": entity + " " + action,
				"allowsConditions": false, "divisionAware": domain == "architect",
			})
		}
		domains[domain] = jsontree.Merge(domains[domain], object{entity: list})
	}
	return paged(c, 0, slices.Sorted(maps.Keys(domains)), func(domain string) object {
		return object{"id": domain, "name": domain, "domain": domain, "permissionMap": domains[domain], "selfUri": c.r.URL.Path + "/" + domain}
	})
}

func homeDivision(c *call) (any, error) { return c.s.organization.division(), nil }

// permittedDivisions has no division where the caller lacks the permission.
func permittedDivisions(c *call) (any, error) {
	wanted, permitted := c.query("permission"), []object{}
	entity, action := wanted[:max(0, strings.LastIndex(wanted, ":"))], wanted[strings.LastIndex(wanted, ":")+1:]
	if slices.Contains(permissions()[entity], action) && !c.s.deny[wanted] {
		permitted = append(permitted, c.s.organization.division())
	}
	answer, err := paged(c, 0, permitted, func(division object) object { return division })
	if err == nil {
		answer.(object)["allDivsPermitted"] = len(permitted) > 0
	}
	return answer, err
}

func listScopes(c *call) (any, error) {
	var names []string
	for _, s := range scopes {
		if names = append(names, s.scope); !s.whole {
			names = append(names, s.scope+":readonly")
		}
	}
	slices.Sort(names)
	return unpaged(c, slices.Compact(names), func(name string) object {
		return object{"id": name, "description": "Access to " + name, "selfUri": c.r.URL.Path + "/" + name}
	})
}

// getClient is the vendor's OAuthClient, which shows no secret.
func getClient(c *call) (any, error) {
	client := c.s.client(c.path("id"))
	if client.id == "" {
		return nil, refuse("not.found")
	}
	o := c.s.organization
	return object{
		"id": client.id, "name": client.name, "authorizedGrantType": client.authorizedGrant, "state": "active",
		"accessTokenValiditySeconds": int(tokenLife.Seconds()), "scope": append([]string{}, client.scopes...),
		"registeredRedirectUri": append([]string{}, client.redirects...), "roleIds": []string{o.roleID},
		"roleDivisions": []object{{"roleId": o.roleID, "divisionId": o.divisionID}}, "selfUri": c.r.URL.Path,
	}, nil
}

// supportedContent is the vendor's SupportedContent, of which there is one.
func supportedContent(o organization) object {
	images := []object{{"type": "image/*"}}
	return object{
		"id": o.supportedContent, "name": "Default", "version": 1, "dateCreated": simkit.Stamp(o.created),
		"mediaTypes": object{"allow": object{"inbound": images, "outbound": images}}, "selfUri": contentsURI + o.supportedContent,
	}
}

func listContents(c *call) (any, error) {
	return paged(c, 0, []organization{c.s.organization}, supportedContent)
}

func defaultContent(c *call) (any, error) { return supportedContent(c.s.organization), nil }

// getResolution says whether the visits of one user are linked. That a new deployment links none is a choice: the
// contract leaves it open (contract genesys.md 2.6).
func getResolution(c *call, d *versioned[object]) (any, error) {
	return jsontree.Merge(object{"resolveIdentities": false}, c.s.resolutions[d.id], object{"selfUri": c.r.URL.Path}), nil
}

func putResolution(c *call, d *versioned[object]) (any, error) {
	if err := checkRequest("resolution", c.body); err != nil {
		return nil, err
	}
	c.s.resolutions[d.id] = settable(requests()["resolution"], c.body)
	return getResolution(c, d)
}

// permissions are the actions that the calls here need permissions for, by domain and entity.
func permissions() map[string][]string {
	all := map[string][]string{}
	for _, op := range operations() {
		for _, permission := range op.needs() {
			at := strings.LastIndex(permission, ":")
			all[permission[:at]] = append(all[permission[:at]], permission[at+1:])
		}
	}
	for name := range all {
		slices.Sort(all[name])
		all[name] = slices.Compact(all[name])
	}
	return all
}
