package oktasim

import (
	"msgsso-wizard/apiclient/simulator/oktasim/jsontree"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// signOnPolicies are the app sign-in policies of the org (contract okta.md 1.8, 9.3). They are only read here.
var signOnPolicies = &resource[*policy]{
	path: "/api/v1/policies/{policyId}", kind: "Policy", access: token, verbs: map[verb]int{list: 200, get: 200},
	listing: listing{keeps: func(c *call) func(object) bool {
		return func(doc object) bool { return doc["type"] == c.r.URL.Query().Get("type") }
	}},
	in: func(s *Server, _ *call) (*[]*policy, error) { return &s.signOn, nil },
	show: func(_ *Server, c *call, siblings []*policy, p *policy, _ bool) object {
		at := c.url("policies", p.id)
		links := statusLinks(at, &p.entry)
		links["rules"] = link(at+"/rules", "GET", "POST")
		return jsontree.Merge(p.tree, object{
			"id": p.id, "priority": priority(siblings, p), "conditions": nil, "created": stamp(p.created), "lastUpdated": stamp(p.updated), "_links": links,
		})
	},
}

var signOnRules = &resource[*entry]{
	path: "/api/v1/policies/{policyId}/rules/{ruleId}", kind: "PolicyRule", access: token, verbs: map[verb]int{list: 200},
	in: within(signOnPolicies, func(p *policy) *[]*entry { return &p.rules }),
	show: func(_ *Server, c *call, _ []*entry, x *entry, _ bool) object {
		return jsontree.Merge(x.tree, object{
			"id": x.id, "created": stamp(x.created), "lastUpdated": stamp(x.updated),
			"_links": statusLinks(c.url("policies", c.r.PathValue("policyId"), "rules", x.id), x),
		})
	},
}

// seedSignOn adds the policy that new apps get, which asks for two factors, and one that asks for a password only.
func (s *Server) seedSignOn(seed uint64) {
	ids := simkit.NewIDs(seed, signOnStream)
	for _, x := range []struct {
		id, ruleID, name, description, factors string
		standard                               bool
	}{
		{s.org.accessPolicy, ids.Text(17), "Any two factors", "Any two factors are needed", "2FA", true},
		{"rst" + ids.Text(17), ids.Text(17), "Password only", "A password is enough", "1FA", false},
	} {
		p := &policy{entry: s.newEntry("", object{
			"type": "ACCESS_POLICY", "status": active, "name": x.name, "description": x.description, "system": x.standard,
		})}
		rule := s.newEntry("", object{
			"type": "ACCESS_POLICY", "status": active, "name": "Catch-all Rule", "priority": 99, "system": true, "conditions": nil,
			"actions": object{"appSignOn": object{
				"access": "ALLOW", "verificationMethod": object{"factorMode": x.factors, "type": "ASSURANCE", "reauthenticateIn": "PT2H"},
			}},
		})
		p.id, rule.id, p.rules = x.id, "rul"+x.ruleID, []*entry{&rule}
		s.signOn = append(s.signOn, p)
	}
}
