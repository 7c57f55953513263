package genesyssim

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"msgsso-wizard/apiclient/jsontree"
	"msgsso-wizard/apiclient/simulator/genesyssim/provider"
	"msgsso-wizard/apiclient/simulator/simkit"
)

// longestJWT is how long a visitor's JWT is valid, unless the provider's token ends before (contract genesys.md 4).
const longestJWT = 15 * time.Minute

const (
	visitorKeyLength = 32
	refreshLength    = 64
)

// visitors are those who signed in. The server's lock guards them.
type visitors struct {
	ids     *simkit.IDs
	key     []byte          // signs the JWTs
	passes  map[string]pass // by JWT or refresh token, also those that ended
	senders []Sender        // by exchange, oldest first
}

// visitor is one sign-in.
type visitor struct {
	provider.User
	deploymentID string
	jwtLife      time.Duration
	revoke       provider.Revocation
}

// pass is a JWT or a refresh token: whose it is, and until when it is valid.
type pass struct {
	of        *visitor
	ends      time.Time
	refreshes bool
}

func newVisitors(ids *simkit.IDs) visitors {
	return visitors{ids: ids, key: []byte(ids.Text(visitorKeyLength)), passes: map[string]pass{}}
}

// VisitorTokens returns how many JWTs and refresh tokens of visitors are valid now.
func (s *Server) VisitorTokens() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	valid := 0
	for _, p := range s.visitors.passes {
		if s.now().Before(p.ends) {
			valid++
		}
	}
	return valid
}

// Sender is what agents and flows see of a visitor who signed in: the message's senderAddressInfo (contract genesys.md 4).
type Sender struct{ AddressDisplayable, Name, Email string }

// Senders returns who signed in, one for each exchange of a code, oldest first.
func (s *Server) Senders() []Sender {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.visitors.senders)
}

// admitVisitor answers an exchange. There is a refresh token if the provider gave one, which the contract leaves open.
func (s *Server) admitVisitor(rules signInRules, got provider.Redeemed) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, now := &visitor{User: got.User, deploymentID: rules.deploymentID, jwtLife: longestJWT, revoke: got.Revoke}, s.now()
	if got.Life > 0 {
		v.jwtLife = min(longestJWT, got.Life)
	}
	jwt, err := s.visitors.issue(v, now)
	if err != nil {
		return nil, err
	}
	s.visitors.senders = append(s.visitors.senders, Sender{v.Subject, v.Name, v.Email})
	answer := object{"jwt": jwt}
	if got.Refreshes {
		token := s.visitors.ids.Text(refreshLength)
		s.visitors.passes[token], answer["refreshToken"] = pass{v, now.Add(rules.refreshLife), true}, token
	}
	return answer, nil
}

// issue makes a JWT that says who signed in. What is in a real one is not known.
func (g *visitors) issue(v *visitor, now time.Time) (string, error) {
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.HS256, Key: g.key}, (&jose.SignerOptions{}).WithType("JWT"))
	if err != nil {
		return "", err
	}
	ends := now.Add(v.jwtLife)
	token, err := jwt.Signed(signer).Claims(jwt.Claims{
		ID: g.ids.UUID(), Subject: v.Subject, IssuedAt: jwt.NewNumericDate(now), Expiry: jwt.NewNumericDate(ends),
	}).Claims(object{"deploymentId": v.deploymentID, "name": v.Name, "email": v.Email}).Serialize()
	if err != nil {
		return "", err
	}
	g.passes[token] = pass{v, ends, false}
	return token, nil
}

// refreshVisitor is postWebdeploymentsTokenRefresh. The provider is not asked again, which the contract leaves open.
func refreshVisitor(c *call) (any, error) {
	if err := checkRequest("refresh", c.body); err != nil {
		return nil, err
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	held := c.s.visitors.passes[jsontree.Text(c.body, "refreshToken")]
	deploymentID := jsontree.Text(c.body, "deploymentId")
	if held.refreshes {
		deploymentID = cmp.Or(deploymentID, held.of.deploymentID)
	}
	if deploymentID != "" {
		if _, err := c.s.rulesFor(c, deploymentID); err != nil {
			return nil, err
		}
	}
	if !held.refreshes || held.of.deploymentID != deploymentID || !c.now.Before(held.ends) {
		return nil, refuse("bad.credentials")
	}
	jwt, err := c.s.visitors.issue(held.of, c.now)
	return object{"jwt": jwt}, err
}

// revokeVisitor is deleteWebdeploymentsTokenRevoke: all tokens of the JWT's sign-in end, here and at the provider. A JWT
// that is over has to be refreshed first, as the definition says.
func revokeVisitor(c *call) (any, error) {
	of, err := c.s.visitors.end(c)
	if err == nil {
		c.s.provider.Revoke(c.r.Context(), of.revoke)
	}
	return nil, err
}

// end lets go of the sign-in that the call's JWT is of.
func (g *visitors) end(c *call) (*visitor, error) {
	jwt := bearerOf(c.r)
	if jwt == "" {
		return nil, refuse("authentication.required")
	}
	c.s.mu.Lock()
	defer c.s.mu.Unlock()
	held := g.passes[jwt]
	switch {
	case held.of == nil || held.refreshes:
		return nil, refuse("bad.credentials")
	case !c.now.Before(held.ends):
		return nil, refuse("credentials.expired")
	}
	maps.DeleteFunc(g.passes, func(_ string, p pass) bool { return p.of == held.of })
	return held.of, nil
}
