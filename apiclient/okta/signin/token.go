package signin

import (
	"strings"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/okta"
)

// early is how long before its end a token is replaced, so that it does not end on its way.
const early = time.Minute

// token is an access token; the zero one is none.
type token struct {
	text apiclient.Secret
	dpop bool      // bound to the prover's key
	ends time.Time // zero: the answer did not say
}

func (t token) good() bool { return !t.text.Empty() && (t.ends.IsZero() || time.Now().Before(t.ends)) }

// FillFrom reads the answer of the token end point (RFC 6749 5.1).
func (t *token) FillFrom(whole apiclient.Object) error {
	var answer struct {
		Token   apiclient.Secret `api:"access_token,required"`
		Type    string           `api:"token_type"`
		Expires int64            `api:"expires_in"`
	}
	if err := apiclient.FillFields(&answer, whole); err != nil {
		return err
	}
	t.text, t.dpop = answer.Token, strings.EqualFold(answer.Type, "DPoP")
	if !t.dpop && !strings.EqualFold(answer.Type, "Bearer") {
		return apiclient.MissingError("a token_type that is Bearer or DPoP")
	}
	if life := time.Duration(answer.Expires) * time.Second; life > 0 {
		t.ends = time.Now().Add(max(life-early, life/2))
	}
	return nil
}

// Scopes are all that the wizard needs of an org; a super admin grants them to the app (contract okta.md 3.5).
func Scopes() []string {
	return []string{
		"okta.apps.manage", "okta.groups.read", "okta.trustedOrigins.manage", "okta.authorizationServers.manage",
		"okta.orgs.read", "okta.users.read", "okta.roles.read", "okta.domains.read",
	}
}

// The scopes that the wizard does without where they aren't granted: how many factors the app sign-in policy asks for, and
// why Okta refused a visitor (contract okta.md 3.5, 9, 11).
const (
	policiesRead = "okta.policies.read"
	logsRead     = "okta.logs.read"
)

// OptionalScopes are those without which the wizard tells less.
func OptionalScopes() []string { return []string{policiesRead, logsRead} }

// withScopes asks for a token with the wanted scopes, or with all. Okta refuses all if one isn't granted, and doesn't say
// which: so fewer of the optional ones are tried next.
func withScopes[T any](wanted []string, ask func(scopes []string) (T, error)) (value T, err error) {
	if len(wanted) > 0 {
		return ask(wanted)
	}
	for _, optional := range [][]string{OptionalScopes(), {policiesRead}, {logsRead}, nil} {
		if value, err = ask(append(Scopes(), optional...)); okta.OAuthError(err) != "invalid_scope" {
			break
		}
	}
	return value, err
}
