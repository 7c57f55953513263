package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"msgsso-wizard/steps"
)

// closing is how long the simulator waits for connections that are open; a client may keep some.
const closing = 200 * time.Millisecond

func (p *Program) simulatorCommand() *cobra.Command {
	var o SimulatorOptions
	cmd := &cobra.Command{
		Use:   "simulator",
		Short: "Serve simulated Okta and Genesys Cloud on this computer, until stopped",
		Args:  noArguments,
		RunE:  func(cmd *cobra.Command, _ []string) error { return p.simulator(cmd.Context(), o) },
	}
	f := cmd.Flags()
	f.StringVar(&o.OktaListen, "okta-listen", "127.0.0.1:0", "Where Okta listens; port 0 is a free one")
	f.StringVar(&o.GenesysListen, "genesys-listen", "127.0.0.1:0", "Where Genesys Cloud listens; port 0 is a free one")
	o.register(f)
	return cmd
}

func (o *SimulatorOptions) register(f *pflag.FlagSet) {
	f.DurationVar(&o.Latency, "latency", 0, "How long every answer of the simulated services takes")
	f.DurationVar(&o.Settle, "settle", 0, "How long simulated things take to become ready")
	f.Uint64Var(&o.Seed, "seed", 1, "The same seed gives the same ids and credentials")
	f.StringArrayVar(&o.Deny, "deny", nil, "A Genesys Cloud permission that the simulated client lacks; again for more")
}

func (p *Program) simulator(ctx context.Context, o SimulatorOptions) error {
	s, err := p.simulate(o)
	if err != nil {
		return err
	}
	ctx, _, done := watch(ctx, p.Signals, p.Err)
	defer done()
	fmt.Fprintln(p.Out, strings.Join(s.Environment, "\n"))
	fmt.Fprintln(p.Err, "Simulating both services. Give these variables to msgsso-wizard or another tool; Ctrl-C ends.")
	<-ctx.Done()
	s.end(ctx)
	return context.Cause(ctx)
}

func (p *Program) simulate(o SimulatorOptions) (*Simulation, error) {
	s, err := p.Simulate(o)
	if err != nil {
		return nil, &steps.Error{Class: steps.ClassUsage, Problem: "The simulator cannot start: " + err.Error() + ".", Err: err}
	}
	return s, nil
}

// end stops the services. That a call was cut off is what whoever ends them wants.
func (s *Simulation) end(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closing)
	defer cancel()
	_ = s.Close(ctx)
}
