package apiclient

import (
	"context"
	"fmt"
	"net/http"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestReauthorizeRepeatsACallOnce(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		statuses []int
		willing  bool
		asked    int
		tries    int
		status   int
	}{
		"refused, then taken":    {[]int{401, 200}, true, 1, 2, 0},
		"refused twice":          {[]int{401, 401}, true, 1, 2, 401},
		"nothing better":         {[]int{401}, false, 1, 1, 401},
		"another refusal":        {[]int{403}, true, 0, 1, 403},
		"two refusals, in turns": {[]int{401, 403}, true, 1, 2, 403},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			service := &fake{}
			for _, status := range tt.statuses {
				service.replies = append(service.replies, reply{status: status, header: map[string]string{"X-Nonce": "n"}})
			}
			var asked, authorized int
			c := client(t, "https://acme.test", func(cfg *Config) {
				cfg.HTTP = service
				cfg.Authorize = func(_ context.Context, r *http.Request) error {
					authorized++
					r.Header.Set("Authorization", fmt.Sprintf("Bearer token-%d", authorized))
					return nil
				}
				cfg.Reauthorize = func(refused *http.Request, header http.Header, e *Error) bool {
					asked++
					got := refused.Header.Get("Authorization") + header.Get("X-Nonce")
					assert.Check(t, got == "Bearer token-1n" && e.Status == 401, "asked about %q and %v", got, e)
					return tt.willing
				}
			})
			_, err := c.Do(t.Context(), post, nil)
			var status int
			if e, failed := AsError(err); failed {
				status = e.Status
			}
			if asked != tt.asked || authorized != tt.tries || service.count() != tt.tries || status != tt.status {
				t.Errorf("asked %d, authorized %d, sent %d, ended %d (%v)", asked, authorized, service.count(), status, err)
			}
		})
	}
}

func TestErrorsDoNotRepeatCredentials(t *testing.T) {
	t.Parallel()
	service := &fake{replies: []reply{{status: 403, header: map[string]string{"X-Said": "no: canary-t0ken and canary-t0ken"}}}}
	c := client(t, "https://acme.test", func(cfg *Config) {
		cfg.HTTP = service
		cfg.Authorize = func(_ context.Context, r *http.Request) error {
			r.Header.Set("Authorization", "SSWS canary-t0ken")
			return nil
		}
		cfg.Decode = func(e *Error, header http.Header, _ []byte) {
			said := header.Get("X-Said")
			e.Code, e.OAuth, e.Summary, e.RequestID, e.Causes = said, said, said, said, []string{said}
		}
	})
	_, err := c.Do(t.Context(), get, nil)
	e, failed := AsError(err)
	assert.Assert(t, failed, err)
	for _, got := range []string{e.Code, e.OAuth, e.Summary, e.RequestID, e.Causes[0]} {
		assert.Check(t, is.Equal(got, "no: •••••••• and ••••••••"))
	}
}

func TestRedactErrorKnowsEachForm(t *testing.T) {
	t.Parallel()
	secret := NewSecret(`p"w&ü`)
	e := &Error{Summary: `p"w&ü p%22w%26%C3%BC p\"w\u0026ü cCJ3JsO8 rest`}
	err := RedactError(fmt.Errorf("outer: %w", e), secret, Secret{})
	assert.Check(t, err != nil && e.Summary == "•••••••• •••••••• •••••••• •••••••• rest", "got %q", e.Summary)
	assert.Check(t, RedactError(nil, secret), "an error out of nothing")
}
