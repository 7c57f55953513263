package journal

import (
	"crypto/rand"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
)

// Format is the version of the files that this program writes, and the newest that it reads. Format 1 had what undo needs
// in another form; see legacy.go. Format 2 had no site.
const Format = 3

// State says how far a run came.
type State string

// The states.
const (
	Running State = "running" // under way, or cut off
	Done    State = "done"
	Undone  State = "undone"
)

// Run is what is known of one run.
type Run struct {
	Format       int                 `json:"format"`
	ID           string              `json:"id"`
	Program      string              `json:"program"`           // the version that wrote it
	Command      string              `json:"command,omitempty"` // that began it; empty: not kept
	Began        time.Time           `json:"began"`
	Changed      time.Time           `json:"changed"`
	State        State               `json:"state"`
	Okta         string              `json:"okta"`                   // the org's address
	Genesys      string              `json:"genesys"`                // the region, as it was answered
	Organization string              `json:"organization,omitempty"` // the id of the Genesys Cloud organization
	Site         string              `json:"site,omitempty"`         // of an answers file with several; empty: none
	Answers      map[string][]string `json:"answers,omitempty"`
	Entries      []Entry             `json:"entries,omitempty"`
}

// Stage says what became of a change.
type Stage string

// The stages. A change that is Intended may have been carried out: its answer may have been lost.
const (
	Intended Stage = "intended"
	Made     Stage = "made"
	Refused  Stage = "refused" // the service said no: nothing was changed
	Gone     Stage = "undone"
)

// Entry is one change of a run.
type Entry struct {
	Step  guide.StepID     `json:"step"`
	Verb  string           `json:"verb"`
	Kind  guide.ObjectKind `json:"kind"`
	Name  string           `json:"name"`
	ID    string           `json:"id,omitempty"`
	Stage Stage            `json:"stage"`
	At    time.Time        `json:"at"`
	Undo  json.RawMessage  `json:"undo,omitempty"` // what taking it back needs
}

// NewRun begins the record of a run. Its id sorts by time.
func NewRun(now time.Time, program string) Run {
	return Run{
		Format: Format, ID: now.UTC().Format("20060102-150405") + "-" + strings.ToLower(rand.Text()[:4]),
		Program: program, Began: now, Changed: now, State: Running,
	}
}

// change is what an entry keeps of a change apart from its kind and ID. It holds no secret.
type change struct {
	In     []string             `json:"in,omitempty"` // see engine.Ref
	Fields []engine.FieldChange `json:"fields,omitempty"`

	legacy
}

// clean returns the run with texts that no terminal obeys.
func (r Run) clean() Run {
	for _, text := range []*string{&r.Program, &r.Command, &r.Okta, &r.Genesys, &r.Organization, &r.Site, (*string)(&r.State)} {
		*text = apiclient.Clean(*text)
	}
	for _, values := range r.Answers {
		cleanAll(values)
	}
	for i := range r.Entries {
		e := &r.Entries[i]
		for _, text := range []*string{(*string)(&e.Step), &e.Verb, (*string)(&e.Kind), &e.Name, &e.ID, (*string)(&e.Stage)} {
			*text = apiclient.Clean(*text)
		}
	}
	return r
}

func cleanAll(texts []string) []string {
	for i := range texts {
		texts[i] = apiclient.Clean(texts[i])
	}
	return texts
}

// cleanFields cleans values, which may have several lines, like the services' own.
func cleanFields(fields []engine.FieldChange) []engine.FieldChange {
	for i := range fields {
		f := &fields[i]
		f.Field = apiclient.Clean(f.Field)
		for _, value := range []engine.Value{f.Before, f.After} {
			for i := range value {
				value[i] = apiclient.CleanLines(value[i])
			}
		}
	}
	return fields
}

