// Package chain is the picture of what a visitor's sign-in passes through: from the website's page by way of Okta and
// Genesys Cloud to the snippet, which the page loads. Every front end draws the same chain.
package chain

import (
	"slices"

	"msgsso-wizard/steps/guide"
)

// State is how far a link, or a part of one, is.
type State int

// The states.
const (
	Ahead   State = iota // nothing is known of it yet, or it is not there
	Create               // a plan makes it
	Update               // a plan changes it
	Running              // it is being made or checked
	Made                 // it is there
	Broken               // it is there and does not work, or making it failed
	Unseen               // it was not checked
	Delete               // undo deletes it
)

// Part is one thing that a link needs.
type Part struct {
	Name  string
	State State
	Note  string // such as "new" or "4.2 s"
}

// Link is one station of the chain.
type Link struct {
	Name   string
	Detail string // what it is called in the org
	State  State
	Own    State // of the object itself, without its parts
	Here   bool  // the screen is about it
	Parts  []Part
}

// Chain is all links, from the website's page to the snippet.
type Chain struct {
	Says   string // what it shows here, in a few words
	Links  []Link
	Closed bool // a sign-in went through all of it
}

// The links' names.
const (
	Page          = "Website page"
	App           = "Okta app"
	Integration   = "Genesys integration"
	Configuration = "Configuration version"
	Deployment    = "Deployment"
	Snippet       = "Snippet"
)

// stations are the links with the kinds of object that they consist of. A kind without a part is the link itself.
var stations = []struct {
	name  string
	kinds map[guide.ObjectKind]string // the part's name
	parts []string                    // in their order
}{
	{name: Page},
	{App, map[guide.ObjectKind]string{
		guide.KindApp: "", guide.KindAssignment: "assignment", guide.KindPolicy: "access policy", guide.KindRule: "access policy",
		guide.KindOrigin: "trusted origin",
	}, []string{"assignment", "access policy", "trusted origin"}},
	{Integration, map[guide.ObjectKind]string{
		guide.KindIntegration: "", guide.KindCredential: "credential", guide.KindSettings: "Discovery URI", guide.KindState: "",
	}, []string{"credential", "Discovery URI"}},
	{Configuration, map[guide.ObjectKind]string{guide.KindConfiguration: "", guide.KindVersion: ""}, nil},
	{Deployment, map[guide.ObjectKind]string{guide.KindDeployment: ""}, nil},
	{name: Snippet},
}

// New is a chain of which nothing is known yet.
func New() *Chain {
	c := &Chain{}
	for _, s := range stations {
		link := Link{Name: s.name}
		for _, part := range s.parts {
			link.Parts = append(link.Parts, Part{Name: part})
		}
		c.Links = append(c.Links, link)
	}
	return c
}

// Link returns the link of that name.
func (c *Chain) Link(name string) *Link {
	return &c.Links[slices.IndexFunc(c.Links, func(l Link) bool { return l.Name == name })]
}

// Of returns the name of the link that an object of the kind belongs to; empty: it belongs to none.
func Of(kind guide.ObjectKind) string {
	for _, s := range stations {
		if _, ok := s.kinds[kind]; ok {
			return s.name
		}
	}
	return ""
}

// Clear forgets the state of all links.
func (c *Chain) Clear() {
	for i := range c.Links {
		l := &c.Links[i]
		l.State, l.Own, l.Here = Unseen, Unseen, false
		for j := range l.Parts {
			l.Parts[j].State, l.Parts[j].Note = Unseen, ""
		}
	}
}

// Find notes what was found at a link, or at a part of it.
func (c *Chain) Find(link, part string, state State) {
	l := c.Link(link)
	l.State = l.State.with(state)
	if part == "" {
		l.Own = l.Own.with(state)
	}
	for j := range l.Parts {
		if p := &l.Parts[j]; p.Name == part || part == "" && state == Made {
			p.State = p.State.with(state)
		}
	}
}

// rank orders states by how much they say of a thing that consists of several.
var rank = map[State]int{Ahead: 1, Unseen: 2, Made: 0, Create: 3, Update: 3, Running: 4, Broken: 5, Delete: 6}

// Set notes the state of an object. Of several objects that make up one link or part, the state that says most counts.
func (c *Chain) Set(kind guide.ObjectKind, name string, state State, note string) {
	for i, s := range stations {
		part, ok := s.kinds[kind]
		if !ok {
			continue
		}
		link := &c.Links[i]
		if link.Detail == "" && part == "" && kind != guide.KindState && kind != guide.KindVersion {
			link.Detail = name
		}
		link.State = link.State.with(state)
		if part == "" {
			link.Own = link.Own.with(state)
		}
		for j := range link.Parts {
			if p := &link.Parts[j]; p.Name == part {
				p.State, p.Note = p.State.with(state), note
			}
		}
	}
}

// with is the state of two things together; Ahead is that of something that nothing was noted of.
func (s State) with(other State) State {
	if s == Ahead || s == Unseen || rank[other] > rank[s] {
		return other
	}
	return s
}
