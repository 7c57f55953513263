// Package eventlog is the System Log of the simulated org (contract okta.md 11).
package eventlog

import (
	"strings"
	"time"

	"msgsso-wizard/apiclient/simulator/simkit"
)

// Event is an entry of the log.
type Event struct {
	ID, Result, Reason string
	Kind               Kind
	Custom             bool // at a custom authorization server
	At                 time.Time
	Actor              Party
	Targets            []Party // none: null
	IP, Agent          string
	Request            string
	Debug              map[string]any
}

// Party is who did something, or what it was done to.
type Party struct{ ID, Kind, Login, Name string }

// The outcomes of events.
const (
	Success   = "SUCCESS"
	Failure   = "FAILURE"
	Challenge = "CHALLENGE"
	Allow     = "ALLOW"
)

// Kind is the type of an event. In place of a star custom authorization servers have "as.", and the org's own nothing.
type Kind string

// The types of events.
const (
	SignOnPolicy   Kind = "policy.evaluate_sign_on"
	SingleSignOn   Kind = "user.authentication.sso"
	NotAssigned    Kind = "app.generic.unauth_app_access_attempt"
	BadCredentials Kind = "app.oauth2.invalid_client_credentials"
	SecretRead     Kind = "app.oauth2.client.read_client_secret"
	SecretCreated  Kind = "app.oauth2.credentials.lifecycle.create"
	SecretOn       Kind = "app.oauth2.credentials.lifecycle.activate"
	SecretOff      Kind = "app.oauth2.credentials.lifecycle.deactivate"
	SecretDeleted  Kind = "app.oauth2.credentials.lifecycle.delete"
	Authorize      Kind = "app.oauth2.*authorize"
	CodeGiven      Kind = "app.oauth2.*authorize.code"
	ScopeDenied    Kind = "app.oauth2.*authorize.scope_denied"
	TokenGrant     Kind = "app.oauth2.*token.grant"
	TokenRevoke    Kind = "app.oauth2.*token.revoke"
)

// messages are the titles of events for readers.
var messages = map[Kind]string{
	NotAssigned:                   "User attempted unauthorized access to app",
	SingleSignOn:                  "User single sign on to app",
	SignOnPolicy:                  "Evaluation of sign-on policy",
	BadCredentials:                "OAuth client used invalid credentials",
	SecretRead:                    "OAuth client secret is read",
	SecretCreated:                 "OAuth client credential is created",
	SecretOn:                      "OAuth client credential is activated",
	SecretOff:                     "OAuth client credential is deactivated",
	SecretDeleted:                 "OAuth client credential is deleted",
	Authorize:                     "OAuth authorization request",
	CodeGiven:                     "OIDC authorization code request",
	ScopeDenied:                   "OAuth scopes were denied",
	TokenGrant:                    "OAuth token request",
	TokenRevoke:                   "OAuth2 token revocation request",
	TokenGrant + ".access_token":  "OAuth access token is granted",
	TokenGrant + ".id_token":      "OIDC ID token is granted",
	TokenGrant + ".refresh_token": "OAuth refresh token is granted",
}

// Document returns what clients read of an event, nulls included (definition, example ListLogs).
func (e *Event) Document() map[string]any {
	severity := "INFO"
	if e.Result == Failure {
		severity = "WARN"
	}
	var targets []any
	for _, target := range e.Targets {
		targets = append(targets, target.document())
	}
	server := map[bool]string{true: "as."}[e.Custom]
	return map[string]any{
		"uuid": e.ID, "version": "0", "published": simkit.Stamp(e.At),
		"eventType":      strings.Replace(string(e.Kind), "*", server, 1),
		"displayMessage": messages[e.Kind], "severity": severity, "legacyEventType": nil,
		"actor": e.Actor.document(), "target": targets,
		"outcome":      map[string]any{"result": e.Result, "reason": orNull(e.Reason)},
		"client":       map[string]any{"userAgent": map[string]any{"rawUserAgent": orNull(e.Agent)}, "ipAddress": orNull(e.IP)},
		"debugContext": map[string]any{"debugData": e.Debug},
		"transaction":  map[string]any{"type": "WEB", "id": e.Request, "detail": map[string]any{}},
	}
}

func (p Party) document() map[string]any {
	return map[string]any{
		"id": orNull(p.ID), "type": orNull(p.Kind), "alternateId": orNull(p.Login), "displayName": orNull(p.Name), "detailEntry": nil,
	}
}

// orNull is null in place of an empty text.
func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}
