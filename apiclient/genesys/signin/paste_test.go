package signin

import (
	"context"
	"io"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// pasting returns a Browser's Paste that returns what the channel brings.
func pasting(texts <-chan string, left chan<- struct{}) func(context.Context) (string, error) {
	return func(ctx context.Context) (string, error) {
		select {
		case text := <-texts:
			return text, nil
		case <-ctx.Done():
			time.Sleep(30 * time.Millisecond) // as a terminal takes a moment
			close(left)
			return "", ctx.Err()
		}
	}
}

func TestPasteWins(t *testing.T) {
	t.Parallel()
	texts, rejected := make(chan string, 3), make(chan error, 3)
	a := ask(t.Context(), t, func(b *Browser) {
		b.Paste = pasting(texts, make(chan struct{}))
		b.Reject = func(err error) { rejected <- err }
	})
	texts <- "abc"
	texts <- a.RedirectURI + "?code=abc&state=other"
	assert.Check(t, is.ErrorContains(<-rejected, "not the whole address"))
	assert.Check(t, is.ErrorIs(<-rejected, errNotAsked))
	texts <- a.redirected("code=pasted")
	got := a.wait(t)
	assert.Check(t, is.DeepEqual([]any{got.code.Form().Get("code"), got.err}, []any{"pasted", nil}))
}

func TestPasteLoses(t *testing.T) {
	t.Parallel()
	left := make(chan struct{})
	a := ask(t.Context(), t, func(b *Browser) { b.Paste = pasting(nil, left) })
	fetch(t, "GET", a.redirected("code=fetched"), "")
	got := a.wait(t)
	assert.Check(t, is.DeepEqual([]any{got.code.Form().Get("code"), got.err}, []any{"fetched", nil}))
	select {
	case <-left:
	default:
		t.Error("Paste was left behind")
	}
}

func TestPasteOfARefusal(t *testing.T) {
	t.Parallel()
	texts := make(chan string, 1)
	a := ask(t.Context(), t, func(b *Browser) { b.Paste = pasting(texts, make(chan struct{})) })
	texts <- a.redirected("error=invalid_scope")
	assert.Check(t, is.Equal(a.wait(t).err.Error(), "Genesys Cloud refused getOauthAuthorize: invalid_scope"))
}

func TestPasteGivesUp(t *testing.T) {
	t.Parallel()
	a := ask(t.Context(), t, func(b *Browser) {
		b.Paste = func(context.Context) (string, error) { return "", io.EOF }
	})
	assert.Check(t, is.ErrorIs(a.wait(t).err, io.EOF))
}
