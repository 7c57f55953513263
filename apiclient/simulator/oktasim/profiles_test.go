package oktasim

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"msgsso-wizard/apiclient/simulator/oktasim/jsontree"
)

func TestProfiles(t *testing.T) {
	t.Parallel()
	if diff := cmp.Diff([]string{CustomDomain, Integrator, NoAPIAM, Workforce}, Profiles()); diff != "" {
		t.Error(diff)
	}
	for name, want := range map[string]struct {
		servers, document string
		clients           []any // of the policies of "default"
		alternate         bool
	}{
		"":           {"200", "200", nil, false},
		Integrator:   {"200", "200", nil, false},
		Workforce:    {"200", "200", []any{"ALL_CLIENTS"}, false},
		NoAPIAM:      {"401 E0000015", "404 E0000007", nil, false},
		CustomDomain: {"200", "200", []any{"ALL_CLIENTS"}, true},
	} {
		o := start(t, Options{Profile: name})
		o.do("GET", "/api/v1/authorizationServers", nil).want(t, want.servers)
		o.send("GET", "/oauth2/default/.well-known/openid-configuration", nil, nil).want(t, want.document)
		var clients []any
		policies, _ := o.do("GET", defaultPolicies, nil).doc.([]any)
		for _, p := range policies {
			include, _ := jsontree.At(p.(object), "conditions.clients.include")
			clients = append(clients, include.([]any)...)
		}
		if diff := cmp.Diff(want.clients, clients); diff != "" {
			t.Errorf("%q: %s", name, diff)
		}
		if got := o.send("GET", "/.well-known/okta-organization", nil, nil); got.has("_links.alternate") != want.alternate {
			t.Errorf("%q: %s", name, got.raw)
		}
	}
}

func TestOptionsAreChecked(t *testing.T) {
	t.Parallel()
	for want, opts := range map[string]Options{
		"": {Profile: Workforce, Groups: 10000, Apps: 3},
		`the Okta profile "x" is not one of custom-domain, integrator, no-api-am, workforce`: {Profile: "x"},
		"-1 more groups: it must be 0 to 10000":                                              {Groups: -1},
		"10001 more apps: it must be 0 to 10000":                                             {Apps: 10001},
	} {
		got := ""
		if err := opts.Check(); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%+v: %q, want %q", opts, got, want)
		}
	}
}

// The custom domain is another name of the same listener.
func TestCustomDomain(t *testing.T) {
	t.Parallel()
	o := start(t, Options{Profile: CustomDomain})
	org := o.http.URL
	custom := strings.Replace(org, "127.0.0.1", "localhost", 1)
	if got := o.CustomURL(org); got != custom {
		t.Fatalf("custom address %q, want %q", got, custom)
	}
	byDefault := o.do("POST", "/api/v1/apps", webApp(nil)).want(t, "200")
	if got := byDefault.text("settings.oauthClient.issuer_mode"); got != "CUSTOM_URL" {
		t.Errorf("issuer mode %q", got)
	}
	own := o.do("POST", "/api/v1/apps", webApp(object{"settings.oauthClient.issuer_mode": "ORG_URL"})).want(t, "200")
	for address, want := range map[string]string{
		org + "/.well-known/openid-configuration":                                   org,
		custom + "/.well-known/openid-configuration":                                custom,
		org + "/.well-known/openid-configuration?client_id=" + byDefault.text("id"): custom,
		custom + "/.well-known/openid-configuration?client_id=" + own.text("id"):    org,
		org + "/oauth2/default/.well-known/openid-configuration":                    org + "/oauth2/default",
		custom + "/oauth2/default/.well-known/openid-configuration":                 custom + "/oauth2/default",
	} {
		a := o.send("GET", address, nil, nil).want(t, "200")
		if got := a.text("issuer"); got != want || !strings.HasPrefix(a.text("authorization_endpoint"), want) {
			t.Errorf("%s: issuer %q, want %q", address, got, want)
		}
	}
	for _, base := range []string{org, custom} {
		a := o.send("GET", base+"/.well-known/okta-organization", nil, nil).want(t, "200")
		if a.text("_links.organization.href") != org || a.text("_links.alternate.href") != custom {
			t.Errorf("%s: %s", base, a.raw)
		}
	}
	domains := o.do("GET", "/api/v1/domains", nil).want(t, "200").at("domains").([]any)
	if got := jsontree.Text(domains[0].(object), "domain"); "http://"+got != custom || len(domains) != 1 {
		t.Errorf("domains %v", domains)
	}
	if got := start(t, Options{}).CustomURL(org); got != "" {
		t.Errorf("an org without one has %q", got)
	}
}
