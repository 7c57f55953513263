package cli

import (
	"context"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"msgsso-wizard/steps/explain"
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
	f.SortFlags = false
	f.StringVar(&o.OktaListen, "okta-listen", "127.0.0.1:0", "Okta listens at `ADDR`, a host and a port; port 0 is a free one")
	f.StringVar(&o.GenesysListen, "genesys-listen", "127.0.0.1:0", "Genesys Cloud listens at `ADDR`")
	f.DurationVar(&o.Lag, "lag", 0, "For `D` after its creation, such as 2s, reads don't find a simulated object")
	f.BoolVar(&o.LagWrites, "lag-writes", false, "With --lag, writes don't find it either")
	o.register(cmd, p.Failures)
	return cmd
}

func (o *SimulatorOptions) register(cmd *cobra.Command, failures []Failure) {
	f := cmd.Flags()
	o.fault = registerFault(cmd, failures)
	f.DurationVar(&o.Latency, "latency", 0, "Every answer of the simulated services takes `D`, such as 120ms")
	f.DurationVar(&o.Settle, "settle", 0, "Simulated things take `D`, such as 2s, to become ready")
	f.Uint64Var(&o.Seed, "seed", 1, "The same seed `N` gives the same ids and credentials")
	f.StringVar(&o.OktaProfile, "okta-profile", oktaProfiles[0], "The `KIND` of Okta org: integrator, workforce, no-api-am or custom-domain")
	complete(cmd, "okta-profile", oktaProfiles)
	f.BoolVar(&o.OktaReadOnly, "okta-read-only", false, "The Okta admin may look and not touch")
	f.BoolVar(&o.OktaHalfLimits, "okta-half-limits", false, "Okta callers get half of the org's rate limits, as new API tokens do; otherwise all")
	f.IntVar(&o.OktaGroups, "okta-groups", 0, "The Okta org has `N` more groups")
	f.IntVar(&o.OktaApps, "okta-apps", 0, "The Okta org has `N` more app integrations")
	f.StringArrayVar(&o.Deny, "deny", nil, "The simulated client lacks this `PERMISSION` in Genesys Cloud; again for more")
	f.IntVar(&o.Configurations, "genesys-configurations", 0, "The simulated Genesys Cloud has `N` further Messenger configurations")
	f.IntVar(&o.Integrations, "genesys-integrations", 0, "It has `N` further integrations")
	f.IntVar(&o.Flows, "genesys-flows", 0, "It has `N` further published message flows")
}

// simulator serves until a signal asks it to stop, which is how it is to end.
func (p *Program) simulator(ctx context.Context, o SimulatorOptions) error {
	s, err := p.simulate(ctx, o)
	if err != nil {
		return err
	}
	ctx, _, done := watch(ctx, p.Signals, p.Err)
	defer done()
	for _, line := range s.Environment {
		fmt.Fprintln(p.Out, forShell(line))
	}
	fmt.Fprintln(p.Err, "Simulating both services. Give these variables to msgsso-wizard or another tool; Ctrl-C ends.")
	<-ctx.Done()
	s.end(ctx)
	return nil
}

var plainWord = regexp.MustCompile(`^[\w@%+=:,./-]*$`)

// forShell is a KEY=value line as a POSIX shell takes it, with the value in quotes where it needs them.
func forShell(line string) string {
	name, value, _ := strings.Cut(line, "=")
	if !plainWord.MatchString(value) {
		value = "'" + strings.ReplaceAll(value, "'", `'\''`) + "'"
	}
	return name + "=" + value
}

func (p *Program) simulate(ctx context.Context, o SimulatorOptions) (*Simulation, error) {
	o.Failure = o.fault.word
	s, err := p.Simulate(ctx, o)
	if err != nil {
		return nil, &explain.Error{Class: explain.ClassUsage, Problem: "The simulator cannot start: " + err.Error() + ".", Err: err}
	}
	return s, nil
}

// end stops the services. That a call was cut off is what whoever ends them wants.
func (s *Simulation) end(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closing)
	defer cancel()
	_ = s.Close(ctx)
}
