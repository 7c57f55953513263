package guide

import (
	"fmt"
	"slices"
	"strings"

	"msgsso-wizard/apiclient"
)

// FromEnvironment answers every question that a variable answers. lookup is os.LookupEnv or a test's own.
// Of several variables the first that is set and not empty counts.
func (a *Answers) FromEnvironment(lookup func(string) (string, bool)) error {
	for _, q := range questions {
		for _, name := range q.Env {
			text, ok := lookup(name)
			if !ok || text == "" {
				continue
			}
			values := []string{text}
			if q.Several() {
				values = q.Split(text)
			}
			if err := a.Set(q.Key, FromEnv, values...); err != nil {
				return &AnswerError{Key: q.Key, Err: fmt.Errorf("%s: %w", name, err)}
			}
			break
		}
	}
	return a.oktaFromParts(lookup)
}

// prefix begins the names of this program's own variables.
const prefix = "MSGSSO_"

// UnknownVariable finds the first of an environment's variables that is named like an answer and is none, so that a
// slip of the pen does not pass for a default. It is nil where there is none.
func UnknownVariable(names []string) error {
	known := map[string]bool{}
	for _, q := range questions {
		for _, name := range q.Env {
			known[name] = true
		}
	}
	for _, name := range slices.Sorted(slices.Values(names)) {
		if strings.HasPrefix(name, prefix) && !known[name] {
			return &AnswerError{
				Err: fmt.Errorf("there is no answer %s", apiclient.Clean(name)),
				Fix: "Correct the variable's name, or unset it. msgsso-wizard --help lists all variables.",
			}
		}
	}
	return nil
}

// oktaFromParts reads the org as Okta's Terraform provider names it: OKTA_ORG_NAME and OKTA_BASE_URL.
func (a *Answers) oktaFromParts(lookup func(string) (string, bool)) error {
	name, _ := lookup("OKTA_ORG_NAME")
	if name == "" || a.Get(OktaOrg).From >= FromEnv {
		return nil
	}
	base, _ := lookup("OKTA_BASE_URL")
	if base == "" {
		base = "okta.com"
	}
	if err := a.Set(OktaOrg, FromEnv, strings.Trim(name, ". ")+"."+strings.Trim(base, ". ")); err != nil {
		return &AnswerError{Key: OktaOrg, Err: fmt.Errorf("OKTA_ORG_NAME and OKTA_BASE_URL: %w", err)}
	}
	return nil
}

// FromFlags answers a question with what its flag was given.
func (a *Answers) FromFlags(key Key, values []string) error {
	if err := a.Set(key, FromFlag, values...); err != nil {
		q, _ := QuestionFor(key)
		return &AnswerError{Key: key, Err: fmt.Errorf("--%s: %w", q.Flag, err)}
	}
	return nil
}
