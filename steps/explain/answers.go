package explain

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"msgsso-wizard/steps/guide"
)

// MissingAnswers names every unanswered question with the ways to answer it.
func MissingAnswers(questions []guide.Question) error {
	fix := "Set these values, or run the wizard in a terminal to be asked."
	var flags []string // of questions that an org raises, each with a value that is possible
	for _, q := range questions {
		if q.Learned {
			flags = append(flags, q.CommandLine())
		}
	}
	if len(flags) > 0 {
		fix = "Run the same command with these flags, with your values: " + strings.Join(flags, " ")
	}
	return New(ClassUsage, questions[0].Key, "Missing required values: "+withSources(questions)+".", fix).Of(errors.New("missing answers"))
}

// ResumedAnswers names the answers of an interrupted run that the user has to give again, because they grant access.
func ResumedAnswers(questions []guide.Question) error {
	return New(ClassUsage, questions[0].Key, "The interrupted run had other values for "+withSources(questions)+".",
		"Set these values again, run the wizard in a terminal to confirm them, or start over with --fresh.")
}

func withSources(questions []guide.Question) string {
	lines := make([]string, 0, len(questions))
	for _, q := range questions {
		line := q.Label + " (" + q.OtherSources() + ")"
		if q.Learned {
			line = q.Label + " (" + strings.Join(described(q), "; ") + ")"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "; ")
}

// described says of a question that an org raises what it takes.
func described(q guide.Question) []string {
	facts := []string{strings.TrimSuffix(q.Help, ".")}
	var options []string
	for _, o := range q.Fixed {
		text := o.Spelling()
		more := slices.DeleteFunc([]string{strings.Trim(strings.TrimPrefix(o.Label, text), ", "), o.Note}, func(s string) bool {
			return s == "" || strings.EqualFold(s, text)
		})
		if len(more) > 0 {
			text += " (" + strings.Join(more, ", ") + ")"
		}
		options = append(options, text)
	}
	if len(options) > 0 {
		facts = append(facts, "one of "+strings.Join(options, ", "))
	}
	return facts
}

// NotSetUp says what is lacking in an object that the user sets up in the console; empty: it doesn't exist.
func NotSetUp(section guide.SectionID, name, lacks string) error {
	of := guide.Sections()[slices.IndexFunc(guide.Sections(), func(s guide.Section) bool { return s.ID == section })]
	e := New(ClassConflict, guide.ChosenIn(section), fmt.Sprintf("%s %q doesn't exist in Genesys Cloud.", of.Title, name),
		"Set it up in the console ("+of.ConsolePath+"), then choose it. Or have the wizard set it up.").Again()
	if lacks != "" {
		e.Problem = fmt.Sprintf("%s %q isn't complete. It needs: %s.", of.Title, name, lacks)
		path, _, _ := strings.Cut(of.ConsolePath, ", then + ")
		e.Fix = "Change it in the console (" + path + "), then try again. Or have the wizard set it up."
	}
	return e
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
