package report

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/fleet"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
)

// Sites is the document of a run with several sites.
type Sites struct {
	Sites      []SiteResult       `json:"sites"`             // in the order of the answers file
	ExpectedMS int64              `json:"expected_ms"`       // how long the changes were predicted to take
	Calls      services.Calls     `json:"calls"`             // API calls of all sites
	ElapsedMS  int64              `json:"elapsed_ms"`        // how long the run took
	DryRun     bool               `json:"dry_run,omitempty"` // nothing was changed
	Error      *setup.ResultError `json:"error,omitempty"`   // why the run stopped
}

// SiteResult is what the run of one site came to.
type SiteResult struct {
	Site   string        `json:"site"` // its name in the answers file
	State  fleet.State   `json:"state"`
	Run    string        `json:"run,omitempty"`    // its ID, for undo; missing: nothing was changed
	Shares []fleet.Share `json:"shares,omitempty"` // objects that an earlier site sets up
	setup.Result
}

// SitesOf makes the list of sites. runs are their IDs; empty: it changed nothing.
func SitesOf(f *fleet.Fleet, runs []string) []SiteResult {
	all := []SiteResult{}
	for i, site := range f.Sites {
		r := SiteResult{Site: site.Name, State: site.State, Run: runs[i], Shares: site.Shares(), Result: site.Result}
		if r.Changes == nil {
			r.Changes = []setup.ResultChange{}
		}
		if site.State == fleet.Planned || site.State == fleet.Ahead {
			r.Result = r.Rehearsed(setup.Plan{Plan: site.Plan})
			r.DryRun = site.State == fleet.Planned
		}
		if site.Err != nil {
			problem := Explain(site.Err)
			r.Error = &problem
		}
		all = append(all, r)
	}
	return all
}

// PlannedSites writes what each site changes, what sites share, and what needs attention at one or more of them.
func PlannedSites(w io.Writer, m Marks, f *fleet.Fleet) {
	for _, site := range f.Sites {
		fmt.Fprintf(w, "%s: %s\n", site.Name, changeCount(site))
		for _, c := range site.Plan.Changes {
			if c.Writes() || c.By != "" {
				fmt.Fprintln(w, "  "+m.Of(c.Verb)+" "+line(string(c.Kind), c.Kind.Shown(c.Name), c.ID, c.Why))
			}
		}
	}
	for _, app := range f.SharedApps() {
		fmt.Fprintf(w, "After all sites, the app integration %s has the sign-in redirect URIs:\n  %s\n", app.Name, strings.Join(app.RedirectURIs, "\n  "))
	}
	for _, text := range attention(f) {
		fmt.Fprintln(w, m.Note+" "+text)
	}
}

// attention are the notices that need attention, each once, with the sites that it is about.
func attention(f *fleet.Fleet) []string {
	about := map[string][]string{}
	var texts []string
	for _, site := range f.Sites {
		for _, n := range site.Plan.Attention() {
			if about[n.Text] == nil {
				texts = append(texts, n.Text)
			}
			about[n.Text] = append(about[n.Text], site.Name)
		}
	}
	for i, text := range texts {
		switch n := len(about[text]); {
		case n == len(f.Sites):
		case n <= 3:
			texts[i] = strings.Join(about[text], ", ") + ": " + text
		default:
			texts[i] = explain.Counted(n, "site", "sites") + ": " + text
		}
	}
	return texts
}

func changeCount(site *fleet.Site) string {
	n := 0
	for _, c := range site.Plan.Changes {
		if c.Writes() {
			n++
		}
	}
	if n == 0 && !site.Plan.Writes() {
		return "no changes"
	}
	return explain.Counted(n, "change", "changes")
}

// Expected says how long the changes of the sites likely take.
func Expected(d time.Duration) string {
	if d < time.Minute {
		return "less than a minute"
	}
	return "about " + explain.Counted(int(d.Round(time.Minute)/time.Minute), "minute", "minutes")
}

// SiteTable writes each site with its state, its deployment, and how to undo its run.
func SiteTable(w io.Writer, f *fleet.Fleet, runs []string) {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "Site\tState\tDeployment\tRun")
	for i, site := range f.Sites {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\n", site.Name, site.State, site.Result.Genesys.DeploymentID, runs[i])
	}
	_ = t.Flush() // to standard error: there is no other place to say it
}

// SiteSnippets writes the snippets of the sites, each after a comment that names it.
func SiteSnippets(w io.Writer, f *fleet.Fleet) error {
	for _, site := range f.Sites {
		if site.Result.Snippet == "" {
			continue
		}
		if _, err := fmt.Fprintf(w, "<!-- %s -->\n", site.Name); err != nil {
			return unwritten("snippet", err)
		}
		if err := Print(w, TheSnippet, site.Result.Snippet); err != nil {
			return err
		}
	}
	return nil
}

// DoneSites sums up a run, and says what remains to do.
func DoneSites(w io.Writer, m Marks, f *fleet.Fleet, took time.Duration, calls services.Calls, e Ending) {
	count := map[fleet.State]int{}
	for _, site := range f.Sites {
		count[site.State]++
	}
	fmt.Fprintf(w, "%s Okta sign-in is set up for %s: %d changed, %d unchanged. %s, %d API calls, %d writes.\n", m.Done,
		explain.Counted(len(f.Sites), "site", "sites"), count[fleet.Done], count[fleet.Unchanged], Seconds(took), calls.Okta+calls.Genesys, calls.Writes)
	if count[fleet.Done] == 0 {
		return
	}
	fmt.Fprintln(w, m.Note+" "+snippetAlone)
	credentials(w, e.Token, "Revoke the credentials that the wizard no longer needs:")
	fmt.Fprintln(w, "To undo a site: "+e.Undo+" RUN")
}
