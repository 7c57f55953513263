package oktasim

import (
	"slices"
	"strings"
)

// covers reports whether a policy speaks of an app.
func (p *policy) covers(a *app) bool {
	clients := textsAt(p.tree, "conditions.clients.include")
	return textAt(p.tree, "status") == active && (hasText(clients, "ALL_CLIENTS") || hasText(clients, a.clientID))
}

// covers reports whether a rule speaks of a person and a grant.
func (r *rule) covers(s *Server, u *user, grant string) bool {
	people := func(list string) bool {
		groups := textsAt(r.tree, "conditions.people.groups."+list)
		return hasText(textsAt(r.tree, "conditions.people.users."+list), u.id) || hasText(groups, "EVERYONE") ||
			slices.ContainsFunc(s.groups, func(g *group) bool { return hasText(groups, g.id) && g.belongs(u) })
	}
	return textAt(r.tree, "status") == active && hasText(textsAt(r.tree, "conditions.grantTypes.include"), grant) &&
		people("include") && !people("exclude")
}

// scopesFor refuses the scopes that the rule does not give.
func (r *rule) scopesFor(scopes []string) error {
	given := textsAt(r.tree, "conditions.scopes.include")
	if hasText(given, "*") {
		return nil
	}
	refused := keep(scopes, func(x string) bool { return !hasText(given, x) })
	switch len(refused) {
	case 0:
		return nil
	case len(scopes):
		return refuse("no_scope_allowed")
	}
	return refuse("scope_denied", strings.Join(refused, ", "))
}
