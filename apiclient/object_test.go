package apiclient

import (
	"encoding/json"
	"testing"

	"gotest.tools/v3/assert"
)

// filler keeps its object whole.
type filler struct{ whole Object }

func (f *filler) FillFrom(whole Object) error {
	f.whole = whole
	return nil
}

func TestObjectsAreSentBackAsTheyCame(t *testing.T) {
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
