package apiclient

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp/cmpopts"
	"gotest.tools/v3/assert"
)

type filled struct {
	ID    string `api:"id,id"`
	Text  string `api:"text"`
	Inner struct {
		List []string `api:"list"`
	} `api:"inner"`
	Names   []string          `api:"roles.inner.name"`
	Version string            `api:"version,number"`
	Lines   string            `api:"lines,lines"`
	Total   *int              `api:"total"`
	Any     any               `api:"any"`
	Parts   map[string]filled `api:"parts"`
	Key     Secret            `api:"key"`
}

func TestFill(t *testing.T) {
	t.Parallel()
	var got filled
	assert.NilError(t, Fill([]byte(`{"id":"a.b-c_1","text":"a\u001b","inner":{"list":["x",null]},"roles":[{"inner":[{"name":"n"}]},{"inner":null}],
		"version":12345678901234567890,"lines":"a\n\u202eb","total":0,"any":{"x":1},"parts":{"p\u001b":{"id":"b"}}}`), &got))
	assert.Check(t, got.Total != nil && got.Any != nil)
	got.Total, got.Any = nil, nil
	want := filled{
		ID: "a.b-c_1", Text: "a‹U+001B›", Names: []string{"n", ""}, Version: "12345678901234567890", Lines: "a\n‹U+202E›b",
		Parts: map[string]filled{"p‹U+001B›": {ID: "b"}},
	}
	want.Inner.List = []string{"x", ""}
	assert.DeepEqual(t, got, want, cmpopts.EquateComparable(Secret{}))
}

func TestFillNamesThePath(t *testing.T) {
	t.Parallel()
	for body, want := range map[string]string{
		`[{"id":""}]`:                          "id is missing",
		`[null]`:                               "id is missing",
		`[{"id":"a","parts":{"p":{}}}]`:        "parts.p.id is missing",
		`[{"id":"a` + "`" + `b"}]`:             "id isn't an ID",
		`[{"id":"a$(id)"}]`:                    "id isn't an ID",
		`[{"id":"../a"}]`:                      "id isn't an ID",
		`[{"id":"-a"}]`:                        "id isn't an ID",
		`[{"id":7}]`:                           "id should be a string and is number",
		`[{"id":"a","inner":{"list":[true]}}]`: "inner.list should be a string and is bool",
		`[{"id":"a","inner":[]}]`:              "inner should be an object and is array",
		`[{"id":"a","roles":"x"}]`:             "roles.inner.name should be an object and is string",
		`[{"id":"a","key":{}}]`:                "key should be a string and is object",
		`[{"id":"a","parts":{"p":{"id":"b","inner":"can"}}}]`: "parts.p.inner should be an object and is string",
		`{}`: "the response should be an array and is object",
	} {
		var out []filled
		assert.Check(t, misread(Fill([]byte(body), &out)) == want, "%s: %s", body, misread(Fill([]byte(body), &out)))
	}
}

// filler keeps its object whole.
type filler struct{ whole Object }

func (f *filler) FillFrom(whole Object) error {
	f.whole = whole
	return nil
}

func TestObjectsRoundTrip(t *testing.T) {
	t.Parallel()
	const came = `{"list":[null,{"a":null,"b":1}],"none":null,"number":12345678901234567890,"object":{"c":null},"true":true}`
	var read filler
	assert.NilError(t, Fill([]byte(came), &read))
	o := read.whole
	for want, got := range map[string]Object{
		came: o,
		`{"list":[{"b":1}],"number":12345678901234567890,"object":{},"true":true}`: o.WithoutNulls(),
		`{}`: Object(nil).WithoutNulls(),
	} {
		text, err := json.Marshal(got)
		assert.Check(t, err == nil && string(text) == want, "got %s, want %s (%v)", text, want, err)
	}
	assert.Check(t, Fill([]byte(`[]`), &read) != nil, "a list passes for an object")
}
