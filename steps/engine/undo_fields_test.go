package engine_test

import (
	"maps"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/engine"
)

type fields = map[string]engine.Value

// A run changes fields of an object, others may change it after that, and the run is undone.
func TestRestore(t *testing.T) {
	t.Parallel()
	list := func(members ...string) engine.Value { return append(engine.Value{}, members...) }
	type c struct {
		before fields
		steps  []fields
		others fields // what they change; nil: nothing
		want   fields
		why    string
		act    engine.Act
	}
	cases := map[string]c{
		"missing text":          {fields{}, []fields{{note: {"new"}}}, nil, fields{}, "note empty again", engine.Restore},
		"text":                  {fields{note: {"old"}}, []fields{{note: {"new"}}}, nil, fields{note: {"old"}}, "note old again", engine.Restore},
		"text of lines":         {fields{note: {"a\nb"}}, []fields{{note: {"new"}}}, nil, fields{note: {"a\nb"}}, "note as before", engine.Restore},
		"missing list":          {fields{}, []fields{{uris: {"x"}}}, nil, fields{}, "uris - x", engine.Restore},
		"empty list":            {fields{uris: list()}, []fields{{uris: {"x"}}}, nil, fields{uris: list()}, "uris - x", engine.Restore},
		"list in order":         {fields{uris: {"b", "a"}}, []fields{{uris: {"x", "a", "b"}}}, nil, fields{uris: {"b", "a"}}, "uris - x", engine.Restore},
		"list with removal":     {fields{uris: {"a", "b"}}, []fields{{uris: {"a"}}}, nil, fields{uris: {"a", "b"}}, "uris + b", engine.Restore},
		"list replaced":         {fields{uris: {"a"}}, []fields{{uris: {"x"}}}, nil, fields{uris: {"a"}}, "uris - x + a", engine.Restore},
		"several":               {fields{title: {"T"}, uris: {"a"}}, []fields{{title: {"U"}, note: {"n"}, uris: {"a", "x"}}}, nil, fields{title: {"T"}, uris: {"a"}}, "title T again, note empty again, uris - x", engine.Restore},
		"two steps":             {fields{note: {"1"}, uris: {"a"}}, []fields{{note: {"2"}, uris: {"a", "x"}}, {note: {"3"}, uris: {"a", "x", "y"}}}, nil, fields{note: {"1"}, uris: {"a"}}, "", engine.Restore},
		"two steps, fields":     {fields{}, []fields{{note: {"2"}}, {uris: {"x"}}}, nil, fields{}, "", engine.Restore},
		"others' members":       {fields{uris: {"a"}}, []fields{{uris: {"a", "x"}}}, fields{uris: {"o", "a", "x", "p"}}, fields{uris: {"o", "a", "p"}}, "uris - x", engine.Restore},
		"others' and removal":   {fields{uris: {"a", "b"}}, []fields{{uris: {"a"}}}, fields{uris: {"a", "o"}}, fields{uris: {"a", "o", "b"}}, "uris + b", engine.Restore},
		"others removed ours":   {fields{uris: {"a"}}, []fields{{uris: {"a", "x"}}}, fields{uris: {"a", "o"}}, fields{uris: {"a", "o"}}, "", ""},
		"others left only ours": {fields{uris: {"a"}}, []fields{{uris: {"a", "x"}}}, fields{uris: {"x"}}, fields{uris: {"x"}}, "uris stays: others changed it since", engine.Keep},
		"others' text":          {fields{}, []fields{{note: {"new"}}}, fields{note: {"by others"}}, fields{note: {"by others"}}, "note stays: others changed it since", engine.Keep},
		"others' text and ours": {fields{}, []fields{{note: {"new"}, uris: {"x"}}}, fields{note: {"by others"}}, fields{note: {"by others"}}, "uris - x, note stays: others changed it since", engine.Restore},
		"others restored it":    {fields{note: {"old"}}, []fields{{note: {"new"}}}, fields{note: {"old"}}, fields{note: {"old"}}, "", ""},
		"moved":                 {fields{}, []fields{{title: {"U"}, uris: {"x"}}}, fields{title: {"V"}}, fields{title: {"V"}, uris: {"x"}}, "it has another title", engine.Keep},
		"another field":         {fields{}, []fields{{uris: {"x"}}}, fields{note: {"by others"}}, fields{note: {"by others"}}, "uris - x", engine.Restore},
	}
	for name, late := range map[string]bool{"before the plan": false, "after the plan": true} {
		t.Run("others change it "+name, func(t *testing.T) {
			t.Parallel()
			each(t, cases, func(t *testing.T, w *world, tc c) {
				app := edited(t, w, tc.before, tc.steps...)
				was := maps.Clone(app.Fields)
				app.Fields = fields{}
				maps.Copy(app.Fields, was)
				if !late {
					maps.Copy(app.Fields, tc.others)
				}
				items := w.planUndo(t)
				maps.Copy(app.Fields, tc.others)
				shown, err := w.applyUndo(t, items)
				assert.NilError(t, err)
				if !late {
					shown = engine.Shown(items)
				}
				if tc.act == "" {
					assert.Check(t, late || len(shown) == 0, "%+v", shown)
				} else {
					assert.Check(t, len(shown) == len(tc.steps) && shown[0].Act == tc.act && (tc.why == "" || shown[0].Why == tc.why), "%+v", shown)
				}
				assert.Check(t, is.DeepEqual(w.s.get(kindApp, "app-messenger").Fields, tc.want))
				assert.Check(t, is.Equal(len(w.j.pastRun().Entries) > 0, tc.act == engine.Keep), "entries are left")
				if tc.act != engine.Keep {
					assert.Check(t, is.Len(w.planUndo(t), 0), "a second undo would do")
				}
			})
		})
	}
}

