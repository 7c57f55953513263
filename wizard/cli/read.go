package cli

import (
	"cmp"
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"msgsso-wizard/steps/answersfile"
	"msgsso-wizard/steps/doctor"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/plain"
	"msgsso-wizard/wizard/report"
	"msgsso-wizard/wizard/verify"
)

// readCommand is a command that reads an existing setup.
type readCommand struct {
	*options
	runs      string      // takes the ID of a run, and this is what to do with more; empty: it takes none
	keys      []guide.Key // answers that open what it needs; nil: connection
	spare     []guide.Key // answers it can do without
	noBrowser bool
	prepare   func(*readRun, *guide.Answers) (idle bool, err error) // nil: nothing; adds answers before the questions
	anywhere  bool                                                  // needs no deployment
	several   bool                                                  // takes an answers file with several sites
	do        func(context.Context, *readRun) error
	document  func(*readRun, *setup.ResultError) any // what --output json writes
}

// readRun is one run of it.
type readRun struct {
	run
	session *plain.Session
	bench   *verify.Bench
	named   string             // the ID of the run that was named; empty: none was
	release func()             // unlocks the run journals; nil: they aren't locked
	sites   []answersfile.Site // those of the answers file; empty: it has none
	written bool               // the error was already written
}

// reads makes the command. It runs in plain mode also where a full screen is possible.
func (p *Program) reads(c *readCommand, use, short, long string) *cobra.Command {
	c.options = newOptions()
	cmd := &cobra.Command{Use: use, Short: short, Long: long, Args: noArguments}
	if c.runs != "" {
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				return explain.New(explain.ClassUsage, "", cmd.CommandPath()+" takes 1 run at most.", c.runs)
			}
			return nil
		}
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		l := &readRun{run: run{options: c.options, mode: p.mode(c.options), Program: p}, named: strings.Join(args, "")}
		if l.mode == screen {
			l.mode = lines
		}
		defer func() {
			if l.release != nil {
				l.release()
			}
		}()
		return l.end(c, l.perform(cmd.Context(), c))
	}
	return cmd
}

// perform connects to the orgs and runs the command.
func (l *readRun) perform(ctx context.Context, c *readCommand) error {
	answers, sites, err := c.collect(l.environment)
	if !c.several {
		answers, sites = c.alone(answers, sites)
		err = cmp.Or(err, oneSite(sites))
	}
	if err != nil {
		return err
	}
	l.sites = sites
	if c.prepare != nil {
		if idle, err := c.prepare(l, answers); idle || err != nil {
			return err
		}
	}
	closing, err := l.open(ctx, l.Program, answers)
	if err != nil {
		return err
	}
	defer closing()
	l.env.Files = l.files()
	if l.env.Journal == nil && c.prepare == nil {
		fixes := &later{Journal: l.known(answers), open: func() (setup.Journal, func(), error) { return l.begin(answers) }}
		l.env.Journal = fixes
		defer fixes.end()
	}
	ctx, i, done := watch(ctx, l.Signals, l.Err)
	defer done()
	cfg := l.front(ctx, i, true)
	if l.mode != lines || c.noBrowser {
		cfg.Open = nil
	}
	l.session, l.bench = plain.New(cfg), &verify.Bench{Env: l.env, Busy: l.busy}
	err = l.connect(ctx, c)
	if err == nil {
		err = c.do(ctx, l)
	}
	return errors.Join(i.explain(err), l.endTranscript())
}

// connect gets the answers for the orgs and the deployment, and asks for missing ones on a terminal.
func (l *readRun) connect(ctx context.Context, c *readCommand) error {
	if l.mode == lines {
		if err := l.session.Connect(ctx, c.opening(), c.spare); err != nil {
			return err
		}
	} else if missing := l.missing(c, guide.SectionOkta, guide.SectionGenesys); len(missing) > 0 {
		return explain.MissingAnswers(missing)
	}
	if page := l.env.Answers.Get(guide.RedirectURIs); page.From != guide.FromDefault {
		l.bench.RedirectURI = page.Value
	}
	named := l.env.Answers.Get(guide.DeploymentName)
	switch {
	case c.anywhere, len(l.sites) > 0:
	case named.From != guide.FromDefault:
		l.bench.Deployment = named.Value
	case l.mode == lines && len(l.missing(&readCommand{}, guide.SectionGenesys)) == 0:
		done := l.busy("the deployments")
		options, err := doctor.Deployments(ctx, l.env)
		done()
		if err != nil {
			return err
		}
		l.bench.Deployment, err = l.session.Pick(ctx, "Deployment", options, named.Value)
		return err
	}
	return nil
}

func (l *readRun) missing(c *readCommand, sections ...guide.SectionID) []guide.Question {
	return slices.DeleteFunc(l.env.Answers.Missing(sections...), func(q guide.Question) bool {
		return !slices.Contains(c.opening(), q.Key) || slices.Contains(c.spare, q.Key)
	})
}

// opening are the answers that open what the command needs.
func (c *readCommand) opening() []guide.Key {
	if c.keys != nil {
		return c.keys
	}
	return connection
}

// end reports the error of the command and writes the document.
func (l *readRun) end(c *readCommand, err error) error {
	var problem *setup.ResultError
	if err != nil {
		err = l.crashed(l.options.stateDir, err)
		e := report.Explain(err)
		if errors.As(err, new(report.Interrupted)) {
			e.Fix = ""
		}
		if problem = &e; !l.written {
			report.Problem(l.Err, l.marks(l.mode == lines), e, nil)
		}
	}
	return l.conclude(c.options, l.marks(l.mode == lines), c.document(l, problem), nil, err)
}

func needsTerminal(asks string) error {
	return explain.New(explain.ClassUsage, "", asks+", but there is no terminal.", "Add --yes, or run it in a terminal.")
}

func (l *readRun) prose() io.Writer { return report.Wrap(l.Out, widthOf(l.Out)) }

// made is what the run came to.
func (l *readRun) made() setup.Result {
	if l.env == nil {
		return setup.Result{}
	}
	return l.env.Result(0)
}

func (l *readRun) calls() services.Calls {
	if l.services == nil {
		return services.Calls{}
	}
	return l.services.Calls()
}
