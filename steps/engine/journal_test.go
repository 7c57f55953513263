package engine_test

import (
	"encoding/json"
	"slices"
	"sync"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
)

// receipt is what a journal knows of a change.
type receipt string

const (
	intended receipt = "intended" // it may have been carried out
	made     receipt = "made"
	rejected receipt = "rejected"
	reversed receipt = "reversed"
)

type entry struct {
	engine.Change
	receipt receipt
	at      time.Time
}

// journal is an in-memory Journal.
type journal struct {
	id        string
	unwritten func(c engine.Change, r receipt) error // nil: every entry can be written

	mu      sync.Mutex
	entries []entry
}

func (j *journal) write(c engine.Change, r receipt) error {
	if j.unwritten == nil {
		return nil
	}
	return j.unwritten(c, r)
}

func (j *journal) Intend(c engine.Change) (int, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err := j.write(c, intended); err != nil {
		return 0, err
	}
	j.entries = append(j.entries, entry{c, intended, time.Now()})
	return len(j.entries) - 1, nil
}

func (j *journal) Settle(i int, id string, failed error) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	e := &j.entries[i]
	e.ID = id
	refusal, isRefusal := apiclient.AsError(failed)
	switch {
	case failed == nil:
		e.receipt = made
	case isRefusal && !refusal.Maybe && refusal.Status >= 400 && refusal.Status < 500:
		e.receipt = rejected
	}
	return j.write(e.Change, e.receipt)
}

func (j *journal) Found(c engine.Change) error {
	j.mu.Lock()
	defer j.mu.Unlock()
	for i, e := range slices.Backward(j.entries) {
		created, changed := e.ID == "" && e.Name == c.Name && c.OfRun, e.ID == c.ID && !c.Writes()
		if e.Kind == c.Kind && e.receipt == intended && (created || changed) {
			j.entries[i].ID, j.entries[i].receipt = c.ID, made
			return j.write(c, made)
		}
	}
	return nil
}

func (j *journal) RunID() string { return j.id }

func (j *journal) Created(kind guide.ObjectKind, key engine.Key, _ time.Duration) []engine.Past {
	j.mu.Lock()
	defer j.mu.Unlock()
	var past []engine.Past
	for _, e := range slices.Backward(j.entries) {
		open := e.receipt == made || e.receipt == intended
		if open && e.Verb == engine.Create && e.Kind == kind && (key.Name == "" || key.Name == e.Name) &&
			(key.In == nil || slices.Equal(key.In, e.In)) {
			past = append(past, engine.Past{Ref: e.Ref(), At: e.at})
		}
	}
	return past
}

// pastRun returns what is left to undo, as a file would hold it.
func (j *journal) pastRun() engine.PastRun {
	r := engine.PastRun{ID: j.id}
	for i, e := range j.entries {
		if e.receipt == rejected || e.receipt == reversed {
			continue
		}
		kept := engine.Entry{
			Index: i, Verb: e.Verb, Kind: e.Kind, Name: e.Name, Ref: e.Ref(), Lost: e.receipt == intended, At: e.at,
		}
		text, _ := json.Marshal(e.Fields)
		_ = json.Unmarshal(text, &kept.Fields)
		r.Entries = append(r.Entries, kept)
	}
	return r
}

// reverse notes that an entry was undone.
func (j *journal) reverse(i int) error {
	j.entries[i].receipt = reversed
	return nil
}

// receipts returns what became of the changes of a kind.
func (j *journal) receipts(kind guide.ObjectKind) []receipt {
	var out []receipt
	for _, e := range j.entries {
		if e.Kind == kind {
			out = append(out, e.receipt)
		}
	}
	return out
}
