package genesyssim

import (
	"cmp"
	"time"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// quirks are habits of the service that only some organizations show.
type quirks struct {
	emptyNotes bool // empty notes read back as a literal (contract genesys.md 1.3)
	wildcards  bool // a role that allows all actions says "*"
}

// plant fills the organization. The order of the picks is what makes a seed repeat.
func (s *Server) plant(ids *simkit.IDs) {
	s.clientID, s.clientSecret = ids.UUID(), ids.Text(43)
	s.clientSecret = cmp.Or(s.options.ClientSecret, s.clientSecret)
	s.quirks = quirks{emptyNotes: chance(ids, 2), wildcards: chance(ids, 2)}
	s.organization = organization{
		id: ids.UUID(), name: "Acme Contact Centre", thirdPartyName: "acmecc", domain: "acmecc.example",
		siteID: ids.UUID(), roleID: ids.UUID(), divisionID: ids.UUID(), adminID: ids.UUID(), colleagueID: ids.UUID(),
		supportedContentID: ids.UUID(), created: s.now().Add(-400 * 24 * time.Hour),
	}
	s.plantTypes(ids)
	s.plantFlows(ids)
	s.plantIntegrations(ids)
	s.plantWebDeployments(ids)
}

// chance is true once in so many seeds.
func chance(ids *simkit.IDs, outOf int) bool {
	choices := make([]string, outOf)
	choices[0] = "yes"
	return ids.Pick(choices...) == "yes"
}

// plantFlows leaves exactly one published message flow, under every seed.
func (s *Server) plantFlows(ids *simkit.IDs) {
	saved := s.organization.created.Add(24 * time.Hour)
	add := func(name, kind string, published bool) {
		f := flow{id: ids.UUID(), name: name, kind: kind, description: name + " of Acme", saved: saved}
		if published {
			f.published = saved.Add(time.Hour)
		}
		s.flows = append(s.flows, f)
	}
	add("Web chat", messageFlow, true)
	add("Draft chat", messageFlow, false)
	add("Main line", "INBOUNDCALL", true)
	add("Service mailbox", "INBOUNDEMAIL", true)
	add("Opening hours", "COMMONMODULE", false)
}

// plantIntegrations adds active integrations of other types.
func (s *Server) plantIntegrations(ids *simkit.IDs) {
	at := s.organization.created.Add(48 * time.Hour)
	crm := &credential{
		id: ids.UUID(), name: "CRM user", kind: s.credentialTypes[0], created: at, modified: at,
		fields: map[string]string{"userName": "crm", "password": ids.Text(20)},
	}
	s.credentials = append(s.credentials, crm)
	add := func(name, kind string, properties object, credentials map[string]string) {
		s.integrations = append(s.integrations, &integration{
			id: ids.UUID(), kind: s.typeByID(kind), intended: enabled, changed: at, ready: at,
			config: integrationConfig{
				name: name, version: 2, properties: properties, advanced: object{}, credentials: credentials,
			},
		})
	}
	add("CRM data actions", "custom-rest-actions", object{}, map[string]string{"basicAuth": crm.id})
	add("Agent dashboard", "embedded-client-app", object{"url": "https://dashboard.acmecc.example/"}, map[string]string{})
}
