package wizard

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	"msgsso-wizard/steps"
)

// welcome says what the wizard does, before it does anything.
type welcome struct{ *world }

func (s *welcome) enter(bool) action   { return stay{} }
func (s *welcome) paste(string) action { return stay{} }
func (s *welcome) result(any) action   { return stay{} }

func (s *welcome) key(msg tea.KeyPressMsg) action {
	switch msg.String() {
	case "enter":
		if s.began.IsZero() {
			s.began, s.resuming = time.Now(), s.resume != ""
		}
		return next{}
	case "q":
		return s.leave()
	}
	return pass{}
}

func (s *welcome) page(width, _ int) page {
	var p page
	width = min(width, readable)
	p.add(" "+s.theme.strong.Render("Okta sign-in for Genesys Cloud Messenger"), "")
	if s.resume != "" {
		p.add(s.notice(" ", false, s.resume, width)...)
		p.add("")
	}
	p.add(wrap("Visitors of your website sign in with Okta before they chat. This wizard sets it up in both services, one section after the other:", width-1, " ")...)
	p.add("")
	for i, section := range steps.Guide() {
		p.add(s.fit(fmt.Sprintf("   %d  %s", i+1, section.Title), width-1))
	}
	p.add("")
	p.add(wrap("It adds an app to your Okta org, and an integration, a configuration and a deployment to your Genesys Cloud organization.", width-1, " ")...)
	p.add("")
	p.add(wrap("Each section first reads and shows what it would change. Nothing is written before you say so.", width-1, " ")...)
	return p
}

func (s *welcome) hints() []hint { return []hint{{"enter", "start"}, {"q", "quit"}} }
