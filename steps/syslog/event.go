package syslog

import (
	"cmp"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"msgsso-wizard/apiclient/okta"
)

// Filter keeps what is not about signing in out of the System Log's answer (contract okta.md 11).
const Filter = `eventType sw "app" or eventType sw "policy.evaluate_sign_on" or eventType eq "user.authentication.sso"`

// factorAsked is Okta asking a user for one factor more. That is no refusal, unless the user stays there.
const factorAsked = "factor_asked"

// kinds are the event types that tell a code by themselves, some of them with the outcome (contract okta.md 11).
var kinds = map[string]string{
	"app.generic.unauth_app_access_attempt":  "user_not_assigned",
	"app.oauth2.invalid_client_credentials":  "invalid_client_secret",
	"app.oauth2.authorize.scope_denied":      "scope_denied",
	"app.oauth2.as.authorize.scope_denied":   "scope_denied",
	"application.policy.sign_on.deny_access": "sign_on_denied",
	"policy.evaluate_sign_on DENY":           "sign_on_denied",
	"policy.evaluate_sign_on CHALLENGE":      factorAsked,
}

// signIns begin the event types that tell how a sign-in went (contract okta.md 11). Others, such as an admin's changes of
// the app, or a token revocation after sign-out, don't.
var signIns = []string{
	"app.oauth2.authorize", "app.oauth2.as.authorize", "app.oauth2.token.grant", "app.oauth2.as.token.grant", "app.oauth2.signon",
	"app.oauth2.as.evaluate.claim", "app.oauth2.invalid_client_credentials", "app.generic.unauth_app_access_attempt",
	"application.policy.sign_on.", "policy.evaluate_sign_on", "user.authentication.",
}

// renewalOver is a refresh token past its end. The visitor signs in again, so it is no refusal.
const renewalOver = "invalid_refresh_token"

// fine are the outcomes of what went well.
var fine = []string{"", "SUCCESS", "ALLOW"}

// codeOf is the code of the refusal that an event tells, or empty: it tells none. What Okta words in another way
// is its own code.
func codeOf(e okta.LogEvent) string {
	ofSignIn := slices.ContainsFunc(signIns, func(kind string) bool { return strings.HasPrefix(e.Type, kind) })
	if slices.Contains(fine, e.Result) || !ofSignIn || e.Reason == renewalOver {
		return ""
	}
	if _, known := meanings[e.Reason]; known {
		return e.Reason
	}
	for _, key := range slices.Sorted(maps.Keys(e.Debug)) {
		if _, known := meanings[e.Debug[key]]; known {
			return e.Debug[key]
		}
	}
	return cmp.Or(kinds[e.Type], kinds[e.Type+" "+e.Result], e.Reason, e.Message, e.Type)
}

// cameIn is who an event says signed in; empty: it says something else.
func cameIn(e okta.LogEvent) string {
	if e.Result == "SUCCESS" && (e.Type == "user.authentication.sso" || strings.HasSuffix(e.Type, ".authorize.code")) {
		return actor(e)
	}
	return ""
}

// concerns reports whether the client or its app integration takes part in the event.
func concerns(e okta.LogEvent, clientID, appID string) bool {
	ids := slices.DeleteFunc([]string{clientID, appID}, func(id string) bool { return id == "" })
	if len(ids) == 0 || slices.Contains(ids, e.Actor) {
		return true
	}
	if slices.ContainsFunc(e.Targets, func(t okta.LogTarget) bool { return slices.Contains(ids, t.ID) }) {
		return true
	}
	for _, value := range e.Debug {
		if slices.ContainsFunc(ids, func(id string) bool { return strings.Contains(value, id) }) {
			return true
		}
	}
	return false
}

// clientActor is the type of an actor that is an app (contract okta.md 11).
const clientActor = "PublicClientApp"

// about is what an event says apart from its code.
func about(e okta.LogEvent) Sentence {
	s := Sentence{
		At: e.Published, Who: actor(e), Sent: sent(e.Debug), IP: e.IP,
		Custom: strings.HasPrefix(e.Type, "app.oauth2.as."),
		Token:  strings.Contains(e.Type, ".token.") || e.Type == "app.oauth2.invalid_client_credentials",
	}
	if e.ActorType == clientActor {
		s.Client = e.Actor
	}
	return s
}

// actor is the login of the user in the event.
func actor(e okta.LogEvent) string {
	if e.ActorType != clientActor && e.ActorLogin != "unknown" && !strings.HasPrefix(e.ActorLogin, "system@") {
		return e.ActorLogin
	}
	for _, t := range e.Targets {
		if t.Type == "User" {
			return t.Login
		}
	}
	return ""
}

// inText finds a redirect URI in text of another form than a URL, such as {redirect_uri=http://…, scope=…}.
var inText = regexp.MustCompile(`redirect_?[uU][rR][iI]["']?\s*[=:]\s*["']?([^"',;}\s&]+)`)

// sent is the redirect URI that a request carried. Okta does not document where it stands: under a separate
// name, or in the address that was asked for.
func sent(debug map[string]string) string {
	keys := slices.Sorted(maps.Keys(debug))
	for _, key := range keys {
		if strings.EqualFold(strings.ReplaceAll(key, "_", ""), "redirecturi") && debug[key] != "" {
			return debug[key]
		}
	}
	for _, key := range keys {
		if _, query, found := strings.Cut(debug[key], "?"); found {
			values, _ := url.ParseQuery(query) // as far as it can be read
			if uri := values.Get("redirect_uri"); uri != "" {
				return uri
			}
		}
		if found := inText.FindStringSubmatch(debug[key]); found != nil {
			if uri, err := url.QueryUnescape(found[1]); err == nil {
				return uri
			}
		}
	}
	return ""
}
