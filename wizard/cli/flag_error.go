package cli

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"msgsso-wizard/steps/explain"
)

// secretFlags are flags that people may try, each with the variable that does its work.
var secretFlags = map[string]string{
	"okta-token": "OKTA_CLIENT_TOKEN", "okta-api-token": "OKTA_CLIENT_TOKEN", "api-token": "OKTA_CLIENT_TOKEN",
	"token": "OKTA_CLIENT_TOKEN", "ssws": "OKTA_CLIENT_TOKEN",
	"genesys-client-secret": "GENESYSCLOUD_OAUTHCLIENT_SECRET", "genesys-secret": "GENESYSCLOUD_OAUTHCLIENT_SECRET",
	"oauthclient-secret": "GENESYSCLOUD_OAUTHCLIENT_SECRET", "client-secret": "GENESYSCLOUD_OAUTHCLIENT_SECRET",
	"secret": "GENESYSCLOUD_OAUTHCLIENT_SECRET", "password": "GENESYSCLOUD_OAUTHCLIENT_SECRET",
	"okta-key": "OKTA_CLIENT_PRIVATEKEY", "okta-private-key": "OKTA_CLIENT_PRIVATEKEY", "private-key": "OKTA_CLIENT_PRIVATEKEY",
	"genesys-access-token": "GENESYSCLOUD_ACCESS_TOKEN", "access-token": "GENESYSCLOUD_ACCESS_TOKEN",
}

// takes is what a flag takes, by the type of its value.
var takes = map[string]string{
	"int": "a whole number", "uint64": "a whole number", "float64": "a number", "duration": "a time such as 120ms or 2s", "bool": "no value",
}

// flagError says what is wrong with the flags. It repeats names only, since a value may be a secret.
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
		if unknown.GetSpecifiedShortnames() != "" {
			e.Problem = "There is no flag -" + name + "."
		}
		if variable, ok := secretFlags[strings.ToLower(name)]; ok {
			e.Problem = "No flag takes a secret: it would be visible to everyone on this machine."
			e.Fix = "Set " + variable + ", or paste it when asked."
		} else if fixedByDemo(cmd, name) {
			e.Problem = "A demo fixes --" + name + ": it reaches the simulated services only."
			e.Fix = "Leave it out, or run msgsso-wizard without the word demo for your own orgs."
		}
	case errors.As(err, &invalid):
		e.Problem = fmt.Sprintf("--%s: %v.", invalid.GetFlag().Name, invalid.Unwrap())
		if what, ok := takes[invalid.GetFlag().Value.Type()]; ok {
			e.Problem = "--" + invalid.GetFlag().Name + " takes " + what + "."
		}
	default:
		e.Problem = explain.Sentence(err.Error())
	}
	return e
}

// fixedByDemo reports whether a flag answers a question that the demo answers itself.
func fixedByDemo(cmd *cobra.Command, name string) bool {
	f := cmd.Root().Flags().Lookup(name)
	return cmd.Name() == "demo" && f != nil && sectionOf(f) != ""
}

func noArguments(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return &explain.Error{
		Class: explain.ClassUsage, Problem: fmt.Sprintf("There is no such command of %s, and it takes no other words.", cmd.CommandPath()),
		Fix: cmd.CommandPath() + " --help lists what there is.",
	}
}
