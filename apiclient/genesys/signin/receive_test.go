package signin

import (
	"context"
	"errors"
	"io"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/loopback"
	"msgsso-wizard/apiclient/loopback/porttest"
)

func TestHostileRequestsLeaveTheAttemptAlive(t *testing.T) {
	t.Parallel()
	a := ask(t.Context(), t, nil)
	state := a.query.Get("state")
	const xss = "%3Cscript%3Ealert(1)%3C%2Fscript%3E"
	for _, tt := range []struct {
		method, path, host string
		status             int
	}{
		{"GET", "/callback?code=c&state=" + state, "evil.example", 421},
		{"GET", "/?code=c&state=" + state, "", 404},
		{"GET", "/callback/?code=c&state=" + state, "", 404},
		{"GET", "/favicon.ico", "", 404},
		{"POST", "/callback?code=c&state=" + state, "", 405},
		{"GET", "/callback", "", 400},
		{"GET", "/callback?code=c", "", 400},
		{"GET", "/callback?code=c&state=", "", 400},
		{"GET", "/callback?code=c&state=" + state[1:], "", 400},
		{"GET", "/callback?code=c&state=" + strings.ToLower(state) + "x", "", 400},
		{"GET", "/callback?code=c&state=x&state=" + state, "", 400},
		{"GET", "/callback?code=c&code=d&state=" + state, "", 400},
		{"GET", "/callback?code=&state=" + state, "", 400},
		{"GET", "/callback?state=" + state, "", 400},
		{"GET", "/callback?code=%zz&state=" + state, "", 400},
		{"GET", "/callback?error=access_denied", "", 400},
		{"GET", "/callback?error=access_denied&state=x", "", 400},
		{"GET", "/callback?error=" + xss + "&error_description=" + xss + "&state=" + xss, "", 400},
		{"GET", "/" + xss, "", 404},
	} {
		status, body := fetch(t, tt.method, "http://localhost:"+strconv.Itoa(a.port)+tt.path, tt.host)
		assert.Check(t, status == tt.status && !strings.Contains(body, "script") && !strings.Contains(body, state),
			"%s %.80s at %s: %d %s", tt.method, tt.path, tt.host, status, body)
	}
	fetch(t, "GET", a.redirected("code=good"), "LOCALHOST:"+strconv.Itoa(a.port))
	got := a.wait(t)
	assert.Check(t, is.DeepEqual([]any{got.code.Form().Get("code"), got.err}, []any{"good", nil}))
}

func TestAnswerIsTakenOnce(t *testing.T) {
	t.Parallel()
	a := newAttempt("")
	var statuses []int
	for _, query := range []string{"code=first", "code=second", "error=access_denied"} {
		w := httptest.NewRecorder()
		a.ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), "GET", "http://localhost:8085/callback?"+query+"&state="+a.state, nil))
		statuses = append(statuses, w.Code)
	}
	assert.Check(t, is.DeepEqual(statuses, []int{200, 400, 400}))
	assert.Check(t, is.Equal((<-a.ended).code.Reveal(), "first"))
}

func TestPortTaken(t *testing.T) {
	t.Parallel()
	port := porttest.Free(t)
	other, err := loopback.Listen(t.Context(), port)
	assert.NilError(t, err)
	defer loopback.Close(other)
	b := &Browser{ClientID: "c", Port: port, Show: func(Authorization) { t.Error("shown") }, Paste: func(context.Context) (string, error) {
		t.Error("asked")
		return "", nil
	}}
	if _, err := b.Ask(t.Context(), &url.URL{Scheme: "https", Host: "login.example"}); !errors.Is(err, loopback.ErrPortTaken) {
		t.Errorf("got %v", err)
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
	assert.Check(t, is.ErrorContains(<-rejected, "the full URL that the browser was sent to"))
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
