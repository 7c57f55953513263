package plain

import (
	"errors"
	"strings"
	"testing"

	"msgsso-wizard/steps/guide"
)

func TestConnectAsksForWhatIsMissing(t *testing.T) {
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
		{"needed", "\nacme.okta.com\ntoken\nmypurecloud.de\nid\n", nil, false, [4]bool{true, true, true, true}, "Okta org needs an answer"},
		{"a side left out", "\nmypurecloud.de\nid\n", []guide.Key{guide.OktaOrg, guide.OktaToken}, false, [4]bool{false, false, true, true}, "> "},
		{"explained", "?\n\nmypurecloud.de\nid\n", []guide.Key{guide.OktaOrg}, false, [4]bool{false, false, true, true}, "Enter alone leaves it out"},
		{"back", "wrong.okta.com\nback\nacme.okta.com\ntoken\nmypurecloud.de\nid\n", nil, false, [4]bool{true, true, true, true}, ""},
		{"back to what was left out", "\nback\nacme.okta.com\ntoken\nmypurecloud.de\nid\n", []guide.Key{guide.OktaOrg}, false, [4]bool{true, true, true, true}, ""},
		{"back at the first", "back\nacme.okta.com\ntoken\nmypurecloud.de\nid\n", nil, false, [4]bool{true, true, true, true}, "There is no question before this one."},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			g, out := guideOf(c.in)
			if c.given {
				if err := g.Env.Answers.Set(guide.OktaOrg, guide.FromFlag, "acme.okta.com"); err != nil {
					t.Fatal(err)
				}
			}
			if err := g.Connect(t.Context(), keys, c.spare); err != nil {
				t.Fatalf("%v\n%s", err, out)
			}
			for i, key := range keys {
				if got := g.Env.Answers.Get(key).Given; got != c.want[i] {
					t.Errorf("%s: given %t", key, got)
				}
			}
			if got := g.Env.Answers.Value(guide.OktaOrg); c.want[0] && got != "https://acme.okta.com" {
				t.Errorf("the org became %q", got)
			}
			if !strings.Contains(out.String(), c.says) {
				t.Errorf("no %q in:\n%s", c.says, out)
			}
		})
	}
	g, _ := guideOf("acme.okta.com\n")
	if err := g.Connect(t.Context(), keys, nil); !errors.Is(err, errEnded) {
		t.Errorf("the end of the input: %v", err)
	}
}

func TestPick(t *testing.T) {
	t.Parallel()
	options := []guide.Option{{Value: "d1", Label: "Web chat", Note: "pins version 2"}, {Value: "d2", Label: "Web SSO"}}
	for _, c := range []struct{ name, in, standard, want, says string }{
		{"by number", "1\n", "", "d1", "  1  Web chat, pins version 2"},
		{"by name", "web sso\n", "", "d2", ""},
		{"by id", "d9\n", "", "d9", ""},
		{"Enter takes the usual one", "\n", "Web SSO", "d2", "[Web SSO] > "},
		{"there is no usual one", "\n2\n", "Other", "d2", "Deployment needs an answer"},
		{"filtered", "/sso\n2\n", "", "d2", "  1  Web SSO"},
	} {
		g, out := guideOf(c.in)
		if got, err := g.Pick(t.Context(), "Deployment", options, c.standard); got != c.want || err != nil || !strings.Contains(out.String(), c.says) {
			t.Errorf("%s: picked %q, %v\n%s", c.name, got, err, out)
		}
	}
	g, out := guideOf("")
	if got, err := g.Pick(t.Context(), "Deployment", options[:1], ""); got != "d1" || err != nil || out.Len() > 0 {
		t.Errorf("the only one: picked %q, %v", got, err)
	}
	if _, err := g.Pick(t.Context(), "Deployment", options, ""); !errors.Is(err, errEnded) {
		t.Errorf("the end of the input: %v", err)
	}
}
