package apiclient

import (
	"encoding/json"
	"testing"

	"gotest.tools/v3/assert"
)

func TestObjectsAreSentBackAsTheyCame(t *testing.T) {
	t.Parallel()
	const came = `{"list":[null,{"a":null,"b":1}],"none":null,"number":12345678901234567890,"object":{"c":null},"true":true}`
	var o Object
	assert.NilError(t, json.Unmarshal([]byte(came), &o))
	for want, got := range map[string]Object{
		came: o,
		`{"list":[{"b":1}],"number":12345678901234567890,"object":{},"true":true}`: o.WithoutNulls(),
		`{}`: Object(nil).WithoutNulls(),
	} {
		text, err := json.Marshal(got)
		assert.Check(t, err == nil && string(text) == want, "got %s, want %s (%v)", text, want, err)
	}
	assert.Check(t, json.Unmarshal([]byte(`[]`), &o) != nil, "a list passes for an object")
}
