package genesys

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"msgsso-wizard/apiclient"
)

func TestNumberedPages(t *testing.T) {
	t.Parallel()
	const call = "GET /api/v2/integrations/credentials?pageNumber=%d&pageSize=100"
	for name, tt := range map[string]struct {
		pages []string
		want  []string
	}{
		"one page":           {[]string{`{"entities":[{"id":"a"}],"pageNumber":1,"pageCount":1}`}, []string{"a"}},
		"by count":           {[]string{`{"entities":[{"id":"a"}],"pageCount":2}`, `{"entities":[{"id":"b"}],"pageCount":2,"nextUri":"/x"}`}, []string{"a", "b"}},
		"by next":            {[]string{`{"entities":[{"id":"a"}],"nextUri":"/x"}`, `{"entities":[{"id":"b"}],"nextUri":null}`}, []string{"a", "b"}},
		"empty page ends":    {[]string{`{"entities":[{"id":"a"}],"pageCount":9}`, `{"entities":[],"pageCount":9}`}, []string{"a"}},
		"none":               {[]string{`{"entities":[]}`}, nil},
		"none, said by null": {[]string{`{"entities":null,"total":0}`}, nil},
		"hostile next":       {[]string{`{"entities":[{"id":"a"}],"nextUri":"https://evil.test/steal"}`, `{"entities":[]}`}, []string{"a"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var exchanges []exchange
			for i, page := range tt.pages {
				exchanges = append(exchanges, exchange{call: fmt.Sprintf(call, i+1), answer: page})
			}
			got, err := script(t, exchanges...).Credentials(t.Context())
			ok(t, err)
			var ids []string
			for _, c := range got {
				ids = append(ids, c.ID)
			}
			same(t, ids, tt.want)
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
		problem   error
	}{
		"one page":          {[]exchange{{call: first, answer: `{"entities":[{"id":"a"}]}`}}, 1, nil},
		"two pages":         {[]exchange{{call: first, answer: `{"entities":[{"id":"a"}],` + next + `}`}, {call: second, answer: `{"entities":[{"id":"b"}],"nextUri":""}`}}, 2, nil},
		"unchanged":         {[]exchange{{call: first, answer: `{"entities":[{"id":"a"}],` + next + `}`}, {call: second, answer: `{"entities":[{"id":"b"}],` + next + `}`}}, 2, nil},
		"next is empty":     {[]exchange{{call: first, answer: `{"entities":[{"id":"a"}],"nextUri":"/api/v2/webdeployments/configurations?after="}`}}, 1, nil},
		"empty page ends":   {[]exchange{{call: first, answer: `{"entities":[],` + next + `}`}}, 0, nil},
		"other host":        {[]exchange{{call: first, answer: `{"entities":[{"id":"a"}],"nextUri":"https://evil.test/api?after=x"}`}}, 0, apiclient.ErrMalformed},
		"other host, short": {[]exchange{{call: first, answer: `{"entities":[{"id":"a"}],"nextUri":"//evil.test/api?after=x"}`}}, 0, apiclient.ErrMalformed},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := script(t, tt.exchanges...).Configurations(t.Context())
			if len(got) != tt.want || !errors.Is(err, tt.problem) {
				t.Errorf("got %d, %v", len(got), err)
			}
		})
	}
}

func TestPagesThatAreNone(t *testing.T) {
	t.Parallel()
	for answer, problem := range map[string]string{
		`{}`:                            "entities is missing",
		`{"entities":null}`:             "entities is missing",
		`{"entities":null,"total":3}`:   "entities is missing",
		`{"entities":[{"name":"x"}]}`:   "entities[].id is missing",
		`{"entities":[null]}`:           "entities[].id is missing",
		`{"entities":{"id":"a"}}`:       "entities should be an array",
		`{"entities":[{"id":{"a":1}}]}`: "cannot be understood",
		`[]`:                            "cannot be understood",
		`null`:                          "the answer is null",
		`{"entities":[`:                 "not JSON",
	} {
		c := script(t, exchange{call: "GET /api/v2/webdeployments/configurations?pageSize=100", answer: answer})
		_, err := c.Configurations(t.Context())
		if !errors.Is(err, apiclient.ErrMalformed) || !strings.Contains(err.Error(), problem) || !strings.Contains(err.Error(), "getWebdeploymentsConfigurations") {
			t.Errorf("%s: got %v, want %q", answer, err, problem)
		}
	}
}

func TestEndlessListsEnd(t *testing.T) {
	t.Parallel()
	var calls atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		if r.URL.Path == "/oauth/token" {
			_, _ = io.WriteString(w, `{"access_token":"token-1"}`)
			return
		}
		_, _ = fmt.Fprintf(w, `{"entities":[{"id":"a"}],"nextUri":"/x?after=%d"}`, calls.Add(1))
	}))
	t.Cleanup(server.Close)
	c := clientOf(t, server)
	for name, list := range map[string]func() error{
		"cursor": func() error { _, err := c.Deployments(t.Context()); return err },
		"number": func() error { _, err := c.Flows(t.Context()); return err },
	} {
		calls.Store(0)
		if err := list(); !errors.Is(err, apiclient.ErrMalformed) || !strings.Contains(err.Error(), "the end of the list is missing") {
			t.Errorf("%s: got %v", name, err)
		}
		same(t, calls.Load(), int64(maxPages))
	}
}
