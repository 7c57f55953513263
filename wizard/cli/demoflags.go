package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"msgsso-wizard/steps/explain"
)

// fastest is the highest speed at which a demo plays by itself.
const fastest = 100

// oktaProfiles are the kinds of org that --okta-profile takes, the default first.
var oktaProfiles = []string{"integrator", "workforce", "no-api-am", "custom-domain"}

// autoplay is a demo that plays by itself.
type autoplay struct {
	on    bool
	speed float64 // 1 where it is not on, as check sees to
}

func (a *autoplay) register(f *pflag.FlagSet) {
	f.BoolVar(&a.on, "autoplay", false, "Press the keys by itself, from the first screen to the snippet; any key of yours takes over")
	f.Float64Var(&a.speed, "speed", 1, "With --autoplay: `N` times as fast, more than 0 and at most 100")
}

func (a autoplay) check(cmd *cobra.Command, m mode) error {
	e := &explain.Error{Class: explain.ClassUsage}
	switch {
	case !a.on && cmd.Flags().Changed("speed"):
		e.Problem, e.Fix = "--speed is the speed of --autoplay, which was not asked for.", "Add --autoplay, or leave --speed out."
	case !(a.speed > 0 && a.speed <= fastest): // not a number, too
		e.Problem, e.Fix = "--speed takes a number that is more than 0 and at most 100.", "1 is the pace at which it can be read."
	case a.on && m != screen:
		e.Problem = "--autoplay plays on the whole screen of a terminal, and there is none."
		e.Fix = "Run it in a terminal, without --no-input and --accessible; or leave --autoplay out."
	default:
		return nil
	}
	return e
}

// registerFault adds --fault, and lists its names at the end of the help.
func registerFault(cmd *cobra.Command, failures []Failure) *choice {
	c := &choice{}
	list := "\nFaults:\n"
	var descriptions []string
	for _, f := range failures {
		c.allowed = append(c.allowed, f.Name)
		list += fmt.Sprintf("  %-20s%s\n", f.Name, f.Says)
		descriptions = append(descriptions, cobra.CompletionWithDesc(f.Name, f.Says))
	}
	cmd.Flags().Var(c, "fault", "Something goes wrong: `NAME` is one of the faults below")
	complete(cmd, "fault", descriptions)
	cmd.Annotations = map[string]string{endingAnnotation: strings.TrimSuffix(list, "\n")}
	return c
}

// complete has a shell offer the words for a flag.
func complete(cmd *cobra.Command, flag string, words []string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(words, cobra.ShellCompDirectiveNoFileComp))
}

// completeFiles has a shell offer files for a flag; without it, it offers none.
func completeFiles(cmd *cobra.Command, flag string) {
	_ = cmd.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(nil, cobra.ShellCompDirectiveDefault))
}
