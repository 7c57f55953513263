package genesyssim_test

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/genesyssim"
)

const (
	tokenPath    = "/api/v2/webdeployments/token/"
	exchangePath = tokenPath + "oauthcodegrantjwtexchange"
)

// site is an organization whose Messenger is set up with a provider.
type site struct {
	*org
	provider                                           *provider
	m                                                  messenger
	integration, credential, configuration, deployment string
}

func newSite(t *testing.T, settle time.Duration, opts genesyssim.Options) *site {
	t.Helper()
	o := shapedOrg(t, 11, settle, opts)
	o.signIn()
	s := &site{org: o, provider: newProvider(t, o.clock.Now), m: o.discover()}
	body := s.m.credential(s.provider.secret)
	s.credential = o.must(http.MethodPost, "integrations/credentials", body)["id"].(string)
	s.integration = o.must(http.MethodPost, "integrations", s.m.integration("Messenger SSO"))["id"].(string)
	s.point(1, s.provider.url+"/discovery")
	o.must(http.MethodPatch, "integrations/"+s.integration, object{"intendedState": "ENABLED"})
	s.configuration = o.must(http.MethodPost, configurations, s.settings(true))["id"].(string)
	o.clock.advance(settle)
	o.must(http.MethodPost, configurations+"/"+s.configuration+"/versions/draft/publish", nil)
	s.deployment = o.must(http.MethodPost, deployments, s.pinned("1"))["id"].(string)
	o.clock.advance(settle)
	return s
}

// point sets the Discovery URI; version is the configuration's.
func (s *site) point(version int, uri string) {
	s.t.Helper()
	config := s.m.config(version, s.credential)
	config["properties"] = with(s.m.properties(), s.m.discoveryKey, uri)
	s.must(http.MethodPut, "integrations/"+s.integration+"/config/current", config)
}

func (s *site) settings(auth bool) object {
	return with(sample, "authenticationSettings", object{"enabled": auth, "integrationId": s.integration, "allowSessionUpgrade": false})
}

func (s *site) pinned(version string) object {
	return object{
		"name": "Web SSO", "allowedDomains": []any{"localhost"}, "flow": object{"id": s.webChat()},
		"configuration": object{"id": s.configuration, "version": version},
	}
}

// publish makes a new version and lets the deployment pin it.
func (s *site) publish(auth bool) {
	s.t.Helper()
	s.must(http.MethodPut, configurations+"/"+s.configuration+"/versions/draft", s.settings(auth))
	v := s.must(http.MethodPost, configurations+"/"+s.configuration+"/versions/draft/publish", nil)
	s.must(http.MethodPut, deployments+"/"+s.deployment, s.pinned(v["version"].(string)))
}

// request is a good exchange with a fresh code.
func (s *site) request() object {
	return object{"deploymentId": s.deployment, "oauth": object{
		"code": s.provider.code("n-0"), "redirectUri": redirectURI, "nonce": "n-0", "codeVerifier": codeVerifier,
	}}
}

// visit makes a visitor's call, which carries no admin's token.
func (s *site) visit(method, path, jwt string, body object) (status int, answer object) {
	s.t.Helper()
	visitor := *s.org
	visitor.token = jwt
	var sent any
	if body != nil {
		sent = body
	}
	return visitor.call(method, path, sent)
}

// turnsAway makes a visitor's call that has to fail as told.
func (s *site) turnsAway(want, method, path, jwt string, body object) {
	s.t.Helper()
	status, answer := s.visit(method, path, jwt, body)
	assert.Check(s.t, is.Equal(fmt.Sprintf("%d %v", status, answer["code"]), want),
		"%s, %s, %v", method, path, answer["message"])
}

// exchange signs a visitor in.
func (s *site) exchange() (jwt, refresh string) {
	s.t.Helper()
	status, answer := s.visit(http.MethodPost, exchangePath, "", s.request())
	assert.Equal(s.t, status, http.StatusOK, answer)
	jwt, _ = answer["jwt"].(string)
	refresh, _ = answer["refreshToken"].(string)
	return jwt, refresh
}

// payload reads what a JWT says, as Messenger's stand-in does.
func payload(t *testing.T, jwt string) object {
	t.Helper()
	parts := strings.Split(jwt, ".")
	assert.Assert(t, is.Len(parts, 3), "a JWT")
	raw, err := base64.RawURLEncoding.DecodeString(parts[1])
	assert.NilError(t, err)
	var said object
	assert.NilError(t, json.Unmarshal(raw, &said))
	return said
}
