package explain

import (
	"errors"
	"strings"

	"msgsso-wizard/steps/guide"
)

// MissingAnswers names every unanswered question with the ways to answer it.
func MissingAnswers(questions []guide.Question) error {
	return &Error{
		Class:    ClassUsage,
		Question: questions[0].Key,
		Problem:  "Missing required values: " + withSources(questions) + ".",
		Fix:      "Set these values, or run the wizard in a terminal to be asked.",
		Err:      errors.New("missing answers"),
	}
}

// ResumedAnswers names the answers of an interrupted run that the user has to give again, because they grant access.
func ResumedAnswers(questions []guide.Question) error {
	return &Error{
		Class: ClassUsage, Question: questions[0].Key,
		Problem: "The interrupted run had other values for " + withSources(questions) + ".",
		Fix:     "Set these values again, run the wizard in a terminal to confirm them, or start over with --fresh.",
	}
}

func withSources(questions []guide.Question) string {
	lines := make([]string, 0, len(questions))
	for _, q := range questions {
		lines = append(lines, q.Label+" ("+q.OtherSources()+")")
	}
	return strings.Join(lines, "; ")
}

// Unconfirmed refuses to send credentials to a host that isn't the vendor's, until the user confirms it.
func Unconfirmed(a *guide.Answers, named guide.Key) error {
	if !a.Get(named).Given || a.Confirmed(named) {
		return nil
	}
	vendor, question := "Okta", guide.ConfirmOrg
	if named == guide.GenesysRegion {
		vendor, question = "Genesys Cloud", guide.ConfirmRegion
	}
	return New(ClassUsage, question,
		strings.TrimPrefix(a.Value(named), "https://")+" isn't a host of "+vendor+". No credentials were sent.", "Correct it, or enter it twice to confirm it.")
}
