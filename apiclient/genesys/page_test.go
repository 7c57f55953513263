package genesys

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

func TestNumberedPages(t *testing.T) {
	t.Parallel()
	const call = "GET /api/v2/integrations/credentials?pageNumber=%d&pageSize=100"
	for name, tt := range map[string]struct {
		pages []string
		want  []string
	}{
		"one page":              {[]string{`{"entities":[{"id":"a"}],"pageNumber":1,"pageCount":1}`}, []string{"a"}},
		"by count":              {[]string{`{"entities":[{"id":"a"}],"pageCount":2}`, `{"entities":[{"id":"b"}],"pageCount":2,"nextUri":"/x"}`}, []string{"a", "b"}},
		"by next":               {[]string{`{"entities":[{"id":"a"}],"nextUri":"/x"}`, `{"entities":[{"id":"b"}],"nextUri":null}`}, []string{"a", "b"}},
		"an empty page between": {[]string{`{"entities":[{"id":"a"}],"pageCount":3}`, `{"entities":[],"pageCount":3}`, `{"entities":[{"id":"b"}],"pageCount":3}`}, []string{"a", "b"}},
		"none":                  {[]string{`{"entities":[]}`}, nil},
		"none, said by null":    {[]string{`{"entities":null,"total":0}`}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var exchanges []exchange
			for i, page := range tt.pages {
				exchanges = append(exchanges, exchange{call: fmt.Sprintf(call, i+1), answer: page})
			}
			got, err := script(t, exchanges...).Credentials(t.Context())
			assert.NilError(t, err)
			var ids []string
			for _, c := range got {
				ids = append(ids, c.ID)
			}
			assert.Check(t, is.DeepEqual(ids, tt.want))
		})
	}
}

func TestCursoredPages(t *testing.T) {
	t.Parallel()
	const first = "GET /api/v2/webdeployments/configurations?pageSize=100"
	const second = "GET /api/v2/webdeployments/configurations?after=c%2F2%3D&pageSize=100"
	const next = `"nextUri":"/api/v2/webdeployments/configurations?after=c%2F2%3D&pageSize=300"`
	for name, tt := range map[string]struct {
		exchanges []exchange
		want      int
	}{
		"one page":           {[]exchange{{call: first, answer: `{"entities":[{"id":"a"}]}`}}, 1},
		"two pages":          {[]exchange{{call: first, answer: `{"entities":[{"id":"a"}],` + next + `}`}, {call: second, answer: `{"entities":[{"id":"b"}],"nextUri":""}`}}, 2},
		"next has no cursor": {[]exchange{{call: first, answer: `{"entities":[{"id":"a"}],"nextUri":"/api/v2/webdeployments/configurations?after="}`}}, 1},
		"an empty page":      {[]exchange{{call: first, answer: `{"entities":[],` + next + `}`}, {call: second, answer: `{"entities":[{"id":"b"}]}`}}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := script(t, tt.exchanges...).Configurations(t.Context())
			assert.NilError(t, err)
			assert.Check(t, is.Equal(len(got), tt.want))
		})
	}
}

func TestPagesThatAreNone(t *testing.T) {
	t.Parallel()
	for answer, problem := range map[string]string{
		`{}`:                          "entities is missing",
		`{"entities":null}`:           "entities is missing",
		`{"entities":null,"total":3}`: "entities is missing",
		`{"entities":[{"name":"x"}]}`: "entities[].id is missing",
		`{"entities":[null]}`:         "entities[].id is missing",
		`{"entities":{"id":"a"}}`:     "entities should be an array",
	} {
		c := script(t, exchange{call: "GET /api/v2/webdeployments/configurations?pageSize=100", answer: answer})
		_, err := c.Configurations(t.Context())
		if !errors.Is(err, apiclient.ErrMalformed) || !strings.Contains(err.Error(), problem) || !strings.Contains(err.Error(), "getWebdeploymentsConfigurations") {
			t.Errorf("%s: got %v, want %q", answer, err, problem)
		}
	}
}
