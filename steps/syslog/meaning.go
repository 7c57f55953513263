package syslog

import (
	"cmp"
	"strings"
)

// meaning is what a code means to an admin. In its texts {who} is the user, {sent} the redirect URI that was
// sent, and {client} the client id.
type meaning struct {
	problem, fix, doc string
	autoFix           Fix
	silent            bool   // Okta shows its own page and never sends the browser back
	code              string // the code that it is shown as; empty: its own
}

const (
	policyDoc = "https://developer.okta.com/docs/guides/configure-access-policy/main/"
	pkceDoc   = "https://developer.okta.com/docs/guides/implement-grant-type/authcodepkce/main/"
	secretDoc = "https://developer.okta.com/docs/guides/client-secret-rotation-key/main/"
)

// unregistered is an address that Okta does not know; it has several codes.
var unregistered = meaning{
	problem: "The redirect URI {sent} isn't one of the app's sign-in redirect URIs.",
	fix:     "Okta compares exactly, including slashes and capital letters. Add it to the app (General > Login > Sign-in redirect URIs), or use a registered one.",
	autoFix: FixRedirect, silent: true, code: "illegal_redirect_uri",
}

var wrongVerifier = meaning{
	problem: "The PKCE verifier doesn't belong to the sign-in of the code.",
	fix:     "The page must pass the codeVerifier of the same sign-in to getAuthCode. The wizard's page code does.",
	doc:     pkceDoc, code: "pkce_verification_failed",
}

var noDPoP = meaning{
	problem: "The app integration requires DPoP, but the token request had no valid DPoP header. Genesys Cloud sends none.",
	fix:     "Turn off the DPoP requirement (the app > General).",
	code:    "invalid_dpop_proof",
}

