package guide

import (
	"slices"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// TestUnknownHostsAreConfirmed: an answer that leads credentials to a host of no vendor has to be given twice.
func TestUnknownHostsAreConfirmed(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		named, repeated Key
		known, unknown  []string
	}{
		{
			OktaOrg, ConfirmOrg,
			[]string{"acme.okta.com", "acme-admin.oktapreview.com", "acme.okta.mil", "http://127.0.0.1:8080", "acme.okta.example"},
			[]string{"login.example.com", "id.company.test"},
		},
		{
			GenesysRegion, ConfirmRegion,
			[]string{"mypurecloud.de", "Frankfurt", "https://apps.usw2.pure.cloud", "http://localhost:8080", "genesys.example"},
			[]string{"mypurecloud.dee", "xyz1.pure.cloud"},
		},
	} {
		asked := func(a *Answers) bool {
			return slices.ContainsFunc(a.Missing(SectionOkta, SectionGenesys), func(q Question) bool { return q.Key == tt.repeated })
		}
		for _, value := range tt.known {
			a := NewAnswers()
			set(t, a, tt.named, value)
			assert.Check(t, a.Confirmed(tt.named) && !asked(a), value)
		}
		for _, value := range tt.unknown {
			a := NewAnswers()
			set(t, a, tt.named, value)
			assert.Check(t, !a.Confirmed(tt.named) && asked(a), value)
			set(t, a, tt.repeated, value)
			assert.Check(t, a.Confirmed(tt.named) && !asked(a), "%s twice", value)
			set(t, a, tt.named, "another."+value)
			assert.Check(t, !a.Confirmed(tt.named) && asked(a), "another one than %s", value)
			assert.Check(t, is.ErrorContains(a.Set(tt.repeated, FromFlag, value), value+" isn't another."+value))
		}
	}
}

// TestNoRunConfirmsAHost: a file of an earlier run is no word of the user's.
func TestNoRunConfirmsAHost(t *testing.T) {
	t.Parallel()
	a := NewAnswers()
	set(t, a, ConfirmOrg, "login.example.com") // of the environment, before the org is known
	set(t, a, OktaOrg, "login.example.com")
	assert.Check(t, a.Confirmed(OktaOrg))
	kept := a.Given()
	assert.Check(t, is.DeepEqual(kept, map[string][]string{"okta-org": {"https://login.example.com"}}))
	kept[string(ConfirmOrg)] = kept["okta-org"]
	b := NewAnswers()
	b.FromRun(kept)
	assert.Check(t, b.Value(OktaOrg) != "" && !b.Confirmed(OktaOrg))
}
