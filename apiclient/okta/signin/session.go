package signin

import (
	"context"
	"net/http"
	"strings"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/okta"
)

// session is an okta.SignIn with an access token, one for all calls.
type session struct {
	*endpoint
	ask   func(context.Context) (token, error)
	cache apiclient.TokenCache[token]
}

func (s *session) get(ctx context.Context) (token, error) { return s.cache.Get(ctx, token.good, s.ask) }

func (s *session) Begin(ctx context.Context) error {
	_, err := s.get(ctx)
	return err
}

func (s *session) Authorize(ctx context.Context, req *http.Request) error {
	t, err := s.get(ctx)
	if err != nil {
		return err
	}
	if !t.dpop {
		req.Header.Set("Authorization", "Bearer "+t.text.Reveal())
		return nil
	}
	now, _, _ := s.state()
	proof, err := s.prover.sign(req.Method, req.URL, now, s.nonceOfAPI(), t.text)
	req.Header.Set("Authorization", "DPoP "+t.text.Reveal())
	req.Header.Set("DPoP", proof)
	return err
}

// Reauthorize drops the token that was refused, or takes the nonce that the API wants (RFC 9449 9). A refusal
// for another reason, such as a missing feature, also comes as 401 and is left alone (contract okta.md 1.7).
func (s *session) Reauthorize(refused *http.Request, header http.Header, e *apiclient.Error) bool {
	switch {
	case e.OAuth == "use_dpop_nonce":
		return s.takeNonce(header.Get("DPoP-Nonce"))
	case e.OAuth == "invalid_token", okta.BadToken(e):
		_, text, _ := strings.Cut(refused.Header.Get("Authorization"), " ")
		s.cache.Drop(func(held token) bool { return held.text == apiclient.NewSecret(text) })
		return true
	}
	return false
}

func (s *session) CloseIdle() { s.login.CloseIdle() }

func (s *session) nonceOfAPI() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.apiNonce
}

func (s *session) takeNonce(nonce string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.apiNonce = nonce
	return nonce != ""
}
