package explain

import (
	"errors"
	"strings"

	"msgsso-wizard/steps/guide"
)

// MissingAnswers names every unanswered question with the ways to answer it.
func MissingAnswers(questions []guide.Question) error {
	lines := make([]string, 0, len(questions))
	for _, q := range questions {
		lines = append(lines, q.Label+" ("+q.OtherSources()+")")
	}
	return &Error{
		Class:    ClassUsage,
		Question: questions[0].Key,
		Problem:  "Missing required values: " + strings.Join(lines, "; ") + ".",
		Fix:      "Set these values, or run the wizard in a terminal to be asked.",
		Err:      errors.New("missing answers"),
	}
}
