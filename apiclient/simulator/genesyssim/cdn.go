package genesyssim

import (
	_ "embed"
	"maps"
	"net/http"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// publicConfig is the CDN's config.json: no credentials, and the integration's id is not in it (contract genesys.md 3).
func (s *Server) publicConfig(id string, live object) object {
	v := s.pinned(live)
	o := maps.Clone(v.body)
	delete(o, "authenticationSettings")
	o["deploymentId"], o["version"], o["status"] = id, v.id, live["status"]
	o["auth"] = object{
		"enabled":             flag(v.body, "authenticationSettings", "enabled"),
		"allowSessionUpgrade": flag(v.body, "authenticationSettings", "allowSessionUpgrade"),
	}
	return o
}

// publicDomains is the CDN's domains.json.
func (s *Server) publicDomains(_ string, live object) object {
	return object{"allowAllDomains": live["allowAllDomains"], "allowedDomains": live["allowedDomains"]}
}

// publicFile answers with what browsers get of a deployment.
func (s *Server) publicFile(render func(id string, live object) object) http.HandlerFunc {
	read := func(id string) object {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.calls.Reads++
		now := s.now()
		s.sweep(now)
		if d := s.deployments.find(id); d != nil && d.public(now) != nil {
			return render(id, *d.public(now))
		}
		return nil
	}
	return func(w http.ResponseWriter, r *http.Request) {
		if answer := read(r.PathValue("id")); answer != nil {
			simkit.WriteJSON(w, http.StatusOK, answer)
			return
		}
		w.WriteHeader(http.StatusForbidden)
	}
}

// standIn is a small stand-in for Messenger's own script.
//
//go:embed stand_in.js
var standIn []byte

func bootstrap(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	_, _ = w.Write(standIn)
}
