package apiclient

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"testing"
	"testing/synctest"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestDoSendsAndDecodes(t *testing.T) {
	t.Parallel()
	type seen struct{ Method, URI, Accept, Agent, Media, Length, Auth, Own, Body string }
	var got seen
	c := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		got = seen{
			Method: r.Method, URI: r.RequestURI, Accept: r.Header.Get("Accept"), Agent: r.Header.Get("User-Agent"),
			Media: r.Header.Get("Content-Type"), Length: r.Header.Get("Content-Length"), Auth: r.Header.Get("Authorization"),
			Own: r.Header.Get("If-Match"), Body: string(body),
		}
		w.Header().Set("X-Next", "yes")
		answerJSON(201, `{"name":"ann\u001b[2J","n":3}`)(w, r)
	}, func(cfg *Config) {
		cfg.Authorize = func(_ context.Context, r *http.Request) error {
			r.Header.Set("Authorization", "SSWS x")
			return nil
		}
	})
	common := seen{Accept: "application/json", Agent: "msgsso-wizard", Auth: "SSWS x"}
	for name, tc := range map[string]struct {
		req  Request
		want seen
	}{
		"json body": {
			Request{Method: "POST", Path: "/a", Body: map[string]int{"n": 1}},
			seen{Method: "POST", URI: "/a", Media: "application/json", Length: "7", Body: `{"n":1}`},
		},
		"form": {
			Request{Method: "POST", Path: "/t", Form: url.Values{"grant_type": {"client credentials"}}, Read: true},
			seen{Method: "POST", URI: "/t", Media: "application/x-www-form-urlencoded", Length: "29", Body: "grant_type=client+credentials"},
		},
		"POST without a body":          {Request{Method: "POST", Path: "/a"}, seen{Method: "POST", URI: "/a", Length: "0"}},
		"PUT without a body":           {Request{Method: "PUT", Path: "/a"}, seen{Method: "PUT", URI: "/a", Length: "0"}},
		"GET has no length":            {Request{Method: "GET", Path: "/a"}, seen{Method: "GET", URI: "/a"}},
		"query, header, escaped slash": {Request{Method: "GET", Path: "/a%2Fb/c", Query: url.Values{"q": {"a b&c"}}, Header: http.Header{"if-match": {"7"}}}, seen{Method: "GET", URI: "/a%2Fb/c?q=a+b%26c", Own: "7"}},
	} {
		tc.want.Accept, tc.want.Agent, tc.want.Auth = common.Accept, common.Agent, common.Auth
		var out struct {
			Name string `api:"name"`
			N    int    `api:"n"`
		}
		resp, err := c.Do(t.Context(), tc.req, &out)
		assert.NilError(t, err, name)
		assert.Check(t, is.DeepEqual(got, tc.want), "%s: the service saw", name)
		if out.Name != "ann‹U+001B›[2J" || out.N != 3 || resp.Status != 201 || resp.Header.Get("X-Next") != "yes" {
			t.Errorf("%s: got %+v and status %d", name, out, resp.Status)
		}
	}
}

func TestDoRefusesToSend(t *testing.T) {
	t.Parallel()
	net := &fake{replies: []reply{{status: 200}}}
	c := client(t, "https://acme.okta.com", func(cfg *Config) { cfg.HTTP = net })
	for name, req := range map[string]Request{
		"relative path":     {Op: "x", Method: "GET", Path: "things"},
		"query in the path": {Op: "x", Method: "GET", Path: "/things?a=b"},
		"unescaped path":    {Op: "x", Method: "GET", Path: "/a%zz"},
		"no method":         {Op: "x", Method: "G T", Path: "/a"},
		"secret in a body":  {Op: "x", Method: "POST", Path: "/a", Body: map[string]Secret{"s": NewSecret("canary")}},
	} {
		_, err := c.Do(t.Context(), req, nil)
		assert.Check(t, err != nil, "%s: was sent", name)
	}
	assert.Check(t, is.Equal(net.count(), 0))
}

func TestAuthorizerErrorEndsTheCall(t *testing.T) {
	t.Parallel()
	net := &fake{replies: []reply{{status: 200}}}
	refused := &Error{Service: GenesysCloud, Status: 401}
	c := client(t, "https://acme.okta.com", func(cfg *Config) {
		cfg.HTTP = net
		cfg.Authorize = func(context.Context, *http.Request) error { return refused }
	})
	_, err := c.Do(t.Context(), post, nil)
	if e, ok := AsError(err); !ok || e != refused || net.count() != 0 {
		t.Errorf("got %v after %d requests", err, net.count())
	}
}

func TestObserveSeesEachTry(t *testing.T) {
	t.Parallel()
	synctest.Test(t, observeEachTry)
}

func observeEachTry(t *testing.T) {
	var calls []Call
	net := &fake{replies: []reply{{err: io.EOF}, {status: 400}}}
	c := client(t, "https://acme.okta.com", func(cfg *Config) {
		cfg.HTTP = net
		cfg.Observe = func(call Call) { call.Elapsed = 0; calls = append(calls, call) }
	})
	for _, req := range []Request{get, post, {Op: "token", Method: "POST", Path: "/t", Read: true}} {
		_, err := c.Do(t.Context(), req, nil)
		assert.Check(t, err != nil, "%s: no error", req.Op)
	}
	want := []Call{
		{Okta, "getThing", "GET", 0, false, 0},
		{Okta, "getThing", "GET", 400, false, 0},
		{Okta, "createThing", "POST", 400, true, 0},
		{Okta, "token", "POST", 400, false, 0},
	}
	assert.Check(t, is.DeepEqual(calls, want), "calls")
}

func TestCallerCancels(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	c := serve(t, func(_ http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body) // the server notices a closed connection only when the body is read
		cancel()
		<-r.Context().Done()
	}, nil)
	for _, tc := range []struct {
		req   Request
		maybe bool
	}{{post, true}, {get, false}} {
		_, err := c.Do(ctx, tc.req, nil)
		e, ok := AsError(err)
		assert.Check(t, ok && errors.Is(err, context.Canceled) && !errors.Is(err, ErrTimeout) && e.Maybe == tc.maybe,
			"%s: got %v", tc.req.Op, err)
	}
}
