package oktasim

import (
	"net/url"
	"slices"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
)

// origins are the trusted origins (contract okta.md 5).
var origins = &resource[*entry]{
	path: "/api/v1/trustedOrigins/{originId}", kind: "TrustedOrigin", access: token, prefix: "tos",
	verbs:   map[verb]int{list: 200, create: 200, get: 200, replace: 200, remove: 204, activate: 200, deactivate: 200},
	request: "origin",
	unique:  []string{"name", "origin"},
	listing: listing{
		search: []string{"name", "origin"}, standard: 20, least: 1, most: 200,
		filters: map[string][]string{"filter": {"name", "origin", "status"}},
	},
	in:    all(func(s *Server) *[]*entry { return &s.origins }),
	guard: checkOrigin,
	make:  plainEntry,
	show: func(s *Server, c *call, x *entry) object {
		return x.document(object{
			"createdBy": s.admin.id, "lastUpdatedBy": s.admin.id, "_links": statusLinks(c.url("trustedOrigins", x.id), x),
		})
	},
}

var originSchemes = []string{"http", "https", "ftp", "ionic", "capacitor"}

func checkOrigin(_ *Server, c *call, _ *entry, doing verb) error {
	if doing != create && doing != replace {
		return nil
	}
	address := jsontree.Text(c.tree, "origin")
	u, err := url.Parse(address)
	if err != nil || !slices.Contains(originSchemes, u.Scheme) || u.Hostname() == "" || address != u.Scheme+"://"+u.Host {
		return refusal.Field("origin", "Origin value is not valid")
	}
	return nil
}

// trusts reports whether pages of an origin may call: it is an ACTIVE trusted origin for CORS.
func (s *Server) trusts(from string) bool {
	return slices.ContainsFunc(s.origins, func(x *entry) bool {
		return x.text("origin") == from && x.active() && slices.ContainsFunc(jsontree.Objects(x.tree, "scopes"),
			func(scope object) bool { return scope["type"] == "CORS" })
	})
}
