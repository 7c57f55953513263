package setup

import (
	"testing"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/guide"
)

// TestPagesAndDomains: pages on which Messenger would not start, and localhost beside the site's own domains, are
// told before the deployment is touched.
func TestPagesAndDomains(t *testing.T) {
	t.Parallel()
	const (
		out  = " may sign in, but the allowed domains leave it out: Messenger does not start there."
		away = ": take it out again when you have tested."
	)
	for name, tt := range map[string]struct {
		pages, domains []string
		existing       bool
		want           []string
	}{
		"localhost only":                 {pages: []string{"http://localhost:8080/"}},
		"the site only":                  {pages: []string{"https://www.example.com/"}},
		"both":                           {pages: []string{"https://www.example.com/", "http://localhost:8080/"}, want: []string{"The allowed domains have localhost beside www.example.com" + away}},
		"a page elsewhere":               {pages: []string{"https://www.example.com/", "https://Shop.example.com/"}, domains: []string{"WWW.example.com"}, want: []string{"Pages on shop.example.com" + out}},
		"in the deployment already":      {pages: []string{"https://shop.acmecc.example/"}, domains: []string{"www.acmecc.example"}, existing: true},
		"in no list":                     {pages: []string{"https://chat.acmecc.example/"}, domains: []string{"www.acmecc.example"}, existing: true, want: []string{"Pages on chat.acmecc.example" + out}},
		"localhost added to the website": {pages: []string{"http://localhost:8080/"}, existing: true, want: []string{"The allowed domains have localhost beside www.acmecc.example" + away}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			sim, session := world(t, simulator.Options{Seed: 2})
			set(t, session, guide.RedirectURIs, tt.pages...)
			if tt.domains != nil {
				set(t, session, guide.AllowedDomains, tt.domains...)
			}
			if tt.existing {
				website, live := theWebsite(t, sim)
				set(t, session, guide.MessengerConfig, website.ID)
				set(t, session, guide.DeploymentName, live.ID)
			}
			plan := planned(t, session)
			var told []string
			for _, n := range plan.Notices {
				if n.Section == guide.SectionDeployment {
					told = append(told, n.Text)
				}
			}
			same(t, "notices of the deployment", tt.want, told)
			same(t, "writes", 0, writes(sim))
		})
	}
}
