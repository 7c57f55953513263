package genesyssim

import (
	"maps"
	"net/http"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// publicConfig answers the CDN's config.json: no credentials, and the integration's id is not in it
// (contract genesys.md 3).
func (s *Server) publicConfig(w http.ResponseWriter, r *http.Request) {
	s.servePublic(w, r, func(state *deploymentState) object {
		cfg := s.configurationByID(state.configurationID)
		v, _ := cfg.version(state.configurationV, true)
		o := maps.Clone(v.settings)
		delete(o, "authenticationSettings")
		o["deploymentId"], o["version"], o["status"] = r.PathValue("id"), v.number, state.status
		settings := sub(v.settings, "authenticationSettings")
		on, _ := settings["enabled"].(bool)
		upgrade, _ := settings["allowSessionUpgrade"].(bool)
		o["auth"] = object{"enabled": on, "allowSessionUpgrade": upgrade}
		return o
	})
}

// publicDomains answers the CDN's domains.json.
func (s *Server) publicDomains(w http.ResponseWriter, r *http.Request) {
	s.servePublic(w, r, func(state *deploymentState) object {
		return object{
			"allowAllDomains": state.allowAll,
			"allowedDomains":  append([]any{}, state.domains...),
		}
	})
}

func (s *Server) servePublic(w http.ResponseWriter, r *http.Request, render func(*deploymentState) object) {
	s.count(r)
	answer := func() object {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.sweep(s.now())
		d := s.deploymentByID(r.PathValue("id"))
		if d == nil {
			return nil
		}
		if state := d.public(s.now()); state != nil {
			return render(state)
		}
		return nil
	}()
	if answer == nil {
		w.WriteHeader(http.StatusForbidden)
		return
	}
	simkit.WriteJSON(w, http.StatusOK, answer)
}
