package setup

import (
	"errors"
	"regexp"
	"strings"
	"testing"

	"msgsso-wizard/apiclient/transcript/replaytest"
)

func TestFindings(t *testing.T) {
	t.Parallel()
	path, _, sim, _ := transcribed(t)
	tape := replaytest.Open(t, path)
	var typeID string
	for _, i := range must(genesysAdmin(t, sim).Integrations(t.Context()))(t) {
		if i.Name == "Messenger SSO (Okta)" {
			typeID = i.TypeID
		}
	}
	found := tape.Found
	same(t, "type", typeID, found["integration_type_id"])
	same(t, "issuer", sim.OktaURL()+"/oauth2/default", found["issuer"])
	same(t, "server", `custom server "default"`, found["authorization_server"])
	for key, pattern := range map[string]string{
		"integration_type_name": `^OpenID Connect Messenger Configuration$`,
		"okta_pipeline":         `^idx$`, "subjects_me": `^answered, \d+ permissions$`,
		"type_list_has_credentials": `^(true|false)$`,
		"state_took":                `^\d+m?s$`, "published_version_took": `^\d+m?s$`, "deployment_took": `^\d+m?s$`, "cdn_lag": `^\d+m?s$`,
	} {
		if !regexp.MustCompile(pattern).MatchString(found[key]) {
			t.Errorf("%s: %q", key, found[key])
		}
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
	same(t, "findings", map[string]string{"subjects_me": "no: Genesys Cloud refused getAuthorizationSubjectsMe", "twice": "2"}, l.found)
}
