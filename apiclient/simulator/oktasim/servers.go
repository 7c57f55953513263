package oktasim

import (
	"slices"
	"time"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// authServer is a custom authorization server. The one that every org starts with answers to the name
// "default" as well as to its id.
type authServer struct {
	id, name string
	created  time.Time
	policies []*policy
}

func (x *authServer) key() string { return x.id }

// server finds the authorization server that the path names.
func (s *Server) server(c *call) (*authServer, error) {
	id := c.id("serverId")
	at := slices.IndexFunc(s.servers, func(x *authServer) bool { return x.id == id || x.name == id })
	if at < 0 {
		return nil, notFound(id, "AuthorizationServer")
	}
	return s.servers[at], nil
}

func (s *Server) listServers(c *call) (any, error) {
	q := c.r.URL.Query().Get("q")
	found := keep(s.servers, func(x *authServer) bool { return startsWith(x.name, q) || startsWith("api://"+x.name, q) })
	found, err := page(c, found, paging{standard: 200, least: 1, most: 200})
	return render(found, func(x *authServer) object { return s.serverJSON(c, x, x.id) }), err
}

func (s *Server) getServer(c *call) (any, error) {
	x, err := s.server(c)
	if err != nil {
		return nil, err
	}
	return s.serverJSON(c, x, c.id("serverId")), nil
}

// serverJSON links to the name that the server was asked for by.
func (s *Server) serverJSON(c *call, x *authServer, asked string) object {
	at := c.url("authorizationServers", asked)
	issuer := simkit.Base(c.r) + "/oauth2/" + x.name
	document := func(name string) object {
		return object{"name": name, "href": issuer + "/.well-known/" + name, "hints": object{"allow": []string{"GET"}}}
	}
	return object{
		"id": x.id, "name": x.name, "description": "Default Authorization Server for your Applications",
		"audiences": []string{"api://" + x.name}, "issuer": issuer, "issuerMode": "DYNAMIC", "status": active,
		"created": stamp(x.created), "lastUpdated": stamp(x.created), "default": true,
		"credentials": object{"signing": object{"kid": s.asKey.kid, "rotationMode": "MANUAL", "lastRotated": stamp(x.created)}},
		"_links": object{
			"rotateKey":  link(at+"/credentials/lifecycle/keyRotate", "POST"),
			"metadata":   []object{document("oauth-authorization-server"), document("openid-configuration")},
			"keys":       link(at+"/credentials/keys", "GET"),
			"claims":     link(at+"/claims", "GET", "POST"),
			"policies":   link(at+"/policies", "GET", "POST"),
			"self":       link(at, "GET", "DELETE", "PUT"),
			"scopes":     link(at+"/scopes", "GET", "POST"),
			"deactivate": link(at+"/lifecycle/deactivate", "POST"),
		},
	}
}
