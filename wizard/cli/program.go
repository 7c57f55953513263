package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"msgsso-wizard/wizard/keyring"
	"msgsso-wizard/wizard/report"
)

// Program is what the command line needs from outside.
type Program struct {
	In       io.Reader
	Out, Err io.Writer
	Lookup   func(string) (string, bool) // the environment
	Names    []string                    // of its variables that are not empty
	Version  string
	Signals  <-chan os.Signal // nil: none arrive
	Simulate func(context.Context, SimulatorOptions) (*Simulation, error)
	Failures []Failure          // what the simulated services can be told to do wrong
	Keyring  keyring.Store      // the system's; nil: it has none
	Trap     func(place string) // wizard.Config's: nil, except in tests

	under *run // of which a panic tells what it made; nil: none is under way
}

// Failure is a name for --fault, and what goes wrong then.
type Failure struct{ Name, Says string }

// SimulatorOptions shape the simulated services.
type SimulatorOptions struct {
	OktaListen, GenesysListen string        // host:port; empty: a free port
	Latency                   time.Duration // of every answer
	Settle                    time.Duration // how long things are not ready yet
	Lag                       time.Duration // how long reads do not find what is new
	LagWrites                 bool          // nor writes
	Seed                      uint64
	Deny                      []string // permissions that the client lacks
	Failure                   string   // the name of one; empty: none
	fault                     *choice  // what --fault was given
	OktaProfile               string   // the kind of Okta org
	OktaReadOnly              bool     // its admin may look and not touch
	OktaHalfLimits            bool     // callers get half of its rate limits
	OktaGroups, OktaApps      int      // how many more it has
	Configurations            int      // further ones in Genesys Cloud
	Integrations, Flows       int      // the same
}

// Simulation is both services, simulated on this computer.
type Simulation struct {
	Okta, Genesys                 string // addresses
	Token, ClientID, ClientSecret string
	Environment                   []string // KEY=value
	Answers                       []string // the same: answers that a failure takes
	Close                         func(context.Context) error
}

// Run carries out one command line and returns the program's exit code.
func (p *Program) Run(ctx context.Context, args []string) int {
	shown := *p
	shown.Out, shown.Err = ignoreEPIPE(p.Out), report.Wrap(p.Err, widthOf(p.Err))
	p = &shown
	root := p.root()
	root.SetArgs(args)
	root.SetIn(p.In)
	root.SetOut(p.Out)
	root.SetErr(p.Err)
	err := p.guarded(func() error { return root.ExecuteContext(ctx) })
	var told toldError
	if err != nil && !errors.As(err, &told) {
		report.Problem(p.Err, p.marks(false), report.Explain(err), nil)
	}
	return exitCode(err)
}

func (p *Program) root() *cobra.Command {
	o := newOptions()
	root := &cobra.Command{
		Use:   "msgsso-wizard",
		Short: "Set up Okta sign-in for Genesys Cloud Messenger",
		Long: "Sets up Okta sign-in (OpenID Connect) for the Messenger chat of Genesys Cloud: it leads through the\n" +
			"guide, says what it will do, does it in both orgs, and gives you the snippet for your pages.",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          noArguments,
	}
	o.register(root, nil)
	o.registerState(root)
	o.registerTrust(root)
	root.Flags().BoolVar(&o.fresh, "fresh", false, "Do not go on with a run that was cut off")
	root.CompletionOptions.SetDefaultShellCompDirective(cobra.ShellCompDirectiveNoFileComp)
	root.Flags().BoolVar(&o.keyring, "keyring", false, "Take secrets from the system's keyring before asking, and keep there those that are typed")
	root.SetFlagErrorFunc(flagError)
	root.SetUsageFunc(usage)
	// A flag of our own: cobra's can be worded only by a template. The help lists it last.
	root.InitDefaultHelpFlag()
	showVersion := root.Flags().BoolP("version", "v", false, "version for msgsso-wizard")
	root.RunE = func(cmd *cobra.Command, _ []string) error {
		if *showVersion {
			p.printVersion()
			return nil
		}
		return p.guide(cmd.Context(), run{options: o, mode: p.mode(o)}, p.environment)
	}
	root.AddCommand(p.testCommand(), p.doctorCommand(), p.pageCommand(), p.undoCommand(), p.demoCommand(), p.simulatorCommand(), p.manCommand(), p.versionCommand())
	return root
}

func (p *Program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  noArguments,
		Run:   func(*cobra.Command, []string) { p.printVersion() },
	}
}

func (p *Program) printVersion() { _, _ = fmt.Fprintln(p.Out, "msgsso-wizard", p.Version) }

// toldError is an error that the user has read about already.
type toldError struct{ error }

// Unwrap returns the error itself.
func (t toldError) Unwrap() error { return t.error }

func exitCode(err error) int {
	if err == nil {
		return 0
	}
	return report.Explain(err).ExitCode
}

// ignoreEPIPE is standard output for a reader that may have enough before the end, as head has: what it does not take any
// more is nobody's fault, and no reason to stop. A terminal stays what it is.
func ignoreEPIPE(w io.Writer) io.Writer {
	if isTerminal(w) {
		return w
	}
	return epipeIgnorer{w}
}

type epipeIgnorer struct{ io.Writer }

// Write writes p, or nothing where nobody reads any more.
func (q epipeIgnorer) Write(p []byte) (int, error) {
	n, err := q.Writer.Write(p)
	if errors.Is(err, syscall.EPIPE) {
		return len(p), nil
	}
	return n, err
}
