package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
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

// demoDialer lets a demo reach only the simulator, whatever the user types and whatever URL a document or a page names.
type demoDialer struct {
	services.Dialer
	okta, genesys string
}

func newDemoDialer(services *services.Network, s *Simulation) demoDialer {
	services.Hosts = map[string]string{} // even without names: nil would reach every host
	maps.Copy(services.Hosts, s.Hosts)
	return demoDialer{services, s.Okta, s.Genesys}
}

// Okta opens the simulated org and no other. What is asked without a sign-in, as of its custom domain, stays on this
// computer anyway.
func (f demoDialer) Okta(org string, login guide.OktaLogin) (services.Okta, error) {
	if org != f.okta && login.Method != guide.OktaManual {
		return nil, demoOnly(guide.OktaOrg, f.okta)
	}
	return f.Dialer.Okta(org, login)
}

// Genesys opens the simulated organization and no other.
func (f demoDialer) Genesys(region string, login guide.GenesysLogin) (services.Genesys, error) {
	if region != f.genesys {
		return nil, demoOnly(guide.GenesysRegion, f.genesys)
	}
	return f.Dialer.Genesys(region, login)
}

// Messenger opens the simulated organization's public side and no other.
func (f demoDialer) Messenger(region string) (services.Messenger, error) {
	if region != f.genesys {
		return nil, demoOnly(guide.GenesysRegion, f.genesys)
	}
	return f.Dialer.Messenger(region)
}

func demoOnly(key guide.Key, only string) error {
	return explain.New(explain.ClassUsage, key, "A demo reaches only the simulator at "+only+".",
		"Use that URL, or run msgsso-wizard without demo for your own orgs.")
}

// fastest is the highest speed of --autoplay.
const fastest = 100

// oktaProfiles are the kinds of org that --okta-profile takes, the default first.
var oktaProfiles = []string{"integrator", "workforce", "no-api-am", "custom-domain"}

// show is how a demo is shown.
type show struct {
	tour     bool
	autoplay bool
	speed    float64 // 1 without autoplay, as check ensures
}

func (s *show) register(f *pflag.FlagSet) {
	f.BoolVar(&s.tour, "tour", false, "Narrate each section, at your pace: press Enter to continue")
	f.BoolVar(&s.autoplay, "autoplay", false, "Play by itself from the first screen to the snippet; any key takes over")
	f.Float64Var(&s.speed, "speed", 1, "With --autoplay: speed factor `N`, more than 0 and at most 100")
}

func (s show) check(cmd *cobra.Command, m mode) error {
	e := &explain.Error{Class: explain.ClassUsage}
	switch {
	case !s.autoplay && cmd.Flags().Changed("speed"):
		e.Problem, e.Fix = "--speed needs --autoplay.", "Add --autoplay, or leave --speed out."
	case !(s.speed > 0 && s.speed <= fastest): // not a number, too
		e.Problem, e.Fix = "--speed takes a number more than 0 and at most 100.", "1 is reading speed."
	case s.tour && s.autoplay:
		e.Problem = "--tour waits for you at each section, and --autoplay doesn't."
		e.Fix = "Leave one of them out."
	case s.tour && cmd.Flags().Changed("dry-run"):
		e.Problem = "--tour applies the changes to the simulator, and --dry-run doesn't."
		e.Fix = "Leave one of them out."
	case s.tour && m == unattended:
		e.Problem = "--tour needs a user: it waits for Enter at each section."
		e.Fix = "Run it in a terminal without --no-input, or leave --tour out."
	case s.autoplay && m != screen:
		e.Problem = "--autoplay needs a terminal with the full screen."
		e.Fix = "Run it in a terminal without --no-input and --accessible, or leave --autoplay out."
	default:
		return nil
	}
	return e
}

// faultSpellings are faults whose names are British, in American English.
var faultSpellings = map[string]string{"no-licence": "no-license"}

// registerFault adds --fault and lists its names at the end of the help.
func registerFault(cmd *cobra.Command, faults []Fault) *choice {
	c := &choice{means: map[string]string{}}
	list := new(strings.Builder)
	fmt.Fprintln(list, "\nFaults:")
	var descriptions []string
	for _, f := range faults {
		name := cmp.Or(faultSpellings[f.Name], f.Name)
		c.allowed, c.means[name] = append(c.allowed, name), f.Name
		writeEntry(list, name, f.Says, faultColumn)
		descriptions = append(descriptions, cobra.CompletionWithDesc(name, f.Says))
	}
	cmd.Flags().Var(c, "fault", "Simulate the fault `NAME` from the list below")
	complete(cmd, "fault", descriptions)
	cmd.Annotations = map[string]string{endingAnnotation: strings.TrimSuffix(list.String(), "\n")}
	return c
}

// complete makes shells complete a flag with these words.
func complete(cmd *cobra.Command, flag string, words []string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
}

// completeFiles makes shells complete a flag with files.
func completeFiles(cmd *cobra.Command, flag string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(nil, cobra.ShellCompDirectiveDefault))
}
