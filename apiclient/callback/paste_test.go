package callback

import (
	"context"
	"io"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// pasting lets a user paste what the channel brings.
func (w *walk) pasting() (texts chan<- string, rejected <-chan error) {
	in, out := make(chan string), make(chan error, 10)
	w.flow.Paste = func(ctx context.Context) (string, error) {
		select {
		case text := <-in:
			return text, nil
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
	w.flow.Reject = func(err error) { out <- err }
	return in, out
}

// Where the test can't listen, the user opens the provider's address for each trip and pastes what comes back.
func TestPasteOnly(t *testing.T) {
	t.Parallel()
	for _, redirectURI := range []string{"https://www.acme.test/chat/", "http://www.acme.test/"} {
		w := set(t, redirectURI)
		texts, rejected := w.pasting()
		assert.Check(t, is.DeepEqual(w.run(t), Address{URL: "https://idp.example/authorize?trip=1&other=false&state=s1-tail"}))
		for _, tt := range []struct{ text, reported string }{
			{"c1", "the full URL that the browser was sent to"},
			{redirectURI + "?code=c1&state=other", "didn't request that sign-in"},
			{redirectURI + "?code=c1&error=e&state=s1-tail", "each once"},
			{redirectURI + "?code=c1\n&state=s1-tail", "in one piece"},
		} {
			texts <- tt.text
			err := <-rejected
			assert.Check(t, strings.Contains(err.Error(), tt.reported) && !strings.Contains(err.Error(), "c1"),
				"%q: told %q", tt.text, err)
		}
		texts <- redirectURI + "?code=c1&state=s1-tail"
		assert.Check(t, is.DeepEqual(<-w.shown, Address{URL: "https://idp.example/authorize?trip=2&other=false&state=s2-tail"}))
		texts <- "code=c1&state=s1-tail"
		assert.Check(t, is.ErrorIs(<-rejected, errNotAsked), "a replay")
		texts <- "?state=s2-tail&error=login_required&error_description=%1b%5b2J"
		assert.Check(t, w.wait(t))
		assert.Check(t, is.DeepEqual(w.came, []string{"1|c1|||", "2|||login_required|‹U+001B›[2J"}))
		assert.Check(t, is.Equal(len(w.shown), 0))
	}
}

// Where a browser can come back by itself, pasting is possible too, in any order.
func TestPasteWhileListening(t *testing.T) {
	t.Parallel()
	w := set(t, "http://localhost:PORT/")
	texts, rejected := w.pasting()
	a := w.run(t)
	assert.Check(t, is.Equal(state(t, a.Direct), "s1-tail"))
	texts <- w.flow.RedirectURI + "?code=pasted&state=s1-tail"
	again := <-w.shown
	assert.Check(t, is.Equal(again.URL, a.URL))
	assert.Check(t, is.Equal(state(t, again.Direct), "s2-tail"))
	texts <- "nonsense" // now the second one is asked for, and is until the end
	assert.ErrorContains(t, <-rejected, "the full URL that the browser was sent to")

	browser := newBrowser(t)
	assert.Check(t, is.Equal(get(t, browser, a.URL).location, again.Direct))
	r := get(t, browser, w.flow.RedirectURI+"?code=brought&state=s2-tail")
	texts <- w.flow.RedirectURI + "?code=brought&state=s2-tail"
	assert.Check(t, is.ErrorIs(<-rejected, errNotAsked), "too late")
	get(t, browser, r.location)
	assert.Check(t, w.wait(t))
	assert.Check(t, is.DeepEqual(w.came, []string{"1|pasted|||", "2|brought|||"}))
}

func TestPasteEndsTheFlow(t *testing.T) {
	t.Parallel()
	w := set(t, "http://localhost:PORT/")
	seen := make(chan struct{})
	w.flow.Paste = func(context.Context) (string, error) { <-seen; return "", io.EOF }
	w.run(t)
	close(seen)
	assert.Check(t, is.ErrorIs(w.wait(t), io.EOF))
	isFree(t, w.port)
}
