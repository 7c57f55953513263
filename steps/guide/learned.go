package guide

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Raise replaces the questions that arise only once an org shows that they do, by the step of a plan that found it. They
// are asked after those of their section.
func (a *Answers) Raise(asked map[StepID][]Question) {
	a.mu.Lock()
	defer a.mu.Unlock()
	maps.Copy(a.raised, asked)
}

func (a *Answers) allRaised() []Question {
	a.mu.RLock()
	defer a.mu.RUnlock()
	var out []Question
	for _, step := range slices.Sorted(maps.Keys(a.raised)) {
		out = append(out, a.raised[step]...)
	}
	return out
}

// Questions returns the questions of a section that arise in these orgs, in order; those of all sections for an empty id.
func (a *Answers) Questions(section SectionID) []Question {
	raised := a.allRaised()
	out := slices.DeleteFunc(Questions(section), func(q Question) bool {
		return q.Learned || slices.ContainsFunc(raised, func(r Question) bool { return r.Key == q.Key })
	})
	for _, q := range raised {
		if section == "" || q.Section == section {
			out = append(out, q)
		}
	}
	return out
}

// Question returns the question of that key, as it arises in these orgs.
func (a *Answers) Question(key Key) (Question, bool) {
	all := a.allRaised()
	if i := slices.IndexFunc(all, func(q Question) bool { return q.Key == key }); i >= 0 {
		return all[i], true
	}
	if group, name := key.parts(); name != "" {
		return Question{Key: key, Label: name, Kind: groups[group]}, false
	}
	return QuestionFor(key)
}

// groups are the questions that take values by name, each with the kind of a value of unknown name. What a named value
// means is known only from a vendor's schema, so its question is raised.
var groups = map[Key]Kind{IntegrationProperty: Text, CredentialFields: Hidden}

// Named is the key of the value of that name.
func (k Key) Named(name string) Key { return k + "." + Key(name) }

// parts are the group of a named value, and its name; empty: it is none.
func (k Key) parts() (group Key, name string) {
	for group := range groups {
		if name, ok := strings.CutPrefix(string(k), string(group)+"."); ok {
			return group, name
		}
	}
	return k, ""
}

// fromGroup are the values that flags and variables gave to a named value.
func (a *Answers) fromGroup(key Key) (values []string, from Source) {
	group, name := key.parts()
	if name == "" {
		return nil, 0
	}
	a.mu.RLock()
	defer a.mu.RUnlock()
	pairs := a.given[group].Values
	if secret, ok := a.secrets[group]; ok {
		pairs = strings.FieldsFunc(secret.Reveal(), func(r rune) bool { return r == '\n' || r == '\r' })
	}
	for _, pair := range pairs {
		if named, value, _ := strings.Cut(pair, "="); strings.TrimSpace(named) == name {
			values = append(values, value)
		}
	}
	return values, a.given[group].From
}

// NamesIn returns the names of all values that a group was given.
func (a *Answers) NamesIn(group Key) []string {
	a.mu.RLock()
	defer a.mu.RUnlock()
	var names []string
	for _, pair := range a.given[group].Values {
		name, _, _ := strings.Cut(pair, "=")
		names = append(names, name)
	}
	for key := range a.given {
		if of, name := key.parts(); of == group && name != "" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// unanswered are the values of a group's pairs, by the keys of their names, but for names that have a value.
func (a *Answers) unanswered(group Key, pairs []string) map[string][]string {
	values, names := map[string][]string{}, a.NamesIn(group)
	for _, pair := range pairs {
		if name, value, ok := strings.Cut(pair, "="); ok && !slices.Contains(names, name) {
			key := string(group.Named(name))
			values[key] = append(values[key], value)
		}
	}
	return values
}

// Usable reports what is wrong with answers that were given before their questions were raised.
func (a *Answers) Usable(questions ...Question) error {
	for _, q := range questions {
		values, _ := a.fromGroup(q.Key)
		if answer := a.To(q); answer.From > FromOrg && q.Kind != Hidden {
			values = answer.Values
		}
		if err := q.fits(values); err != nil {
			return &AnswerError{Key: q.Key, Err: fmt.Errorf("%s: %w", q.Label, err)}
		}
	}
	return nil
}

// fits says which of the values the question doesn't take.
func (q Question) fits(values []string) error {
	for _, value := range values {
		_, _, _, err := q.read(value)
		if err == nil && q.Kind == Choice {
			_, _, err = oneOf("choice", q.Fixed)(value)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Remembered returns the question with the answer that an earlier run had, if it takes it still.
func (q Question) Remembered(earlier *Answers) Question {
	if a := earlier.To(q); a.From == FromLastRun && q.Kind != Hidden && q.fits(a.Values) == nil {
		q.Earlier = a.Values
	}
	return q
}

// parsePair reads name=value.
func parsePair(raw string) (string, string, error) {
	name, value, ok := strings.Cut(raw, "=")
	if name = strings.TrimSpace(name); name == "" || !ok {
		return "", "", fmt.Errorf("%q isn't NAME=VALUE", clip(raw))
	}
	return name + "=" + strings.TrimSpace(value), "", nil
}

// Only returns a copy that has what was given for the keys, and nothing else.
func (a *Answers) Only(keys ...Key) *Answers {
	a.mu.RLock()
	defer a.mu.RUnlock()
	out := NewAnswers()
	for _, key := range keys {
		if answer, ok := a.given[key]; ok {
			out.given[key] = answer
		}
		if secret, ok := a.secrets[key]; ok {
			out.secrets[key] = secret
		}
	}
	return out
}

// Without returns a copy that lacks what was given for the keys.
func (a *Answers) Without(keys ...Key) *Answers {
	out := a.Clone()
	for _, key := range keys {
		delete(out.given, key)
	}
	return out
}

// WithFound returns a copy that also has what was found in the orgs, as view has it.
func (a *Answers) WithFound(view *Answers) *Answers {
	view.mu.RLock()
	defer view.mu.RUnlock()
	out := a.Clone()
	for key, answer := range view.given {
		if q, _ := QuestionFor(key); answer.From == FromOrg && q.Kind != Hidden {
			out.Found(key, answer.Values...)
		}
	}
	return out
}

// Clone returns a copy. A run has its own, so that its answers stay the same while it lasts.
func (a *Answers) Clone() *Answers {
	a.mu.RLock()
	defer a.mu.RUnlock()
	return &Answers{given: maps.Clone(a.given), secrets: maps.Clone(a.secrets), raised: maps.Clone(a.raised)}
}
