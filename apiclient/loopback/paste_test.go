package loopback

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestPastedQuery(t *testing.T) {
	t.Parallel()
	const whole = "http://localhost:8085/callback?"
	for name, tt := range map[string]struct {
		pasted, query string
		reject        error
	}{
		"address":         {whole + "code=abc%2F1&state=s", "code=abc%2F1&state=s", nil},
		"with a line end": {"  " + whole + "state=s&code=abc\r\n", "state=s&code=abc", nil},
		"scheme hidden":   {"localhost:8085/callback?code=abc&state=s", "code=abc&state=s", nil},
		"with a fragment": {whole + "code=abc&state=s#_=_", "code=abc&state=s", nil},
		"only the query":  {"code=abc&state=s", "code=abc&state=s", nil},
		"with its ?":      {"?code=abc&state=s", "code=abc&state=s", nil},
		"code alone":      {"abc", "", errNotIt},
		"no state":        {whole + "code=abc", "", errNotIt},
		"empty":           {" \n", "", errNotIt},
		"the login page":  {"https://login.example/#/authenticate", "", errNotIt},
		"in the fragment": {whole + "#code=abc&state=s", "", errNotIt},
		"wrapped":         {whole + "code=abc\n&state=s", "", errBroken},
		"a hard space":    {whole + "code=a\u00a0bc&state=s", "", errBroken},
		"in quotes":       {"“" + whole + "code=abc&state=s”\u200b", "code=abc&state=s", nil},
		"endless":         {strings.Repeat("a", maxPasted+1), "", errTooLong},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			query, err := pastedQuery(tt.pasted)
			assert.Check(t, query == tt.query && errors.Is(err, tt.reject), "got %q, %v", query, err)
		})
	}
}

func TestHiddenCharacterInAPastedURLIsNamed(t *testing.T) {
	t.Parallel()
	_, err := pastedQuery("http://localhost:8085/callback?code=a\u200bbc&state=s")
	assert.Check(t, is.Error(err, "the URL has a zero-width space (U+200B): copy it again"))
}

func TestPasted(t *testing.T) {
	t.Parallel()
	errWrong := errors.New("wrong")
	texts := []string{"abc", "?state=wrong", "?state=right", "never asked for"}
	var reported []error
	paste := func(context.Context) (string, error) {
		text := texts[0]
		texts = texts[1:]
		return text, nil
	}
	err := Pasted(t.Context(), paste, func(err error) { reported = append(reported, err) }, func(query string) error {
		if query != "state=right" {
			return errWrong
		}
		return nil
	})
	assert.Check(t, is.DeepEqual([]any{err, len(texts), len(reported)}, []any{nil, 1, 2}))
	assert.Check(t, errors.Is(reported[0], errNotIt) && errors.Is(reported[1], errWrong), "told %v", reported)
}

func TestPastedGivesUp(t *testing.T) {
	t.Parallel()
	never := func(string) error {
		t.Error("taken")
		return nil
	}
	ended, cancel := context.WithCancelCause(t.Context())
	errEnd := errors.New("end")
	cancel(errEnd)
	times := 0
	for want, paste := range map[error]func(context.Context) (string, error){
		io.EOF:    func(context.Context) (string, error) { return "", io.EOF },
		errPastes: func(context.Context) (string, error) { times++; return "s3cr3t-canary", nil },
	} {
		err := Pasted(t.Context(), paste, nil, never)
		assert.Check(t, errors.Is(err, want) && !strings.Contains(err.Error(), "canary"), "got %v", err)
	}
	assert.Check(t, is.Equal(times, maxPastes))
	err := Pasted(ended, func(ctx context.Context) (string, error) { return "", ctx.Err() }, nil, never)
	assert.Check(t, is.ErrorIs(err, errEnd))
}
