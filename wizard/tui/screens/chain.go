package screens

import (
	"cmp"
	"slices"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/signintest"
	"msgsso-wizard/wizard/chain"
	"msgsso-wizard/wizard/report"
	"msgsso-wizard/wizard/tui/screen"
	"msgsso-wizard/wizard/tui/style"
)

// about says which link a section is about.
var about = map[guide.SectionID]string{
	guide.SectionOkta: chain.App, guide.SectionGenesys: chain.Integration, guide.SectionIntegration: chain.Integration,
	guide.SectionConfiguration: chain.Configuration, guide.SectionDeployment: chain.Deployment, guide.SectionSnippet: chain.Snippet,
}

// FillChain shows what doctor found at each link.
func (s *doctorScreen) FillChain(c *chain.Chain) {
	if s.report == nil {
		c.Clear()
		c.Says = "doctor checks each link"
		return
	}
	report.FillFound(c, s.report)
	c.Says = "no faults found"
	if n := len(s.warnings()); n > 0 {
		c.Says = "no faults, " + screen.Counted(n, "warning")
	}
	if n := len(s.Failures); n > 0 {
		c.Says, c.Closed = screen.Counted(n, "fault"), false
	}
	turnToFaults(c)
}

// turnToFaults has the chain be about the links that are broken.
func turnToFaults(c *chain.Chain) {
	for i := range c.Links {
		c.Links[i].Here = c.Links[i].State == chain.Broken
	}
}

// WholeWidth reports whether the screen has text to copy.
func (s *Snippet) WholeWidth() bool  { return s.Reached() && s.Form == nil }
func (s *pageCode) WholeWidth() bool { return true }
func (s *manual) WholeWidth() bool   { return true }

// faulty is the link that a fault of the test is at.
var faulty = map[signintest.Side]string{
	signintest.SideOkta: chain.App, signintest.SideBetween: chain.Integration, signintest.SideGenesys: chain.Integration,
}

// faultyPart is the part of it that the wizard would fix.
var faultyPart = map[signintest.Fix]string{signintest.FixCredential: "credential", signintest.FixDiscovery: "Discovery URI"}

// breaks notes the link at which a test failed, and reports whether it is known.
func breaks(c *chain.Chain, result *signintest.Result) bool {
	link, known := faulty[result.Side]
	if known {
		c.Find(link, "", chain.Broken)
		c.Find(link, faultyPart[result.AutoFix], chain.Broken)
	}
	return known
}

// FillChain shows the link at fault; the chain is closed by a sign-in that works.
func (s *signIn) FillChain(c *chain.Chain) {
	c.Says = "the test checks each link"
	if s.result == nil {
		return
	}
	if breaks(c, s.result) {
		c.Says = "it stops here"
		turnToFaults(c)
	}
	if c.Closed = s.result.OK; c.Closed {
		c.Says = "closed: the test passed"
		for i := range c.Links {
			c.Links[i].Here = false
			c.Find(c.Links[i].Name, "", chain.Made)
		}
	}
}

// FillChain shows what undo would delete.
func (s *Undoing) FillChain(c *chain.Chain) {
	if s.Phase != screen.Ready || len(s.goes()) == 0 {
		return
	}
	c.Says, c.Closed = "what would be deleted", false
	for i := range c.Links {
		c.Links[i].Here = false
	}
	for _, item := range s.goes() {
		if item.Act != engine.Restore && item.Kind != guide.KindVersion { // which is not all of its link
			c.Set(item.Kind, item.Name, chain.Delete, "")
		}
	}
	for _, along := range goesAlong {
		if c.Link(along.of).Own == chain.Delete {
			c.Find(along.link, along.part, chain.Delete)
		}
	}
}

// goesAlong is what goes with the object of a link, without another deletion.
var goesAlong = []struct{ of, link, part string }{
	{chain.App, chain.App, "assignment"}, {chain.Integration, chain.Integration, "Discovery URI"}, {chain.Deployment, chain.Snippet, ""},
}

// Links shows what a section makes.
func (s *Section) Links(c *chain.Chain, here bool) {
	link := c.Link(about[s.Info.ID])
	link.Here = link.Here || here
	rows := s.Rows
	if rows == nil {
		rows = screen.NewProgress(s.Plan.Changes)
	}
	for _, r := range rows {
		state, note := r.Link()
		c.Set(r.Change.Kind, r.Change.Name, state, note)
	}
	if s.Info.ID == guide.SectionSnippet && s.Phase == screen.Done {
		s.linksProved(c)
	}
	if here && s.Phase == screen.Failed {
		link.State = chain.Broken
	}
	if here {
		c.Says = s.says()
	}
}

// says is what the chain shows in a section.
func (s *Section) says() string {
	switch s.Phase {
	case screen.Asking:
		return "where these answers end up"
	case screen.Ready:
		return "planned: " + screen.Counted(len(s.Plan.Changes), "change")
	case screen.Applying:
		return "changes in progress"
	case screen.Failed:
		return "it stops here"
	case screen.Done:
		return "created so far"
	default:
		return "reading current settings"
	}
}

// linksProved shows what the last section read back: all but the page is there. The page is the admin's, so that it is
// ahead until a sign-in test or doctor saw it.
func (s *Section) linksProved(c *chain.Chain) {
	c.Closed = s.Did[screen.TodoTestPassed]
	for _, l := range c.Links {
		if l.Name != chain.Page || s.Proved() {
			c.Find(l.Name, "", chain.Made)
		}
	}
}

// FillChain says whose turn it is.
func (s *Snippet) FillChain(c *chain.Chain) {
	if s.Reached() {
		c.Says = screen.Tern(s.Proved(), "all proved", "your page is next")
	}
	switch {
	case !s.Reached():
	case s.Refused != nil:
		c.Says = "the sign-in test failed"
		breaks(c, s.Refused)
	case s.faulty():
		c.Says, c.Closed = "doctor found "+screen.Counted(len(s.Failures), "fault"), false
		report.Find(c, s.Failures)
	}
}

// stopNames are what the stepper calls the links.
var stopNames = map[string]string{chain.Page: "Page", chain.Integration: "Integration", chain.Configuration: "Configuration"}

// LinkStops are the links as the stepper shows them: ahead is what isn't made yet. The user is at the first that is ahead.
func LinkStops(c *chain.Chain) []style.Stop {
	stops := make([]style.Stop, len(c.Links))
	here := true
	for i, l := range c.Links {
		stops[i] = style.Stop{Name: cmp.Or(stopNames[l.Name], l.Name), State: l.State}
		if l.State == chain.Create || l.State == chain.Update || l.State == chain.Running {
			stops[i].State = chain.Ahead
		}
		stops[i].Here = here && stops[i].State == chain.Ahead
		here = here && !stops[i].Here
	}
	return stops
}

// StopSays is the link that a narrow window names: the one that is broken, or the one that is next; else what the chain
// says.
func StopSays(stops []style.Stop, says string) string {
	for _, s := range slices.Backward(stops) {
		switch {
		case s.State == chain.Broken:
			return s.Name
		case s.Here:
			says = s.Name
		}
	}
	return says
}
