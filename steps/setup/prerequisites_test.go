package setup

import (
	"strings"
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/steps/guide"
)

// TestCheckNeeds looks at orgs in which something is missing, and at answers that do not reach them yet. Looking
// changes nothing.
func TestCheckNeeds(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		opts   simulator.Options
		change func(*testing.T, *Session)
		want   string // o open, m met, f failed; org, role, organization, client, permissions, page
		says   string
	}{
		{"all is there", simulator.Options{}, nil, "mmmmmm", "Super Administrator, "},
		{"the licence is never told", simulator.Options{}, nil, "mmmmmm", "; its licence is not told"},
		{"nothing is answered", simulator.Options{}, func(t *testing.T, session *Session) {
			for _, key := range []guide.Key{guide.OktaOrg, guide.OktaToken, guide.GenesysRegion, guide.GenesysClientID, guide.GenesysClientSecret} {
				set(t, session, key)
			}
		}, "ooooom", "asked for in Okta set-up"},
		{"only the addresses", simulator.Options{}, func(t *testing.T, session *Session) {
			set(t, session, guide.OktaToken)
			set(t, session, guide.GenesysClientSecret)
		}, "moooom", "asked for in Configure Genesys Cloud"},
		{"a person signs in", simulator.Options{}, func(t *testing.T, session *Session) {
			set(t, session, guide.OktaSignIn, guide.OktaByDevice)
			set(t, session, guide.OktaClientID, "0oa1")
			set(t, session, guide.GenesysSignIn, guide.GenesysByBrowser)
		}, "moooom", laterByPerson},
		{"Okta by hand", simulator.Options{}, func(t *testing.T, session *Session) { set(t, session, guide.OktaSignIn, guide.OktaManual) }, "mommmm", "you set Okta up by hand"},
		{"a wrong token", simulator.Options{}, func(t *testing.T, session *Session) { set(t, session, guide.OktaToken, "00wrong") }, "mfmmmm", "token"},
		{"a wrong secret", simulator.Options{}, func(t *testing.T, session *Session) { set(t, session, guide.GenesysClientSecret, "wrong") }, "mmofom", "does not accept the OAuth client"},
		{"no org at the address", simulator.Options{}, func(t *testing.T, session *Session) {
			set(t, session, guide.OktaOrg, session.Answers.Value(guide.GenesysRegion))
		}, "fommmm", "not as an Okta org does"},
		{"a permission is missing", simulator.Options{Genesys: genesyssim.Options{Deny: []string{"integrations:integration:add"}}}, nil, "mmmmfm", "lack integrations:integration:add"},
		{"another page", simulator.Options{}, func(t *testing.T, session *Session) {
			set(t, session, guide.RedirectURIs, "https://www.example.com/chat")
		}, "mmmmmm", "https://www.example.com/chat (you)"},
		{"an idle admin", simulator.Options{Okta: oktasim.Options{ReadOnly: true}}, nil, "mfmmmm", "may make no app integration"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.opts.Seed = 5
			sim, session := world(t, tt.opts)
			if tt.change != nil {
				tt.change(t, session)
			}
			before := count(sim)
			var got, said strings.Builder
			for i, c := range session.CheckPrerequisites(t.Context()) {
				got.WriteByte("omf"[c.State])
				said.WriteString(c.Said + "\n")
				same(t, "need", guide.Prerequisites()[i], c.Prerequisite)
				if c.State == guide.Unmet && c.Fix == "" {
					t.Errorf("%s fails without a next step: %s", c.ID, c.Said)
				}
			}
			same(t, "states", tt.want, got.String())
			if !strings.Contains(said.String(), tt.says) {
				t.Errorf("no %q in:\n%s", tt.says, said.String())
			}
			same(t, "objects", before, count(sim))
			open := session.orgs().okta.API != nil
			same(t, "connection of the guide", false, open)
		})
	}
}
