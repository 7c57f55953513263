package report

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"msgsso-wizard/steps/doctor"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/chain"
)

// stateWords say how far a link is.
var stateWords = map[chain.State]string{
	chain.Ahead: "to do", chain.Create: "new", chain.Update: "changed", chain.Running: "in progress", chain.Made: "ready",
	chain.Broken: "failed", chain.Unseen: "not checked",
}

// planned are the states of links with changes that a plan has not applied yet.
var planned = map[engine.Verb]chain.State{engine.Create: chain.Create, engine.Update: chain.Update, engine.Reuse: chain.Made, engine.Remove: chain.Made}

// PlannedChain is the chain after a plan. page is the URL of the page with Messenger.
func PlannedChain(p setup.Plan, page string) *chain.Chain {
	c := chainFrom(page)
	for _, change := range p.Changes {
		c.Set(change.Kind, change.Name, planned[change.Verb], "")
	}
	return c
}

// MadeChain is the chain after a run.
func MadeChain(r setup.Result, page string) *chain.Chain {
	c := chainFrom(page)
	for _, change := range r.Changes {
		state := chain.Made
		if change.Unready {
			state = chain.Running
		}
		c.Set(change.Kind, change.Name, state, "")
	}
	if r.Snippet != "" {
		c.Find(chain.Snippet, "", chain.Made)
	}
	return c
}

func chainFrom(page string) *chain.Chain {
	c := chain.New()
	c.Link(chain.Page).Detail = guide.Host(page)
	return c
}

// found are the states of links by what doctor found.
var found = map[doctor.State]chain.State{doctor.OK: chain.Made, doctor.Warn: chain.Made, doctor.Fail: chain.Broken, doctor.Skipped: chain.Unseen}

// spot is a link, or a part of one.
type spot struct{ link, part string }

// spots are what doctor's checks are about, by check or else by area.
var spots = map[string]spot{
	doctor.AreaSite: {chain.Page, ""}, doctor.AreaDeployment: {chain.Deployment, ""}, doctor.AreaConfiguration: {chain.Configuration, ""},
	doctor.AreaIntegration: {chain.Integration, ""}, doctor.AreaDocument: {chain.Integration, "Discovery URI"},
	doctor.AreaApp: {chain.App, ""}, doctor.AreaAccess: {chain.App, "assignment"}, doctor.AreaVisits: {chain.App, "assignment"},
	"credential": {chain.Integration, "credential"}, "discovery-uri": {chain.Integration, "Discovery URI"},
	"access-policy": {chain.App, "access policy"}, "token-life": {chain.App, "access policy"}, "visitor-names": {chain.App, "access policy"}, "trusted-origins": {chain.App, "trusted origin"},
}

// FoundChain is the chain as doctor found it.
func FoundChain(r *doctor.Report) *chain.Chain {
	c := chainFrom(r.Chain.Site)
	FillFound(c, r)
	return c
}

// FillFound shows in a chain what doctor found at each link, and nothing else.
func FillFound(c *chain.Chain, r *doctor.Report) {
	c.Clear()
	Find(c, r.Findings)
	c.Find(chain.Snippet, "", c.Link(chain.Deployment).State)
}

// Find notes findings at the links that they are about.
func Find(c *chain.Chain, findings []doctor.Finding) {
	for _, f := range findings {
		if at, known := spotOf(f); known {
			c.Find(at.link, at.part, found[f.State])
		}
	}
}

// LinkOf returns the name of the link that a finding is about, or the doctor's area if it is about none.
func LinkOf(f doctor.Finding) string {
	at, _ := spotOf(f)
	return cmp.Or(at.link, f.Area)
}

func spotOf(f doctor.Finding) (at spot, known bool) {
	if at, known = spots[f.Check]; !known {
		at, known = spots[f.Area]
	}
	return at, known
}

// Chain writes the chain in words, a line for each link.
func Chain(w io.Writer, c *chain.Chain) {
	fmt.Fprintln(w, "Sign-in chain:")
	for _, l := range c.Links {
		name := l.Name
		if l.Name == chain.Page && l.Detail != "" {
			name += " (" + l.Detail + ")"
		}
		fmt.Fprintln(w, "  "+name+": "+LinkWords(l))
	}
}

// LinkWords says how far a link is, and its parts where they differ from it.
func LinkWords(l chain.Link) string {
	parts := slices.DeleteFunc(slices.Clone(l.Parts), func(p chain.Part) bool { return p.State == chain.Ahead || p.State == chain.Unseen })
	differs := func(p chain.Part) bool {
		settled := l.Own == chain.Create && p.State == chain.Update // what is new has settings to change
		return p.State != l.Own && !settled
	}
	if !slices.ContainsFunc(parts, differs) {
		return stateWords[l.Own]
	}
	var words []string
	if l.Own == chain.Create || l.Own == chain.Update || l.Own == chain.Running || l.Own == chain.Broken {
		words = append(words, stateWords[l.Own])
	}
	for _, p := range parts {
		words = append(words, p.Name+" "+stateWords[p.State])
	}
	return strings.Join(words, ", ")
}
