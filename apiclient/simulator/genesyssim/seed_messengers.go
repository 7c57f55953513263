package genesyssim

import (
	_ "embed"
	"encoding/json"
	"maps"
	"time"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// messengersJSON has the settings of the two configurations that every organization has: one with every kind of
// setting, and a plain one.
//
//go:embed messengers.json
var messengersJSON []byte

func messengers() (all struct{ Website, Help object }) {
	if err := json.Unmarshal(messengersJSON, &all); err != nil {
		panic(err) // the file is part of the program
	}
	return all
}

// plantMessengers adds a live Messenger with every kind of setting, pinned to the older of two versions, and a
// configuration that a colleague is still editing.
func (s *Server) plantMessengers(ids *simkit.IDs) {
	from := s.organization.created
	website := ids.UUID()
	first := messengers().Website
	knowledge := reference(ids.UUID(), "/api/v2/knowledge/knowledgebases/")
	sub(first, "messenger", "apps", "knowledge")["knowledgeBase"] = knowledge
	sub(first, "supportCenter")["knowledgeBase"] = knowledge
	second := maps.Clone(first)
	second["description"] = "Messenger of www.acmecc.example, second edition"
	cfg := s.plantConfiguration(website, from.Add(10*day), first, from.Add(11*day))
	s.plantVersion(cfg, second, from.Add(40*day))

	help := s.plantConfiguration(ids.UUID(), from.Add(20*day), messengers().Help, from.Add(21*day))
	edited := messengers().Help
	sub(edited, "messenger", "styles")["primaryColor"] = "#AA0000"
	help.body, help.modified, help.modifier = edited, from.Add(60*day), s.organization.colleagueID

	s.plantDeployment(ids.UUID(), cfg, s.flows[0], from.Add(12*day), object{
		"name": "Main website", "description": "Messenger of www.acmecc.example",
		"allowedDomains": []any{"www.acmecc.example", "shop.acmecc.example"},
	})
}

// plantConfiguration adds a configuration with one version.
func (s *Server) plantConfiguration(id string, created time.Time, body object, published time.Time) *record[object] {
	cfg := planted(s, id, body, created)
	s.configurations = append(s.configurations, cfg)
	s.plantVersion(cfg, body, published)
	return cfg
}

// plantVersion publishes settings, which are the draft's then, too.
func (s *Server) plantVersion(cfg *record[object], body object, at time.Time) {
	cfg.body, cfg.modified = body, at
	publishDraft(cfg, planted(s, "", body, at))
}

// plantDeployment adds a deployment of a configuration's first version.
func (s *Server) plantDeployment(id string, cfg, flow *record[object], at time.Time, body object) {
	body["allowAllDomains"], body["status"] = false, active
	body["configuration"], body["flow"] = object{"id": cfg.id, "version": "1"}, object{"id": flow.id}
	body["supportedContent"] = object{"id": s.organization.supportedContent}
	s.deployments = append(s.deployments, planted(s, id, body, at))
}
