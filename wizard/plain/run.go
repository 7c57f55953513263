package plain

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/report"
	"msgsso-wizard/wizard/verify"
)

// Config is what a Session needs.
type Config struct {
	Env    *setup.Session // with Emit set: progress is the caller's; New sets Prompt where there is an In
	In     io.Reader      // the answers; a secret is not echoed if this is a terminal; nil: nobody is there
	Out    io.Writer      // prompts and plans
	Marks  report.Marks
	Fixed  []guide.Key                      // questions that are answered already and not put
	Gently func(stop func()) (reset func()) // until reset is called, the first interrupt calls stop and nothing else; nil: none does

	Busy     func(what string) (done func())         // says now and then that what is awaited; nil: nothing is said
	Reached  func() error                            // what is done once Run has the snippet
	Verifier func(deployment string) verify.Verifier // what Run offers then; nil: nothing
	Open     func(string) error                      // an address in a browser; nil: nobody's browser is opened
	Fill     func(guide.Question) error              // answers a hidden question with a secret that is kept; nil: none is
	Code     io.Writer                               // takes page code, line by line as it is
	Record   func(setup.Result) string               // the hand-over record of what Run came to; nil: there is none
	Undo     setup.Undoer                            // takes back what Run made; nil: nothing can be

	Rehearse func(setup.Plan) // of a dry run: Run shows it the plan, carries nothing out and ends; nil: it is no dry run
}

// bothServices is whose answers a look at the orgs awaits.
const bothServices = "Okta and Genesys Cloud"

// Session speaks with one person in lines.
type Session struct {
	Config
	in      *input
	way     []stop
	section guide.SectionID // whose heading was written last
	one     chan struct{}   // taken while a person has something to do
	told    map[string]bool // the notices that were written
}

// Run leads through the guide, carries it out, offers to prove it, and returns nil when everything is done, with
// whether the Okta API token was revoked then. The error is a report.Quit, a *explain.Error, or the context's cause.
func (g *Session) Run(ctx context.Context) (revoked bool, err error) {
	fmt.Fprintln(g.Out, "Enter takes the answer in brackets, ? explains the question, back goes to the one before.")
	g.needs(ctx)
	if err := g.walk(ctx); err != nil {
		return false, err
	}
	if g.Rehearse != nil {
		return false, nil
	}
	if g.Reached != nil {
		if err := g.Reached(); err != nil {
			return false, err
		}
	}
	if err := g.offer(ctx); err != nil {
		return false, err
	}
	return g.revoke(ctx, g.Env), nil
}

// checkLimit is how long the look at what is needed may keep the first question waiting.
const checkLimit = 5 * time.Second

// needs lists what has to be there, looked at as far as there are answers.
func (g *Session) needs(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, checkLimit)
	defer cancel()
	fmt.Fprintln(g.Out)
	report.Prerequisites(g.Out, g.Marks, g.Env.CheckPrerequisites(ctx))
}

// New begins to speak.
func New(cfg Config) *Session {
	if cfg.Busy == nil {
		cfg.Busy = func(string) func() { return func() {} }
	}
	if cfg.Gently == nil {
		cfg.Gently = func(func()) func() { return func() {} }
	}
	g := &Session{Config: cfg, one: make(chan struct{}, 1), told: map[string]bool{}}
	if cfg.In == nil {
		g.in = newInput(strings.NewReader(""))
	} else {
		g.in = newInput(cfg.In)
		g.Env.Prompt = g.person
	}
	g.way = g.stops()
	return g
}

func (g *Session) plan(ctx context.Context, sections ...guide.SectionID) (setup.Plan, error) {
	defer g.Busy(bothServices)()
	return g.Env.Plan(ctx, sections...)
}

// look plans one section, which only reads, so that a wrong answer shows where it was given.
func (g *Session) look(ctx context.Context, section guide.SectionID) error {
	plan, err := g.plan(ctx, section)
	g.notices(plan.Notices)
	return err
}

// notices writes what a plan found.
func (g *Session) notices(notices []engine.Notice) {
	report.Notices(g.Out, g.Marks, notices)
	for _, n := range notices {
		g.told[n.Text] = true
	}
}

// untold writes what needs attention in a plan and was not written yet.
func (g *Session) untold(plan setup.Plan) {
	g.notices(slices.DeleteFunc(plan.Attention(), func(n engine.Notice) bool { return g.told[n.Text] }))
}

// carryOut plans the whole guide, asks for consent and applies the plan.
func (g *Session) carryOut(ctx context.Context) error {
	plan, err := g.propose(ctx)
	for errors.Is(err, errAgain) {
		plan, err = g.propose(ctx)
	}
	if err != nil || g.Rehearse != nil {
		return err
	}
	stop := engine.NewStop()
	defer g.Gently(stop.Stop)()
	return g.Env.Apply(ctx, plan, stop)
}

// propose shows all answers and the whole plan, and is nil when it is to be carried out. A dry run ends with it.
func (g *Session) propose(ctx context.Context) (setup.Plan, error) {
	plan, err := g.plan(ctx)
	if err != nil {
		return plan, err
	}
	if err := report.CheckFile(g.Env.Answers.Value(guide.SnippetFile), g.Env.Result(0).Genesys.DeploymentID); err != nil {
		return plan, err
	}
	fmt.Fprintln(g.Out)
	if g.Rehearse != nil {
		g.Rehearse(plan)
		return plan, nil
	}
	g.review()
	report.Plan(g.Out, g.Marks, plan)
	g.untold(plan)
	if !plan.Writes() {
		return plan, nil
	}
	return plan, g.consent(ctx)
}

// consent asks whether the plan is to be carried out. It is nil for yes.
func (g *Session) consent(ctx context.Context) error {
	for {
		switch word, err := g.choice(ctx, "Do it? [Y/n/edit/back/hand] ", "yes", "no", "edit", "back", "hand"); {
		case err != nil:
			return err
		case word == "no":
			return report.Quit{}
		case word == "back":
			return errBack
		case word == "edit":
			if err := g.change(ctx); err != nil {
				return err
			}
		case word == "hand":
			report.Manual(g.Out, g.Env.View(), guide.Sections())
		default:
			return nil
		}
	}
}
