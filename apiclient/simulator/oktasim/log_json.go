package oktasim

import "strings"

// messages are what events are called for people. Those of OAuth have the same at both kinds of server.
var messages = map[string]string{
	"app.generic.unauth_app_access_attempt": "User attempted unauthorized access to app",
	"user.authentication.sso":               "User single sign on to app",
	signOnPolicy:                            "Evaluation of sign-on policy",
	"authorize":                             "OAuth authorization request",
	"authorize.code":                        "OIDC authorization code request",
	"authorize.scope_denied":                "OAuth scopes were denied",
	"token.grant":                           "OAuth token request",
	"token.grant.access_token":              "OAuth access token is granted",
	"token.grant.id_token":                  "OIDC ID token is granted",
	"token.grant.refresh_token":             "OAuth refresh token is granted",
	"invalid_client_credentials":            "OAuth client used invalid credentials",
	"client.read_client_secret":             "OAuth client secret is read",
	"credentials.lifecycle.create":          "OAuth client secret is created",
	"credentials.lifecycle.activate":        "OAuth client secret is activated",
	"credentials.lifecycle.deactivate":      "OAuth client secret is deactivated",
	"credentials.lifecycle.delete":          "OAuth client secret is deleted",
}

func message(kind string) string {
	return messages[strings.TrimPrefix(strings.TrimPrefix(kind, "app.oauth2."), "as.")]
}

// document is the event as the log tells it, nulls included (definition, example ListLogs).
func (e *event) document() object {
	severity := "INFO"
	if e.result == failure {
		severity = "WARN"
	}
	var targets any
	if len(e.targets) > 0 {
		targets = render(e.targets, party.document)
	}
	return object{
		"uuid": e.id, "version": "0", "published": stamp(e.at), "eventType": e.kind, "displayMessage": message(e.kind), "severity": severity,
		"legacyEventType": nil, "actor": e.actor.document(), "target": targets,
		"outcome": object{"result": e.result, "reason": orNull(e.reason)},
		"client": object{
			"userAgent": object{"rawUserAgent": orNull(e.agent), "os": "Unknown", "browser": "UNKNOWN"}, "zone": "null", "device": "Unknown",
			"id": nil, "ipAddress": orNull(e.ip), "geographicalContext": nil,
		},
		"device": nil,
		"authenticationContext": object{
			"authenticationProvider": nil, "credentialProvider": nil, "credentialType": nil, "issuer": nil, "interface": nil,
			"authenticationStep": 0, "externalSessionId": orNull(e.session),
		},
		"debugContext":    object{"debugData": e.debug},
		"transaction":     object{"type": "WEB", "id": e.request, "detail": object{}},
		"securityContext": object{"asNumber": nil, "asOrg": nil, "isp": nil, "domain": nil, "isProxy": nil},
		"request": object{"ipChain": []object{
			{"ip": orNull(e.ip), "geographicalContext": nil, "version": "V4", "source": nil},
		}},
	}
}

func (p party) document() object {
	return object{
		"id": orNull(p.id), "type": orNull(p.kind), "alternateId": orNull(p.login), "displayName": orNull(p.name), "detailEntry": nil,
	}
}

// orNull is null in place of an empty text.
func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}
