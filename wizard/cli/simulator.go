package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// closing bounds the wait for open connections at the end of the simulator.
const closing = 200 * time.Millisecond

func (p *Program) simulatorCommand() *cobra.Command {
	var o SimulatorOptions
	cmd := &cobra.Command{
		Use:   "simulator",
		Short: "Serve simulated Okta and Genesys Cloud until you stop it",
		Args:  noArguments,
		RunE:  func(cmd *cobra.Command, _ []string) error { return p.simulator(cmd.Context(), o) },
	}
	f := cmd.Flags()
	f.SortFlags = false
	f.StringVar(&o.OktaListen, "okta-listen", "127.0.0.1:0", "Listen for Okta calls on `ADDR`, host:port; port 0 picks a free one")
	f.StringVar(&o.GenesysListen, "genesys-listen", "127.0.0.1:0", "Listen for Genesys Cloud calls on `ADDR`")
	f.DurationVar(&o.Lag, "lag", 0, "Reads find a new object only after `D`, such as 2s")
	f.BoolVar(&o.LagWrites, "lag-writes", false, "With --lag: writes find it only then, too")
	o.register(cmd, p.Faults)
	return cmd
}

func (o *SimulatorOptions) register(cmd *cobra.Command, faults []Fault) {
	f := cmd.Flags()
	o.fault = registerFault(cmd, faults)
	f.DurationVar(&o.Latency, "latency", 0, "Each response takes `D`, such as 120ms")
	f.DurationVar(&o.Settle, "settle", 0, "New objects need `D`, such as 2s, to become ready")
	f.Uint64Var(&o.Seed, "seed", 1, "Seed `N` for IDs and credentials; the same seed gives the same ones")
	f.StringVar(&o.OktaProfile, "okta-profile", oktaProfiles[0], "`KIND` of Okta org: integrator, workforce, no-api-am, or custom-domain")
	complete(cmd, "okta-profile", oktaProfiles)
	f.BoolVar(&o.OktaReadOnly, "okta-read-only", false, "The Okta admin is read-only")
	f.BoolVar(&o.OktaHalfLimits, "okta-half-limits", false, "Callers get half of Okta's rate limits, as new API tokens do, instead of all")
	f.IntVar(&o.OktaGroups, "okta-groups", 0, "Add `N` groups to the Okta org")
	f.IntVar(&o.OktaApps, "okta-apps", 0, "Add `N` app integrations to the Okta org")
	f.StringArrayVar(&o.Deny, "deny", nil, "The Genesys Cloud client lacks `PERMISSION`; repeatable")
	f.IntVar(&o.Configurations, "genesys-configurations", 0, "Add `N` Messenger configurations to Genesys Cloud")
	f.IntVar(&o.Integrations, "genesys-integrations", 0, "Add `N` integrations to Genesys Cloud")
	f.IntVar(&o.Flows, "genesys-flows", 0, "Add `N` published inbound message flows to Genesys Cloud")
	forbidNegative(f)
}

// simulator serves until a signal stops it, which is not an error.
func (p *Program) simulator(ctx context.Context, o SimulatorOptions) error {
	s, err := p.simulate(ctx, o)
	if err != nil {
		return err
	}
	ctx, _, done := watch(ctx, p.Signals, p.Err)
	defer done()
	for _, line := range s.Environment {
		name, value, _ := strings.Cut(line, "=")
		fmt.Fprintln(p.Out, guide.ShellVariable(name, value))
	}
	fmt.Fprintln(p.Err, "The simulator runs. Set these variables for msgsso-wizard or another tool. Press Ctrl-C to stop it.")
	<-ctx.Done()
	s.end(ctx)
	return nil
}

func (p *Program) simulate(ctx context.Context, o SimulatorOptions) (*Simulation, error) {
	o.Fault = o.fault.word
	s, err := p.Simulate(ctx, o)
	if err != nil {
		return nil, &explain.Error{Class: explain.ClassUsage, Problem: "The simulator can't start: " + err.Error() + ".", Err: err}
	}
	return s, nil
}

// end stops the services and ignores interrupted calls.
func (s *Simulation) end(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closing)
	defer cancel()
	_ = s.Close(ctx)
}
