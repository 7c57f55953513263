package oktasim

import (
	"net/url"
	"slices"
	"time"
)

type origin struct {
	id, name, origin, status string
	scopes                   []any
	created, updated         time.Time
}

func (o *origin) key() string { return o.id }

// originFields are the members of a trusted origin (contract okta.md 5).
var originFields = []field{
	{path: "name", required: true, min: 1, max: 255},
	{path: "origin", required: true, min: 1, max: 255},
	{path: "scopes", kind: list, required: true, min: 1, max: 3},
	{path: "status", values: []string{active, inactive}},
}

var (
	scopeFields   = []field{{path: "type", required: true, values: []string{"CORS", "IFRAME_EMBED", "REDIRECT"}}, {path: "allowedOktaApps", kind: texts, values: []string{"OKTA_ENDUSER"}}}
	originSchemes = []string{"http", "https", "ftp", "ionic", "capacitor"}
)

func (s *Server) listOrigins(c *call) (any, error) {
	f, err := c.parseFilter("filter", "name", "origin", "status", "type")
	if err != nil {
		return nil, err
	}
	q := c.r.URL.Query().Get("q")
	found := keep(s.origins, func(o *origin) bool {
		if !startsWith(o.name, q) && !startsWith(o.origin, q) {
			return false
		}
		// A filter on type holds when it does for one of the scopes.
		return slices.ContainsFunc(o.scopes, func(scope any) bool {
			return f.holds(func(member string) string {
				return map[string]string{"name": o.name, "origin": o.origin, "status": o.status, "type": textAt(scope.(object), "type")}[member]
			})
		})
	})
	found, err = page(c, found, paging{standard: 20, least: 1, most: 200})
	return render(found, func(o *origin) object { return s.originJSON(c, o) }), err
}

func (s *Server) createOrigin(c *call) (any, error) {
	if err := s.checkOrigin(c, ""); err != nil {
		return nil, err
	}
	o := &origin{id: s.id("tos"), status: active, created: s.now()}
	s.setOrigin(c, o)
	s.origins = append(s.origins, o)
	return s.originJSON(c, o), nil
}

func (s *Server) replaceOrigin(c *call) (any, error) {
	o, err := s.origin(c)
	if err != nil {
		return nil, err
	}
	if err := s.checkOrigin(c, o.id); err != nil {
		return nil, err
	}
	s.setOrigin(c, o)
	return s.originJSON(c, o), nil
}

func (s *Server) setOrigin(c *call, o *origin) {
	o.name, o.origin, o.updated = textAt(c.body, "name"), textAt(c.body, "origin"), s.now()
	o.scopes = c.body["scopes"].([]any) // checked
	if status := textAt(c.body, "status"); status != "" {
		o.status = status
	}
}

// checkOrigin refuses a bad body, and a name or origin that another entry than self has.
func (s *Server) checkOrigin(c *call, self string) error {
	if err := c.needBody(); err != nil {
		return err
	}
	if err := check(originFields, c.body); err != nil {
		return err
	}
	for _, scope := range c.body["scopes"].([]any) {
		members, ok := scope.(object)
		if !ok {
			return invalid("scopes", "scopes: must be a list of objects")
		}
		if err := check(scopeFields, members); err != nil {
			return err
		}
	}
	address := textAt(c.body, "origin")
	u, err := url.Parse(address)
	if err != nil || !slices.Contains(originSchemes, u.Scheme) || u.Hostname() == "" || u.User != nil || address != u.Scheme+"://"+u.Host {
		return invalid("origin", "origin: Origin value is not valid")
	}
	for _, o := range s.origins {
		switch {
		case o.id == self:
		case o.name == textAt(c.body, "name"):
			return invalid("name", "name: An object with this field already exists in the current organization")
		case o.origin == address:
			return invalid("origin", "origin: An object with this field already exists in the current organization")
		}
	}
	return nil
}

func (s *Server) origin(c *call) (*origin, error) {
	return find(s.origins, c.id("originId"), "TrustedOrigin")
}

func (s *Server) getOrigin(c *call) (any, error) {
	o, err := s.origin(c)
	if err != nil {
		return nil, err
	}
	return s.originJSON(c, o), nil
}

func (s *Server) deleteOrigin(c *call) (any, error) {
	o, err := s.origin(c)
	if err != nil {
		return nil, err
	}
	s.origins = remove(s.origins, o.id)
	return object{}, nil
}

func (s *Server) activateOrigin(c *call) (any, error)   { return s.setOriginStatus(c, active) }
func (s *Server) deactivateOrigin(c *call) (any, error) { return s.setOriginStatus(c, inactive) }

func (s *Server) setOriginStatus(c *call, status string) (any, error) {
	o, err := s.origin(c)
	if err != nil {
		return nil, err
	}
	o.status, o.updated = status, s.now()
	return s.originJSON(c, o), nil
}

func (s *Server) originJSON(c *call, o *origin) object {
	return object{
		"id": o.id, "name": o.name, "origin": o.origin, "scopes": o.scopes, "status": o.status,
		"created": stamp(o.created), "createdBy": s.admin.id, "lastUpdated": stamp(o.updated), "lastUpdatedBy": s.admin.id,
		"_links": lifecycleLinks(c.url("trustedOrigins", o.id), o.status),
	}
}

// lifecycleLinks are the links of whatever can be switched on and off.
func lifecycleLinks(address, status string) object {
	next := "deactivate"
	if status != active {
		next = "activate"
	}
	return object{"self": link(address, "GET", "PUT", "DELETE"), next: link(address+"/lifecycle/"+next, "POST")}
}
