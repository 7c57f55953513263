package oktasim

import (
	_ "embed"
	"net"
	"net/http"
	"net/url"
	"time"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// org is the organization itself and the policies that its app integrations share.
type org struct {
	id, company, subdomain             string
	accessPolicy, enrollment, domainID string
	created                            time.Time
}

// An org with a custom domain has two addresses. On loopback the custom one is the name "localhost" and the org's own is
// the number that it listens on.
const (
	customHost = "localhost"
	customURL  = "CUSTOM_URL"
	orgURL     = "ORG_URL"
)

func (s *Server) wellKnownOrg(c *call) (any, error) {
	links := object{"organization": link(s.orgBase(c))}
	if domain := s.domain(c); domain != "" {
		links["alternate"] = link("http://" + domain)
	}
	return object{
		"id": s.org.id, "cell": "ok14", "pipeline": "idx", "_links": links,
		"settings": object{
			"analyticsCollectionEnabled": false, "bugReportingEnabled": true, "omEnabled": false,
			"pssoEnabled": false, "desktopMFAEnabled": false, "itpEnabled": false,
		},
	}, nil
}

func (s *Server) getOrg(*call) (any, error) {
	org := object{
		"id": s.org.id, "companyName": s.org.company, "subdomain": s.org.subdomain, "status": active,
		"created": simkit.Stamp(s.org.created), "lastUpdated": simkit.Stamp(s.org.created),
	}
	if s.opts.Inactive {
		org["status"] = inactive
	}
	if !s.opts.Expires.IsZero() {
		org["expiresAt"] = simkit.Stamp(s.opts.Expires)
	}
	return org, nil
}

// revokeToken ends the token that the call was made with (contract okta.md 3.1).
func (s *Server) revokeToken(*call) (any, error) {
	s.revoked = true
	return nothing{}, nil
}

// listenPort is the port at which a request came in.
func listenPort(r *http.Request) (port string) {
	if at, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr); ok {
		_, port, _ = net.SplitHostPort(at.String()) // of a TCP listener it can be split
	}
	return port
}

// orgBase is the org's address at Okta, which the management API is called by.
func (s *Server) orgBase(c *call) string {
	if !s.profile.customDomain {
		return simkit.Base(c.r)
	}
	return simkit.Own(c.r)
}

// domain is the custom domain, empty when the org has none.
func (s *Server) domain(c *call) string {
	if !s.profile.customDomain {
		return ""
	}
	return net.JoinHostPort(customHost, listenPort(c.r))
}

// CustomURL returns the address of the custom domain of the org that listens at address; empty without one.
func (s *Server) CustomURL(address string) string {
	u, err := url.Parse(address)
	if err != nil || !s.profile.customDomain {
		return ""
	}
	return "http://" + net.JoinHostPort(customHost, u.Port())
}

// issuer is what the server that was asked calls itself. The org's own goes by the address that it is asked at, but a
// client can have chosen another form (contract okta.md 4).
func (s *Server) issuer(c *call, a *app) string {
	mode := ""
	if a != nil && s.profile.customDomain {
		mode = a.text(oauthSettings + ".issuer_mode")
	}
	switch {
	case c.as != nil:
		return simkit.Base(c.r) + "/oauth2/" + c.r.PathValue("serverId")
	case mode == customURL:
		return "http://" + s.domain(c)
	case mode == orgURL:
		return s.orgBase(c)
	}
	return simkit.Base(c.r)
}

func (s *Server) listDomains(c *call) (any, error) {
	domain := s.domain(c)
	if domain == "" {
		return object{"domains": []object{}}, nil
	}
	at := c.url("domains", s.org.domainID)
	return object{"domains": []object{{
		"id": s.org.domainID, "domain": domain, "certificateSourceType": "OKTA_MANAGED", "validationStatus": "VERIFIED",
		"_links": object{"self": link(at), "verify": link(at + "/verify")},
	}}}, nil
}

//go:embed metadata.json
var metadataText []byte

var (
	orgScopes    = []string{"openid", "email", "profile", "address", "phone", "offline_access", "groups"}
	customScopes = []string{
		"okta.myAccount.email.manage", "okta.myAccount.email.read", "okta.myAccount.manage", "okta.myAccount.phone.manage",
		"okta.myAccount.phone.read", "okta.myAccount.profile.manage", "okta.myAccount.profile.read", "okta.myAccount.read",
		"openid", "profile", "email", "address", "phone", "offline_access", "device_sso",
	}
	endpoints = map[string]string{
		"authorization_endpoint": "/authorize", "token_endpoint": "/token", "introspection_endpoint": "/introspect", "revocation_endpoint": "/revoke",
		"end_session_endpoint": "/logout", "device_authorization_endpoint": "/device/authorize", "pushed_authorization_request_endpoint": "/par",
	}
)

// metadata answers with a document of an authorization server. An admin can mistake the one of the kind "oauth" for the
// one of the kind "openid". Custom servers keep everything under their own path but the registration of clients
// (contract okta.md 4). The org server's "oauth" has no jwks_uri, which is how a recorded one looks.
func metadata(kind string) handler {
	return func(s *Server, c *call) (any, error) {
		id := c.r.URL.Query().Get("client_id")
		a := s.client(id)
		if id != "" && a == nil {
			return nil, refusal.Of("invalid_client")
		}
		all := simkit.Embedded[object](metadataText)
		doc := jsontree.Merge(jsontree.Sub(all, "any"), jsontree.Sub(all, kind))
		issuer := s.issuer(c, a)
		base, at := issuer, issuer+"/oauth2/v1"
		doc["scopes_supported"] = orgScopes
		if c.as != nil {
			base, at = simkit.Base(c.r), issuer+"/v1"
			doc = jsontree.Merge(doc, jsontree.Sub(all, kind+" of a custom server"))
			doc["scopes_supported"] = customScopes
		}
		doc["issuer"], doc["registration_endpoint"] = issuer, base+"/oauth2/v1/clients"
		for member, path := range endpoints {
			doc[member] = at + path
		}
		if kind == "openid" {
			doc["userinfo_endpoint"] = at + "/userinfo"
		}
		if kind == "openid" || c.as != nil {
			doc["jwks_uri"] = at + "/keys"
		}
		return doc, nil
	}
}

func (s *Server) publishKeys(c *call) (any, error) {
	return s.keyOf(c.as).Set(), nil
}
