package setup

import (
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simkit"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
)

// about are the changes and notices of a plan that are about visitors' names.
func about(p Plan) (out []string) {
	for _, c := range p.Changes {
		if c.Kind == guide.KindClaim || c.Kind == guide.KindFederated {
			out = append(out, string(c.Verb)+" "+string(c.Kind)+" "+c.Name+": "+c.Why)
		}
	}
	for _, n := range p.Notices {
		if strings.Contains(n.Text, "given_name") || strings.Contains(n.Text, "names") {
			out = append(out, n.Text)
		}
	}
	return out
}

const (
	unchosen   = "ID tokens lack given_name and family_name, so agents don't see visitors' names. Set Visitor names to include them."
	serverWide = `All apps that use the authorization server "default" get given_name and family_name in their ID tokens. Undo restores the claims.`
)

// TestVisitorNames: what is not chosen is only said, and what was chosen is done once.
func TestVisitorNames(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		profile, choice string
		first, again    []string
	}{
		"not chosen":                   {oktasim.Integrator, "", []string{unchosen}, []string{unchosen}},
		"not chosen, org's own server": {oktasim.NoAPIAM, "", []string{unchosen}, []string{unchosen}},
		"kept":                         {oktasim.Integrator, guide.NamesKeep, nil, nil},
		"included": {oktasim.Integrator, guide.NamesInclude, []string{
			"update claim given_name: Userinfo/id_token request → Always", "update claim family_name: Userinfo/id_token request → Always", serverWide,
		}, []string{
			`reuse claim given_name: on HOST "default", already in ID tokens`, `reuse claim family_name: on HOST "default", already in ID tokens`,
		}},
		"included, org's own server": {oktasim.NoAPIAM, guide.NamesInclude, []string{
			"create federated claim given_name: only in this app's ID tokens", "create federated claim family_name: only in this app's ID tokens",
		}, []string{
			"reuse federated claim given_name: already in the app's ID tokens", "reuse federated claim family_name: already in the app's ID tokens",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 1, Okta: oktasim.Options{Profile: tt.profile}})
			choose := func(s *Session) *Session {
				if tt.choice != "" {
					set(t, s, guide.VisitorNames, tt.choice)
				}
				return s
			}
			hostless := strings.NewReplacer(strings.TrimPrefix(sim.OktaURL(), "http://"), "HOST")
			assert.Check(t, is.DeepEqual(about(mustRun(t, choose(session))), tt.first))
			var again []string
			for _, line := range about(writesNothing(t, sim, choose(visit(t, sim)))) {
				again = append(again, hostless.Replace(line))
			}
			assert.Check(t, is.DeepEqual(again, tt.again), "the next run")
		})
	}
}

// TestFederatedClaimRefused: Okta may not take the names of system claims. The run goes on and says so.
func TestFederatedClaimRefused(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 1, Okta: oktasim.Options{Profile: oktasim.NoAPIAM, ReservedNames: true}})
	set(t, session, guide.VisitorNames, guide.NamesInclude)
	mustRun(t, session)
	r := session.Result(0)
	assert.Check(t, r.Genesys.DeploymentID != "" && r.Error == nil, "%+v", r)
	assert.Check(t, is.DeepEqual(r.Warnings, []string{
		"Okta refused the federated claim given_name (E0000001). Sign-in works, but agents may see no name.",
		"Okta refused the federated claim family_name (E0000001). Sign-in works, but agents may see no name.",
	}))
	assert.Check(t, !slices.ContainsFunc(r.Changes, func(c ResultChange) bool { return c.Kind == guide.KindFederated }), "%v", r.Changes)
	assert.Check(t, is.Len(kit.Must(kit.OktaAdmin(t, sim).FederatedClaims(t.Context(), r.Okta.AppID))(t), 0))
}

// TestFederatedClaimsMissing: an org may not have federated claims at all.
func TestFederatedClaimsMissing(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 1, Okta: oktasim.Options{Profile: oktasim.NoAPIAM}})
	mustRun(t, session)
	sim.Okta().Faults.Add(fault("GET", `/federated-claims$`, oktasim.Refusal("E0000007", "x", "y")))
	next := visit(t, sim)
	set(t, next, guide.VisitorNames, guide.NamesInclude)
	assert.Check(t, is.DeepEqual(about(writesNothing(t, sim, next)),
		[]string{"This org has no federated claims, so the wizard can't add visitors' names to the app's ID tokens."}))
}

// TestClaimsForbidden: who may not read claims can set up all else, unless the names were chosen.
func TestClaimsForbidden(t *testing.T) {
	t.Parallel()
	for _, choice := range []string{"", guide.NamesInclude} {
		sim, session := world(t, simulator.Options{Seed: 1})
		sim.Okta().Faults.Add(fault("GET", `/claims$`, oktasim.Refusal("E0000006")))
		if choice == "" {
			assert.Check(t, is.Len(about(mustRun(t, session)), 0))
			continue
		}
		set(t, session, guide.VisitorNames, choice)
		_, err := runAll(t, session)
		assert.Check(t, is.ErrorContains(err, "include visitors' names"))
		assert.Check(t, is.Equal(kit.Writes(sim), 0))
	}
}

// TestFederatedClaimLostAnswer: the claim whose answer was lost is found and made once.
func TestFederatedClaimLostAnswer(t *testing.T) {
	t.Parallel()
	sim, session := world(t, simulator.Options{Seed: 1, Okta: oktasim.Options{Profile: oktasim.NoAPIAM}})
	set(t, session, guide.VisitorNames, guide.NamesInclude)
	sim.Okta().Faults.Add(fault("POST", `/federated-claims$`, simkit.Fault{Lose: true, Times: 1}))
	mustRun(t, session)
	r := session.Result(0)
	var names []string
	for _, c := range kit.Must(kit.OktaAdmin(t, sim).FederatedClaims(t.Context(), r.Okta.AppID))(t) {
		names = append(names, c.Name+" "+c.Expression)
	}
	assert.Check(t, is.DeepEqual(names, []string{"given_name user.profile.firstName", "family_name user.profile.lastName"}))
}
