// Msgsso-wizard sets up Okta sign-in for Genesys Cloud Messenger.
//
//	main.go ── cli ── full screen, plain mode, unattended ── steps ── apiclient
//	   └────── simulator (demo and simulator only)
package main

import (
	"context"
	"io"
	"log"
	"os"
	"os/signal"
	"runtime/debug"
	"strings"
	"syscall"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/genesyssim"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/wizard/cli"
	"msgsso-wizard/wizard/keyring"
	"msgsso-wizard/wizard/memory"
)

// version is set when a release is built: -ldflags "-X main.version=1.2.3".
var version string

func main() {
	memory.Guard()
	log.SetOutput(io.Discard) // with GODEBUG=http2debug=2, Go logs each header, and with them the tokens
	environ := os.Environ()
	cli.ForgetSecrets()
	os.Exit(run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr, environ))
}

// run is the whole program: it returns the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer, environ []string) int {
	// The channel has room for what arrives while a signal is dealt with; an unread signal would be lost.
	signals := make(chan os.Signal, 4)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer signal.Stop(signals)
	// Caught, and not checked: a reader that has enough is an error of the write, and not the process's end.
	pipes := make(chan os.Signal, 1)
	signal.Notify(pipes, syscall.SIGPIPE)
	defer signal.Stop(pipes)
	p := program(stdin, stdout, stderr, environ)
	p.Signals = signals
	return p.Run(ctx, args)
}

// program is the command line on these streams and with these variables.
func program(stdin io.Reader, stdout, stderr io.Writer, environ []string) cli.Program {
	p := cli.Program{
		In: stdin, Out: stdout, Err: stderr,
		Lookup:   lookup(environ),
		Names:    names(environ),
		Version:  versionOf(debug.ReadBuildInfo()),
		Simulate: simulate,
		Keyring:  keyring.System{},
	}
	for _, f := range simulator.Faults() {
		p.Faults = append(p.Faults, cli.Fault{Name: f.Name, Says: f.Says})
	}
	return p
}

// lookup finds a variable in KEY=value lines.
func lookup(environ []string) func(string) (string, bool) {
	variables := map[string]string{}
	for _, line := range environ {
		if name, value, ok := strings.Cut(line, "="); ok {
			variables[name] = value
		}
	}
	return func(name string) (string, bool) {
		value, ok := variables[name]
		return value, ok
	}
}

// names lists the variables in KEY=value lines that have a value.
func names(environ []string) []string {
	var all []string
	for _, line := range environ {
		if name, value, _ := strings.Cut(line, "="); value != "" {
			all = append(all, name)
		}
	}
	return all
}

// versionOf is what the release says, else what the Go tool recorded.
func versionOf(info *debug.BuildInfo, ok bool) string {
	switch {
	case version != "":
		return version
	case ok && info.Main.Version != "":
		return info.Main.Version
	default:
		return "(devel)"
	}
}

// simulate starts both services on this computer.
func simulate(ctx context.Context, o cli.SimulatorOptions) (*cli.Simulation, error) {
	s, err := simulator.Start(ctx, simulator.Options{
		OktaListen: o.OktaListen, GenesysListen: o.GenesysListen, Demo: o.Demo,
		Latency: o.Latency, Settle: o.Settle, Seed: o.Seed, Deny: o.Deny, Fault: o.Fault,
		Okta: oktasim.Options{
			Profile: o.OktaProfile, ReadOnly: o.OktaReadOnly, HalfForTokens: o.OktaHalfLimits,
			Groups: o.OktaGroups, Apps: o.OktaApps, Lag: o.Lag, LagWrites: o.LagWrites,
		},
		Genesys: genesyssim.Options{Lag: o.Lag, LagWrites: o.LagWrites, Configurations: o.Configurations, Integrations: o.Integrations, Flows: o.Flows},
	})
	if err != nil {
		return nil, err
	}
	c := s.Credentials()
	sim := &cli.Simulation{
		Okta: s.OktaURL(), Genesys: s.GenesysURL(),
		Token: c.OktaToken, ClientID: c.GenesysClientID, ClientSecret: c.GenesysClientSecret,
		Environment: s.Environment(), Answers: s.Answers(), Close: s.Close,
	}
	if o.Demo {
		sim.Okta, sim.Genesys, sim.Hosts = s.Names()
	}
	return sim, nil
}
