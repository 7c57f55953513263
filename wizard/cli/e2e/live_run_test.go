//go:build linux

package e2e

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/oktasim"
)

// call is a line of a transcript.
type call struct {
	Op       string
	Status   int
	Request  struct{ Body json.RawMessage }
	Response struct {
		Body   json.RawMessage
		Claims map[string][]string
	}
}

// recorded is what the transcripts of a first live run have.
type recorded struct {
	calls []call
	found map[string]string
	limit map[string]any
}

func (r *recorded) read(t *testing.T, path string) {
	t.Helper()
	text, err := os.ReadFile(path)
	assert.NilError(t, err)
	for line := range strings.Lines(string(text)) {
		var l struct {
			call
			Summary *struct {
				Found      map[string]string
				RateLimits map[string]any `json:"rate_limits"`
			}
		}
		assert.NilError(t, json.Unmarshal([]byte(line), &l))
		if l.Op != "" {
			r.calls = append(r.calls, l.call)
		}
		if l.Summary == nil {
			continue
		}
		maps.Copy(r.found, l.Summary.Found)
		maps.Copy(r.limit, l.Summary.RateLimits)
	}
}

// evidence reports whether a transcript has it.
type evidence func(*recorded) bool

// found is a key of the last line, or the beginning of one.
func found(key string) evidence {
	return func(r *recorded) bool {
		for have, value := range r.found {
			if value != "" && (have == key || strings.HasSuffix(key, " ") && strings.HasPrefix(have, key)) {
				return true
			}
		}
		return false
	}
}

// line is a call whose answer has a text.
func line(op, text string) evidence {
	return func(r *recorded) bool {
		return slices.ContainsFunc(r.calls, func(c call) bool {
			return c.Op == op && c.Status != 0 && regexp.MustCompile(text).Match(c.Response.Body)
		})
	}
}

// claimsOf is a call whose answer has a token with claims.
func claimsOf(op, member string) evidence {
	return func(r *recorded) bool {
		return slices.ContainsFunc(r.calls, func(c call) bool { return c.Op == op && len(c.Response.Claims[member]) > 0 })
	}
}

// sent is a call with a body that has a text.
func sent(op, text string) evidence {
	return func(r *recorded) bool {
		return slices.ContainsFunc(r.calls, func(c call) bool { return c.Op == op && strings.Contains(string(c.Request.Body), text) })
	}
}

func limits(r *recorded) bool { return len(r.limit) > 0 }

const exchange = "postWebdeploymentsTokenOauthcodegrantjwtexchange"

