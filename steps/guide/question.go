package guide

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Key names a question and its answer.
type Key string

// Kind says how a question is put.
type Kind int

// The kinds.
const (
	Text     Kind = iota // one line
	Hidden               // one line, shown as bullets, kept as a Secret
	List                 // several values, separated by blanks
	Choice               // one of Options
	Choices              // several of Options
	Pick                 // one of Options, or a new name
	PickMany             // several of Options, which come from an org and may be thousands
	Texts                // several values, separated by commas: each may have blanks
)

// Option is a value to choose.
type Option struct {
	Value   string // as journals keep it
	Written string // how flags, variables, and users write it; empty: as Value, which stays accepted
	Label   string
	Note    string // what helps to choose: "used by 2 deployments"
	Locked  bool   // always chosen: every answer to the question has it
}

// Spelling is how flags, variables, and users write the option.
func (o Option) Spelling() string { return cmp.Or(o.Written, o.Value) }

// OptionSource names what the options of a question are listed from.
type OptionSource string

// The sources of options.
const (
	ListApps           OptionSource = "apps"
	ListGroups         OptionSource = "groups"
	ListIntegrations   OptionSource = "integrations"
	ListAuthServers    OptionSource = "authorization servers"
	ListConfigurations OptionSource = "configurations"
	ListDeployments    OptionSource = "deployments"
	ListFlows          OptionSource = "flows"
	ListOktaMethods    OptionSource = "Okta sign-in methods"
	ListGenesysMethods OptionSource = "Genesys Cloud sign-in methods"
	ListProfiles       OptionSource = "profiles"
)

// Question is one thing the guide asks. The table in questions.go has them all; every front end, the
// flags and the environment are drawn from it.
type Question struct {
	Key     Key
	Section SectionID
	Label   string // as the vendor's console says it
	Help    string // one sentence
	Kind    Kind
	Flag    string   // without the dashes; empty: no flag, as for secrets
	Env     []string // in order of preference
	Example string   // a value that could be typed
	Default string   // empty: see Derive; both empty and Needed: it must be answered
	Earlier []string // the answer of an earlier run, in place of a default; see Remembered
	Needed  bool
	Learned bool                                         // arises only once an org shows that it does; see Answers.Raise
	Lines   bool                                         // a Hidden answer may have several lines
	Scheme  string                                       // of the HTTP header that a Hidden answer may be copied with
	Else    string                                       // in words, what stands in where there is no fixed default
	Empty   string                                       // a word for no answer, where a picker offers that; Else says more
	Typed   string                                       // what a picker takes other than its options
	Derive  func(*Answers) string                        // a default that follows from other answers
	Fixed   []Option                                     // options that are the same in every org
	Source  OptionSource                                 // where the other options come from; with Fixed: which of those there are
	Parse   func(string) (value, note string, err error) // one value: cleaned, and what was changed
	When    func(*Answers) bool                          // nil: always asked
}

// Offers reports whether there are options to choose from.
func (q Question) Offers() bool { return q.Source != "" || len(q.Fixed) > 0 }

// Several reports whether the question takes more than one value.
func (q Question) Several() bool {
	return slices.Contains([]Kind{List, Texts, Choices, PickMany}, q.Kind)
}

// Numeric reports whether the question takes a whole number.
func (q Question) Numeric() bool {
	_, err := strconv.Atoi(q.Default)
	return err == nil
}

// Split takes apart what was typed on one line for a question that takes several values: at blanks and
// commas for a List, at commas for names, which may contain blanks and, in quotation marks, commas.
func (q Question) Split(line string) []string {
	var parts []string
	switch q.Kind {
	case List:
		parts = strings.Fields(line)
	case Texts, Choices, PickMany:
		for _, part := range namePart.FindAllStringSubmatch(line, -1) {
			parts = append(parts, strings.ReplaceAll(part[1], `""`, `"`)+part[2])
		}
	default:
		parts = []string{line}
	}
	kept := parts[:0]
	for _, p := range parts {
		if p = strings.Trim(p, " ,\t"); p != "" {
			kept = append(kept, p)
		}
	}
	return kept
}

// namePart is one of several names: in quotation marks, doubled inside, or without a comma.
var namePart = regexp.MustCompile(`\s*(?:"((?:[^"]|"")*)"|([^,]*?))\s*(?:,|$)`)

// Join is the inverse of Split.
func (q Question) Join(values []string) string {
	if q.Kind == List {
		return strings.Join(values, " ")
	}
	parts := slices.Clone(values)
	for i, value := range parts {
		if q.Several() && strings.Contains(value, ",") {
			parts[i] = `"` + strings.ReplaceAll(value, `"`, `""`) + `"`
		}
	}
	return strings.Join(parts, ", ")
}

// WithLocked returns the values with the locked options that they lack, which come first.
func (q Question) WithLocked(values []string) []string {
	var out []string
	for _, o := range q.Fixed {
		if o.Locked && !slices.Contains(values, o.Value) {
			out = append(out, o.Value)
		}
	}
	return append(out, values...)
}

// Spelled returns the values as users write them.
func (q Question) Spelled(values []string) []string {
	out := slices.Clone(values)
	for _, o := range q.Fixed {
		if i := slices.Index(out, o.Value); i >= 0 {
			out[i] = o.Spelling()
		}
	}
	return out
}

// Word is what a fixed option says, or the value itself.
func (q Question) Word(value string) string {
	for _, o := range q.Fixed {
		if o.Value == value {
			return o.Label
		}
	}
	return value
}

// Optional reports whether the question may stay without an answer.
func (q Question) Optional() bool { return !q.Needed && q.Default == "" && q.Derive == nil }

// Unanswered is the option not to answer an optional question.
func (q Question) Unanswered() Option {
	if q.Empty == "" {
		return Option{Label: q.Else}
	}
	return Option{Label: q.Empty, Note: q.Else}
}

// Asked reports whether the question arises with these answers.
func (q Question) Asked(a *Answers) bool { return q.When == nil || q.When(a) }

// Questions returns the questions of a section, in order; all of them for an empty id.
func Questions(section SectionID) []Question {
	var out []Question
	for _, q := range questions {
		if section == "" || q.Section == section {
			out = append(out, q)
		}
	}
	return out
}

// QuestionFor returns the question of that key.
func QuestionFor(key Key) (Question, bool) {
	for _, q := range questions {
		if q.Key == key {
			return q, true
		}
	}
	return Question{}, false
}
