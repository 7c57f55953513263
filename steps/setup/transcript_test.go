package setup

import (
	"encoding/json"
	"errors"
	"net/http"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp/cmpopts"
	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
	"msgsso-wizard/steps/services"
)

// transcribed runs the guide with a transcript.
func transcribed(t *testing.T) (path string, session *Session, sim *simulator.Server) {
	t.Helper()
	sim, session = world(t, simulator.Options{Seed: 9, Settle: 5 * time.Millisecond})
	path = filepath.Join(t.TempDir(), "run.jsonl")
	network := session.Dial.(*services.Network)
	assert.NilError(t, network.Transcribe(path, "1.2.3"))
	mustRun(t, session)
	assert.NilError(t, network.EndTranscript(session.Findings()))
	return path, session, sim
}

// The same guide against what was recorded comes to the same.
func TestReplay(t *testing.T) {
	t.Parallel()
	path, session, sim := transcribed(t)
	tape := openTape(t, path)
	oktaURL, genesysURL := tape.serve(t, apiclient.Okta), tape.serve(t, apiclient.GenesysCloud)
	again := sessionWith(guide.NewAnswers())
	t.Cleanup(again.Dial.(*services.Network).Close)
	for key, value := range map[guide.Key]string{
		guide.OktaOrg: oktaURL, guide.OktaToken: "any-token", guide.GenesysRegion: genesysURL, guide.GenesysClientID: "any", guide.GenesysClientSecret: "any-secret",
	} {
		set(t, again, key, value)
	}
	mustRun(t, again)

	moved := strings.NewReplacer(
		sim.OktaURL(), oktaURL, sim.GenesysURL(), genesysURL,
		strings.TrimPrefix(sim.OktaURL(), "http://"), strings.TrimPrefix(oktaURL, "http://"),
		strings.TrimPrefix(sim.GenesysURL(), "http://"), strings.TrimPrefix(genesysURL, "http://"),
	)
	var want Result
	text, err := json.Marshal(session.Result(0))
	assert.NilError(t, err)
	assert.NilError(t, json.Unmarshal([]byte(moved.Replace(string(text))), &want))
	got := again.Result(0)
	// How often something is read again is a matter of time.
	assert.Check(t, is.DeepEqual(got, want, cmpopts.IgnoreFields(Result{}, "Calls")), "result")
	assert.Check(t, is.Equal(got.Calls.Writes, want.Calls.Writes), "writes")
	assert.Check(t, got.Genesys.DeploymentID != "" && got.Snippet != "", "the runs came to nothing")
}

func TestFindings(t *testing.T) {
	t.Parallel()
	path, _, sim := transcribed(t)
	tape := openTape(t, path)
	var typeID string
	for _, i := range kit.Must(kit.GenesysAdmin(t, sim).Integrations(t.Context()))(t) {
		if i.Name == "Messenger SSO (Okta)" {
			typeID = i.TypeID
		}
	}
	found := tape.found
	assert.Check(t, is.Equal(found["integration_type_id"], typeID), "type")
	assert.Check(t, is.Equal(found["issuer"], sim.OktaURL()+"/oauth2/default"), "issuer")
	assert.Check(t, is.Equal(found["authorization_server"], `custom authorization server "default"`), "server")
	for key, pattern := range map[string]string{
		"integration_type_name":     `^OpenID Connect Messenger Configuration$`,
		"integration_type_category": `^WebDeployments$`, "integration_type_instances": `^\d+ at most$`,
		"okta_pipeline": `^idx$`, "subjects_me": `^answered, \d+ permissions$`,
		"type_list_has_credentials": `^(true|false)$`,
		"state_took":                `^\d+m?s$`, "published_version_took": `^\d+m?s$`, "deployment_took": `^\d+m?s$`, "cdn_lag": `^\d+m?s$`,
	} {
		assert.Check(t, regexp.MustCompile(pattern).MatchString(found[key]), "%s: %q", key, found[key])
	}
	kinds := map[string]int{}
	for key := range found {
		kind, _, named := strings.Cut(key, " ")
		if named {
			kinds[kind]++
		}
	}
	if kinds["property"] == 0 || kinds["credential"] != 2 { // the key, and its type
		t.Errorf("%v", found)
	}
}

// An end point that does not answer this caller is a finding as well.
func TestFindingsOfRefusal(t *testing.T) {
	t.Parallel()
	var l learned
	l.permissions(0, errors.New("Genesys Cloud refused getAuthorizationSubjectsMe"))
	l.learn("twice", "%d", 1)
	l.learn("twice", "%d", 2)
	assert.Check(t, is.DeepEqual(l.found, map[string]string{"subjects_me": "no: Genesys Cloud refused getAuthorizationSubjectsMe", "twice": "2"}), "findings")
}

var deploymentOf = regexp.MustCompile(`deploymentId: '(.{8}).*?'`)

// TestOddSnippetsWarn: a snippet goes into a page as it is, so what is odd about it is said, and none steers a terminal.
func TestOddSnippetsWarn(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		edit  func(body string) string
		warns string
	}{
		"as it is": {func(body string) string { return body }, ""},
		"hidden characters": {func(body string) string {
			return strings.Replace(body, `"snippet":"`, `"snippet":"\u001b]52;c;AAAA\u0007\u202e\u009b2J`, 1)
		}, "contains invisible characters"},
		"another deployment": {func(body string) string { return deploymentOf.ReplaceAllString(body, "deploymentId: '${1}0'") }, "doesn't name this deployment"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, session := world(t, simulator.Options{Seed: 6, WrapGenesys: edited(deploymentPath, func(_ http.Header, body string) string { return tt.edit(body) })})
			mustRun(t, session)
			r := session.Result(0)
			got := strings.Join(r.Warnings, " ")
			assert.Check(t, strings.Contains(got, tt.warns) && (tt.warns != "" || got == ""),
				"warns %q, want %q", got, tt.warns)
			for _, c := range r.Snippet {
				if unicode.IsControl(c) && c != '\n' && c != '\r' && c != '\t' || unicode.Is(unicode.Cf, c) {
					t.Errorf("%q in the snippet %q", c, r.Snippet)
				}
			}
		})
	}
}
