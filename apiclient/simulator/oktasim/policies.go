package oktasim

import (
	"slices"
	"time"
)

// policy is an access policy of an authorization server.
type policy struct {
	id      string
	created time.Time
	tree    object
	rules   []*rule
}

func (p *policy) key() string { return p.id }

// policyFields are the members of an access policy (contract okta.md 4).
var policyFields = []field{
	{path: "type", required: true, values: []string{"OAUTH_AUTHORIZATION_POLICY"}},
	{path: "name", required: true, min: 1, max: 100},
	{path: "description", min: 1, max: 255},
	{path: "status", values: []string{active, inactive}},
	{path: "priority", kind: number, min: 1, max: 1000},
	{path: "conditions", kind: tree, required: true},
	{path: "conditions.clients", kind: tree, required: true},
	{path: "conditions.clients.include", kind: texts, required: true},
}

// policy returns the authorization server and the policy that the path names.
func (s *Server) policy(c *call) (*authServer, *policy, error) {
	x, err := s.server(c)
	if err != nil {
		return nil, nil, err
	}
	p, err := find(x.policies, c.id("policyId"), "Policy")
	return x, p, err
}

func (s *Server) listPolicies(c *call) (any, error) {
	x, err := s.server(c)
	if err != nil {
		return nil, err
	}
	return render(x.policies, func(p *policy) object { return policyJSON(c, x, p) }), nil
}

func (s *Server) createPolicy(c *call) (any, error) {
	x, err := s.server(c)
	if err != nil {
		return nil, err
	}
	if err := c.needBody(); err != nil {
		return nil, err
	}
	if err := check(policyFields, c.body); err != nil {
		return nil, err
	}
	p := s.newPolicy(pick(policyFields, c.body))
	x.policies = insert(x.policies, p, c.body["priority"])
	return policyJSON(c, x, p), nil
}

func (s *Server) newPolicy(tree object) *policy {
	return &policy{id: s.id("00p"), created: s.now(), tree: merge(object{"status": active}, tree)}
}

func (s *Server) getPolicy(c *call) (any, error) {
	x, p, err := s.policy(c)
	if err != nil {
		return nil, err
	}
	return policyJSON(c, x, p), nil
}

func (s *Server) deletePolicy(c *call) (any, error) {
	x, p, err := s.policy(c)
	if err != nil {
		return nil, err
	}
	x.policies = remove(x.policies, p.id)
	return object{}, nil
}

func (s *Server) deactivatePolicy(c *call) (any, error) {
	_, p, err := s.policy(c)
	if err != nil {
		return nil, err
	}
	p.tree["status"] = inactive
	return object{}, nil
}

func policyJSON(c *call, x *authServer, p *policy) object {
	at := c.url("authorizationServers", c.id("serverId"), "policies", p.id)
	links := lifecycleLinks(at, textAt(p.tree, "status"))
	links["rules"] = link(at+"/rules", "GET")
	return merge(p.tree, object{
		"id": p.id, "priority": placeOf(x.policies, p), "system": false,
		"created": stamp(p.created), "lastUpdated": stamp(p.created), "_links": links,
	})
}

// insert puts an item at its priority, 1 being first; without one it goes last. The others move along, so
// an item's priority is its place.
func insert[T entity](items []T, item T, priority any) []T {
	at := len(items)
	if n, ok := priority.(float64); ok && int(n)-1 < at {
		at = max(0, int(n)-1)
	}
	return slices.Insert(items, at, item)
}

func placeOf[T entity](items []T, item T) int {
	return 1 + slices.IndexFunc(items, func(other T) bool { return other.key() == item.key() })
}
