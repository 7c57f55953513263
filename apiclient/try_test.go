package apiclient

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// zeros is an endless body.
type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestBodyIsCapped(t *testing.T) {
	t.Parallel()
	for name, handler := range map[string]http.HandlerFunc{
		"stream": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			_, _ = io.CopyN(w, zeros{}, 1<<30)
		},
		"gzip bomb": func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "application/json")
			w.Header().Set("Content-Encoding", "gzip")
			z := gzip.NewWriter(w)
			_, _ = io.CopyN(z, zeros{}, 8<<20)
			_ = z.Close()
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var calls atomic.Int32
			c := serve(t, func(w http.ResponseWriter, r *http.Request) { calls.Add(1); handler(w, r) }, nil)
			var out Object
			_, err := c.Do(t.Context(), get, &out)
			e, ok := AsError(err)
			if !ok || !errors.Is(err, ErrTooLarge) || e.Summary != "more than 1048576 bytes" || calls.Load() != 1 {
				t.Errorf("got %v after %d calls", err, calls.Load())
			}
		})
	}
}

func TestBodyOfTheCapPasses(t *testing.T) {
	t.Parallel()
	var out struct {
		A string `api:"a,lines"`
	}
	body := `{"a":"` + strings.Repeat("a", maxBody-len(`{"a":""}`)) + `"}`
	_, err := serve(t, answerJSON(200, body), nil).Do(t.Context(), get, &out)
	assert.Check(t, err == nil && len(out.A) == maxBody-8, "got %d bytes and %v", len(out.A), err)
}

func TestBrokenCompression(t *testing.T) {
	t.Parallel()
	c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = io.WriteString(w, `{"this is": "not gzip"}`)
	}, nil)
	_, err := c.Do(t.Context(), get, nil)
	assert.Check(t, is.ErrorIs(err, ErrMalformed))
}

// TestSlowService answers over pipes and by a fake clock: a try that took long is over, and the service may have done
// what it was asked for.
func TestSlowService(t *testing.T) {
	t.Parallel()
	for name, answer := range map[string]func(net.Conn){
		"no answer": func(net.Conn) {},
		"slow body": func(service net.Conn) {
			_, err := io.WriteString(service, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n")
			for err == nil {
				time.Sleep(time.Second)
				_, err = io.WriteString(service, "1\r\n \r\n")
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				var calls atomic.Int32
				pipes := &http.Transport{DialContext: func(context.Context, string, string) (net.Conn, error) {
					here, service := net.Pipe()
					go func() {
						if r, err := http.ReadRequest(bufio.NewReader(service)); err == nil {
							_, _ = io.Copy(io.Discard, r.Body)
							calls.Add(1)
							answer(service)
						}
					}()
					return here, nil
				}}
				c := client(t, "http://127.0.0.1:1", func(cfg *Config) { cfg.HTTP = pipes })
				start := time.Now()
				var out Object
				_, err := c.Do(t.Context(), post, &out)
				e, ok := AsError(err)
				if !ok || !errors.Is(err, ErrTimeout) || !e.Maybe || e.Status != 0 || calls.Load() != 1 || time.Since(start) != Timeout {
					t.Errorf("got %v after %d calls and %v", err, calls.Load(), time.Since(start))
				}
				time.Sleep(time.Minute) // the service notices
			})
		})
	}
}

func TestLostAnswerOfACreate(t *testing.T) {
	t.Parallel()
	abort := func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }
	cut := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.Header().Set("Content-Length", "100")
		_, _ = io.WriteString(w, `{"id":`)
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler)
	}
	patch, token := post, post
	patch.Method, token.Read = http.MethodPatch, true
	type result struct {
		Kind  error
		Maybe bool
		Calls int32
	}
	for name, tc := range map[string]struct {
		handler http.HandlerFunc
		req     Request
		want    result
	}{
		"connection cut":        {abort, post, result{ErrUnreachable, true, 1}},
		"PATCH":                 {abort, patch, result{ErrUnreachable, true, 1}},
		"body cut":              {cut, post, result{ErrUnreachable, true, 1}},
		"500":                   {answerJSON(500, `{}`), post, result{nil, true, 1}},
		"501":                   {answerJSON(501, `{}`), post, result{nil, false, 1}},
		"502":                   {answerJSON(502, `{}`), post, result{nil, true, 1}},
		"503":                   {answerJSON(503, `{}`), post, result{nil, true, 1}},
		"504":                   {answerJSON(504, `{}`), post, result{nil, true, 1}},
		"400":                   {answerJSON(400, `{}`), post, result{nil, false, 1}},
		"408":                   {answerJSON(408, `{}`), post, result{nil, false, 1}},
		"created, not readable": {answerJSON(201, `{`), post, result{ErrMalformed, true, 1}},
		"token request":         {answerJSON(500, `{}`), token, result{nil, false, 3}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var calls atomic.Int32
			c := serve(t, func(w http.ResponseWriter, r *http.Request) { calls.Add(1); tc.handler(w, r) }, nil)
			var out Object
			_, err := c.Do(t.Context(), tc.req, &out)
			e, ok := AsError(err)
			assert.Assert(t, ok, "got %v", err)
			got := result{e.Err, e.Maybe, calls.Load()}
			assert.Check(t, is.Equal(got, tc.want))
		})
	}
}

func TestRedirectIsNotFollowed(t *testing.T) {
	t.Parallel()
	for location, want := range map[string]string{
		"https://login.acme.test/api?token=canary": "login.acme.test",
		"//login.acme.test/":                       "login.acme.test",
		"https://me:canary@login.acme.test/":       "login.acme.test",
		"https://%zz":                              "",
	} {
		var calls atomic.Int32
		c := serve(t, func(w http.ResponseWriter, _ *http.Request) {
			calls.Add(1)
			w.Header().Set("Location", location)
			w.WriteHeader(http.StatusTemporaryRedirect)
		}, nil)
		_, err := c.Do(t.Context(), post, nil)
		e, ok := AsError(err)
		if !ok || !errors.Is(err, ErrRedirect) || e.Summary != want || e.Status != 307 || e.Maybe || calls.Load() != 1 {
			t.Errorf("%s: got %v after %d calls", location, err, calls.Load())
		}
	}
}
