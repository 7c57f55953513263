package genesyssim

import (
	"cmp"
	_ "embed"
	"fmt"
	"maps"
	"time"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/simkit"
)

const day = 24 * time.Hour

// plant fills the organization. The order of the picks is what makes a seed repeat.
func (s *Server) plant(ids *simkit.IDs) {
	s.clientID, s.clientSecret = ids.UUID(), ids.Text(43)
	s.clientSecret = cmp.Or(s.options.ClientSecret, s.clientSecret)
	s.emptyNotes, s.wildcards = chance(ids, 2), chance(ids, 2)
	s.organization = organization{
		id: ids.UUID(), name: cmp.Or(s.options.Name, "Acme Contact Centre"), thirdPartyName: "acmecc", domain: "acmecc.example",
		siteID: ids.UUID(), roleID: ids.UUID(), divisionID: ids.UUID(), adminID: ids.UUID(), colleagueID: ids.UUID(),
		supportedContent: ids.UUID(), created: s.now().Add(-400 * day),
	}
	s.plantTypes(ids)
	s.plantFlows(ids)
	s.plantIntegrations(ids)
	s.plantMessengers(ids)
}

// chance is true once in so many seeds.
func chance(ids *simkit.IDs, outOf int) bool { return ids.Below(outOf) == 0 }

// planted is an object that has settled long ago.
func planted[T any](s *Server, id string, body T, at time.Time) *versioned[T] {
	by := s.organization.adminID
	return &versioned[T]{id: id, body: body, created: at, modified: at, creator: by, modifier: by, changed: at, ready: at}
}

// plantFlows leaves exactly one published message flow, under every seed.
func (s *Server) plantFlows(ids *simkit.IDs) {
	for _, f := range []struct {
		name, kind string
		published  bool
	}{
		{"Web chat", messageFlow, true},
		{"Draft chat", messageFlow, false},
		{"Main line", "INBOUNDCALL", true},
		{"Service mailbox", "INBOUNDEMAIL", true},
		{"Opening hours", "COMMONMODULE", false},
	} {
		s.plantFlow(ids.UUID(), f.name, f.kind, f.name+" of Acme", s.organization.created.Add(day), f.published)
	}
}

// plantIntegrations adds active integrations of other types.
func (s *Server) plantIntegrations(ids *simkit.IDs) {
	at := s.organization.created.Add(2 * day)
	crm := planted(s, ids.UUID(), credential{"CRM user", s.credentialTypes[0], object{"userName": "crm", "password": ids.Text(20)}}, at)
	s.credentials = append(s.credentials, crm)
	s.plantIntegration(ids.UUID(), "CRM data actions", "custom-rest-actions", at, integration{
		version: 2, properties: object{}, credentials: map[string]*versioned[credential]{"basicAuth": crm},
	})
	s.plantIntegration(ids.UUID(), "Agent dashboard", "embedded-client-app", at, integration{
		version: 2, properties: object{"url": "https://dashboard.acmecc.example/"},
	})
	if s.unusual() && !s.options.NoMessengerLicense { // added in the console, and not configured
		s.plantIntegration(ids.UUID(), "Chat sign-in", s.messengerID, at, integration{version: 1, properties: object{}})
		s.integrations[len(s.integrations)-1].body.intended = disabled
	}
}

func (s *Server) plantIntegration(id, name, kind string, at time.Time, i integration) {
	i.name, i.kind, i.intended = name, s.types.find(kind), enabled
	s.integrations = append(s.integrations, planted(s, id, i, at))
}

// plantNames gives things names like those an admin chooses.
func (s *Server) plantNames(ids *simkit.IDs) {
	at := s.organization.created.Add(3 * day)
	for i, name := range s.options.Names {
		if i == 0 {
			s.organization.name = name
		}
		f := s.plantFlow(ids.UUID(), name, messageFlow, name, at, true)
		body := messengers().Help
		body["name"], body["description"] = name, name
		cfg := s.plantConfiguration(ids.UUID(), at, body, at)
		s.plantDeployment(ids.UUID(), cfg, f, at, object{
			"name": name, "description": name, "allowedDomains": []any{"www.acmecc.example"},
		})
		s.plantIntegration(ids.UUID(), name, s.messengerID, at, integration{version: 1, properties: object{}})
	}
}

