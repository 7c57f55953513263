package genesyssim

import (
	"maps"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// longestJWT is how long a visitor's JWT is valid, unless the provider's access token ends before (contract
// genesys.md 4).
const longestJWT = 15 * time.Minute

const (
	visitorKeyLength = 32
	refreshLength    = 64
)

// visitors are those who signed in. The server's lock guards them.
type visitors struct {
	ids       *simkit.IDs
	key       []byte              // signs the JWTs
	passes    map[string]pass     // by JWT, also those that ended
	refreshes map[string]*visitor // by refresh token
	exchanges int
}

// visitor is one sign-in.
type visitor struct {
	person
	deploymentID string
	jwtLife      time.Duration
	refreshEnds  time.Time
}

// pass is a JWT: whose it is, and until when it is valid.
type pass struct {
	of   *visitor
	ends time.Time
}

func newVisitors(ids *simkit.IDs) visitors {
	return visitors{ids: ids, key: []byte(ids.Text(visitorKeyLength)), passes: map[string]pass{}, refreshes: map[string]*visitor{}}
}

// VisitorTokens returns how many JWTs and refresh tokens of visitors are valid now.
func (s *Server) VisitorTokens() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	now, valid := s.now(), 0
	for _, p := range s.visitors.passes {
		if now.Before(p.ends) {
			valid++
		}
	}
	for _, v := range s.visitors.refreshes {
		if now.Before(v.refreshEnds) {
			valid++
		}
	}
	return valid
}

// Exchanges returns how many codes were exchanged for a JWT.
func (s *Server) Exchanges() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.visitors.exchanges
}

// admitVisitor answers an exchange. There is a refresh token if the provider gave one, which the contract leaves open.
func (s *Server) admitVisitor(rules signInRules, got redeemed) (any, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	v := &visitor{person: got.person, deploymentID: rules.deploymentID, jwtLife: longestJWT}
	if got.accessLife > 0 {
		v.jwtLife = min(longestJWT, got.accessLife)
	}
	text, err := s.visitors.issue(v, now)
	if err != nil {
		return nil, err
	}
	s.visitors.exchanges++
	answer := object{"jwt": text}
	if got.refreshes {
		token := s.visitors.ids.Text(refreshLength)
		v.refreshEnds = now.Add(rules.refreshLife)
		s.visitors.refreshes[token], answer["refreshToken"] = v, token
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
	text, err := jwt.Signed(signer).Claims(jwt.Claims{
		ID: g.ids.UUID(), Subject: v.subject, IssuedAt: jwt.NewNumericDate(now), Expiry: jwt.NewNumericDate(ends),
	}).Claims(object{"deploymentId": v.deploymentID, "name": v.name, "email": v.email}).Serialize()
	if err != nil {
		return "", err
	}
	g.passes[text] = pass{v, ends}
	return text, nil
}

// refreshVisitor is postWebdeploymentsTokenRefresh. The provider is not asked again, which the contract leaves open.
func (s *Server) refreshVisitor(c *call) (any, error) {
	if err := check("", c.body, refreshShape); err != nil {
		return nil, err
	}
	rules, err := s.signInRules(str(c.body, "deploymentId"), c.now)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	v := s.visitors.refreshes[str(c.body, "refreshToken")]
	if v == nil || v.deploymentID != rules.deploymentID || !c.now.Before(v.refreshEnds) {
		return nil, refuse("bad.credentials")
	}
	text, err := s.visitors.issue(v, c.now)
	return object{"jwt": text}, err
}

// revokeVisitor is deleteWebdeploymentsTokenRevoke: all tokens of the JWT's sign-in end. A JWT that is over has to be
// refreshed first, as the definition says.
func (s *Server) revokeVisitor(c *call) (any, error) {
	scheme, text, _ := strings.Cut(c.r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "bearer") || text == "" {
		return nil, refuse("authentication.required")
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	held, ok := s.visitors.passes[text]
	switch {
	case !ok:
		return nil, refuse("bad.credentials")
	case !c.now.Before(held.ends):
		return nil, refuse("credentials.expired")
	}
	maps.DeleteFunc(s.visitors.passes, func(_ string, p pass) bool { return p.of == held.of })
	maps.DeleteFunc(s.visitors.refreshes, func(_ string, v *visitor) bool { return v == held.of })
	return nil, nil
}
