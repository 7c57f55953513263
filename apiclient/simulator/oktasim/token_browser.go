package oktasim

import "net/url"

// fromBrowser checks a request for tokens that a page makes: it must be a page of the app, and PKCE must protect
// the code (contract okta.md 11).
func (s *Server) fromBrowser(c *call) error {
	from := c.r.Header.Get("Origin")
	said, _ := c.clientAuth()
	a := s.client(said.id)
	if from == "" || a == nil {
		return nil // who is unknown is refused anyway
	}
	if !hasText(a.origins(), from) {
		return refuse("illegal_origin_browser_request")
	}
	c.openTo(from)
	switch {
	case c.form.Get("grant_type") != codeGrant && c.form.Get("grant_type") != refreshGrant:
		return refuse("unsupported_grant_type_browser_request")
	case c.form.Get("grant_type") == codeGrant && !c.form.Has("code_verifier"):
		return refuse("unsupported_auth_method_browser_request")
	}
	return nil
}

// origins are those of the pages that the app sends its visitors back to.
func (a *app) origins() []string {
	var all []string
	for _, address := range textsAt(a.tree, oauthSettings+".redirect_uris") {
		if u, err := url.Parse(address); err == nil {
			all = append(all, u.Scheme+"://"+u.Host)
		}
	}
	return all
}
