package cli

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// takes describes the values of a flag by its type.
var takes = map[string]string{
	"int": "a whole number from 0", "uint64": "a whole number from 0", "float64": "a number", "duration": "a time from 0, such as 120ms or 2s", "bool": "no value",
}

// flagError explains wrong flags. It repeats only names, because a value can be a secret.
func flagError(cmd *cobra.Command, err error) error {
	var (
		unknown *pflag.NotExistError
		invalid *pflag.InvalidValueError
		e       = &explain.Error{Class: explain.ClassUsage, Fix: "msgsso-wizard --help lists the flags.", Err: err}
	)
	switch {
	case errors.As(err, &unknown):
		name := unknown.GetSpecifiedName()
		e.Problem = "There is no flag --" + name + "."
		e.Fix = didYouMean("--", flagsLike(cmd, name)) + e.Fix
		if unknown.GetSpecifiedShortnames() != "" {
			e.Problem = "There is no flag -" + name + "."
		}
		if q, ok := guide.SecretNamed(name); ok {
			e.Problem = "Flags can't take secrets: other users of this computer could see them."
			e.Fix = "Set " + q.Env[0] + ", or paste it when asked."
		} else if fixedByDemo(cmd, name) {
			e.Problem = "A demo sets --" + name + " itself because it reaches only the simulator."
			e.Fix = "Leave it out, or run msgsso-wizard without demo for your own orgs."
		}
	case errors.As(err, &invalid):
		e.Problem = fmt.Sprintf("--%s %v.", invalid.GetFlag().Name, invalid.Unwrap())
		if what, ok := takes[invalid.GetFlag().Value.Type()]; ok {
			e.Problem = "--" + invalid.GetFlag().Name + " takes " + what + "."
		}
	default:
		e.Problem = explain.Sentence(err.Error())
	}
	return e
}

// fixedByDemo reports whether the demo answers the question of a flag itself.
func fixedByDemo(cmd *cobra.Command, name string) bool {
	f := cmd.Root().Flags().Lookup(name)
	return cmd.Name() == "demo" && f != nil && sectionOf(f) != ""
}

// notNegative is a value that can't be below 0.
type notNegative struct{ pflag.Value }

// Set takes text unless it has a minus sign.
func (n notNegative) Set(text string) error {
	if strings.HasPrefix(strings.TrimSpace(text), "-") {
		return errors.New("it is below 0")
	}
	return n.Value.Set(text)
}

// forbidNegative makes the flags that take a number or a time refuse those below 0.
func forbidNegative(f *pflag.FlagSet) {
	f.VisitAll(func(f *pflag.Flag) {
		if kind := f.Value.Type(); kind == "int" || kind == "duration" {
			f.Value = notNegative{f.Value}
		}
	})
}

// flagsLike returns the flags with a similar name, or with a name that ends in this one.
func flagsLike(cmd *cobra.Command, name string) []string {
	all := &cobra.Command{SuggestionsMinimumDistance: 2}
	cmd.Flags().VisitAll(func(f *pflag.Flag) {
		_, end, _ := strings.Cut(f.Name, "-")
		all.AddCommand(&cobra.Command{Use: f.Name, Hidden: f.Hidden, SuggestFor: []string{end}, Run: func(*cobra.Command, []string) {}})
	})
	return all.SuggestionsFor(name)
}

func didYouMean(before string, names []string) string {
	if len(names) == 0 {
		return ""
	}
	return "Did you mean " + before + strings.Join(slices.Compact(names), " or "+before) + "? "
}

// commandWord fits the names of commands and not a secret that was pasted in their place.
var commandWord = regexp.MustCompile(`^[a-z]{1,20}(-[a-z]{1,20})?$`)

// noArguments refuses words that are no command. It repeats a word only if it can't be a secret.
func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	e := &explain.Error{Class: explain.ClassUsage, Problem: "There is no such command.", Fix: cmd.CommandPath() + " --help lists the commands."}
	named := commandWord.MatchString(args[0])
	switch {
	case !cmd.HasAvailableSubCommands() && named:
		e.Problem, e.Fix = fmt.Sprintf("%s doesn't take %q.", cmd.CommandPath(), args[0]), cmd.CommandPath()+" --help lists its flags."
	case !cmd.HasAvailableSubCommands():
		e.Problem, e.Fix = cmd.CommandPath()+" takes flags only.", cmd.CommandPath()+" --help lists its flags."
	case named:
		e.Problem = fmt.Sprintf("There is no command %q.", strings.TrimPrefix(cmd.CommandPath()+" "+args[0], cmd.Root().Name()+" "))
		cmd.SuggestionsMinimumDistance = 2
		e.Fix = didYouMean(cmd.CommandPath()+" ", cmd.SuggestionsFor(args[0])) + e.Fix
	}
	return e
}
