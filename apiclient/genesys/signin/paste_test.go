package signin

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
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
	if err := <-rejected; !strings.Contains(err.Error(), "not the whole address") {
		t.Errorf("got %v", err)
	}
	if err := <-rejected; !errors.Is(err, errNotAsked) {
		t.Errorf("got %v", err)
	}
	texts <- a.redirected("code=pasted")
	got := a.wait(t)
	same(t, []any{got.code.Form().Get("code"), got.err}, []any{"pasted", nil})
}

func TestPasteLoses(t *testing.T) {
	t.Parallel()
	left := make(chan struct{})
	a := ask(t.Context(), t, func(b *Browser) { b.Paste = pasting(nil, left) })
	fetch(t, "GET", a.redirected("code=fetched"), "")
	got := a.wait(t)
	same(t, []any{got.code.Form().Get("code"), got.err}, []any{"fetched", nil})
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
	same(t, a.wait(t).err.Error(), "Genesys Cloud refused getOauthAuthorize: invalid_scope")
}

func TestPasteGivesUp(t *testing.T) {
	t.Parallel()
	a := ask(t.Context(), t, func(b *Browser) {
		b.Paste = func(context.Context) (string, error) { return "", io.EOF }
	})
	if got := a.wait(t); !errors.Is(got.err, io.EOF) {
		t.Errorf("got %v", got.err)
	}
}
