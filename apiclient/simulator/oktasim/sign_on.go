package oktasim

import "msgsso-wizard/apiclient/simulator/simkit"

// signOnPolicy is an app sign-in policy: how users prove who they are before they enter an app (contract okta.md 9.3).
type signOnPolicy struct {
	entry
	rules []*entry
}

// signOnPolicies are those of the org (contract okta.md 1.8). They are only read here.
var signOnPolicies = &resource[*signOnPolicy]{
	path: "/api/v1/policies/{policyId}", kind: "Policy", access: token, verbs: map[verb]int{list: 200, get: 200},
	listing: listing{keeps: func(c *call, doc object) bool { return doc["type"] == c.r.URL.Query().Get("type") }},
	ordered: true,
	in:      all(func(s *Server) *[]*signOnPolicy { return &s.signOn }),
	show: func(_ *Server, c *call, p *signOnPolicy) object {
		at := c.url("policies", p.id)
		links := statusLinks(at, &p.entry)
		links["rules"] = link(at+"/rules", "GET", "POST")
		return p.document(object{"conditions": nil, "_links": links})
	},
}

// signOnRules are the rules of one, the catch-all rule among them (contract okta.md 9.3).
var signOnRules = &resource[*entry]{
	path: signOnPolicies.path + "/rules/{ruleId}", kind: "PolicyRule", access: token, verbs: map[verb]int{list: 200},
	in: within(signOnPolicies, func(_ *call, p *signOnPolicy) *[]*entry { return &p.rules }),
	show: func(_ *Server, c *call, x *entry) object {
		at := c.url("policies", c.r.PathValue("policyId"), "rules", x.id)
		return x.document(object{"priority": 99, "conditions": nil, "_links": statusLinks(at, x)})
	},
}

// seedSignOn adds the policy that new apps get, which asks for two factors unless the org is one that was upgraded, and
// one that asks for a password only (contract okta.md 9.3).
func (s *Server) seedSignOn(seed uint64) {
	ids := simkit.NewIDs(seed, signOnStream)
	usual, factors := "Any two factors", "2FA"
	if s.opts.OneFactor {
		usual, factors = "Classic Migrated", "1FA"
	}
	for at, x := range []struct{ name, factors string }{{usual, factors}, {"Password only", "1FA"}} {
		p := &signOnPolicy{entry: s.newEntry("", object{
			"type": "ACCESS_POLICY", "status": active, "name": x.name, "description": x.name, "system": at == 0,
		})}
		p.id = map[bool]string{true: s.org.accessPolicy, false: "rst" + ids.Text(17)}[at == 0]
		rule := s.newEntry("", object{
			"type": "ACCESS_POLICY", "status": active, "name": "Catch-all Rule", "system": true,
			"actions": object{"appSignOn": object{"access": "ALLOW", "verificationMethod": object{
				"type": "ASSURANCE", "factorMode": x.factors, "reauthenticateIn": "PT2H", "constraints": []any{},
			}}},
		})
		rule.id = "rul" + ids.Text(17)
		p.rules = []*entry{&rule}
		s.signOn = append(s.signOn, p)
	}
}
