package line

import (
	"context"
	"fmt"
	"io"

	"msgsso-wizard/steps"
	"msgsso-wizard/wizard/report"
)

// Config is what a run in lines needs.
type Config struct {
	Env    *steps.Env // with Emit set: progress is the caller's; Run sets Prompt
	In     io.Reader  // the answers; a secret is not echoed if this is a terminal
	Out    io.Writer  // prompts and plans
	Marks  report.Marks
	Fixed  []steps.Key                      // questions that are answered already and not put
	Gently func(stop func()) (reset func()) // until reset is called, the first interrupt calls stop and nothing else
}

type guide struct {
	env     *steps.Env
	in      *input
	out     io.Writer
	marks   report.Marks
	fixed   []steps.Key
	gently  func(func()) func()
	way     []stop
	section steps.SectionID // whose heading was written last
	one     chan struct{}   // taken while a person has something to do
}

// Run leads through the guide, carries it out, and returns nil when everything is done, with whether the
// Okta API token was revoked then. The error is a report.Quit, a *steps.Error, or the context's cause.
func Run(ctx context.Context, cfg Config) (revoked bool, err error) {
	g := newGuide(cfg)
	g.env.Prompt = g.person
	fmt.Fprintln(g.out, "Enter takes the answer in brackets, ? explains the question, back goes to the one before.")
	if err := g.walk(ctx); err != nil {
		return false, err
	}
	return g.revoke(ctx, g.env), nil
}

func newGuide(cfg Config) *guide {
	g := &guide{
		env: cfg.Env, in: newInput(cfg.In), out: cfg.Out, marks: cfg.Marks, fixed: cfg.Fixed, gently: cfg.Gently,
		one: make(chan struct{}, 1),
	}
	g.way = g.stops()
	return g
}

// look plans one section, which only reads, so that a wrong answer shows where it was given.
func (g *guide) look(ctx context.Context, section steps.SectionID) error {
	plan, err := steps.MakePlan(ctx, g.env, section)
	report.Notices(g.out, g.marks, plan.Notices)
	return err
}

// carryOut plans the whole guide, asks for consent and applies the plan.
func (g *guide) carryOut(ctx context.Context) error {
	plan, err := steps.MakePlan(ctx, g.env)
	if err != nil {
		return err
	}
	if err := report.CheckFile(g.env.Answers.Value(steps.SnippetFile), g.env.Result(0).Genesys.DeploymentID); err != nil {
		return err
	}
	fmt.Fprintln(g.out)
	report.Plan(g.out, g.marks, plan)
	if plan.Writes() {
		if err := g.consent(ctx); err != nil {
			return err
		}
	}
	if g.gently != nil {
		defer g.gently(g.env.Stop)()
	}
	return steps.Apply(ctx, g.env)
}

// consent asks whether the plan is to be carried out. It is nil for yes.
func (g *guide) consent(ctx context.Context) error {
	for {
		switch word, err := g.choice(ctx, "Do it? [Y/n/back/hand] ", "yes", "no", "back", "hand"); {
		case err != nil:
			return err
		case word == "no":
			return report.Quit{}
		case word == "back":
			return errBack
		case word == "hand":
			report.ByHand(g.out, g.env.Answers, steps.Guide())
		default:
			return nil
		}
	}
}
