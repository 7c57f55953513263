package signin

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"net/url"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/okta"
)

// assertionLife is how long an assertion is good; Okta allows an hour, but it is sent at once.
const assertionLife = 5 * time.Minute

// ErrNoKeyID says that neither the configuration nor the key names the key.
var ErrNoKeyID = errors.New("the ID of the service app's key (kid) is required: Okta shows it next to the public key")

// ServiceAppConfig says which API Services app signs in to which org.
type ServiceAppConfig struct {
	Org      *url.URL
	ClientID string
	KeyID    string           // kid of the key at Okta; empty: as the JSON Web Key says
	Key      apiclient.Secret // private: PEM, JSON Web Key or a set, or the path of a file with it; RSA of 2048 bits or more, P-256, P-384, P-521
	Scopes   []string         // nil: Scopes, and those of OptionalScopes that are granted
	apiclient.CallOptions
}

// ServiceApp signs in as an API Services app with private_key_jwt (RFC 7523), with DPoP where the app wants it.
// It sends nothing yet; its errors are sentences about cfg that repeat nothing of the key.
// Contract okta.md 3.2.
func ServiceApp(cfg ServiceAppConfig) (okta.SignIn, error) {
	return serviceApp(cfg, connection{org: cfg.Org, options: cfg.CallOptions})
}

func serviceApp(cfg ServiceAppConfig, c connection) (okta.SignIn, error) {
	if cfg.ClientID == "" {
		return nil, errors.New("the client ID of the service app is required")
	}
	key, err := parseKey(cfg.Key, cfg.KeyID)
	if err != nil {
		return nil, err
	}
	key.KeyID = cmp.Or(cfg.KeyID, key.KeyID)
	if key.KeyID == "" {
		return nil, ErrNoKeyID
	}
	signer, err := jose.NewSigner(
		jose.SigningKey{Algorithm: jose.SignatureAlgorithm(key.Algorithm), Key: key},
		(&jose.SignerOptions{}).WithType("JWT"),
	)
	if err != nil {
		return nil, errKind
	}
	e, err := newEndpoint(c)
	if err != nil {
		return nil, err
	}
	// A proof that Okta did not want does no harm, and new apps want one (contract okta.md 3.2).
	e.proving = true
	audience := e.login.Base().String() + tokenPath
	e.client = func(now time.Time) (url.Values, error) { return assertion(signer, cfg.ClientID, audience, now) }
	return &session{endpoint: e, ask: func(ctx context.Context) (token, error) {
		return withScopes(cfg.Scopes, func(scopes []string) (token, error) {
			return e.token(ctx, url.Values{"grant_type": {"client_credentials"}, "scope": {strings.Join(scopes, " ")}})
		})
	}}, nil
}

// assertion says who the client is (RFC 7523 2.2, 3); it is good for one request.
func assertion(signer jose.Signer, client, audience string, now time.Time) (url.Values, error) {
	text, err := jwt.Signed(signer).Claims(map[string]any{
		"iss": client,
		"sub": client,
		"aud": audience,
		"iat": now.Unix(),
		"exp": now.Add(assertionLife).Unix(),
		"jti": rand.Text(),
	}).Serialize()
	return url.Values{
		"client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
		"client_assertion":      {text},
	}, err
}
