package signintest

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/okta"
)

// watched runs the watch next to what happens, and returns why it ended the flow.
func watched(t *testing.T, x *test, happens func()) error {
	t.Helper()
	ctx, end := context.WithCancelCause(t.Context())
	x.end = end
	gone := make(chan struct{})
	go func() {
		defer close(gone)
		x.watch(ctx)
	}()
	happens()
	synctest.Wait()
	err := context.Cause(ctx)
	end(nil)
	<-gone
	return err
}

// leave sends the browser away.
func leave(t *testing.T, x *test) {
	t.Helper()
	_, _, err := x.flow().RoundTrips[0].Begin(false)
	assert.NilError(t, err)
}

func TestSilenceReadsSystemLog(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		log := &journal{ahead: 3 * time.Minute}
		x, lines := aTest(Setup{Okta: log})
		err := watched(t, x, func() {
			time.Sleep(time.Minute)
			assert.Check(t, is.Equal(log.count(), 0), "reads while the browser hasn't started")
			leave(t, x)
			time.Sleep(10 * time.Second)
			log.write(refusedAtOkta("user_not_assigned", ""))
			time.Sleep(9 * time.Second)
			assert.Check(t, is.Equal(log.count(), 0), "reads before the silence is long")
			time.Sleep(2 * time.Second)
			assert.Check(t, is.Equal(log.count(), 1), "reads")
			time.Sleep(5 * time.Minute)
		})
		assert.Check(t, is.DeepEqual(err, error(nil)), "the flow goes on")
		n := log.count()
		assert.Check(t, n >= 4 && n <= 8, "%d reads in 5 minutes", n)
		assert.Check(t, is.Equal(len(*lines), 2), "lines")
		if l := (*lines)[1]; l.State != Note || !strings.Contains(l.Detail, `"user_not_assigned" from 192.0.2.7 · alice@acme.test isn't assigned`) {
			t.Errorf("%+v", l)
		}
		assert.Check(t, is.DeepEqual(log.reads[0].Since, x.begun.Add(log.ahead-slack)), "asked for since the beginning, by Okta's clock")
	})
}

func TestReturnedBrowserSkipsLog(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		log := &journal{}
		x, _ := aTest(Setup{Okta: log})
		_ = watched(t, x, func() {
			leave(t, x)
			time.Sleep(15 * time.Second)
			assert.Check(t, is.Equal(x.back(), 15*time.Second), "was away")
			time.Sleep(time.Minute)
		})
		assert.Check(t, is.Equal(log.count(), 0), "reads")
	})
}

func TestUnknownRedirectURIEndsWait(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		sent string
		ends bool
	}{"ours": {pageURI, true}, "not told": {"", true}, "a visitor's": {"https://www.acme.test/", false}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				log := &journal{}
				x, _ := aTest(Setup{Okta: log})
				err := watched(t, x, func() {
					leave(t, x)
					log.write(refusedAtOkta("illegal_redirect_uri", row.sent))
					time.Sleep(21 * time.Second)
				})
				assert.Check(t, is.Equal(err != nil, row.ends), "ended")
				if !row.ends {
					return
				}
				v := x.fails(x.unfinished(err))
				assert.Check(t, is.Equal(v.Side, SideOkta), "side")
				assert.Check(t, is.Equal(v.AutoFix, FixRedirect), "mend")
				want := "The error is at Okta. The redirect URI"
				assert.Check(t, strings.HasPrefix(v.Problem.Problem, want),
					"%q doesn't begin with %q", v.Problem.Problem, want)
			})
		})
	}
}

func TestUnreadableLogIsReportedOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		log := &journal{err: &apiclient.Error{Service: apiclient.Okta, Status: 403, Code: "E0000006"}}
		x, lines := aTest(Setup{Okta: log})
		_ = watched(t, x, func() {
			leave(t, x)
			time.Sleep(5 * time.Minute)
		})
		assert.Check(t, is.DeepEqual(*lines, []Line{{State: Working, Text: comesBack}, {State: Note, Text: inLog, Detail: "can't be read: 403 E0000006"}}), "lines")
	})
}

func TestEventsExplainTheEnd(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		err  error
		says string
	}{
		"nobody":  {errTimedOut, "The browser didn't return within 10 minutes. Okta's System Log says: alice@acme.test isn't assigned"},
		"stopped": {context.Canceled, "The test was stopped before it ended. Okta's System Log says: alice@acme.test isn't assigned"},
		"taken":   {errors.New("port 8080 is taken"), "The error is on this computer. Port 8080 is taken."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x, _ := aTest(Setup{})
			for _, s := range x.refusals([]okta.LogEvent{refusedAtOkta("user_not_assigned", "")}) {
				x.hear(s)
			}
			v := x.fails(x.unfinished(row.err))
			assert.Check(t, strings.HasPrefix(v.Problem.Problem, row.says),
				"%q doesn't begin with %q", v.Problem.Problem, row.says)
		})
	}
}