// An object that the run created goes only if others did not change it: what counts is what the run made of it last.
func TestMovedCreated(t *testing.T) {
	t.Parallel()
	type c struct {
		steps  []fields
		others fields
		why    string
	}
	each(t, map[string]c{
		"unchanged":         {[]fields{{title: {"T"}, users: {"a"}}}, nil, ""},
		"changed twice":     {[]fields{{title: {"T"}}, {title: {"U"}}}, nil, ""},
		"list grew":         {[]fields{{users: {"a"}}, {users: {"a", "b"}}}, nil, ""},
		"list shrank":       {[]fields{{users: {"a", "b"}}, {users: {"b"}}}, nil, ""},
		"others' title":     {[]fields{{title: {"T"}}}, fields{title: {"V"}}, "it has another title"},
		"others' old title": {[]fields{{title: {"T"}}, {title: {"U"}}}, fields{title: {"T"}}, "it has another title"},
		"others' members":   {[]fields{{users: {"a"}}}, fields{users: {"a", "o"}}, "others use it: o"},
		"others' note":      {[]fields{{title: {"T"}}}, fields{note: {"n"}}, ""},
	}, func(t *testing.T, w *world, tc c) {
		w.change(t, tc.steps...)
		w.s.edit(kindApp, "app-messenger", func(o *object) { maps.Copy(o.Fields, tc.others) })
		items := engine.Shown(w.planUndo(t))
		want := engine.Delete
		if tc.why != "" {
			want = engine.Keep
		}
		assert.Check(t, len(items) == 1 && items[0].Act == want && items[0].Why == tc.why, "got %+v", items)
		w.undo(t)
		assert.Check(t, is.Equal(w.s.number(kindApp) == 0, (tc.why == "")), "gone")
	})
}

// A change of one field of a group is kept with all of them.
func TestGroupedFields(t *testing.T) {
	t.Parallel()
	text := func(name, group string, at int) engine.Field[[3]string] {
		return engine.Field[[3]string]{Name: name, Group: group, Get: func(o [3]string) engine.Value { return engine.Text(o[at]) }}
	}
	all := []engine.Field[[3]string]{text("URI", "pair", 0), text("credential", "pair", 1), text("notes", "", 2)}
	for want, fields := range map[string][]engine.FieldChange{
		"":    nil,
		"uXn": {{Field: "URI", Before: engine.Text("u"), After: engine.Text("u")}, {Field: "credential", Before: engine.Text("c"), After: engine.Text("X")}},
		"ucX": {{Field: "notes", Before: engine.Text("n"), After: engine.Text("X")}},
	} {
		will := [3]string{"u", "c", "n"}
		for i, r := range want {
			will[i] = string(r)
		}
		assert.Check(t, is.DeepEqual(engine.Differences(all, [3]string{"u", "c", "n"}, will), fields), "%q", want)
	}
}
