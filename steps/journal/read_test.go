package journal

import (
	"cmp"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
	"gotest.tools/v3/golden"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/internal/kit"
)

// The files were written by the last version that wrote format 1: a whole run, and one with objects that existed.
func TestFormat1(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"created", "adopted"} {
		var text strings.Builder
		for _, e := range read(t, name).PastRun().Entries {
			fmt.Fprintf(&text, "%s %s %s %q\n", e.Verb, e.Kind, e.Ref.ID, e.Ref.In)
			for _, f := range e.Fields {
				fmt.Fprintf(&text, "\t%s, list %t: %#v to %#v\n", f.Field, f.List, f.Before, f.After)
			}
		}
		golden.Assert(t, text.String(), "format1-"+name+".golden")
	}
}

// read reads a recorded file of format 1 as it lies in a folder.
func read(t *testing.T, name string) Run {
	t.Helper()
	content := kit.Must(os.ReadFile(filepath.Join("testdata", "format1-"+name+".json")))(t)
	var head struct{ ID string }
	assert.NilError(t, json.Unmarshal(content, &head))
	f := folder(t)
	assert.NilError(t, os.WriteFile(filepath.Join(f.Path(), head.ID+".json"), content, 0o600))
	r, err := f.Run(head.ID)
	assert.Assert(t, err == nil && r.Format == 1, "format %d, %v", r.Format, err)
	return r
}

// No text of a file reaches a terminal that would obey it. Lines of a value stay, so that undo can restore it.
func TestTextsAreCleaned(t *testing.T) {
	t.Parallel()
	const evil = "a\x1b]52;c;ZXZpbA==\a\u202eb"
	fields := []engine.FieldChange{{Field: evil, Before: engine.Value{evil, "one\ntwo"}, After: engine.Value{evil}}}
	undo := kit.Must(json.Marshal(change{In: []string{evil}, Fields: fields, legacy: legacy{Before: map[string]string{evil: evil}}}))(t)
	f, r := folder(t), aRun(began)
	r.Program, r.Okta, r.Genesys, r.Organization, r.State = evil, evil, evil, evil, evil
	r.Answers = map[string][]string{"app-name": {"Chat", evil}}
	r.Entries = []Entry{{Step: evil, Verb: evil, Kind: evil, Name: evil, ID: evil, Stage: Made, Undo: undo}, {Stage: evil}}
	assert.NilError(t, f.Save(r))
	got := kit.Must(f.Run(r.ID))(t)
	entries := got.PastRun().Entries
	text := fmt.Sprintf("%+v %+v", got, entries)
	assert.Check(t, !strings.ContainsAny(text, "\x1b\a\u202e"), text)
	assert.Check(t, is.Contains(text, "a‹U+001B›]52;c;ZXZpbA==‹U+0007›‹U+202E›b"))
	assert.Check(t, is.Equal(entries[0].Fields[0].Before[1], "one\ntwo"))
}

// An entry of this format comes back as it was kept, with missing and empty values.
func TestFieldsRoundTrip(t *testing.T) {
	t.Parallel()
	b := New(folder(t), "test", guide.NewAnswers())
	want := []engine.FieldChange{
		{Field: "list", List: true, Before: engine.Value{}, After: engine.Value{"a", "b"}},
		{Field: "text", Before: nil, After: engine.Value{""}},
	}
	kit.Must(b.Intend(engine.Change{Kind: guide.KindApp, Verb: engine.Update, Name: "Chat", ID: "0oa1", In: []string{"x"}, Fields: want}))(t)
	r := kit.Must(b.folder.Run(b.RunID()))(t)
	got := r.PastRun().Entries[0]
	assert.Check(t, is.DeepEqual(got.Fields, want))
	assert.Check(t, got.Lost && got.Ref.In[0] == "x", "%+v", got)
}

// TestFieldsBelongToFormat: earlier versions refuse a file with a field that they don't know as damaged, and read a renamed
// one as missing.
func TestFieldsBelongToFormat(t *testing.T) {
	t.Parallel()
	text := fmt.Sprintf("format %d\n", Format)
	for _, of := range []reflect.Type{reflect.TypeFor[Run](), reflect.TypeFor[Entry](), reflect.TypeFor[change](), reflect.TypeFor[engine.FieldChange]()} {
		for _, f := range reflect.VisibleFields(of) {
			if !f.Anonymous {
				text += fmt.Sprintf("%s.%s %s\n", of.Name(), cmp.Or(f.Tag.Get("json"), f.Name), f.Type)
			}
		}
	}
	assert.Check(t, golden.String(text, "fields.golden"), "a new field needs a new Format, and a field of an earlier format stays: docs/compatibility.md")
}
