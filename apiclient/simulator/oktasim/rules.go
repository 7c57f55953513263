package oktasim

import "time"

// rule says who gets tokens under an access policy, by which grants, with which scopes.
type rule struct {
	id               string
	created, updated time.Time
	tree             object
}

func (r *rule) key() string { return r.id }

// ruleFields are the members of a rule (contract okta.md 4); lifetimes are in minutes.
var ruleFields = []field{
	{path: "type", required: true, values: []string{"RESOURCE_ACCESS"}},
	{path: "name", required: true, min: 1},
	{path: "status", values: []string{active, inactive}},
	{path: "priority", kind: number, min: 1, max: 1000},
	{path: "conditions", kind: tree, required: true},
	{path: "conditions.people", kind: tree},
	{path: "conditions.people.users", kind: tree},
	{path: "conditions.people.users.include", kind: texts},
	{path: "conditions.people.users.exclude", kind: texts},
	{path: "conditions.people.groups", kind: tree},
	{path: "conditions.people.groups.include", kind: texts},
	{path: "conditions.people.groups.exclude", kind: texts},
	{path: "conditions.grantTypes", kind: tree},
	{path: "conditions.grantTypes.include", kind: texts, values: grantTypes},
	{path: "conditions.scopes", kind: tree},
	{path: "conditions.scopes.include", kind: texts},
	{path: "actions", kind: tree},
	{path: "actions.token", kind: tree},
	{path: "actions.token.accessTokenLifetimeMinutes", kind: number, min: 5, max: 1440},
	{path: "actions.token.refreshTokenLifetimeMinutes", kind: number},
	{path: "actions.token.refreshTokenWindowMinutes", kind: number, min: 10, max: 2628000},
}

// ruleDefaults has the empty lists that Okta adds.
func ruleDefaults() object {
	return object{
		"status": active,
		"conditions": object{
			"people":     object{"users": object{"exclude": []any{}}},
			"grantTypes": object{"include": []any{}},
			"scopes":     object{"include": []any{}},
		},
		"actions": object{"token": object{
			"accessTokenLifetimeMinutes": 60, "refreshTokenLifetimeMinutes": 0, "refreshTokenWindowMinutes": 10080,
		}},
	}
}

func (s *Server) listRules(c *call) (any, error) {
	_, p, err := s.policy(c)
	if err != nil {
		return nil, err
	}
	return render(p.rules, func(r *rule) object { return ruleJSON(c, p, r) }), nil
}

func (s *Server) createRule(c *call) (any, error) {
	_, p, err := s.policy(c)
	if err != nil {
		return nil, err
	}
	tree, err := ruleWish(c)
	if err != nil {
		return nil, err
	}
	r := s.newRule(tree)
	p.rules = insert(p.rules, r, c.body["priority"])
	return ruleJSON(c, p, r), nil
}

func (s *Server) newRule(tree object) *rule {
	now := s.now()
	return &rule{id: s.id("0pr"), created: now, updated: now, tree: merge(ruleDefaults(), tree)}
}

func ruleWish(c *call) (object, error) {
	if err := c.needBody(); err != nil {
		return nil, err
	}
	return pick(ruleFields, c.body), check(ruleFields, c.body)
}

// rule returns the policy and the rule that the path names.
func (s *Server) rule(c *call) (*policy, *rule, error) {
	_, p, err := s.policy(c)
	if err != nil {
		return nil, nil, err
	}
	r, err := find(p.rules, c.id("ruleId"), "PolicyRule")
	return p, r, err
}

func (s *Server) getRule(c *call) (any, error) {
	p, r, err := s.rule(c)
	if err != nil {
		return nil, err
	}
	return ruleJSON(c, p, r), nil
}

func (s *Server) replaceRule(c *call) (any, error) {
	p, r, err := s.rule(c)
	if err != nil {
		return nil, err
	}
	tree, err := ruleWish(c)
	if err != nil {
		return nil, err
	}
	r.tree, r.updated = merge(ruleDefaults(), tree), s.now()
	if priority, ok := c.body["priority"]; ok {
		p.rules = insert(remove(p.rules, r.id), r, priority)
	}
	return ruleJSON(c, p, r), nil
}

func (s *Server) deleteRule(c *call) (any, error) {
	p, r, err := s.rule(c)
	if err != nil {
		return nil, err
	}
	p.rules = remove(p.rules, r.id)
	return object{}, nil
}

func ruleJSON(c *call, p *policy, r *rule) object {
	at := c.url("authorizationServers", c.id("serverId"), "policies", p.id, "rules", r.id)
	return merge(r.tree, object{
		"id": r.id, "priority": placeOf(p.rules, r), "system": false,
		"created": stamp(r.created), "lastUpdated": stamp(r.updated),
		"_links": lifecycleLinks(at, textAt(r.tree, "status")),
	})
}
