package syslog

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient/okta"
)

// Sentence is a refusal by Okta in words.
type Sentence struct {
	At      time.Time // when Okta wrote it down, by Okta's clock; zero: not from the System Log
	Times   int       // how often it stands there; At and IP are of the newest
	Code    string    // Okta's internal code (contract okta.md 11), or its own words where it is another
	Problem string    // what happened
	Fix     string    // the next step
	DocURL  string
	AutoFix Fix

	Who    string // the user's login; empty: not known
	Sent   string // the redirect URI that was sent; empty: not known
	IP     string // where the request came from
	Client string // the client id that a request for tokens came from
	Custom bool   // a custom authorization server wrote it, not the org's own
	Token  bool   // it is about a request for tokens, not about a user's browser
	Silent bool   // the browser stays at Okta and does not come back to the page
}

// Explain returns what the events say about sign-ins that did not succeed, the newest first. Events that have to
// do with neither the client nor its app integration are left out, unless both are empty. The same refusal of the
// same user comes once.
func Explain(events []okta.LogEvent, clientID, appID string) []Sentence {
	sorted := slices.SortedStableFunc(slices.Values(events), func(a, b okta.LogEvent) int { return b.Published.Compare(a.Published) })
	var sentences []Sentence
	in := map[string]bool{} // who signed in later than the event at hand
	for _, e := range sorted {
		if who := cameIn(e); who != "" {
			in[who] = true
		}
		code := codeOf(e)
		if code == "" || !concerns(e, clientID, appID) || code == factorAsked && in[actor(e)] {
			continue
		}
		s := Say(code, about(e))
		same := func(t Sentence) bool {
			return t.Code == s.Code && t.Who == s.Who && t.Sent == s.Sent && t.Client == s.Client
		}
		if at := slices.IndexFunc(sentences, same); at >= 0 {
			sentences[at].Times++
			continue
		}
		sentences = append(sentences, s)
	}
	return sentences
}

// Say is the sentence of a code; what else is known is taken from known, whose Code, Problem, Fix, DocURL,
// Fix and Silent need not be set. A code that is not in the table is shown as it is.
func Say(code string, known Sentence) Sentence {
	m, ok := meanings[code]
	if !ok {
		m = meaning{problem: "Okta logged: " + code + ".", fix: "Look it up in Okta's System Log (Reports > System Log)."}
	}
	known.Code, known.Times = code, max(known.Times, 1)
	known.Problem, known.Fix = m.fill(m.problem, known), m.fill(m.fix, known)
	known.DocURL, known.AutoFix, known.Silent = m.doc, m.autoFix, m.silent
	known.Code = cmp.Or(m.code, code)
	return known
}

// refusals are OAuth errors and what their description has in it, by Okta's internal code (contract okta.md 11). The first
// that fits counts. An error that is not here is its own code.
var refusals = []struct{ oauth, says, code string }{
	{"access_denied", "not assigned", "user_not_assigned"},
	{"access_denied", "policy evaluation failed", "no_matching_policy"},
	{"access_denied", "scopes were rejected", "no_scope_allowed"},
	{"access_denied", "denied scopes", "scope_denied"},
	{"access_denied", "password is expired", "password_expired"},
	{"access_denied", "network zone", "disallowed_network_zone"},
	{"invalid_client", "'client_id'", "invalid_client_id"},
	{"invalid_client", "secret", "invalid_client_secret"},
	{"invalid_client", "", "invalid_client_secret"},
	{"invalid_grant", "'redirect_uri'", "mismatched_redirect_uri"},
	{"invalid_grant", "pkce", "pkce_verification_failed"},
	{"invalid_grant", "", "invalid_authorization_code"},
	{"invalid_redirect_uri", "", "illegal_redirect_uri"},
	{"invalid_request", "'redirect_uri'", "illegal_redirect_uri"},
	{"invalid_request", "verifier is required", "pkce_missing_verifier"},
	{"invalid_request", "challenge is required", "pkce_missing_challenge"},
	{"invalid_request", "pushed", "par_required"},
	{"invalid_request", "should be specified in the authorize request", "pkce_missing_challenge_verifier_present"},
}

// Code is Okta's internal code of an OAuth error and its description, or the error itself.
func Code(oauthError, description string) string {
	description = strings.ToLower(description)
	for _, r := range refusals {
		if r.oauth == oauthError && strings.Contains(description, r.says) {
			return r.code
		}
	}
	return oauthError
}

// Fix names a fix that the wizard can make itself, after asking; empty: a user has to make it.
type Fix string

// The fixes.
const (
	FixCredential   Fix = "credential"           // send the app's client id and newest secret to Genesys Cloud again
	FixDiscovery    Fix = "discovery-uri"        // set the integration's Discovery URI
	FixIntegration  Fix = "activate-integration" // switch the integration on
	FixPublish      Fix = "publish"              // publish a version with authentication on, and pin it
	FixRedirect     Fix = "redirect-uri"         // register the redirect URI at the app integration
	FixAssignUser   Fix = "assign-user"          // assign the user to the app integration
	FixAccessPolicy Fix = "access-policy"        // add an access policy and rule that let the app in
	FixActivateApp  Fix = "activate-app"         // activate the app integration
)