// Change returns the entry as the engine undoes it; index is its place in the run.
func (e Entry) Change(index int) engine.Entry {
	var c change
	if len(e.Undo) > 0 {
		_ = json.Unmarshal(e.Undo, &c) // checked when the file was read
	}
	return engine.Entry{
		Index: index, Verb: engine.Verb(e.Verb), Kind: e.Kind, Name: e.Name,
		Ref: engine.Ref{ID: e.ID, In: cleanAll(c.In)}, Fields: cleanFields(append(c.Fields, c.fields(e.Kind)...)), Lost: e.Stage == Intended, At: e.At,
	}
}

// PastRun returns what is left of the run to undo.
func (r Run) PastRun() engine.PastRun {
	past := engine.PastRun{ID: r.ID, Command: r.Command, Began: r.Began}
	for i, e := range r.Entries {
		if r.State != Undone && e.left() {
			past.Entries = append(past.Entries, e.Change(i))
		}
	}
	return past
}

// left reports whether the change was made and not undone, or may have been.
func (e Entry) left() bool { return e.Stage == Made || e.Stage == Intended }

// Left returns the changes that were made and not undone, or may have been, oldest first.
func (r Run) Left() []Entry {
	return slices.DeleteFunc(slices.Clone(r.Entries), func(e Entry) bool { return e.Stage == Refused || e.Stage == Gone })
}

// Rotates reports whether the run rotates a client secret: a rotation resumes it, and the guide doesn't.
func (r Run) Rotates() bool {
	return slices.ContainsFunc(r.Entries, func(e Entry) bool { return e.Kind == guide.KindSecret || e.Kind == guide.KindOldSecret })
}

// Rotated returns the new client secret of a rotation and the old one, as far as the run came; nil: not so far.
func (r Run) Rotated() (made, old *Entry) {
	for i, e := range r.Entries {
		switch {
		case !e.left() || r.State == Undone:
		case e.Kind == guide.KindSecret:
			made, old = &r.Entries[i], nil
		case e.Kind == guide.KindOldSecret && e.Stage == Made:
			old = &r.Entries[i]
		}
	}
	return made, old
}

// Kept returns what an undo of the run kept: of Left those that it found. A change that was cut off before its answer
// and never found is none.
func (r Run) Kept() []Entry {
	return slices.DeleteFunc(r.Left(), func(e Entry) bool { return e.Stage == Intended && e.ID == "" })
}

// legacy is what entries of format 1 keep: members that were added to lists, and values that were replaced.
type legacy struct {
	Added  map[string][]string `json:"added,omitempty"`
	Before map[string]string   `json:"before,omitempty"`
	After  map[string]string   `json:"after,omitempty"`
}

// fields returns it in the form of today.
func (l legacy) fields(kind guide.ObjectKind) []engine.FieldChange {
	var out []engine.FieldChange
	for _, name := range slices.Sorted(maps.Keys(l.Added)) {
		if len(l.Added[name]) > 0 {
			out = append(out, engine.FieldChange{Field: name, List: true, Before: engine.Value{}, After: l.Added[name]})
		}
	}
	names := slices.AppendSeq(slices.Collect(maps.Keys(l.Before)), maps.Keys(l.After))
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if _, was := l.Before[name]; was && l.Before[name] == l.After[name] && !grouped(name) {
			continue
		}
		c := engine.FieldChange{Field: name, Before: engine.Text(l.Before[name]), After: engine.Text(l.After[name])}
		switch kind {
		case guide.KindConfiguration:
			c.Before, c.After = authentication(l.Before[name]), authentication(l.After[name])
		case guide.KindState:
			c.After = engine.Value{"ACTIVE"}
			if l.Before[name] != "ACTIVE" {
				c.Before = engine.Value{"DISABLED"}
			}
		}
		out = append(out, c)
	}
	return out
}

// grouped reports whether a value that did not change is kept with one that did; see engine.Field.
func grouped(name string) bool { return name != "inbound message flow" && name != "notes" }

// authentication is the field of a draft, of which format 1 kept the integration's ID, empty where it was off.
func authentication(integrationID string) engine.Value {
	if integrationID == "" {
		return engine.Value{"off", ""}
	}
	return engine.Value{"on", integrationID}
}
