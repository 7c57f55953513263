package simulator

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

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
		if err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%+v: %v", opts, err)
		}
	}
}

// The custom domain is reached through the front door, by its name.
func TestOktaCustomDomain(t *testing.T) {
	s := start(t, Options{Okta: oktasim.Options{Profile: oktasim.CustomDomain}})
	u, err := url.Parse(s.OktaURL())
	if err != nil {
		t.Fatal(err)
	}
	custom := "http://localhost:" + u.Port()
	if got := s.OktaCustomURL(); got != custom {
		t.Errorf("custom address %q", got)
	}
	for base, host := range map[string]string{s.OktaURL(): "", custom: "localhost:" + u.Port()} {
		// The name leads to the same listener; dialling the number keeps this test off the resolver.
		status, body := get(t, s.OktaURL()+"/.well-known/openid-configuration", "", host)
		if status != http.StatusOK || !strings.Contains(body, `"issuer":"`+base+`"`) {
			t.Errorf("%s: %d %s", base, status, body)
		}
		status, body = get(t, s.OktaURL()+"/.well-known/okta-organization", "", host)
		if status != http.StatusOK || !strings.Contains(body, `"alternate":{"href":"`+custom+`"}`) || !strings.Contains(body, `"organization":{"href":"`+s.OktaURL()+`"}`) {
			t.Errorf("%s: %d %s", base, status, body)
		}
	}
	if got := start(t, Options{}).OktaCustomURL(); got != "" {
		t.Errorf("an org without one has %q", got)
	}
}

// The other ways to sign in are there for who asks, and are not in the environment.
func TestOktaToolApps(t *testing.T) {
	s := start(t, Options{Seed: 5})
	strict, err := s.ServiceApp()
	if err != nil {
		t.Fatal(err)
	}
	loose, err := s.BearerApp()
	if err != nil {
		t.Fatal(err)
	}
	ids := []string{strict.ClientID, loose.ClientID, s.DeviceApp()}
	for i, id := range ids {
		if !strings.HasPrefix(id, "0oa") || id == ids[(i+1)%len(ids)] {
			t.Errorf("client ids %v", ids)
		}
		if strings.Contains(strings.Join(s.Environment(), "\n"), id) {
			t.Errorf("%s is in the environment", id)
		}
	}
	if strict.KeyID == loose.KeyID || !strings.HasPrefix(strict.PrivateKeyPEM, "-----BEGIN PRIVATE KEY-----\n") {
		t.Errorf("keys %q and %q", strict.KeyID, loose.KeyID)
	}
	if ok, why := s.WouldSignIn("none", "https://www.acme.test/", "", "alice@acme.test"); ok || why != "invalid_client: Invalid value for 'client_id' parameter." {
		t.Errorf("%t %s", ok, why)
	}
}