// openMarks are what the vendors leave open, and what a transcript of a first live run says of it. docs/first-live-run.md
// has the same table. Without evidence the run cannot tell, and the table says why.
var openMarks = []struct {
	question, where string
	has             []evidence
}{
	{"ID, name, and description of the integration type", "last line: `integration_type_id` and the next ones", []evidence{found("integration_type_id"), found("integration_type_name"), found("integration_type_description")}},
	{"Category of the type, and how many instances it allows", "last line: `integration_type_category`, `integration_type_instances`", []evidence{found("integration_type_category"), found("integration_type_instances")}},
	{"Keys of its properties, which are required, and their defaults", "last line: `property …`", []evidence{found("property ")}},
	{"Key, type, and fields of its credential", "last line: `credential …`, `credential type …`", []evidence{found("credential "), found("credential type ")}},
	{"Whether the list of types has the credentials", "last line: `type_list_has_credentials`", []evidence{found("type_list_has_credentials")}},
	{"How long activation, publication, and deployment take", "last line: `state_took`, `published_version_took`, `deployment_took`", []evidence{found("state_took"), found("published_version_took"), found("deployment_took")}},
	{"Whether Genesys Cloud checks the discovery document", "`putIntegrationConfigCurrent`, and `reportedState` in `getIntegration`: an error there", []evidence{line("putIntegrationConfigCurrent", "."), line("getIntegration", "reportedState")}},
	{"When browsers get a new version, and the CDN's cache time", "last line: `cdn_lag`; headers of `config.json`", []evidence{found("cdn_lag"), line("config.json", ".")}},
	{"Whether a client without a user may ask for its permissions", "last line: `subjects_me`", []evidence{found("subjects_me")}},
	{"Spaces and line ends of the snippet", "`snippet` in `getWebdeploymentsDeployment`", []evidence{line("getWebdeploymentsDeployment", `"snippet":"<script`)}},
	{"Whether the org authorization server works with Genesys Cloud", "last line: `authorization_server`; status of `" + exchange + "`", []evidence{found("authorization_server"), line(exchange, ".")}},
	{"How Genesys Cloud authenticates at Okta's token endpoint", "`token_endpoint_auth_method` in `createApplication`; a passed sign-in test", []evidence{line("createApplication", `"token_endpoint_auth_method":"client_secret_basic"`), claimsOf(exchange, "jwt")}},
	{"Which claims Okta's ID token has", "`claims` of `token`", []evidence{claimsOf("token", "id_token")}},
	{"Which claims Genesys Cloud reads, and whether it asks userinfo", "`claims` of `" + exchange + "`: names although the ID token has none", []evidence{claimsOf(exchange, "jwt")}},
	{"Whether federated claims take the names of system claims", "status and answer of `createFederatedClaim`", []evidence{sent("createFederatedClaim", "given_name"), line("createFederatedClaim", ".")}},
	{"The discovery document of a real org", "answer of `getWellKnownOpenIDConfiguration`", []evidence{line("getWellKnownOpenIDConfiguration", "issuer")}},
	{"What the list of authorization servers answers without API Access Management", "status of `listAuthorizationServers`", []evidence{line("listAuthorizationServers", ".")}},
	{"Rate limits of this org", "last line: `rate_limits`", []evidence{limits}},
	{"Okta's pipeline, and a real organization document", "last line: `okta_pipeline`; `getWellknownOrgMetadata`", []evidence{found("okta_pipeline"), line("getWellknownOrgMetadata", "pipeline")}},
	{"The body of a failed exchange", "answer of `" + exchange + "`, only if the sign-in test fails", nil},
	{"Whether a draft that leaves blocks out loses them", "can't tell: the wizard sends whole drafts", nil},
	{"Order of signedIn and ready in a step-up", "can't tell: it happens in the page", nil},
	{"Redirect URIs at 127.0.0.1, their number and length", "can't tell, unless you use such a URI: `createApplication`", nil},
	{"Allowed domains and origins with international names or IPv6", "can't tell, unless you use one: `postWebdeploymentsDeployments`, `createTrustedOrigin`", nil},
	{"API tokens from a blocked network zone", "can't tell, unless the run is refused", nil},
	{"Which roles may write trusted origins", "status of `createTrustedOrigin`, and the roles in `listAssignedRolesForUser`", []evidence{line("createTrustedOrigin", "."), line("listAssignedRolesForUser", ".")}},
	{"What users/me answers to a service app", "status of `getUser`, if a service app signs in", nil},
}

// TestFirstLiveRun follows docs/first-live-run.md at the simulator: what the vendors leave open is answered by the transcripts.
func TestFirstLiveRun(t *testing.T) {
	t.Parallel()
	doc, err := os.ReadFile(filepath.Join("..", "..", "..", "docs", "first-live-run.md"))
	assert.NilError(t, err)
	got := recorded{found: map[string]string{}, limit: map[string]any{}}
	for _, profile := range []string{oktasim.Integrator, oktasim.NoAPIAM} {
		folder := t.TempDir()
		setUp, test, examined := filepath.Join(folder, "setup.jsonl"), filepath.Join(folder, "test.jsonl"), filepath.Join(folder, "doctor.jsonl")
		v := newVisitedAt(t, oktasim.Options{Profile: profile}, "--visitor-names", "include", "--transcript", setUp)
		v.signIn(t, "--transcript", test)
		v.wizard(t, "doctor", "--no-input", "--deployment", "Web SSO", "--transcript", examined)
		for _, path := range []string{setUp, test, examined} {
			got.read(t, path)
		}
	}
	for _, mark := range openMarks {
		row := "| " + mark.question + " | " + mark.where + " |"
		assert.Check(t, is.Contains(string(doc), row+"\n"))
		for i, has := range mark.has {
			assert.Check(t, has(&got), "%s: evidence %d is not in the transcripts", mark.question, i+1)
		}
	}
	assert.Check(t, is.Equal(strings.Count(string(doc), "\n| ")-1, len(openMarks)), "rows in the document")
}
