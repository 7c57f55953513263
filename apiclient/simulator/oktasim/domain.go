package oktasim

import (
	"net"
	"net/http"
	"net/url"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// An org with a custom domain has two addresses. On loopback the custom one is the name "localhost" and the
// org's own is the number that it listens on.

const (
	customHost = "localhost"
	customURL  = "CUSTOM_URL"
	orgURL     = "ORG_URL"
)

// listener is the address at which a request came in.
func listener(r *http.Request) (host, port string) {
	if at, ok := r.Context().Value(http.LocalAddrContextKey).(net.Addr); ok {
		host, port, _ = net.SplitHostPort(at.String()) // of a TCP listener it can be split
	}
	return host, port
}

// orgBase is the org's address at Okta, which the management API is called by.
func (s *Server) orgBase(c *call) string {
	if !s.opts.customDomain {
		return simkit.Base(c.r)
	}
	return "http://" + net.JoinHostPort(listener(c.r))
}

// domain is the custom domain, empty when the org has none.
func (s *Server) domain(c *call) string {
	if !s.opts.customDomain {
		return ""
	}
	_, port := listener(c.r)
	return net.JoinHostPort(customHost, port)
}

// CustomURL returns the address of the custom domain of the org that listens at address; empty without one.
func (s *Server) CustomURL(address string) string {
	u, err := url.Parse(address)
	if err != nil || !s.opts.customDomain {
		return ""
	}
	return "http://" + net.JoinHostPort(customHost, u.Port())
}

// issuer is what the org server calls itself. Without a client it goes by the address that it is asked at;
// a client can have chosen another form (contract okta.md 4).
func (s *Server) issuer(c *call, a *app) string {
	mode := ""
	if a != nil && s.opts.customDomain {
		mode = textAt(a.tree, oauthSettings+".issuer_mode")
	}
	switch mode {
	case customURL:
		return "http://" + s.domain(c)
	case orgURL:
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
