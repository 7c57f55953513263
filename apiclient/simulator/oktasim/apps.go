package oktasim

import (
	"slices"
	"time"
)

// app is one app integration.
type app struct {
	id, name, label, status string
	signOnMode              any // text, or null as some of Okta's own have it
	clientID, linkID        string
	created, updated        time.Time
	tree                    object // the members that a caller can set, with defaults
	secrets                 []*secret
	groups                  []*assignment
	users                   []*assignedUser

	granted []string    // Okta's own scopes that a super admin lets the client have
	role    string      // admin role of a service app; empty: none
	signer  *signingKey // what a service app signs its assertions with; nil: nothing
}

func (a *app) key() string { return a.id }

const (
	active   = "ACTIVE"
	inactive = "INACTIVE"
)

func (s *Server) app(c *call) (*app, error) { return find(s.apps, c.id("appId"), "AppInstance") }

// appPaging: the definition leaves the standard size open, so a small one makes clients follow the links.
var appPaging = paging{standard: 20, least: 1, most: 200}

func (s *Server) listApps(c *call) (any, error) {
	f, err := c.parseFilter("filter", "id", "status", "name", "credentials.signing.kid", "settings.slo.enabled")
	if err != nil {
		return nil, err
	}
	query := c.r.URL.Query()
	q := query.Get("q")
	// Inactive apps come only when they are asked for: definition, parameter includeNonDeleted.
	all := query.Get("includeNonDeleted") == "true" || f.names("status") || f.names("id")
	apps := keep(s.apps, func(a *app) bool {
		return (all || a.status == active) && (startsWith(a.name, q) || startsWith(a.label, q)) &&
			f.holds(func(member string) string { return s.appMember(a, member) })
	})
	apps, err = page(c, apps, appPaging)
	return render(apps, func(a *app) object { return s.appJSON(c, a, false) }), err
}

func (s *Server) appMember(a *app, member string) string {
	switch member {
	case "id":
		return a.id
	case "status":
		return a.status
	case "name":
		return a.name
	case "credentials.signing.kid":
		return s.orgKey.kid
	}
	return "false"
}

func (s *Server) createApp(c *call) (any, error) {
	wish, err := s.appWish(c)
	if err != nil {
		return nil, err
	}
	clientID := textAt(wish.object, oauthCredentials+".client_id")
	if clientID != "" && slices.ContainsFunc(s.apps, func(a *app) bool { return a.clientID == clientID }) {
		return nil, invalid("client_id", "client_id: The value is already in use")
	}
	a := s.newApp(wish)
	if c.r.URL.Query().Get("activate") == "false" {
		a.status = inactive
	}
	s.apps = append(s.apps, a)
	return s.appJSON(c, a, true), nil
}

// newApp makes an active app integration, with a secret if its clients use one.
func (s *Server) newApp(wish client) *app {
	now := s.now()
	a := &app{
		id: s.id("0oa"), linkID: s.id("aln"), name: "oidc_client", label: textAt(wish.object, "label"),
		status: active, signOnMode: "OPENID_CONNECT", created: now,
	}
	a.clientID = textAt(wish.object, oauthCredentials+".client_id")
	if a.clientID == "" {
		a.clientID = a.id
	}
	s.settle(a, wish)
	return a
}

// settle makes a what wish says and leaves out what must not be kept in the tree.
func (s *Server) settle(a *app, wish client) {
	a.updated = s.now()
	a.label = textAt(wish.object, "label")
	a.tree = wish.object
	chosen := textAt(wish.object, oauthCredentials+".client_secret")
	usesSecret := wish.method != "none" && wish.method != "private_key_jwt"
	switch {
	case usesSecret && a.current() == nil:
		a.secrets = append(a.secrets, s.newSecret(chosen))
	case usesSecret && chosen != "":
		a.current().value = chosen
	}
}

func (s *Server) getApp(c *call) (any, error) {
	a, err := s.app(c)
	if err != nil {
		return nil, err
	}
	return s.appJSON(c, a, false), nil
}

// replaceApp is a full replacement: what the body leaves out gets its default again, the secret excepted.
func (s *Server) replaceApp(c *call) (any, error) {
	a, err := s.app(c)
	if err != nil {
		return nil, err
	}
	wish, err := s.appWish(c)
	if err != nil {
		return nil, err
	}
	if id := textAt(wish.object, oauthCredentials+".client_id"); id != "" && id != a.clientID {
		return nil, invalid("client_id", "client_id: The value cannot be changed")
	}
	if wish.kind != textAt(a.tree, oauthSettings+".application_type") {
		return nil, invalid("application_type", "application_type: The value cannot be changed")
	}
	s.settle(a, wish)
	return s.appJSON(c, a, true), nil
}

func (s *Server) activateApp(c *call) (any, error)   { return s.setAppStatus(c, active) }
func (s *Server) deactivateApp(c *call) (any, error) { return s.setAppStatus(c, inactive) }

func (s *Server) setAppStatus(c *call, status string) (any, error) {
	a, err := s.app(c)
	if err != nil {
		return nil, err
	}
	a.status, a.updated = status, s.now()
	return object{}, nil
}

func (s *Server) deleteApp(c *call) (any, error) {
	a, err := s.app(c)
	if err != nil {
		return nil, err
	}
	if a.status == active {
		return nil, fail("E0000056")
	}
	s.apps = remove(s.apps, a.id)
	return object{}, nil
}
