package signintest

import (
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/okta"
)

// watched runs the watch beside what happens, and returns why it ended the flow.
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
	if _, _, err := x.flow().RoundTrips[0].Begin(false); err != nil {
		t.Fatal(err)
	}
}

func TestSilenceIsLookedUpInTheSystemLog(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		log := &logBook{ahead: 3 * time.Minute}
		x, lines := aTest(Setup{Okta: log})
		err := watched(t, x, func() {
			time.Sleep(time.Minute)
			same(t, "reads while the browser has not started", 0, log.count())
			leave(t, x)
			time.Sleep(10 * time.Second)
			log.write(refusedAtOkta("user_not_assigned", ""))
			time.Sleep(9 * time.Second)
			same(t, "reads before the silence is long", 0, log.count())
			time.Sleep(2 * time.Second)
			same(t, "reads", 1, log.count())
			time.Sleep(5 * time.Minute)
		})
		same(t, "the flow goes on", nil, err)
		if n := log.count(); n < 4 || n > 8 {
			t.Errorf("%d reads in 5 minutes", n)
		}
		same(t, "lines", 2, len(*lines))
		if l := (*lines)[1]; l.State != Note || !strings.Contains(l.Detail, `"user_not_assigned" from 192.0.2.7 · alice@acme.test is not assigned`) {
			t.Errorf("%+v", l)
		}
		same(t, "asked for since the beginning, by Okta's clock", x.begun.Add(log.ahead-slack), log.reads[0].Since)
	})
}

func TestABrowserThatIsBackIsNotLookedUp(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		log := &logBook{}
		x, _ := aTest(Setup{Okta: log})
		_ = watched(t, x, func() {
			leave(t, x)
			time.Sleep(15 * time.Second)
			same(t, "was away", 15*time.Second, x.back())
			time.Sleep(time.Minute)
		})
		same(t, "reads", 0, log.count())
	})
}

func TestARedirectURIThatOktaDoesNotKnowEndsTheWait(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		sent string
		ends bool
	}{"ours": {pageURI, true}, "not told": {"", true}, "a visitor's": {"https://www.acme.test/", false}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				log := &logBook{}
				x, _ := aTest(Setup{Okta: log})
				err := watched(t, x, func() {
					leave(t, x)
					log.write(refusedAtOkta("illegal_redirect_uri", row.sent))
					time.Sleep(21 * time.Second)
				})
				same(t, "ended", row.ends, err != nil)
				if !row.ends {
					return
				}
				v := x.fails(x.unfinished(err))
				same(t, "side", SideOkta, v.Side)
				same(t, "mend", FixRedirect, v.AutoFix)
				if want := "The fault is at Okta. The redirect URI"; !strings.HasPrefix(v.Problem.Problem, want) {
					t.Errorf("%q does not begin with %q", v.Problem.Problem, want)
				}
			})
		})
	}
}

func TestALogThatCannotBeReadIsToldOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		log := &logBook{err: &apiclient.Error{Service: apiclient.Okta, Status: 403, Code: "E0000006"}}
		x, lines := aTest(Setup{Okta: log})
		_ = watched(t, x, func() {
			leave(t, x)
			time.Sleep(5 * time.Minute)
		})
		same(t, "lines", []Line{{State: Working, Text: comesBack}, {State: Note, Text: inLog, Detail: "cannot be read: 403 E0000006"}}, *lines)
	})
}

func TestWhatWasHeardExplainsTheEnd(t *testing.T) {
	t.Parallel()
	for name, row := range map[string]struct {
		err  error
		says string
	}{
		"nobody":  {errNobody, "The browser did not come back within 10m0s. Okta's System Log says: alice@acme.test is not assigned"},
		"stopped": {context.Canceled, "The test was stopped before it was over. Okta's System Log says: alice@acme.test is not assigned"},
		"taken":   {errors.New("port 8080 is taken"), "The fault is on this computer. Port 8080 is taken."},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			x, _ := aTest(Setup{})
			for _, s := range x.log.explain([]okta.LogEvent{refusedAtOkta("user_not_assigned", "")}) {
				x.hear(s)
			}
			v := x.fails(x.unfinished(row.err))
			if !strings.HasPrefix(v.Problem.Problem, row.says) {
				t.Errorf("%q does not begin with %q", v.Problem.Problem, row.says)
			}
		})
	}
}
