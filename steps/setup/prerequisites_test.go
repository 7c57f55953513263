package setup

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
)

// TestCheckPrerequisites reads orgs in which something is missing, and answers that do not reach them yet. Looking
// changes nothing.
func TestCheckPrerequisites(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name   string
		opts   simulator.Options
		change func(*testing.T, *Session)
		want   string // o open, m met, f failed; org, role, organization, client, permissions, page
		says   string
	}{
		{"all is there", simulator.Options{}, nil, "mmmmmm", "Super Administrator, "},
		{"the licence is never told", simulator.Options{}, nil, "mmmmmm", "; license not checked"},
		{"nothing is answered", simulator.Options{}, func(t *testing.T, session *Session) {
			for _, key := range []guide.Key{guide.OktaOrg, guide.OktaToken, guide.GenesysRegion, guide.GenesysClientID, guide.GenesysClientSecret} {
				set(t, session, key)
			}
		}, "ooooom", "asked in Okta setup"},
		{"only the addresses", simulator.Options{}, func(t *testing.T, session *Session) {
			set(t, session, guide.OktaToken)
			set(t, session, guide.GenesysClientSecret)
		}, "moooom", "asked in Configure Genesys Cloud"},
		{"a person signs in", simulator.Options{}, func(t *testing.T, session *Session) {
			set(t, session, guide.OktaSignIn, guide.OktaByDevice)
			set(t, session, guide.OktaClientID, "0oa1")
			set(t, session, guide.GenesysSignIn, guide.GenesysByBrowser)
		}, "moooom", laterByUser},
		{"Okta by hand", simulator.Options{}, func(t *testing.T, session *Session) { set(t, session, guide.OktaSignIn, guide.OktaManual) }, "mommmm", "manual Okta setup"},
		{"a wrong token", simulator.Options{}, func(t *testing.T, session *Session) { set(t, session, guide.OktaToken, "00wrong") }, "mfmmmm", "token"},
		{"a wrong secret", simulator.Options{}, func(t *testing.T, session *Session) { set(t, session, guide.GenesysClientSecret, "wrong") }, "mmofom", "doesn't accept the OAuth client"},
		{"no org at the address", simulator.Options{}, func(t *testing.T, session *Session) {
			set(t, session, guide.OktaOrg, session.Answers.Value(guide.GenesysRegion))
		}, "fommmm", "isn't an Okta org"},
		{"a permission is missing", simulator.Options{Genesys: genesyssim.Options{Deny: []string{"integrations:integration:add"}}}, nil, "mmmmfm", "lack these permissions: integrations:integration:add"},
		{"a permission for undo is missing", simulator.Options{Genesys: genesyssim.Options{Deny: []string{"integrations:integration:delete"}}}, nil, "mmmmmm", "all for setup; undo lacks integrations:integration:delete"},
		{"another page", simulator.Options{}, func(t *testing.T, session *Session) {
			set(t, session, guide.RedirectURIs, "https://www.example.com/chat")
		}, "mmmmmm", "https://www.example.com/chat (you)"},
		{"an idle admin", simulator.Options{Okta: oktasim.Options{ReadOnly: true}}, nil, "mfmmmm", "can't create the app integration"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			tt.opts.Seed = 5
			sim, session := world(t, tt.opts)
			if tt.change != nil {
				tt.change(t, session)
			}
			before := kit.Count(sim)
			var got, said strings.Builder
			for i, c := range session.CheckPrerequisites(t.Context()) {
				got.WriteByte("omf"[c.State])
				said.WriteString(c.Said + "\n")
				assert.Check(t, is.DeepEqual(c.Prerequisite, guide.Prerequisites()[i]), "need")
				assert.Check(t, c.State != guide.Unmet || c.Fix != "",
					"%s fails without a next step: %s", c.ID, c.Said)
			}
			assert.Check(t, is.Equal(got.String(), tt.want), "states")
			assert.Check(t, is.Contains(said.String(), tt.says), "no")
			assert.Check(t, is.DeepEqual(kit.Count(sim), before), "objects")
			open := session.orgs().okta.API != nil
			assert.Check(t, is.Equal(open, false), "connection of the guide")
		})
	}
}

// TestReadOnlyServiceApp: Okta does not tell a service app's roles, so that its first write shows them.
func TestReadOnlyServiceApp(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 2, Okta: oktasim.Options{ReadOnly: true}})
	fixture{t, sim, session}.byKey(kit.Must(sim.Okta().ServiceApp())(t))
	before := kit.Count(sim).Okta
	plan := planned(t, session)
	err := apply(t, session, plan)
	_ = failed(t, sim, err, explain.ClassPermission, "Okta didn't allow this admin to set up the app integration. Okta says: You do not have permission to perform the requested action.")
	assert.Check(t, is.DeepEqual(kit.Count(sim).Okta, before), "objects")
}

// clockText is the notice of a clock that is 10 minutes off.
var clockText = regexp.MustCompile(`^This computer's clock and Okta's differ by 10 minutes\. Correct the wrong one, or sign-in can fail\.$`)

// TestClock: both vendors judge by the time, so a clock that is off is reported before it does harm.
func TestClock(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		off      time.Duration
		reported bool
	}{
		"right":     {0, false},
		"a little":  {90 * time.Second, false},
		"too late":  {10 * time.Minute, true},
		"too early": {-10 * time.Minute, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			shift := edited(`^/`, func(head http.Header, body string) string {
				head.Set("Date", time.Now().Add(tt.off).UTC().Format(http.TimeFormat))
				return body
			})
			_, session := world(t, simulator.Options{Seed: 2, WrapOkta: shift})
			plan := planned(t, session)
			i := slices.IndexFunc(plan.Notices, func(n engine.Notice) bool { return strings.Contains(n.Text, "clock") })
			assert.Check(t, is.Equal(i >= 0, tt.reported), "told")
			if i >= 0 && (plan.Notices[i].OK || !clockText.MatchString(plan.Notices[i].Text)) {
				t.Errorf("%+v", plan.Notices[i])
			}
		})
	}
}
