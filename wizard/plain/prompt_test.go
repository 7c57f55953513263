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

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/services"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/report"
)

var device = services.Prompt{
	Title: "Sign in to Okta", Lines: []string{"Open this page and type the code there."},
	URL: "https://acme.okta.com/activate?x=1&y=2", Code: "WDJB-MJHT", Limit: 10 * time.Minute,
}

func TestPromptIsShown(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g, out := guideOf("not asked for\n")
		began := time.Now()
		text, err := g.userTask(t.Context(), device)
		assert.Check(t, text == "" && errors.Is(err, context.DeadlineExceeded), "got %q, %v", text, err)
		assert.Check(t, is.Equal(time.Since(began), device.Limit), "gave up after")
		want := `
Sign in to Okta
Open this page and type the code there.
https://acme.okta.com/activate?x=1&y=2
Code: WDJB-MJHT
The wizard waits up to 10 minutes.
`
		assert.Check(t, is.Equal(out.String(), want), "told %q", out)
	})
}

func TestPromptTakesAnswer(t *testing.T) {
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
				text, err := g.userTask(t.Context(), services.Prompt{Title: "Sign in", Ask: "Address", Limit: time.Minute})
				assert.Check(t, text == c.want && (c.want == "") == errors.Is(err, context.DeadlineExceeded),
					"got %q, %v", text, err)
				assert.Check(t, strings.HasSuffix(out.String(), "The wizard waits up to 60 seconds.\n"+c.says), "told %q", out)
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
			wg.Go(func() { _, _ = g.userTask(ctx, device) })
		}
		synctest.Wait()
		assert.Check(t, is.Equal(strings.Count(out.String(), device.Code), 1))
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

func TestLateLineAnswersNextQuestion(t *testing.T) {
	t.Parallel()
	r, w := io.Pipe()
	ctx, cancel := context.WithCancel(t.Context())
	g := New(Config{Env: &setup.Session{Answers: guide.NewAnswers()}, In: r, Out: seen(cancel), Marks: report.NewMarks(true, true)})
	_, err := g.userTask(ctx, services.Prompt{Ask: "Address"})
	assert.ErrorIs(t, err, context.Canceled)
	go func() {
		_, _ = io.WriteString(w, "chat.html\n")
		_ = w.Close()
	}()
	assert.Check(t, g.ask(t.Context(), question(t, guide.SnippetFile), "1 of 1"))
	assert.Check(t, is.Equal(g.Env.Answers.Value(guide.SnippetFile), "chat.html"), "the line became")
}

func TestManualSetupAtPlan(t *testing.T) {
	t.Parallel()
	g, out := guideOf("manual\nm\nback\n")
	assert.NilError(t, g.Env.Answers.Set(guide.OktaOrg, guide.FromUser, "acme.okta.com"))
	assert.Check(t, is.ErrorIs(g.consent(t.Context()), errBack))
	for _, want := range []string{"Apply these changes? [Y/n/edit/back/manual/save] ", "\nOkta setup, manual setup:\n  https://acme-admin.okta.com", "  4  App integration name:\nGenesys Cloud Messenger\n", "\nSnippet, manual setup:\n"} {
		assert.Check(t, is.Contains(out.String(), want), out)
	}
	assert.Check(t, is.Equal(strings.Count(out.String(), "Okta setup, manual setup:"), 2), "listed")
}
