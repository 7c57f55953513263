package oktasim

import "msgsso-wizard/apiclient/simulator/simkit"

// appJSON is an app integration as Okta shows it, with its nulls. The secret is shown to those who create
// or replace, never to those who read (contract okta.md 0.3).
func (s *Server) appJSON(c *call, a *app, written bool) object {
	credentials := object{
		"userNameTemplate": a.tree["credentials"].(object)["userNameTemplate"],
		"signing":          object{"kid": s.orgKey.kid},
	}
	if oauth, ok := dig(a.tree, oauthCredentials); ok {
		shown := merge(oauth.(object), object{"client_id": a.clientID})
		delete(shown, "client_secret")
		if newest := a.current(); written && newest != nil {
			shown["client_secret"] = newest.value
		}
		credentials["oauthClient"] = shown
	}
	out := object{
		"id":            a.id,
		"orn":           "orn:okta:idp:" + s.org.id + ":apps:" + a.name + ":" + a.id,
		"name":          a.name,
		"label":         a.label,
		"status":        a.status,
		"lastUpdated":   stamp(a.updated),
		"created":       stamp(a.created),
		"accessibility": a.tree["accessibility"],
		"visibility":    a.tree["visibility"],
		"features":      []any{},
		"signOnMode":    a.signOnMode,
		"credentials":   credentials,
		// Only an answer to PUT was seen with something here.
		"universalLogout": nil,
		"settings":        a.tree["settings"],
		"_links":          s.appLinks(c, a),
	}
	if written && c.r.Method == "PUT" {
		out["universalLogout"] = object{
			"status": "DISABLED", "supportType": "FULL", "identityStack": "NOT_SHARED", "protocol": "GLOBAL_TOKEN_REVOCATION",
		}
	}
	if profile, ok := a.tree["profile"]; ok {
		out["profile"] = profile
	}
	return out
}

func (s *Server) appLinks(c *call, a *app) object {
	at := func(parts ...string) string { return c.url(append([]string{"apps", a.id}, parts...)...) }
	next := "deactivate"
	if a.status != active {
		next = "activate"
	}
	return object{
		"uploadLogo":        link(at("logo"), "POST"),
		"appLinks":          []object{{"name": "oidc_client_link", "href": simkit.Base(c.r) + "/home/" + a.name + "/" + a.id + "/" + a.linkID, "type": "text/html"}},
		"profileEnrollment": link(c.url("policies", s.org.enrollment)),
		"policies":          link(at("policies"), "PUT"),
		"groups":            link(at("groups")),
		"logo":              []object{{"name": "medium", "href": simkit.Base(c.r) + "/img/logos/default.png", "type": "image/png"}},
		"clientCredentials": []object{{"name": "secrets", "href": at("credentials", "secrets")}},
		"accessPolicy":      link(c.url("policies", s.org.accessPolicy)),
		"users":             link(at("users")),
		next:                link(at("lifecycle", next)),
	}
}

// link is a link relation, with the methods that it hints at.
func link(address string, allow ...string) object {
	out := object{"href": address}
	if allow != nil {
		out["hints"] = object{"allow": allow}
	}
	return out
}
