package guide

import "maps"

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
