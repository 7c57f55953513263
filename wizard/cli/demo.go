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

// The pace of a demo with a user, about that of the real services.
const (
	watchedLatency = 120 * time.Millisecond
	watchedSettle  = 1500 * time.Millisecond
)

// connection are the questions about the orgs and the sign-in methods. In a demo only the simulator answers them, so a
// demo reaches nothing real.
var connection = append([]guide.Key{guide.OktaToken, guide.GenesysClientSecret}, settled...)

// settled are those of them that are not asked at all. A token or a secret can be typed again: a fault may have made it
// wrong.
var settled = []guide.Key{
	guide.OktaOrg, guide.ConfirmOrg, guide.OktaSignIn, guide.OktaClientID, guide.OktaKey, guide.OktaKeyID,
	guide.ManualClientID, guide.ManualClientSecret,
	guide.GenesysRegion, guide.ConfirmRegion, guide.GenesysSignIn, guide.GenesysProfile, guide.GenesysClientID,
	guide.GenesysAccessToken, guide.CallbackPort,
}

func (p *Program) demoCommand() *cobra.Command {
	var (
		s    SimulatorOptions
		show show
	)
	o := newOptions()
	cmd := &cobra.Command{
		Use:   "demo",
		Short: "Practice without an org; the simulator replaces both services",
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
	s.register(cmd, p.Faults)
	return cmd
}

// pace gives the simulator the speed of the real services, times speed, unless a flag sets it.
func (o *SimulatorOptions) pace(cmd *cobra.Command, speed float64) {
	times := func(d time.Duration) time.Duration { return time.Duration(float64(d) / speed) }
	if !cmd.Flags().Changed("latency") {
		o.Latency = times(watchedLatency)
	}
	if !cmd.Flags().Changed("settle") {
		o.Settle = times(watchedSettle)
	}
}

func (p *Program) demo(ctx context.Context, o *options, so SimulatorOptions, show show) error {
	if o.output.word == "text" {
		fmt.Fprintln(p.Err, "DEMO · Nothing here is real. The simulator replaces both services.")
	}
	so.Demo = true
	s, err := p.simulate(ctx, so)
	if err != nil {
		return err
	}
	defer s.end(ctx)
	r := run{options: o, mode: p.mode(o), demo: s, fixed: connection}
	if r.mode == screen { // where nothing is asked that is answered
		r.fixed = settled
	}
	r.tour = show.tour
	if show.autoplay {
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

// lookupInDemo hides what could lead to a real org: all variables of other programs, and those that name an org. The
// answers that a fault needs come first.
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
