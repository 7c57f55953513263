package syslog

import (
	"cmp"
	"strings"
)

// meaning is what a code means to an admin. In its texts {who} is the person, {sent} the redirect URI that was
// sent, and {client} the client id.
type meaning struct {
	problem, fix, doc string
	autoFix           Fix
	silent            bool   // Okta shows a page of its own and never sends the browser back
	code              string // the code that it is told as; empty: its own
}

const (
	policyDoc = "https://developer.okta.com/docs/guides/configure-access-policy/main/"
	pkceDoc   = "https://developer.okta.com/docs/guides/implement-grant-type/authcodepkce/main/"
	secretDoc = "https://developer.okta.com/docs/guides/client-secret-rotation-key/main/"
)

// unregistered is an address that Okta does not know; it has several codes.
var unregistered = meaning{
	problem: "The redirect URI {sent} is not one of the app's sign-in redirect URIs.",
	fix:     "Okta compares exactly, capital letters and the last slash included. Add it to the app (General > Login > Sign-in redirect URIs), or use one that is there.",
	autoFix: FixRedirect, silent: true, code: "illegal_redirect_uri",
}

var wrongVerifier = meaning{
	problem: "The PKCE verifier does not belong to the sign-in that the code came from.",
	fix:     "The page must hand getAuthCode the codeVerifier of the same sign-in; the wizard's page code does.",
	doc:     pkceDoc, code: "pkce_verification_failed",
}

// meanings are by Okta's internal code (contract okta.md 9, 11); the last ones are this package's own, for events
// without one.
var meanings = map[string]meaning{
	"illegal_redirect_uri":          unregistered,
	"illegal_redirect_uri_enhanced": unregistered,
	"invalid_redirect_uri":          unregistered,
	"missing_redirect_uri":          {problem: "The page sent no redirect URI.", fix: "Use the wizard's page code, which sends one.", silent: true},
	"mismatched_redirect_uri": {
		problem: "The code was redeemed with the redirect URI {sent}, and the sign-in had begun with another.",
		fix:     "The page must hand getAuthCode exactly the redirectUri that it sent to Okta; the wizard's page code does.",
	},
	"user_not_assigned": {
		problem: "{who} is not assigned to the app integration.",
		fix:     "Assign the person, or a group that the person is in (the app > Assignments).", autoFix: FixAssignUser,
	},
	"no_matching_policy": {
		problem: "No access policy of the authorization server lets this app and person in.",
		fix:     "Add an access policy for the app with a rule that allows Authorization Code (Security > API > the server > Access Policies).", doc: policyDoc, autoFix: FixAccessPolicy,
	},
	"no_scope_allowed": {
		problem: "The rule of the access policy that fits allows none of the scopes that were asked for.",
		fix:     "Allow openid, email and profile in that rule (Security > API > the server > Access Policies).", doc: policyDoc,
	},
	"scope_denied": {
		problem: "The rule of the access policy that fits does not allow every scope that was asked for.",
		fix:     "Allow openid, email and profile in that rule, and offline_access where the page asks for it (Security > API > the server > Access Policies).", doc: policyDoc,
	},
	"access_denied": {
		problem: "{who} cancelled the sign-in, or Okta denied it.",
		fix:     "Try again and finish the sign-in. If it stays so, look at Okta's System Log (Reports > System Log).",
	},
	"password_expired": {problem: "The password of {who} has expired.", fix: "Sign in to Okta itself once and change it."},
	"consent_required": {
		problem: "The app integration asks each person for consent, and there is none yet.",
		fix:     "Switch Require consent off (the app > General), or have the person sign in once where Okta may ask.",
	},
	"login_required":       {problem: "{who} has no session at Okta.", fix: "Sign in again."},
	"interaction_required": {problem: "Okta wants to ask {who} something, and may not show a page.", fix: "Sign in again where Okta may ask."},
	"invalid_client_id": {
		problem: "Okta does not know the client id{client}, or its app integration is not active.",
		fix:     "Activate the app integration (Applications), or use the client id of one that is active.", autoFix: FixActivateApp, silent: true,
	},
	"invalid_client_secret": {
		problem: "The client secret that came with the request is not the app's.",
		fix:     "Send the app's newest client secret to Genesys Cloud again.", doc: secretDoc, autoFix: FixCredential,
	},
	"invalid_authorization_code": {
		problem: "The code was not given by this authorization server to this client, was used before, or is older than 5 minutes.",
		fix:     "The page and the Discovery URI must name the same authorization server, and the page must not redeem the code itself.",
	},
	"pkce_missing_challenge": {
		problem: "The app integration requires PKCE, and the page sent no challenge.",
		fix:     "Use the wizard's page code, which sends one, or switch off Require PKCE (the app > General).", doc: pkceDoc,
	},
	"pkce_missing_verifier": {
		problem: "The sign-in began with PKCE, and no verifier came with the code.",
		fix:     "The page must hand getAuthCode the codeVerifier; the wizard's page code does.", doc: pkceDoc,
	},
	"pkce_missing_challenge_verifier_present": {
		problem: "A PKCE verifier came with the code, and the sign-in had begun without a challenge.",
		fix:     "Use the wizard's page code, which sends both.", doc: pkceDoc,
	},
	"pkce_verification_failed":             wrongVerifier,
	"pkce_verification_failed_with_reason": wrongVerifier,
	"invalid_scope": {
		problem: "The page asked for a scope that the authorization server does not have, or that the app may not use.",
		fix:     "offline_access needs the grant type Refresh Token (the app > General); openid, email and profile are always there.",
	},
	"unauthorized_client": {
		problem: "The app integration may not use the grant type that was asked for.",
		fix:     "Switch on Authorization Code (the app > General > Grant type), and Refresh Token where the page asks for offline_access.",
	},
	"unsupported_response_type": {problem: "The app integration gives no codes.", fix: "Switch on Authorization Code (the app > General > Grant type)."},
	"server_error":              {problem: "Okta has a problem of its own.", fix: "Try again in a moment."},
	"temporarily_unavailable":   {problem: "Okta cannot take the sign-in for the moment.", fix: "Try again in a moment."},

	"sign_on_denied": {
		problem: "The app's sign-in policy denies {who}.",
		fix:     "Look at the policy's rules (Security > Authentication policies) and choose one for the app that lets the person in.",
	},
	factorAsked: {
		problem: "Okta asks {who} for a further factor, or to enrol one.",
		fix:     "Finish it in the browser. New apps have the policy \"Any two factors\"; an admin may give the app another one (the app > Sign On).",
	},
}

// fill puts what is known into a text.
func (m meaning) fill(text string, known Sentence) string {
	sentence := strings.NewReplacer(
		"{who}", cmp.Or(known.Who, "the person"), " {sent}", before(" ", known.Sent), "{client}", before(" ", known.Client),
	).Replace(text)
	if rest, found := strings.CutPrefix(sentence, "the person"); found {
		return "The person" + rest
	}
	return sentence
}

// before is text with something in front, or nothing.
func before(prefix, text string) string {
	if text == "" {
		return ""
	}
	return prefix + text
}
