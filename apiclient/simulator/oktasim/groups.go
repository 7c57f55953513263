package oktasim

import (
	"time"

	"msgsso-wizard/apiclient/simulator/simkit"
)

type group struct {
	id, kind, name, description string
	created                     time.Time
	members                     []string // ids of people; Everyone needs none
}

func (g *group) key() string { return g.id }

func (s *Server) listGroups(c *call) (any, error) {
	f, err := c.parseFilter("filter", "id", "type", "lastUpdated", "lastMembershipUpdated")
	if err != nil {
		return nil, err
	}
	search, err := c.parseFilter("search", "id", "type", "lastUpdated", "lastMembershipUpdated", "created", "profile.name", "profile.description")
	if err != nil {
		return nil, err
	}
	q := c.r.URL.Query().Get("q")
	sizes := paging{standard: 200, least: 1, most: 10000}
	if q != "" {
		sizes = paging{standard: 300, least: 1, most: 10000, once: true} // a search by q cannot be paged (contract okta.md 2)
	}
	groups := keep(s.groups, func(g *group) bool {
		return startsWith(g.name, q) && f.holds(g.member) && search.holds(g.member)
	})
	groups, err = page(c, groups, sizes)
	return render(groups, func(g *group) object { return groupJSON(c, g) }), err
}

func (g *group) member(name string) string {
	switch name {
	case "id":
		return g.id
	case "type":
		return g.kind
	case "profile.name":
		return g.name
	case "profile.description":
		return g.description
	}
	return stamp(g.created)
}

func (s *Server) getGroup(c *call) (any, error) {
	g, err := find(s.groups, c.id("groupId"), "UserGroup")
	if err != nil {
		return nil, err
	}
	return groupJSON(c, g), nil
}

func groupJSON(c *call, g *group) object {
	logo := func(size string) object {
		return object{"name": size, "href": simkit.Base(c.r) + "/img/logos/groups/okta-" + size + ".png", "type": "image/png"}
	}
	return object{
		"id": g.id, "created": stamp(g.created), "lastUpdated": stamp(g.created), "lastMembershipUpdated": stamp(g.created),
		"objectClass": []string{"okta:user_group"}, "type": g.kind,
		"profile": object{"name": g.name, "description": g.description},
		"_links": object{
			"logo":  []object{logo("medium"), logo("large")},
			"users": link(c.url("groups", g.id, "users")),
			"apps":  link(c.url("groups", g.id, "apps")),
		},
	}
}
