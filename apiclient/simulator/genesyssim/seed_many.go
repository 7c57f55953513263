package genesyssim

import (
	"fmt"
	"time"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// plantNames gives things names that somebody thought of.
func (s *Server) plantNames(ids *simkit.IDs) {
	if len(s.options.Names) == 0 {
		return
	}
	s.organization.name = s.options.Names[0]
	at := s.organization.created.Add(72 * time.Hour)
	for _, name := range s.options.Names {
		f := flow{id: ids.UUID(), name: name, kind: messageFlow, description: name, saved: at, published: at.Add(time.Hour)}
		cfg := &configuration{id: ids.UUID(), creator: s.organization.adminID, created: at}
		settings := helpSettings("#0165A7")
		settings["name"], settings["description"] = name, name
		s.seedVersion(cfg, settings, s.organization.adminID, at)
		s.flows, s.configurations = append(s.flows, f), append(s.configurations, cfg)
		s.deployments = append(s.deployments, &deployment{
			id: ids.UUID(), created: at, modified: at, modifier: s.organization.adminID, ready: at,
			current: deploymentState{
				name: name, description: name, domains: []any{"www.acmecc.example"}, configurationID: cfg.id, configurationV: "1",
				flowID: f.id, supportedContentID: s.organization.supportedContentID, status: active,
			},
		})
		s.integrations = append(s.integrations, &integration{
			id: ids.UUID(), kind: s.typeByID(s.messengerID), intended: enabled, changed: at, ready: at,
			config: integrationConfig{name: name, version: 1, properties: object{}, advanced: object{}},
		})
	}
}

// plantMany adds what makes an organization a large one. All share their settings, so that each costs little.
func (s *Server) plantMany(ids *simkit.IDs) {
	at := s.organization.created.Add(72 * time.Hour)
	shared, none := helpSettings("#0165A7"), object{}
	for n := range s.options.Configurations {
		settings := object{}
		for _, member := range []string{"languages", "defaultLanguage", "messenger", "position"} {
			settings[member] = shared[member]
		}
		settings["name"] = fmt.Sprintf("Branch %05d", n+1)
		cfg := &configuration{id: ids.UUID(), creator: s.organization.adminID, created: at}
		s.seedVersion(cfg, settings, s.organization.adminID, at)
		s.configurations = append(s.configurations, cfg)
	}
	for n := range s.options.Integrations {
		s.integrations = append(s.integrations, &integration{
			id: ids.UUID(), kind: s.typeByID(fmt.Sprintf("premium-app-%03d", n%fewestApps+1)), intended: enabled, changed: at, ready: at,
			config: integrationConfig{
				name: fmt.Sprintf("Premium application, seat %05d", n+1), version: 1, properties: none, advanced: none,
			},
		})
	}
	for n := range s.options.Flows {
		name := fmt.Sprintf("Web chat of branch %03d", n+1)
		s.flows = append(s.flows, flow{
			id: ids.UUID(), name: name, kind: messageFlow, description: name, saved: at, published: at.Add(time.Hour),
		})
	}
}
