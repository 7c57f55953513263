package apiclient

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"slices"
	"testing"
	"testing/synctest"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// tape is a Recorder that keeps everything.
type tape struct {
	got  []Exchange
	full error
	ask  func() // called by Record
}

func (t *tape) Err() error { return t.full }

func (t *tape) Record(x Exchange) {
	if t.ask != nil {
		t.ask()
	}
	t.got = append(t.got, x)
}

func TestRecord(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		tape := &tape{}
		net := &fake{replies: []reply{
			{status: 503, body: `{"busy":true}`}, {err: errors.New("cut")}, {status: 200, body: `{"id":"1"}`, header: map[string]string{"X-A": "b"}},
		}}
		c := client(t, "https://acme.okta.com", func(cfg *Config) {
			cfg.HTTP, cfg.Record = net, tape
			cfg.Authorize = func(_ context.Context, r *http.Request) error {
				r.Header.Set("Authorization", "SSWS canary")
				return nil
			}
		})
		put := Request{Op: "putThing", Method: http.MethodPut, Path: "/things/1", Body: map[string]string{"name": "n"}}
		_, err := c.Do(t.Context(), put, nil)
		assert.NilError(t, err)
		type line struct {
			Op, URL, Auth, Sent, Got, Header, Err string
			Status                                int
			Write                                 bool
		}
		var got []line
		for _, x := range tape.got {
			l := line{
				Op: x.Op, URL: x.URL.String(), Auth: x.Sent.Header.Get("Authorization"), Sent: string(x.Sent.Body),
				Got: string(x.Got.Body), Header: x.Got.Header.Get("X-A"), Status: x.Status, Write: x.Write,
			}
			if x.Err != nil {
				l.Err = x.Err.Error()
			}
			got = append(got, l)
		}
		all := line{Op: "putThing", URL: "https://acme.okta.com/things/1", Auth: "SSWS canary", Sent: `{"name":"n"}`, Write: true}
		want := []line{all, all, all}
		want[0].Status, want[0].Got = 503, `{"busy":true}`
		want[1].Err = "Okta, putThing at acme.okta.com: can't be reached: the connection failed"
		want[2].Status, want[2].Got, want[2].Header = 200, `{"id":"1"}`, "b"
		assert.Check(t, is.DeepEqual(got, want), "recorded")
	})
}

// What an answer brings must be known when it is written down.
func TestRecordHidesAnswerSecrets(t *testing.T) {
	t.Parallel()
	canary, known := "record-canary-"+rand.Text(), false // another one in each run: what is known stays known
	tape := &tape{ask: func() { known = slices.Contains(RegisteredSecrets(0), Unguarded(canary)) }}
	c := client(t, "https://acme.okta.com", func(cfg *Config) {
		cfg.HTTP, cfg.Record = &fake{replies: []reply{{status: 200, body: `{"any":"` + canary + `"}`}}}, tape
	})
	var out struct {
		Any Secret `api:"any"`
	}
	_, err := c.Do(t.Context(), get, &out)
	assert.Check(t, err == nil && known, "known: %v, %v", known, err)
}

func TestUnguardedIsNotKnown(t *testing.T) {
	t.Parallel()
	public := Unguarded("record-public-0001")
	if public.Reveal() != "record-public-0001" || slices.Contains(RegisteredSecrets(0), public) || !Unguarded("").Empty() {
		t.Error("known")
	}
}

// A write that could not be written down is not sent; a read is.
func TestRecordRefuses(t *testing.T) {
	t.Parallel()
	full := errors.New("the disk is full")
	net := &fake{replies: []reply{{status: 200}}}
	c := client(t, "https://acme.okta.com", func(cfg *Config) { cfg.HTTP, cfg.Record = net, &tape{full: full} })
	token := Request{Op: "token", Method: http.MethodPost, Path: "/token", Read: true}
	for _, tt := range []struct {
		req  Request
		want error
		sent int
	}{{get, nil, 1}, {post, full, 1}, {Request{Op: "d", Method: http.MethodDelete, Path: "/d"}, full, 1}, {token, nil, 2}} {
		if _, err := c.Do(t.Context(), tt.req, nil); !errors.Is(err, tt.want) || net.count() != tt.sent {
			t.Errorf("%s: %v, %d sent", tt.req.Op, err, net.count())
		}
	}
}
