package signin

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"
)

func TestPaste(t *testing.T) {
	t.Parallel()
	const whole = "http://localhost:8085/callback?"
	for name, tt := range map[string]struct {
		pasted string // STATE stands for the attempt's
		code   string
		reject error
	}{
		"address":            {whole + "code=abc%2F1&state=STATE", "abc/1", nil},
		"with a line end":    {"  " + whole + "state=STATE&code=abc\r\n", "abc", nil},
		"scheme hidden":      {"localhost:8085/callback?code=abc&state=STATE", "abc", nil},
		"with a fragment":    {whole + "code=abc&state=STATE#_=_", "abc", nil},
		"code alone":         {"abc", "", errNotIt},
		"code as a query":    {whole + "code=abc", "", errNotIt},
		"empty":              {" \n", "", errNotIt},
		"the login page":     {"https://login.example/#/authenticate", "", errNotIt},
		"wrong state":        {whole + "code=abc&state=other", "", errNotAsked},
		"an earlier refusal": {whole + "error=access_denied&state=other", "", errNotAsked},
		"state, no code":     {whole + "state=STATE", "", errNotAsked},
		"wrapped":            {whole + "code=abc\n&state=STATE", "", errBroken},
		"endless":            {strings.Repeat("a", maxPasted+1), "", errTooLong},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAttempt(8085, "")
			o, err := a.pasted(strings.ReplaceAll(tt.pasted, "STATE", a.state))
			if o.code.Reveal() != tt.code || o.err != nil || !errors.Is(err, tt.reject) {
				t.Errorf("got %q, %v, %v", o.code.Reveal(), o.err, err)
			}
		})
	}
}

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
	same(t, []bool{errors.Is(<-rejected, errNotIt), errors.Is(<-rejected, errNotAsked)}, []bool{true, true})
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
	times := 0
	a = ask(t.Context(), t, func(b *Browser) {
		b.Paste = func(context.Context) (string, error) {
			times++
			return "s3cr3t-canary", nil
		}
	})
	got := a.wait(t)
	if !errors.Is(got.err, errPastes) || strings.Contains(got.err.Error(), "canary") {
		t.Errorf("got %v", got.err)
	}
	same(t, times, maxPastes)
}
