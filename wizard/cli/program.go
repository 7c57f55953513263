package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"msgsso-wizard/wizard/keyring"
	"msgsso-wizard/wizard/licenses"
	"msgsso-wizard/wizard/report"
)

// Program is the command line with its streams and environment.
type Program struct {
	In       io.Reader
	Out, Err io.Writer
	Lookup   func(string) (string, bool) // the environment
	Names    []string                    // of its variables that are not empty
	Version  string
	Signals  <-chan os.Signal // nil: none arrive
	Simulate func(context.Context, SimulatorOptions) (*Simulation, error)
	Faults   []Fault            // the faults of the simulator
	Keyring  keyring.Store      // the system's; nil: it has none
	Trap     func(point string) // wizard.Config's: nil, except in tests

	under *run // the current run, which a panic reports; nil: none
}

// Fault is a fault for --fault.
type Fault struct{ Name, Says string }

// SimulatorOptions shape the simulated services.
type SimulatorOptions struct {
	OktaListen, GenesysListen string        // host:port; empty: a free port
	Demo                      bool          // the orgs have presentable names, which Simulation.Hosts leads to
	Latency                   time.Duration // of every answer
	Settle                    time.Duration // how long new objects aren't ready
	Lag                       time.Duration // how long reads don't find new objects
	LagWrites                 bool          // nor writes
	Seed                      uint64
	Deny                      []string // permissions that the client lacks
	Fault                     string   // the name of one; empty: none
	fault                     *choice  // what --fault was given
	OktaProfile               string   // the kind of Okta org
	OktaReadOnly              bool     // its admin is read-only
	OktaHalfLimits            bool     // callers get half of its rate limits
	OktaGroups, OktaApps      int      // how many more it has
	Configurations            int      // further ones in Genesys Cloud
	Integrations, Flows       int      // the same
}

// Simulation is both services, simulated on this computer.
type Simulation struct {
	Okta, Genesys                 string            // addresses; of a demo, the names that take their place
	Hosts                         map[string]string // of a demo: by the names of hosts, where they are on this computer
	Token, ClientID, ClientSecret string
	Environment                   []string // KEY=value
	Answers                       []string // KEY=value: answers that the fault needs
	Close                         func(context.Context) error
}

// Run runs one command line and returns the exit code.
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
	var written writtenError
	if err != nil && !errors.As(err, &written) {
		report.Problem(p.Err, p.marks(false), report.Explain(err), nil)
	}
	if err == nil {
		return 0
	}
	return report.Explain(err).ExitCode
}

func (p *Program) root() *cobra.Command {
	o := newOptions()
	root := &cobra.Command{
		Use:   "msgsso-wizard",
		Short: "Set up Okta sign-in for Genesys Cloud Messenger",
		Long: "Sets up Okta sign-in (OpenID Connect) for Genesys Cloud Messenger. Shows each\n" +
			"change before making it, and ends with the snippet for your website. Prompts\n" +
			"line by line where the answers file has several sites.",
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          noArguments,
	}
	o.register(root, nil)
	o.registerAnswers(root)
	o.registerState(root)
	o.registerTrust(root)
	root.Flags().BoolVar(&o.fresh, "fresh", false, "Start over instead of resuming an interrupted run")
	root.CompletionOptions.SetDefaultShellCompDirective(cobra.ShellCompDirectiveNoFileComp)
	root.Flags().BoolVar(&o.keyring, "keyring", false, "Read secrets from the system keyring; save typed ones there")
	root.SetFlagErrorFunc(flagError)
	root.SetUsageFunc(usage)
	root.InitDefaultHelpFlag()
	// A flag of our own: cobra's can be worded only by a template. The help lists it last.
	showVersion := root.Flags().BoolP("version", "v", false, "Print the version")
	root.RunE = func(cmd *cobra.Command, _ []string) error {
		if *showVersion {
			return p.printVersion(o.output)
		}
		return p.guide(cmd.Context(), run{options: o, mode: p.mode(o)}, p.environment)
	}
	root.AddCommand(p.testCommand(), p.doctorCommand(), p.pageCommand(), p.rotateCommand(), p.rolloutCommand(), p.undoCommand(), p.exportCommand(), p.answersCommand(), p.demoCommand(), p.simulatorCommand(), p.manCommand(), p.versionCommand(), p.licensesCommand())
	root.SetHelpCommand(helpCommand())
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, cmd := range append(root.Commands(), root) {
		cmd.InitDefaultHelpFlag()
		cmd.Flags().Lookup("help").Usage = "Show this help"
		if cmd.Name() == "completion" {
			cmd.Short, cmd.Args, cmd.RunE = "Print a completion script for a shell", noArguments, showHelp
			for _, shell := range cmd.Commands() {
				shell.Args = noArguments
			}
		}
	}
	return root
}

func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Show the help of a command",
		RunE: func(cmd *cobra.Command, args []string) error {
			found, rest, err := cmd.Root().Find(args)
			if err == nil && len(rest) > 0 {
				err = noArguments(found, rest)
			}
			if err != nil {
				return err
			}
			return showHelp(found, nil)
		},
	}
}

func showHelp(cmd *cobra.Command, _ []string) error { return cmd.Help() }

func (p *Program) versionCommand() *cobra.Command {
	output := newOptions().output
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print the version",
		Args:  noArguments,
		RunE:  func(*cobra.Command, []string) error { return p.printVersion(output) },
	}
	cmd.Flags().Var(output, "output", "Standard output: the version (text) or one document (json)")
	complete(cmd, "output", output.allowed)
	return cmd
}

func (p *Program) licensesCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "licenses",
		Short: "Print the licenses of this program and of its parts",
		Args:  noArguments,
		RunE:  func(*cobra.Command, []string) error { return licenses.Write(p.Out) },
	}
}

func (p *Program) printVersion(output *choice) error {
	if output.word == "json" {
		return report.JSON(p.Out, report.VersionOf(p.Version))
	}
	_, _ = fmt.Fprintln(p.Out, "msgsso-wizard", p.Version)
	return nil
}

// writtenError is an error that was already written.
type writtenError struct{ error }

// Unwrap returns the error itself.
func (t writtenError) Unwrap() error { return t.error }

// closedPipe is what Windows calls syscall.EPIPE: ERROR_NO_DATA or ERROR_BROKEN_PIPE.
var closedPipe = map[string][]syscall.Errno{"windows": {232, 109}}

func readerLeft(err error, system string) bool {
	errno, ok := errors.AsType[syscall.Errno](err)
	return ok && (errno == syscall.EPIPE || slices.Contains(closedPipe[system], errno))
}

// ignoreEPIPE returns w without broken pipe errors: a reader such as head can stop early. A terminal stays unchanged.
func ignoreEPIPE(w io.Writer) io.Writer {
	if isTerminal(w) {
		return w
	}
	return epipeIgnorer{w}
}

type epipeIgnorer struct{ io.Writer }

// Write writes p, or drops it after a broken pipe.
func (q epipeIgnorer) Write(p []byte) (int, error) {
	n, err := q.Writer.Write(p)
	if readerLeft(err, runtime.GOOS) {
		return len(p), nil
	}
	return n, err
}
