package simulator

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator/oktasim"
)

func TestOktaOptionsAreChecked(t *testing.T) {
	t.Parallel()
	for want, opts := range map[string]oktasim.Options{
		`the Okta profile "x"`: {Profile: "x"},
		"-1 more groups":       {Groups: -1},
	} {
		s, err := Start(t.Context(), Options{Okta: opts})
		if err == nil {
			_ = s.Close(context.Background())
		}
		assert.Check(t, err != nil && strings.HasPrefix(err.Error(), want), "%+v: %v", opts, err)
	}
}

// The custom domain is reached through the front door, by its name.
func TestOktaCustomDomain(t *testing.T) {
	s := start(t, Options{Okta: oktasim.Options{Profile: oktasim.CustomDomain}})
	u, err := url.Parse(s.OktaURL())
	assert.NilError(t, err)
	custom := "http://localhost:" + u.Port()
	assert.Check(t, is.Equal(s.OktaCustomURL(), custom), "custom address")
	for base, host := range map[string]string{s.OktaURL(): "", custom: "localhost:" + u.Port()} {
		// The name leads to the same listener; dialling the number keeps this test off the resolver.
		status, body := get(t, s.OktaURL()+"/.well-known/openid-configuration", "", host)
		assert.Check(t, status == http.StatusOK && strings.Contains(body, `"issuer":"`+base+`"`),
			"%s: %d %s", base, status, body)
		status, body = get(t, s.OktaURL()+"/.well-known/okta-organization", "", host)
		if status != http.StatusOK || !strings.Contains(body, `"alternate":{"href":"`+custom+`"}`) || !strings.Contains(body, `"organization":{"href":"`+s.OktaURL()+`"}`) {
			t.Errorf("%s: %d %s", base, status, body)
		}
	}
	assert.Check(t, is.Equal(start(t, Options{}).OktaCustomURL(), ""), "an org without one")
}
