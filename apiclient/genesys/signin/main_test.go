package signin

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"testing"

	"msgsso-wizard/apiclient/loopback/porttest"

	"go.uber.org/goleak"
	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/testkit/eventually"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// answer is what Ask returned.
type answer struct {
	code Code
	err  error
}

// asked is an attempt under way.
type asked struct {
	Authorization
	port   int
	query  url.Values // of the authorization's URL
	answer chan answer
}

// ask starts an attempt and returns when the user would see the address.
func ask(ctx context.Context, t *testing.T, change func(*Browser)) asked {
	t.Helper()
	shown := make(chan Authorization, 1)
	b := &Browser{ClientID: "client-1", Port: porttest.Free(t), Show: func(a Authorization) { shown <- a }}
	if change != nil {
		change(b)
	}
	login := &url.URL{Scheme: "https", Host: "login.example"}
	got := asked{port: b.Port, answer: make(chan answer, 1)}
	go func() {
		code, err := b.Ask(ctx, login)
		got.answer <- answer{code, err}
	}()
	select {
	case got.Authorization = <-shown:
	case early := <-got.answer:
		select {
		case got.Authorization = <-shown: // an attempt may be over by the time that this is checked
			got.answer <- early
		default:
			t.Fatalf("nothing was shown: %v", early.err)
		}
	}
	u, err := url.Parse(got.URL)
	assert.NilError(t, err)
	got.query = u.Query()
	return got
}

// redirected is the address that the login service would send the browser to.
func (a asked) redirected(extra string) string {
	return a.RedirectURI + "?state=" + a.query.Get("state") + "&" + extra
}

func (a asked) wait(t *testing.T) answer {
	t.Helper()
	return eventually.From(t, a.answer, "the end of the attempt")
}

// fetch sends a request; host may differ from the address.
func fetch(t *testing.T, method, address, host string) (status int, body string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), method, address, nil)
	assert.NilError(t, err)
	req.Host = host
	resp, err := (&http.Transport{DisableKeepAlives: true}).RoundTrip(req)
	assert.NilError(t, err)
	defer resp.Body.Close() //nolint:errcheck // it was read
	page, err := io.ReadAll(resp.Body)
	assert.NilError(t, err)
	return resp.StatusCode, string(page)
}