// meanings are by Okta's internal code (contract okta.md 9, 11); the last ones are this package's own, for events
// without one.
var meanings = map[string]meaning{
	"illegal_redirect_uri":          unregistered,
	"illegal_redirect_uri_enhanced": unregistered,
	"invalid_redirect_uri":          unregistered,
	"missing_redirect_uri":          {problem: "The page sent no redirect URI.", fix: "Use the wizard's page code, which sends one.", silent: true},
	"mismatched_redirect_uri": {
		problem: "The code was redeemed with the redirect URI {sent}, but the sign-in started with another one.",
		fix:     "The page must pass getAuthCode the same redirectUri that it sent to Okta. The wizard's page code does.",
	},
	"user_not_assigned": {
		problem: "{who} isn't assigned to the app integration.",
		fix:     "Assign the user, or one of the user's groups (the app > Assignments).", autoFix: FixAssignUser,
	},
	"no_matching_policy": {
		problem: "No access policy of the authorization server allows this app and user.",
		fix:     "Add an access policy for the app with a rule that allows Authorization Code (Security > API > the server > Access Policies).", doc: policyDoc, autoFix: FixAccessPolicy,
	},
	"no_scope_allowed": {
		problem: "The matching access policy rule allows none of the requested scopes.",
		fix:     "Allow openid, email, and profile in that rule (Security > API > the server > Access Policies).", doc: policyDoc,
	},
	"scope_denied": {
		problem: "The matching access policy rule doesn't allow every requested scope.",
		fix:     "Allow openid, email, and profile in that rule, and offline_access if the page requests it (Security > API > the server > Access Policies).", doc: policyDoc,
	},
	"access_denied": {
		problem: "{who} canceled the sign-in, or Okta denied it.",
		fix:     "Try again and finish the sign-in. If the error stays, check Okta's System Log (Reports > System Log).",
	},
	"password_expired": {problem: "The password of {who} has expired.", fix: "Sign in to Okta directly and change it."},
	"consent_required": {
		problem: "The app integration requires user consent, but there is none yet.",
		fix:     "Turn off Require consent (the app > General), or have the user sign in once where Okta can ask.",
	},
	"login_required":       {problem: "{who} has no Okta session.", fix: "Sign in again."},
	"interaction_required": {problem: "Okta needs input from {who} but can't show a page.", fix: "Sign in again where Okta can show a page."},
	"invalid_client_id": {
		problem: "Okta doesn't know the client ID{client}, or its app integration isn't active.",
		fix:     "Activate the app integration (Applications), or use the client ID of an active one.", autoFix: FixActivateApp, silent: true,
	},
	"invalid_client_secret": {
		problem: "The client secret in the request isn't the app's.",
		fix:     "Send the app's newest client secret to Genesys Cloud again.", doc: secretDoc, autoFix: FixCredential,
	},
	"invalid_authorization_code": {
		problem: "The code is from another authorization server or for another client, was already used, or is older than 5 minutes.",
		fix:     "The page and the Discovery URI must name the same authorization server, and the page must not redeem the code itself.",
	},
	"pkce_missing_challenge": {
		problem: "The app integration requires PKCE, but the page sent no code challenge.",
		fix:     "Use the wizard's page code, which sends one, or turn off Require PKCE (the app > General).", doc: pkceDoc,
	},
	"pkce_missing_verifier": {
		problem: "The sign-in started with PKCE, but no verifier came with the code.",
		fix:     "The page must pass the codeVerifier to getAuthCode. The wizard's page code does.", doc: pkceDoc,
	},
	"pkce_missing_challenge_verifier_present": {
		problem: "A PKCE verifier came with the code, but the sign-in started without a code challenge.",
		fix:     "Use the wizard's page code, which sends both.", doc: pkceDoc,
	},
	"pkce_verification_failed":             wrongVerifier,
	"pkce_verification_failed_with_reason": wrongVerifier,
	"invalid_scope": {
		problem: "The page requested a scope that the authorization server doesn't have, or that the app can't use.",
		fix:     "offline_access needs the grant type Refresh Token (the app > General). openid, email, and profile always exist.",
	},
	"unauthorized_client": {
		problem: "The app integration can't use the requested grant type.",
		fix:     "Enable Authorization Code (the app > General > Grant type), and Refresh Token if the page requests offline_access.",
	},
	"unsupported_response_type": {problem: "The app integration doesn't issue authorization codes.", fix: "Enable Authorization Code (the app > General > Grant type)."},
	"disallowed_network_zone": {
		problem: "Okta refused the token request: the app accepts them from some network zones only.",
		fix:     "Add the addresses of Genesys Cloud to the zones (Security > Networks), or allow any zone (the app > General).",
	},
	"invalid_dpop_proof":      noDPoP,
	"use_dpop_nonce":          noDPoP,
	"server_error":            {problem: "Okta reports an internal error.", fix: "Try again in a moment."},
	"temporarily_unavailable": {problem: "Okta can't process the sign-in at the moment.", fix: "Try again in a moment."},

	"par_required": { // Okta doesn't document its code for this
		problem: "The app integration requires pushed authorization requests (PAR), but pages send none.",
		fix:     "Turn off the PAR requirement (the app > General).",
	},
	"sign_on_denied": {
		problem: "The app sign-in policy denies {who}.",
		fix:     "Check the policy's rules (Security > App sign-in policies), and choose a policy for the app that allows the user.",
	},
	factorAsked: {
		problem: "Okta asks {who} for another factor, or to enroll one.",
		fix:     "Finish it in the browser. The app sign-in policy sets how many factors are needed. An admin can give the app another one (the app > Sign On).",
	},
}

// fill puts what is known into a text.
func (m meaning) fill(text string, known Sentence) string {
	sentence := strings.NewReplacer(
		"{who}", cmp.Or(known.Who, "the user"), " {sent}", before(" ", known.Sent), "{client}", before(" ", known.Client),
	).Replace(text)
	if rest, found := strings.CutPrefix(sentence, "the user"); found {
		return "The user" + rest
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
