package oktasim

import (
	"net/http"

	"msgsso-wizard/apiclient/simulator/oktasim/refusal"
)

// openTo lets a page of another origin read the answer and send cookies along.
func (c *call) openTo(origin string) {
	c.header.Set("Access-Control-Allow-Origin", origin)
	c.header.Set("Access-Control-Allow-Credentials", "true")
	c.header.Add("Vary", "Origin")
}

// allowOrigin opens the answer to a page of a trusted origin (contract okta.md 5).
func (s *Server) allowOrigin(c *call) {
	if from := c.r.Header.Get("Origin"); s.trusts(from) {
		c.openTo(from)
	}
}

// preflight answers what a browser asks before it lets a page make a call (Fetch standard, CORS protocol).
func (s *Server) preflight(c *call, asked route) (int, any, error) {
	switch {
	case asked.access == public:
		c.header.Set("Access-Control-Allow-Origin", "*")
	case !s.trusts(c.r.Header.Get("Origin")):
		return 0, nil, refusal.Bare(http.StatusForbidden)
	}
	c.header.Set("Access-Control-Allow-Methods", asked.method)
	c.header.Set("Access-Control-Allow-Headers", "Authorization, Content-Type")
	return http.StatusNoContent, nothing{}, nil
}
