package okta

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
)

// tenant is what a host says of itself without credentials; own and custom are the addresses that it names.
type tenant struct{ id, own, custom string }

// tenants serves hosts by their names, and notes which of them got a credential.
type tenants struct {
	hosts map[string]tenant
	mu    sync.Mutex
	got   []string
}

func (o *tenants) start(t *testing.T) *services.Network {
	t.Helper()
	network := services.New()
	network.Hosts = apiclient.Hosts{}
	for name, is := range o.hosts {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Authorization") != "" {
				o.mu.Lock()
				o.got = append(o.got, name)
				o.mu.Unlock()
			}
			links := fmt.Sprintf(`"organization":{"href":%q}`, is.own)
			if is.custom != "" {
				links += fmt.Sprintf(`,"alternate":{"href":%q}`, is.custom)
			}
			w.Header().Set("Content-Type", "application/json")
			_, _ = fmt.Fprintf(w, `{"id":%q,"pipeline":"idx","_links":{%s}}`, is.id, links)
		}))
		t.Cleanup(server.Close)
		network.Hosts[name] = strings.TrimPrefix(server.URL, "http://")
	}
	t.Cleanup(network.Close)
	return network
}

// TestOrgNamesAnother: the address that metadata names gets a token only when it answered as the same org.
func TestOrgNamesAnother(t *testing.T) {
	t.Parallel()
	const own, custom = "https://acme.okta.com", "https://login.example.com"
	acme := tenant{"00o1", own, custom}
	for name, tt := range map[string]struct {
		hosts   map[string]tenant // by their names
		asked   string            // empty: own
		url     string            // that is used; empty: refused
		visitor string            // the address of visitors
	}{
		"itself":                      {hosts: map[string]tenant{"acme.okta.com": {"00o1", own, ""}}, url: own, visitor: own},
		"a custom domain":             {hosts: map[string]tenant{"acme.okta.com": acme, "login.example.com": acme}, url: own, visitor: custom},
		"asked by the custom domain":  {hosts: map[string]tenant{"acme.okta.com": acme, "login.example.com": acme}, asked: custom, url: own, visitor: custom},
		"the custom domain is other":  {hosts: map[string]tenant{"acme.okta.com": acme, "login.example.com": {"00o2", own, custom}}},
		"the custom domain is no org": {hosts: map[string]tenant{"acme.okta.com": acme, "login.example.com": {"x", "", ""}}},
		"a custom domain without TLS": {hosts: map[string]tenant{"acme.okta.com": {"00o1", own, "http://login.example.com"}, "login.example.com": acme}},
		"this computer as custom domain": {hosts: map[string]tenant{
			"acme.okta.com": {"00o1", own, "http://127.0.0.1:1"}, "127.0.0.1:1": acme,
		}},
		"another org": {hosts: map[string]tenant{
			"login.example.com": {"00o1", "https://evil.okta.com", ""}, "evil.okta.com": {"00o2", "https://evil.okta.com", ""},
		}, asked: custom},
		"not Okta's": {hosts: map[string]tenant{
			"login.example.com": {"00o1", "https://org.evil.test", ""}, "org.evil.test": {"00o1", "https://org.evil.test", ""},
		}, asked: custom},
		"this computer": {hosts: map[string]tenant{
			"login.example.com": {"00o1", "http://127.0.0.1:1", ""}, "127.0.0.1:1": {"00o1", "http://127.0.0.1:1", ""},
		}, asked: custom},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := &tenants{hosts: tt.hosts}
			answers := guide.NewAnswers()
			asked := own
			if tt.asked != "" {
				asked = tt.asked
			}
			assert.NilError(t, answers.Set(guide.OktaOrg, guide.FromUser, asked))
			if !answers.Confirmed(guide.OktaOrg) {
				assert.NilError(t, answers.Set(guide.ConfirmOrg, guide.FromUser, asked))
			}
			assert.NilError(t, answers.Set(guide.OktaToken, guide.FromUser, "t0ken-canary"))
			org, err := OpenOrg(t.Context(), services.Access{Answers: answers, Dial: o.start(t)}, &engine.Notes{})
			if org.API != nil {
				_, _ = org.API.Me(t.Context()) // the first call that takes the token along
			}
			if tt.url == "" {
				assert.Check(t, err != nil, "used: %s", org.URL)
				assert.Check(t, is.Len(o.got, 0), "got the token")
				return
			}
			assert.NilError(t, err)
			assert.Check(t, is.Equal(org.URL, tt.url))
			assert.Check(t, is.Equal(org.Visitors(), tt.visitor))
			at, _ := url.Parse(org.URL)
			assert.Check(t, is.DeepEqual(o.got, []string{at.Host}), "got the token")
		})
	}
}
