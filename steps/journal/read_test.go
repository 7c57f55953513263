package journal

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
)

// change1 is a field of format 1, whose lists have only what was added.
func change1(field, before, after string) engine.FieldChange {
	return engine.FieldChange{Field: field, Before: engine.Text(before), After: engine.Text(after)}
}

func added(field string, members ...string) engine.FieldChange {
	return engine.FieldChange{Field: field, List: true, Before: engine.Value{}, After: members}
}

// The files were written by the last version that wrote format 1: a whole run, and one with objects that existed.
func TestFormat1(t *testing.T) {
	t.Parallel()
	const (
		app, shop     = "0oasWhldvzkueI44yXga", "0oaK8exbrmJ1TY2hCOGM"
		server        = "aus4zgPEycVJdI7sWtLH"
		installed     = "bf2abd33-a900-4184-8030-8a9053e8259b"
		theirs        = "21050d24-444b-4a17-a118-1b814e930ed6"
		configuration = "849fd80e-1189-414c-a4b9-a8cfda63f50a"
		discovery     = "https://acme.okta.com/oauth2/default/.well-known/openid-configuration"
		page, flow    = "https://www.example.com/support", "91b7baae-79d5-4316-996b-53afd725b518"
		mark          = "Created by msgsso-wizard. Credential: client "
	)
	keys := []string{"wellKnownUri", "openIdClient"}
	want := map[string]map[string]engine.Entry{
		"created": {
			"create app integration": {Ref: engine.Ref{ID: app}, Fields: []engine.FieldChange{
				added("grant types", "authorization_code", "refresh_token"),
				added("sign-in redirect URIs", "http://localhost:8080/"), added("sign-out redirect URIs", "http://localhost:8080/"),
			}},
			"create trusted origin":    {Ref: engine.Ref{ID: "tosEzMBeB4APcT33HVUz"}},
			"create integration":       {Ref: engine.Ref{ID: installed}},
			"create configuration":     {Ref: engine.Ref{ID: "37c95057-6abf-4e37-a2b3-78b21500d90b"}},
			"create assignment":        {Ref: engine.Ref{ID: "00gvpHL4kk37rSrB5F1C", In: []string{app}}},
			"create credential":        {Ref: engine.Ref{ID: "fbaad5dd-0050-4250-b931-6149c4ec36f7"}},
			"create access policy":     {Ref: engine.Ref{ID: "00pq83MtbTuRaqsaW2bf", In: []string{server}}, Fields: []engine.FieldChange{added("clients", app)}},
			"create policy rule":       {Ref: engine.Ref{ID: "0prjZF1yhWlQPGr5NzgM", In: []string{server, "00pq83MtbTuRaqsaW2bf"}}, Fields: []engine.FieldChange{added("clients", app)}},
			"create published version": {Ref: engine.Ref{ID: "37c95057-6abf-4e37-a2b3-78b21500d90b"}, Fields: []engine.FieldChange{{Field: "configuration version"}}},
			"update settings": {Ref: engine.Ref{ID: installed, In: keys}, Fields: []engine.FieldChange{
				change1("Discovery URI", "", discovery), change1("credential", "", "fbaad5dd-0050-4250-b931-6149c4ec36f7"),
				change1("notes", "", mark+app+" of acme.okta.com."),
			}},
			"update state": {Ref: engine.Ref{ID: installed}, Fields: []engine.FieldChange{change1("state", "DISABLED", "ACTIVE")}},
			"create deployment": {Ref: engine.Ref{ID: "cdcb2e08-5d4e-4573-a311-41834c11f8ce"}, Fields: []engine.FieldChange{
				added("allowed domains", "localhost"), change1("configuration", "", "37c95057-6abf-4e37-a2b3-78b21500d90b"),
				change1("configuration version", "", "1"), change1("inbound message flow", "", flow),
			}},
		},
		"adopted": {
			"update app integration": {Ref: engine.Ref{ID: shop}, Fields: []engine.FieldChange{
				added("sign-in redirect URIs", page), added("sign-out redirect URIs", page),
			}},
			"update trusted origin": {Ref: engine.Ref{ID: "tosiquqrHCAJNTBfMM2Y"}, Fields: []engine.FieldChange{added("scopes", "REDIRECT")}},
			"update configuration": {Ref: engine.Ref{ID: configuration}, Fields: []engine.FieldChange{
				{Field: "authentication", Before: engine.Value{"off", ""}, After: engine.Value{"on", theirs}},
			}},
			"create assignment":        {Ref: engine.Ref{ID: "00gvpHL4kk37rSrB5F1C", In: []string{shop}}},
			"create credential":        {Ref: engine.Ref{ID: "42722c96-0dbb-401a-9b2f-0a52b1e8b360"}},
			"create access policy":     {Ref: engine.Ref{ID: "00pQw0owZ7U14hbt7gg7", In: []string{server}}, Fields: []engine.FieldChange{added("clients", shop)}},
			"create policy rule":       {Ref: engine.Ref{ID: "0prvd7dPEZUA1BYrztKY", In: []string{server, "00pQw0owZ7U14hbt7gg7"}}, Fields: []engine.FieldChange{added("clients", shop)}},
			"create published version": {Ref: engine.Ref{ID: configuration}, Fields: []engine.FieldChange{change1("configuration version", "2", "")}},
			"update settings": {Ref: engine.Ref{ID: theirs, In: keys}, Fields: []engine.FieldChange{
				change1("Discovery URI", "https://other.example/.well-known/openid-configuration", discovery),
				change1("credential", "", "42722c96-0dbb-401a-9b2f-0a52b1e8b360"),
				change1("notes", "Shop team", "Shop team\n"+mark+shop+" of acme.okta.com."),
			}},
			"update state": {Ref: engine.Ref{ID: theirs}, Fields: []engine.FieldChange{change1("state", "DISABLED", "ACTIVE")}},
			"update deployment": {Ref: engine.Ref{ID: "16343c2e-09a5-42d9-9298-e313bb850531"}, Fields: []engine.FieldChange{
				added("allowed domains", "www.example.com"), change1("configuration", configuration, configuration),
				change1("configuration version", "1", "3"), // the flow did not change
			}},
		},
	}
	for name, entries := range want {
		got := map[string]engine.Entry{}
		for _, e := range read(t, name).Record().Entries {
			got[string(e.Verb)+" "+string(e.Kind)] = engine.Entry{Ref: e.Ref, Fields: e.Fields}
		}
		assert.Check(t, is.DeepEqual(got, entries), name)
	}
}

