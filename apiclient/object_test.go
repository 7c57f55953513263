package apiclient

import (
	"encoding/json"
	"testing"
)

func TestObjectsAreSentBackAsTheyCame(t *testing.T) {
	t.Parallel()
	const came = `{"list":[null,{"a":null,"b":1}],"none":null,"number":12345678901234567890,"object":{"c":null},"true":true}`
	var o Object
	if err := json.Unmarshal([]byte(came), &o); err != nil {
		t.Fatal(err)
	}
	for want, got := range map[string]Object{
		came: o,
		`{"list":[{"b":1}],"number":12345678901234567890,"object":{},"true":true}`: o.WithoutNulls(),
		`{}`: Object(nil).WithoutNulls(),
	} {
		if text, err := json.Marshal(got); err != nil || string(text) != want {
			t.Errorf("got %s, want %s (%v)", text, want, err)
		}
	}
	if json.Unmarshal([]byte(`[]`), &o) == nil {
		t.Error("a list passes for an object")
	}
}