// plantMany adds what makes an organization a large one. All share their settings, so that each costs little.
func (s *Server) plantMany(ids *simkit.IDs) {
	at, shared, none := s.organization.created.Add(3*day), messengers().Help, object{}
	delete(shared, "description")
	for n := range s.options.Configurations {
		body := maps.Clone(shared)
		body["name"] = fmt.Sprintf("Branch %05d", n+1)
		s.plantConfiguration(ids.UUID(), at, body, at)
	}
	for n := range s.options.Integrations {
		name, kind := fmt.Sprintf("Premium application, seat %05d", n+1), fmt.Sprintf("premium-app-%03d", n%fewestApps+1)
		s.plantIntegration(ids.UUID(), name, kind, at, integration{version: 1, properties: none})
	}
	for n := range s.options.Flows {
		name := fmt.Sprintf("Web chat of branch %03d", n+1)
		s.plantFlow(ids.UUID(), name, messageFlow, name, at, true)
	}
}

// messengersJSON has the settings of the two configurations that every organization has: one with every kind of
// setting, and a plain one.
//
//go:embed messengers.json
var messengersJSON []byte

func messengers() struct{ Website, Help object } {
	return simkit.Embedded[struct{ Website, Help object }](messengersJSON)
}

// plantMessengers adds a live Messenger with every kind of setting, pinned to the older of two versions, and a
// configuration that a colleague is still editing.
func (s *Server) plantMessengers(ids *simkit.IDs) {
	from := s.organization.created
	website := ids.UUID()
	first := messengers().Website
	knowledge := reference(ids.UUID(), "/api/v2/knowledge/knowledgebases/")
	jsontree.Sub(first, "messenger.apps.knowledge")["knowledgeBase"] = knowledge
	jsontree.Sub(first, "supportCenter")["knowledgeBase"] = knowledge
	second := maps.Clone(first)
	second["description"] = "Messenger of www.acmecc.example, second edition"
	cfg := s.plantConfiguration(website, from.Add(10*day), first, from.Add(11*day))
	s.plantVersion(cfg, second, from.Add(40*day))

	help := s.plantConfiguration(ids.UUID(), from.Add(20*day), messengers().Help, from.Add(21*day))
	edited := messengers().Help
	jsontree.Sub(edited, "messenger.styles")["primaryColor"] = "#AA0000"
	help.body, help.modified, help.modifier = edited, from.Add(60*day), s.organization.colleagueID

	s.plantDeployment(ids.UUID(), cfg, s.flows[0], from.Add(12*day), object{
		"name": "Main website", "description": "Messenger of www.acmecc.example",
		"allowedDomains": []any{"www.acmecc.example", "shop.acmecc.example"},
	})
}

// plantConfiguration adds a configuration with one version.
func (s *Server) plantConfiguration(id string, created time.Time, body object, published time.Time) *versioned[object] {
	cfg := planted(s, id, body, created)
	s.configurations = append(s.configurations, cfg)
	s.plantVersion(cfg, body, published)
	return cfg
}

// plantVersion publishes settings, which are the draft's then, too.
func (s *Server) plantVersion(cfg *versioned[object], body object, at time.Time) {
	cfg.body, cfg.modified = body, at
	publishDraft(cfg, planted(s, "", body, at))
}

// plantDeployment adds a deployment of a configuration's first version.
func (s *Server) plantDeployment(id string, cfg, flow *versioned[object], at time.Time, body object) {
	body["allowAllDomains"], body["status"] = false, active
	body["configuration"], body["flow"] = object{"id": cfg.id, "version": "1"}, object{"id": flow.id}
	body["supportedContent"] = object{"id": s.organization.supportedContent}
	s.deployments = append(s.deployments, planted(s, id, body, at))
}
