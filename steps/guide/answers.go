package guide

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"msgsso-wizard/apiclient"
)

// Source says where an answer came from; every front end shows it.
type Source int

// The sources, weakest first.
const (
	FromDefault Source = iota
	FromOrg            // found in one of the orgs
	FromLastRun        // an earlier run that was cut off
	FromFile           // an answers file
	FromKeyring        // a secret that the system's keyring keeps
	FromEnv
	FromFlag
	FromUser // asked
)

var sourceNames = map[Source]string{
	FromDefault: "default", FromOrg: "found", FromLastRun: "last run", FromFile: "file", FromKeyring: "keyring",
	FromEnv: "environment", FromFlag: "flag", FromUser: "you",
}

// String returns one word for the source.
func (s Source) String() string { return sourceNames[s] }

// Answer is a question's value and where it came from. A question that takes several values has them in
// Values; Value is the first of them.
type Answer struct {
	Value  string
	Values []string
	From   Source
	Note   string // what was changed while the value was read
	Given  bool   // false: nothing answers the question
}

// Answers holds the answers of one run. It is safe for concurrent use.
type Answers struct {
	mu      sync.RWMutex
	given   map[Key]Answer
	secrets map[Key]Secret
	raised  map[StepID][]Question
}

// NewAnswers returns an empty set.
func NewAnswers() *Answers {
	return &Answers{given: map[Key]Answer{}, secrets: map[Key]Secret{}, raised: map[StepID][]Question{}}
}

