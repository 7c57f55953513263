// Package eventlog is the System Log of the simulated org (contract okta.md 11).
package eventlog

import (
	"strings"
	"time"
)

// Event is an entry of the log.
type Event struct {
	ID, Kind, Result, Reason string
	At                       time.Time
	Actor                    Party
	Targets                  []Party // none: null
	IP, Agent                string
	Request                  string
	Debug                    map[string]any
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

// The types of events that are not an authorization server's.
const (
	SignOnPolicy   = "policy.evaluate_sign_on"
	SingleSignOn   = "user.authentication.sso"
	NotAssigned    = "app.generic.unauth_app_access_attempt"
	BadCredentials = "app.oauth2.invalid_client_credentials"
	SecretRead     = "app.oauth2.client.read_client_secret"
)

// messages are what events are called for people. Those of OAuth have the same at both kinds of server.
var messages = map[string]string{
	NotAssigned:                  "User attempted unauthorized access to app",
	SingleSignOn:                 "User single sign on to app",
	SignOnPolicy:                 "Evaluation of sign-on policy",
	"authorize":                  "OAuth authorization request",
	"authorize.code":             "OIDC authorization code request",
	"authorize.scope_denied":     "OAuth scopes were denied",
	"token.grant":                "OAuth token request",
	"token.grant.access_token":   "OAuth access token is granted",
	"token.grant.id_token":       "OIDC ID token is granted",
	"token.grant.refresh_token":  "OAuth refresh token is granted",
	"invalid_client_credentials": "OAuth client used invalid credentials",
	"client.read_client_secret":  "OAuth client secret is read",
}

// OfServer returns the type of an event at an authorization server; custom ones have types of their own.
func OfServer(custom bool, kind string) string {
	if custom {
		return "app.oauth2.as." + kind
	}
	return "app.oauth2." + kind
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
	kind := strings.TrimPrefix(strings.TrimPrefix(e.Kind, "app.oauth2."), "as.")
	return map[string]any{
		"uuid": e.ID, "version": "0", "published": e.At.UTC().Format("2006-01-02T15:04:05.000Z"), "eventType": e.Kind,
		"displayMessage": messages[kind], "severity": severity, "legacyEventType": nil,
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
