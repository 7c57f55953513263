package simulator

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestDemoNames(t *testing.T) {
	s := start(t, Options{Demo: true})
	org, region, hosts := s.Names()
	okta, genesys := strings.TrimPrefix(s.OktaURL(), "http://"), strings.TrimPrefix(s.GenesysURL(), "http://")
	assert.Check(t, is.DeepEqual([]string{org, hosts["acme.okta.example"], hosts["login."+region], hosts["api-cdn."+region]},
		[]string{"https://acme.okta.example", okta, genesys, genesys}))
	_, body := get(t, s.OktaURL()+"/.well-known/okta-organization", "", "")
	assert.Check(t, is.Contains(body, org), "Okta calls itself by its name")
	_, body = get(t, s.OktaURL()+"/.well-known/openid-configuration", "", "localhost")
	assert.Check(t, is.Contains(body, `"issuer":"http://localhost"`), "another address is no name of its own")
	_, _, none := start(t, Options{}).Names()
	assert.Check(t, is.Len(none, 0), "names without a demo")
}
