package plain

import (
	"context"
	"errors"
	"io"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/report"
)

var device = services.Prompt{
	Title: "Sign in to Okta", Lines: []string{"Open this page and type the code there."},
	URL: "https://acme.okta.com/activate?x=1&y=2", Code: "WDJB-MJHT", Limit: 10 * time.Minute,
}

func TestPersonIsTold(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g, out := guideOf("not asked for\n")
		began := time.Now()
		if text, err := g.person(t.Context(), device); text != "" || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %q, %v", text, err)
		}
		if took := time.Since(began); took != device.Limit {
			t.Errorf("gave up after %v", took)
		}
		want := `
Sign in to Okta
Open this page and type the code there.
https://acme.okta.com/activate?x=1&y=2
Code: WDJB-MJHT
This waits 600 s at most.
`
		if out.String() != want {
			t.Errorf("told %q", out)
		}
	})
}

func TestPersonTypes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, in, want, says string }{
		{"an address", " http://127.0.0.1:1/?code=a \r\n", "http://127.0.0.1:1/?code=a", "Address > \n"},
		{"nothing first", "\n\nx\n", "x", "Address > \nAddress > \nAddress > \n"},
		{"the input ended", "", "", "Address > \n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				g, out := guideOf(c.in)
				text, err := g.person(t.Context(), services.Prompt{Title: "Sign in", Ask: "Address", Limit: time.Minute})
				if text != c.want || (c.want == "") != errors.Is(err, context.DeadlineExceeded) {
					t.Errorf("got %q, %v", text, err)
				}
				if !strings.HasSuffix(out.String(), "This waits 60 s at most.\n"+c.says) {
					t.Errorf("told %q", out)
				}
			})
		})
	}
}

func TestPromptsTakeTurns(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g, out := guideOf("")
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() { _, _ = g.person(ctx, device) })
		}
		synctest.Wait()
		if n := strings.Count(out.String(), device.Code); n != 1 {
			t.Errorf("%d prompts at once", n)
		}
		cancel()
		wg.Wait()
	})
}

// seen is called when the prompt for an address was written.
type seen func()

func (s seen) Write(p []byte) (int, error) {
	if string(p) == "Address > " {
		s()
	}
	return len(p), nil
}

func TestALineThatComesAfterItsPromptIsTheNextAnswer(t *testing.T) {
	t.Parallel()
	r, w := io.Pipe()
	ctx, cancel := context.WithCancel(t.Context())
	g := New(Config{Env: &setup.Session{Answers: guide.NewAnswers()}, In: r, Out: seen(cancel), Marks: report.NewMarks(true, true)})
	if _, err := g.person(ctx, services.Prompt{Ask: "Address"}); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	go func() {
		_, _ = io.WriteString(w, "chat.html\n")
		_ = w.Close()
	}()
	if err := g.ask(t.Context(), question(t, guide.SnippetFile), "1 of 1"); err != nil {
		t.Error(err)
	}
	if got := g.Env.Answers.Value(guide.SnippetFile); got != "chat.html" {
		t.Errorf("the line became %q", got)
	}
}

func TestByHandAtThePlan(t *testing.T) {
	t.Parallel()
	g, out := guideOf("hand\nh\nback\n")
	if err := g.Env.Answers.Set(guide.OktaOrg, guide.FromUser, "acme.okta.com"); err != nil {
		t.Fatal(err)
	}
	if err := g.consent(t.Context()); !errors.Is(err, errBack) {
		t.Error(err)
	}
	for _, want := range []string{"Do it? [Y/n/edit/back/hand] ", "\nOkta set-up, by hand:\n  https://acme-admin.okta.com", "  4  App integration name:\nGenesys Cloud Messenger\n", "\nSnippet, by hand:\n"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in:\n%s", want, out)
		}
	}
	if n := strings.Count(out.String(), "Okta set-up, by hand:"); n != 2 {
		t.Errorf("listed %d times, want twice", n)
	}
}
