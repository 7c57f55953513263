package plain

import (
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/guide"
)

func TestConnectAsksMissing(t *testing.T) {
	t.Parallel()
	keys := []guide.Key{guide.OktaOrg, guide.OktaToken, guide.GenesysRegion, guide.GenesysClientID}
	for _, c := range []struct {
		name, in string
		spare    []guide.Key
		given    bool // the Okta org
		want     [4]bool
		says     string
	}{
		{"all", "acme.okta.com\ntoken\nmypurecloud.de\nid\n", nil, false, [4]bool{true, true, true, true}, "Missing  Okta org"},
		{"the rest", "token\nmypurecloud.de\nid\n", nil, true, [4]bool{true, true, true, true}, "Missing  API token"},
		{"needed", "\nacme.okta.com\ntoken\nmypurecloud.de\nid\n", nil, false, [4]bool{true, true, true, true}, "Okta org is required"},
		{"a side left out", "\nmypurecloud.de\nid\n", []guide.Key{guide.OktaOrg, guide.OktaToken}, false, [4]bool{false, false, true, true}, "> "},
		{"explained", "?\n\nmypurecloud.de\nid\n", []guide.Key{guide.OktaOrg}, false, [4]bool{false, false, true, true}, "Press Enter to skip this side"},
		{"back", "wrong.okta.com\nback\nacme.okta.com\ntoken\nmypurecloud.de\nid\n", nil, false, [4]bool{true, true, true, true}, ""},
		{"back to what was left out", "\nback\nacme.okta.com\ntoken\nmypurecloud.de\nid\n", []guide.Key{guide.OktaOrg}, false, [4]bool{true, true, true, true}, ""},
		{"back at the first", "back\nacme.okta.com\ntoken\nmypurecloud.de\nid\n", nil, false, [4]bool{true, true, true, true}, "This is the first question."},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			g, out := guideOf(c.in)
			if c.given {
				assert.NilError(t, g.Env.Answers.Set(guide.OktaOrg, guide.FromFlag, "acme.okta.com"))
			}
			assert.NilError(t, g.Connect(t.Context(), keys, c.spare), out)
			for i, key := range keys {
				assert.Check(t, is.Equal(g.Env.Answers.Get(key).Given, c.want[i]), "%s: given", key)
			}
			got := g.Env.Answers.Value(guide.OktaOrg)
			assert.Check(t, !c.want[0] || got == "https://acme.okta.com", "the org became %q", got)
			assert.Check(t, is.Contains(out.String(), c.says), out)
		})
	}
	g, _ := guideOf("acme.okta.com\n")
	assert.Check(t, is.ErrorIs(g.Connect(t.Context(), keys, nil), errEnded), "the end of the input")
}

func TestPick(t *testing.T) {
	t.Parallel()
	options := []guide.Option{{Value: "d1", Label: "Web chat", Note: "uses version 2"}, {Value: "d2", Label: "Web SSO"}}
	for _, c := range []struct{ name, in, standard, want, says string }{
		{"by number", "1\n", "", "d1", "  1  Web chat, uses version 2"},
		{"by name", "web sso\n", "", "d2", ""},
		{"by id", "d9\n", "", "d9", ""},
		{"Enter takes the usual one", "\n", "Web SSO", "d2", "[Web SSO] > "},
		{"there is no usual one", "\n2\n", "Other", "d2", "Deployment is required"},
		{"filtered", "/sso\n2\n", "", "d2", "  1  Web SSO"},
	} {
		g, out := guideOf(c.in)
		got, err := g.Pick(t.Context(), "Deployment", options, c.standard)
		assert.Check(t, got == c.want && err == nil && strings.Contains(out.String(), c.says),
			"%s: picked %q, %v\n%s", c.name, got, err, out)
	}
	g, out := guideOf("")
	got, err := g.Pick(t.Context(), "Deployment", options[:1], "")
	assert.Check(t, got == "d1" && err == nil && out.Len() <= 0, "the only one: picked %q, %v", got, err)
	_, err = g.Pick(t.Context(), "Deployment", options, "")
	assert.Check(t, is.ErrorIs(err, errEnded), "the end of the input")
}
