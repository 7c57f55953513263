package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// The pace of a demo that a person watches, about that of the real services.
const (
	watchedLatency = 120 * time.Millisecond
	watchedSettle  = 1500 * time.Millisecond
)

// connection are the questions whose answers say which orgs are reached, and how they are signed in to. In a demo
// the simulator answers them and nobody else does, so that a demo reaches nothing real.
var connection = []guide.Key{
	guide.OktaOrg, guide.OktaSignIn, guide.OktaToken, guide.OktaClientID, guide.OktaKey, guide.OktaKeyID,
	guide.ManualClientID, guide.ManualClientSecret,
	guide.GenesysRegion, guide.GenesysSignIn, guide.GenesysProfile, guide.GenesysClientID, guide.GenesysClientSecret,
	guide.GenesysAccessToken, guide.CallbackPort,
}

func (p *Program) demoCommand() *cobra.Command {
	var s SimulatorOptions
	o, show := newOptions(), autoplay{}
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Try everything without an org: both services are simulated on this computer",
		Args:  noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := show.check(cmd, p.mode(o)); err != nil {
				return p.refuse(o, err)
			}
			if p.mode(o) != unattended {
				s.pace(cmd, show.speed)
			}
			return p.demo(cmd.Context(), o, s, show)
		},
	}
	o.register(cmd, connection)
	show.register(cmd.Flags())
	s.register(cmd, p.Failures)
	return cmd
}

// pace gives the simulated services the speed of real ones, or so many times that, unless a flag says otherwise.
func (o *SimulatorOptions) pace(cmd *cobra.Command, speed float64) {
	times := func(d time.Duration) time.Duration { return time.Duration(float64(d) / speed) }
	if !cmd.Flags().Changed("latency") {
		o.Latency = times(watchedLatency)
	}
	if !cmd.Flags().Changed("settle") {
		o.Settle = times(watchedSettle)
	}
}

func (p *Program) demo(ctx context.Context, o *options, so SimulatorOptions, show autoplay) error {
	if o.output.word == "text" {
		fmt.Fprintln(p.Err, "DEMO · nothing here is real: both services are simulated on this computer.")
	}
	s, err := p.simulate(ctx, so)
	if err != nil {
		return err
	}
	defer s.end(ctx)
	r := run{options: o, mode: p.mode(o), demo: true, fixed: connection}
	if show.on {
		r.speed = show.speed
	}
	return p.guide(ctx, r, func(answers *guide.Answers) error {
		err := explain.Explain("", answers.FromEnvironment(p.lookupInDemo(s.Answers)))
		for key, value := range map[guide.Key]string{
			guide.OktaOrg: s.Okta, guide.OktaToken: s.Token,
			guide.GenesysRegion: s.Genesys, guide.GenesysClientID: s.ClientID, guide.GenesysClientSecret: s.ClientSecret,
		} {
			err = errors.Join(err, answers.Set(key, guide.FromOrg, value))
		}
		return err
	})
}

// lookupInDemo hides what could lead to a real org: everything but this program's own variables, and of
// those the ones that name an org. What a failure takes goes before them.
func (p *Program) lookupInDemo(staged []string) func(name string) (string, bool) {
	return func(name string) (string, bool) {
		for _, line := range staged {
			if value, ok := strings.CutPrefix(line, name+"="); ok {
				return value, true
			}
		}
		names := func(key guide.Key) bool {
			q, _ := guide.QuestionFor(key)
			return slices.Contains(q.Env, name)
		}
		if !strings.HasPrefix(name, "MSGSSO_") || slices.ContainsFunc(connection, names) {
			return "", false
		}
		return p.Lookup(name)
	}
}
