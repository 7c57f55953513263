package genesyssim

import (
	"fmt"
	"time"

	"msgsso-wizard/apiclient/simulator/simkit"
)

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
