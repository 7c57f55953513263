package setup

import (
	"context"
	"sync"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/explain"
	genesyssteps "msgsso-wizard/steps/genesys"
	"msgsso-wizard/steps/guide"
	oktasteps "msgsso-wizard/steps/okta"
	"msgsso-wizard/steps/services"
)

// Session is what a front end leads through the guide with. Its exported members are set before it is used; only one of
// its methods that speak to the services may be under way.
type Session struct {
	Answers *guide.Answers
	Dial    services.Dialer
	Files   services.Files
	Emit    func(engine.Event)                       // nil: not watched; called from several goroutines
	Calls   func() services.Calls                    // how many calls were sent so far; nil: not counted
	Poll    time.Duration                            // the first pause between two reads of something that needs time; 0: 250 ms
	Journal Journal                                  // nil: nothing is kept
	Earlier func(organization string) *guide.Answers // what runs in that organization were answered before; nil: not known
	Ahead   engine.Ahead                             // what other runs do before this one; nil: nothing
	Prompt  services.Prompter                        // shows a user what to do while a call is under way; nil: unattended

	mu      sync.Mutex
	ledger  engine.Ledger
	main    *Session      // the guide's session, whose result has the changes of this one, too; nil: it is alone
	worked  time.Duration // by Apply
	learned learned
	opened  opened
	notices []engine.Notice // of the plans that were applied, those that need attention
	graph   *graph          // of the guide's last plan; nil: none
	moved   Moved           // the last move of a deployment
}

// opened are the orgs that the guide's plans signed in to. They stay open whatever becomes of a later plan.
type opened struct {
	okta         oktasteps.Org
	genesys      genesyssteps.Session
	organization genesys.Organization
}

// Journal keeps what the runs of a session change.
type Journal interface {
	engine.Journal
	// Enter gets the Genesys Cloud organization a run is in before it writes there. It refuses another one than the
	// run began in.
	Enter(organization string) error
	// Did returns what the run did to objects of a kind, or may have done, oldest first.
	Did(kind guide.ObjectKind) []engine.Entry
	// Known reports whether this computer's records tell of a change of the object.
	Known(kind guide.ObjectKind, name, id string) bool
}

// Ask shows a prompt to the user at the terminal. Without a terminal, the error says so.
func (s *Session) Ask(ctx context.Context, p services.Prompt) (string, error) {
	return s.Prompt.Ask(ctx, p)
}

// Pause tells the front end that a service asked for a pause of so long. It fits services.Network.OnWait.
func (s *Session) Pause(text string, d time.Duration) {
	s.emit(engine.Event{Phase: engine.Paused, Text: text, Limit: d})
}

func (s *Session) emit(ev engine.Event) {
	if ev.Phase == engine.Finished {
		s.learned.time(ev.Change.Kind, ev.Elapsed)
	}
	if s.Emit != nil {
		s.Emit(ev)
	}
}

func (s *Session) access(answers *guide.Answers) services.Access {
	return services.Access{Answers: answers, Dial: s.Dial, Files: s.Files}
}

// Made returns what was created, updated, or found so far, in the guide's order.
func (s *Session) Made() []engine.Change { return s.changes().Made() }

func (s *Session) changes() *engine.Ledger {
	if s.main != nil {
		return &s.main.ledger
	}
	return &s.ledger
}

// OtherRun returns the session of another run in the same orgs, such as a rotation. The result of s has its changes, too.
func (s *Session) OtherRun(j Journal) *Session {
	return &Session{Answers: s.Answers, Dial: s.Dial, Files: s.Files, Emit: s.emit, Calls: s.Calls, Poll: s.Poll, Journal: j, Prompt: s.Prompt, main: s}
}

// Worked is how long plans were applied, without the time in which a user read or answered.
func (s *Session) Worked() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.worked
}

// current is the graph of the last plan of the guide; one without nodes, if there is none.
func (s *Session) current() *graph {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.graph == nil {
		return s.build(guide.NewAnswers(), nil)
	}
	return s.graph
}

func (s *Session) keep(g *graph) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.graph = g
}

// StartOver forgets what plans found of the guide's objects, after something else changed them. The orgs stay open.
func (s *Session) StartOver() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.graph, s.notices, s.moved = nil, nil, Moved{}
}

// remember keeps what the guide opened.
func (s *Session) remember(change func(*opened)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.opened)
}

// orgs are what the guide has open.
func (s *Session) orgs() opened {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.opened
}

// View returns the answers for display: those that were given, and what the last plan found for the others.
func (s *Session) View() *guide.Answers {
	view := s.Answers.Clone()
	g := s.current()
	if app, ok := g.app.Peek(); ok && app.ID != "" {
		pages := oktasteps.PagesOf(s.Answers, app)
		for key, answer := range map[guide.Key]guide.Answer{
			guide.RedirectURIs: pages.Redirect, guide.LogoutURIs: pages.Logout, guide.GrantTypes: pages.GrantTypes,
		} {
			if answer.From == guide.FromOrg {
				view.Found(key, answer.Values...)
			}
		}
		if g.assigned != nil {
			if assigned, all := g.assigned.Peek(); all {
				oktasteps.FindAssignment(view, app, assigned)
			}
		}
	}
	if server, ok := g.server.Peek(); ok {
		view.Found(guide.DiscoveryURI, server.DiscoveryURI)
	}
	if flows, ok := g.genesys.Flows.Peek(); ok {
		deployment, _ := g.deployment.Peek()
		if flow, err := genesyssteps.ChooseFlow(s.Answers.Get(guide.MessageFlow), flows, deployment.FlowID); err == nil && flow.Name != "" {
			view.Found(guide.MessageFlow, flow.Name)
		}
	}
	return view
}

// Revocable reports whether the Okta API token was typed for this run and is still valid, so that it should be revoked
// at the end. Tokens from the environment are kept: other tools may use them.
func (s *Session) Revocable() bool {
	token := s.Answers.Get(guide.OktaToken)
	return s.orgs().okta.API != nil && s.Answers.Value(guide.OktaSignIn) == guide.OktaByToken && token.From == guide.FromUser && !s.Answers.Secret(guide.OktaToken).Empty()
}

// RateLimits returns what the services said about their rate limits, and how many calls counted against each.
func (s *Session) RateLimits() []apiclient.RateLimit {
	var all []apiclient.RateLimit
	in := s.orgs()
	if in.okta.API != nil {
		all = append(all, in.okta.API.RateLimits()...)
	}
	if in.genesys.API != nil {
		all = append(all, in.genesys.API.RateLimits()...)
	}
	return all
}

// PlannedSnippet returns the snippet of the deployment that the last plan found; empty: it found none.
func (s *Session) PlannedSnippet() string {
	deployment, _ := s.current().deployment.Peek()
	return deployment.Snippet
}

// Revoke revokes the API token at Okta (contract okta.md 3.1) and forgets it. Not to be called while a run is under way.
func (s *Session) Revoke(ctx context.Context) error {
	if err := s.orgs().okta.API.RevokeToken(ctx); err != nil {
		return explain.Explain(guide.StepIdentify, err)
	}
	s.remember(func(o *opened) { o.okta.API = nil })
	return s.Answers.Set(guide.OktaToken, guide.FromUser, "")
}

// SignOut ends the session of a user who signed in to Genesys Cloud with the browser; tokens of other kinds are left
// alone. Not to be called while a run is under way.
func (s *Session) SignOut(ctx context.Context) error {
	if api := s.orgs().genesys.API; api != nil {
		return api.SignOut(ctx)
	}
	return nil
}
