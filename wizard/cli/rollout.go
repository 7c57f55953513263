package cli

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/spf13/cobra"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/report"
)

// previous stands for the older version that the deployment used before.
const previous = "previous"

// genesysOnly are the answers that open Genesys Cloud.
func genesysOnly() []guide.Key {
	return slices.DeleteFunc(slices.Clone(connection), func(key guide.Key) bool {
		q, _ := guide.QuestionFor(key)
		return q.Section != guide.SectionGenesys
	})
}

// rollout is one run of the command rollout.
type rollout struct {
	to       string // the version; empty: none
	yes      bool
	versions setup.Versions
	plan     engine.Plan
	moved    *setup.Moved // nil: nothing was moved
}

func (p *Program) rolloutCommand() *cobra.Command {
	var r rollout
	c := &readCommand{keys: genesysOnly()}
	cmd := p.reads(c, "rollout", "Move a live deployment to another version, or back",
		"Shows the published versions that a deployment can use. With --to, it says what\n"+
			"visitors notice, asks, moves the deployment, and waits until browsers get the\n"+
			"version. `msgsso-wizard undo` undoes the move. To test a new version first, run\n"+
			"the guide with --rollout try.")
	c.registerOrgs(cmd, c.opening(), "Standard output: the versions (text) or one document (json)", map[guide.Key]string{
		guide.DeploymentName: "Name or ID of the deployment (%s; default Web SSO, or the only one)",
	})
	c.registerState(cmd)
	f := cmd.Flags()
	f.Func("to", "`VERSION` to move the deployment to: a number, or previous for the older one that it used before", r.parse)
	complete(cmd, "to", []cobra.Completion{cobra.CompletionWithDesc(previous, "the older one that it used before")})
	f.BoolVar(&r.yes, "yes", false, "Don't ask")
	c.do = r.do
	c.document = func(l *readRun, problem *setup.ResultError) any {
		return report.RolloutOf(r.versions, r.plan, r.to, r.moved, l.calls(), problem)
	}
	return cmd
}

func (r *rollout) parse(text string) error {
	if n, err := strconv.Atoi(text); text != previous && (err != nil || n < 1 || strconv.Itoa(n) != text) {
		return fmt.Errorf("%q is no version: write a number, such as 2, or %s", text, previous)
	}
	r.to = text
	return nil
}

func (r *rollout) do(ctx context.Context, l *readRun) (err error) {
	if r.to != "" && !r.yes && l.mode == unattended {
		return needsTerminal("Moving a deployment asks first")
	}
	if r.versions, err = l.env.Versions(ctx, l.bench.Deployment); err != nil {
		return err
	}
	if l.options.output.word == "text" {
		report.Versions(l.prose(), r.versions)
	}
	if r.to == previous {
		version, err := r.versions.Previous(l.pastRuns()...)
		if err != nil {
			return err
		}
		r.to = version
	}
	if r.to == "" {
		return nil
	}
	plan, err := l.env.PlanMove(ctx, r.versions.Deployment.ID, r.to)
	if err != nil {
		return err
	}
	r.plan = plan.Plan
	moved, err := l.session.Move(ctx, plan, r.yes)
	if now := l.env.Moved(); moved && now.Deployment.ID != "" {
		r.moved = &now
	}
	return err
}

// pastRuns are what is left of the runs on this computer, the oldest first. Those that can't be read tell nothing.
func (l *readRun) pastRuns() (past []engine.PastRun) {
	folder, err := l.openState(l.options.stateDir)
	if err != nil {
		return nil
	}
	runs, _, _ := folder.Runs()
	for _, run := range runs {
		past = append(past, run.PastRun())
	}
	return past
}
