package cli

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"msgsso-wizard/steps/explain"
)

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