// read reads a recorded file of format 1 as it lies in a folder.
func read(t *testing.T, name string) Run {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", "format1-"+name+".json"))
	assert.NilError(t, err)
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
	undo, err := json.Marshal(change{In: []string{evil}, Fields: fields, legacy: legacy{Before: map[string]string{evil: evil}}})
	assert.NilError(t, err)
	f, r := folder(t), aRun(began)
	r.Program, r.Okta, r.Genesys, r.Organization, r.State = evil, evil, evil, evil, evil
	r.Answers = map[string][]string{"app-name": {"Chat", evil}}
	r.Entries = []Entry{{Step: evil, Verb: evil, Kind: evil, Name: evil, ID: evil, Stage: Made, Undo: undo}, {Stage: evil}}
	assert.NilError(t, f.Save(r))
	got, err := f.Run(r.ID)
	assert.NilError(t, err)
	e := got.Record().Entries[0]
	texts := []string{
		got.Program, got.Okta, got.Genesys, got.Organization, string(got.State), got.Answers["app-name"][1], string(got.Entries[1].Stage),
		string(e.Step), string(e.Verb), string(e.Kind), e.Name, e.Ref.ID, e.Ref.In[0],
		e.Fields[0].Field, e.Fields[0].Before[0], e.Fields[0].After[0], e.Fields[1].Field, e.Fields[1].Before[0],
	}
	for i, text := range texts {
		assert.Check(t, is.Equal(text, "a‹U+001B›]52;c;ZXZpbA==‹U+0007›‹U+202E›b"), "text %d", i)
	}
	lines := e.Fields[0].Before[1]
	assert.Check(t, is.Equal(strings.Count(lines, "\n"), 1), "lines %q", lines)
}

// An entry of this format comes back as it was kept, with missing and empty values.
func TestFieldsRoundTrip(t *testing.T) {
	t.Parallel()
	b := NewBook(folder(t), "test", guide.NewAnswers())
	want := []engine.FieldChange{
		{Field: "list", List: true, Before: engine.Value{}, After: engine.Value{"a", "b"}},
		{Field: "text", Before: nil, After: engine.Value{""}},
	}
	_, err := b.Intend(engine.Change{Kind: guide.KindApp, Verb: engine.Update, Name: "Chat", ID: "0oa1", In: []string{"x"}, Fields: want})
	assert.NilError(t, err)
	r, err := b.folder.Run(b.RunID())
	assert.NilError(t, err)
	got := r.Record().Entries[0]
	assert.Check(t, is.DeepEqual(got.Fields, want))
	assert.Check(t, got.Lost && got.Ref.In[0] == "x", "%+v", got)
}
