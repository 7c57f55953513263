package wizard

import (
	"fmt"
	"net/url"

	"msgsso-wizard/steps/doctor"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/wizard/chain"
)

// about says which link a section is about.
var about = map[guide.SectionID]string{
	guide.SectionOkta: chain.App, guide.SectionGenesys: chain.Integration, guide.SectionIntegration: chain.Integration,
	guide.SectionConfiguration: chain.Configuration, guide.SectionDeployment: chain.Deployment, guide.SectionSnippet: chain.Snippet,
}

// chained is a screen that knows more of the chain than the sections do.
type chained interface{ chain(*chain.Chain) }

// chain is what is known of the chain by now.
func (r *router) chain() *chain.Chain {
	c := chain.New()
	c.Link(chain.Page).Detail = r.pageHost()
	c.Says = "what every sign-in passes through"
	for i, s := range r.walk {
		if of := sectionOf(s); of != nil {
			of.links(c, i == r.at)
		}
	}
	if s, ok := r.top().(chained); ok {
		s.chain(c)
	}
	return c
}

// at says which link a place of doctor's is, and which part of it.
var at = map[string]struct{ link, part string }{
	doctor.PlaceSite: {chain.Page, ""}, doctor.PlaceDeployment: {chain.Deployment, ""}, doctor.PlaceConfiguration: {chain.Configuration, ""},
	doctor.PlaceIntegration: {chain.Integration, "credential"}, doctor.PlaceDocument: {chain.Integration, "Discovery URI"},
	doctor.PlaceApp: {chain.App, ""}, doctor.PlaceAccess: {chain.App, "access policy"}, doctor.PlaceVisits: {chain.App, "assignment"},
}

// states are how doctor's findings show in the chain.
var states = map[doctor.State]chain.State{doctor.OK: chain.Made, doctor.Warn: chain.Made, doctor.Fail: chain.Broken, doctor.Skipped: chain.Unseen}

// chain shows what doctor found at each link.
func (s *checkUp) chain(c *chain.Chain) {
	c.Clear()
	c.Says = "doctor looks at each link"
	if s.report == nil {
		return
	}
	broken := 0
	for _, f := range s.report.Findings {
		if f.State == doctor.Fail {
			broken++
		}
		if place, known := at[f.Place]; known {
			c.Find(place.link, place.part, states[f.State])
		}
	}
	c.Says = "no faults found"
	if broken > 0 {
		c.Says = counted(broken, "fault")
	}
	c.Link(chain.Snippet).State = c.Link(chain.Deployment).State
}

// chain shows all that the plan would change.
func (s *review) chain(c *chain.Chain) {
	if s.plan == nil {
		return
	}
	for _, r := range newProgress(s.plan.Changes) {
		state, note := r.link()
		c.Set(r.change.Kind, r.change.Name, state, note)
	}
	c.Says = "planned: " + counted(len(s.plan.Changes), "change")
}

func (s *snippet) spread() bool  { return s.reached() }
func (s *pageCode) spread() bool { return true }
func (s *hand) spread() bool     { return true }

// chain is closed by a sign-in that works.
func (s *signIn) chain(c *chain.Chain) {
	c.Says = "the test signs in through all of it"
	if s.verdict == nil {
		return
	}
	if c.Closed = s.verdict.OK; c.Closed {
		c.Says = "closed: the test passed"
		for i := range c.Links {
			c.Find(c.Links[i].Name, "", chain.Made)
		}
	}
}

// pageHost is where Messenger runs, as far as it is answered.
func (w *world) pageHost() string {
	u, err := url.Parse(w.shown().Get(guide.RedirectURIs).Value)
	if err != nil {
		return ""
	}
	return u.Host
}

// links shows what a section makes.
func (s *section) links(c *chain.Chain, here bool) {
	link := c.Link(about[s.info.ID])
	link.Here = link.Here || here
	rows := s.rows
	if rows == nil {
		rows = newProgress(s.plan.Changes)
	}
	for _, r := range rows {
		state, note := r.link()
		c.Set(r.change.Kind, r.change.Name, state, note)
	}
	if s.info.ID == guide.SectionSnippet && s.phase == done {
		link.State = chain.Made
	}
	if here && s.phase == stuck {
		link.State = chain.Broken
	}
	if here {
		c.Says = s.says()
	}
}

// link is how far the row's object is.
func (r row) link() (chain.State, string) {
	switch {
	case r.event.Phase == engine.Failed:
		return chain.Broken, ""
	case r.over:
		return chain.Made, ""
	case r.begun:
		return chain.Running, ""
	case r.change.Verb == engine.Create:
		return chain.Create, "new"
	case r.change.Verb == engine.Update:
		return chain.Update, "changed"
	default:
		return chain.Made, ""
	}
}

// says is what the chain shows in a section.
func (s *section) says() string {
	switch s.phase {
	case asking:
		return "where these answers end up"
	case ready:
		return "planned: " + counted(len(s.plan.Changes), "change")
	case applying:
		return "changes in progress"
	case stuck:
		return "1 fault"
	case done:
		return "created so far"
	default:
		return "reading current settings"
	}
}

func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