// Set parses values and keeps them as the answer to the question of that key. An error says what is wrong
// with the value and what would be right; the answer then stays what it was. No value at all forgets the answer.
func (a *Answers) Set(key Key, from Source, values ...string) error {
	q, ok := a.Question(key)
	if _, name := key.parts(); !ok && name == "" {
		return fmt.Errorf("there is no question %q", key)
	}
	if q.Kind == Hidden {
		return a.setSecret(q, from, strings.Join(values, ""))
	}
	answer := Answer{From: from, Given: true}
	var notes []string
	for _, raw := range values {
		value, removed, note, err := q.read(raw)
		if err != nil {
			return err
		}
		for _, text := range []string{removed, note} {
			if text != "" {
				notes = append(notes, text)
			}
		}
		if value != "" && !slices.Contains(answer.Values, value) {
			answer.Values = append(answer.Values, value)
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(answer.Values) == 0 {
		delete(a.given, key)
		return nil
	}
	answer.Values = q.WithLocked(answer.Values)
	answer.Value, answer.Note = answer.Values[0], strings.Join(notes, " ")
	if err := a.confirmable(key, answer.Value); err != nil {
		return err
	}
	if slices.Contains(secretsOf, key) && a.given[key].Value != answer.Value {
		a.dropKept(q.Section)
	}
	a.given[key] = answer
	return nil
}

// secretsOf are the questions whose answers say what a secret opens.
var secretsOf = []Key{OktaOrg, OktaClientID, ManualClientID, GenesysRegion, GenesysClientID}

// dropKept forgets what the keyring keeps for another org than is named now. The caller holds the lock.
func (a *Answers) dropKept(section SectionID) {
	for _, q := range Questions(section) {
		if a.given[q.Key].From == FromKeyring {
			delete(a.given, q.Key)
			delete(a.secrets, q.Key)
		}
	}
}

// Get returns the answer: what was given, else what follows from other answers, else the default.
func (a *Answers) Get(key Key) Answer {
	q, _ := a.Question(key)
	return a.To(q)
}

// To returns the answer to a question, which may be one that an org raises.
func (a *Answers) To(q Question) Answer {
	a.mu.RLock()
	answer, ok := a.given[q.Key]
	a.mu.RUnlock()
	if ok {
		return answer
	}
	if values, from := a.fromGroup(q.Key); len(values) > 0 {
		return q.named(values, from)
	}
	if len(q.Earlier) > 0 {
		return Answer{Value: q.Earlier[0], Values: q.Earlier, From: FromLastRun, Given: true}
	}
	value := q.Default
	if q.Derive != nil {
		value = q.Derive(a)
	}
	if value == "" {
		return Answer{}
	}
	values := q.Split(value)
	return Answer{Value: values[0], Values: values, From: FromDefault, Given: true}
}

// Value returns the answer's first value, empty if there is none.
func (a *Answers) Value(key Key) string { return a.Get(key).Value }

// Secret returns the answer to a Hidden question.
func (a *Answers) Secret(key Key) Secret {
	a.mu.RLock()
	secret, ok := a.secrets[key]
	a.mu.RUnlock()
	if values, _ := a.fromGroup(key); !ok && len(values) > 0 {
		return NewSecret(values[0])
	}
	return secret
}

// named is the answer that flags or variables gave by name.
func (q Question) named(values []string, from Source) Answer {
	answer := Answer{From: from, Given: true}
	for _, text := range values {
		if q.Kind == Hidden {
			text = NewSecret(text).String()
		} else if value, _, _, err := q.read(text); err == nil {
			text = value
		}
		answer.Values = append(answer.Values, text)
	}
	answer.Value = answer.Values[0]
	return answer
}

// Take answers the questions of the keys as other answers do, where those have an answer.
func (a *Answers) Take(from *Answers, keys ...Key) {
	other := from.Only(keys...)
	a.mu.Lock()
	defer a.mu.Unlock()
	maps.Copy(a.given, other.given)
	maps.Copy(a.secrets, other.secrets)
}

// Missing returns the questions of the sections that must be answered before their steps can be planned.
func (a *Answers) Missing(sections ...SectionID) []Question {
	var out []Question
	for _, s := range sections {
		for _, q := range a.Questions(s) {
			if q.Needed && q.Asked(a) && !a.Get(q.Key).Given {
				if named := repeats(q.Key); named != "" {
					q.Label += " " + hostOnly(a.Value(named))
				}
				out = append(out, q)
			}
		}
	}
	return out
}

// Found keeps values that were discovered in an org, unless the user gave others.
func (a *Answers) Found(key Key, values ...string) {
	q, _ := a.Question(key)
	answer := Answer{Values: q.WithLocked(values), From: FromOrg, Given: true}
	if len(answer.Values) > 0 {
		answer.Value = answer.Values[0]
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if was, ok := a.given[key]; ok && was.From > FromOrg {
		return
	}
	a.given[key] = answer
}

// OtherSources lists how the question can be answered without being asked.
func (q Question) OtherSources() string {
	if group, name := q.Key.parts(); name != "" {
		all, _ := QuestionFor(group)
		return all.OtherSources() + " with " + name + "=VALUE"
	}
	var sources []string
	if q.Flag != "" {
		sources = append(sources, "--"+q.Flag)
	}
	return strings.Join(append(sources, q.Env...), " or ")
}

// CommandLine sets an answer as a command line does: a possible one, as an example, or the first option.
func (q Question) CommandLine() string {
	value := cmp.Or(q.Example, "VALUE")
	if q.Example == "" && len(q.Fixed) > 0 {
		value = q.Fixed[0].Spelling()
	}
	if group, name := q.Key.parts(); name != "" {
		value = name + "=" + value
		q, _ = QuestionFor(group)
	}
	if q.Flag == "" {
		return ShellVariable(q.Env[0], value)
	}
	return "--" + q.Flag + " " + ShellWord(value)
}

// read cleans a value, then parses it. The notes say what was removed, and what was changed.
func (q Question) read(raw string) (value, removed, note string, err error) {
	clean := apiclient.ReadInput
	if q.Kind == List {
		clean = apiclient.ReadAddress
	}
	if value, removed, err = clean(raw); err != nil {
		return "", "", "", fmt.Errorf("%q %w. Remove it", clip(value), err)
	}
	if q.Parse != nil {
		value, note, err = q.Parse(value)
	}
	return value, removed, note, err
}

// Takes reports whether a value answers the question as it is.
func Takes(key Key, value string) bool {
	q, _ := QuestionFor(key)
	read, _, _, err := q.read(value)
	return err == nil && read == value
}

// Given returns what was answered in the environment, by flags or by a user, without secrets, for the journal.
func (a *Answers) Given() map[string][]string {
	a.mu.RLock()
	defer a.mu.RUnlock()
	out := map[string][]string{}
	for key, answer := range a.given {
		if _, name := key.parts(); name != "" {
			continue
		}
		if q, _ := QuestionFor(key); q.Kind != Hidden && answer.From > FromOrg && repeats(key) == "" {
			out[string(key)] = slices.Clone(answer.Values)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(a.given)) {
		if group, name := key.parts(); name != "" && groups[group] != Hidden {
			out[string(group)] = a.given[key].replacing(name, out[string(group)])
		}
	}
	return out
}

// replacing are the pairs of a group with the answer's values in place of others of that name.
func (answer Answer) replacing(name string, pairs []string) []string {
	pairs = slices.DeleteFunc(pairs, func(pair string) bool { return strings.HasPrefix(pair, name+"=") })
	for _, value := range answer.Values {
		pairs = append(pairs, name+"="+value)
	}
	return pairs
}

// FromRun answers what an earlier run kept, unless it is answered already. A value that is not valid any more is
// left out.
func (a *Answers) FromRun(kept map[string][]string) {
	all := maps.Clone(kept)
	for group := range groups {
		delete(all, string(group))
		maps.Copy(all, a.unanswered(group, kept[string(group)]))
	}
	for key, values := range all {
		if q, _ := a.Question(Key(key)); q.Kind != Hidden && repeats(q.Key) == "" && !a.answered(q.Key) {
			_ = a.Set(q.Key, FromLastRun, values...)
		}
	}
}

// granting are the questions whose answers grant access, or say who gets the user's credentials.
var granting = []Key{OktaOrg, GenesysRegion, RedirectURIs, LogoutURIs, AllowedDomains, StagingHosts, Assign, AssignGroups, DiscoveryURI, VisitorNames}

// Granted returns the questions that grant access and that only an earlier run answered, in another way than without
// it. before has the answers without it.
func (a *Answers) Granted(before *Answers) []Question {
	return slices.DeleteFunc(Questions(""), func(q Question) bool {
		now := a.Get(q.Key)
		return !slices.Contains(granting, q.Key) || now.From != FromLastRun || slices.Equal(now.Values, before.Get(q.Key).Values)
	})
}

func (a *Answers) answered(key Key) bool {
	a.mu.RLock()
	defer a.mu.RUnlock()
	_, ok := a.given[key]
	return ok
}

// AnswerError says that a value cannot be an answer.
type AnswerError struct {
	Key Key // empty: there is no such question
	Err error
	Fix string
}

// Error returns what is wrong with the value.
func (e *AnswerError) Error() string { return e.Err.Error() }

// Unwrap returns the cause.
func (e *AnswerError) Unwrap() error { return e.Err }
