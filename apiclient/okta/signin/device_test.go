package signin

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
	"msgsso-wizard/apiclient/okta"
)

const codeAnswer = `{"device_code":"canary-c0de","user_code":"QRPDZLSM","verification_uri":"https://acme.test/activate",
	"verification_uri_complete":"https://acme.test/activate?user_code=QRPDZLSM","expires_in":600,"interval":5}`

const tokenAnswer = `{"token_type":"Bearer","expires_in":3600,"access_token":"canary-t0ken","scope":"okta.apps.manage"}`

// poller is an org that answers a row of polls, the last one for ever; "" cuts the connection.
type poller struct {
	showErr error  // what Show ends with
	code    string // nothing: codeAnswer
	polls   []string
	start   time.Time
	at      []time.Duration // when each poll came
	proofs  []bool
	forms   []string
	shown   []DeviceCode
}

func (p *poller) serve(r *http.Request, form string) (int, map[string]string, string, error) {
	if r.URL.Path == "/oauth2/v1/device/authorize" {
		p.forms = append(p.forms, form)
		if p.code == "" {
			p.code = codeAnswer
		}
		return 200, nil, p.code, nil
	}
	p.at = append(p.at, time.Since(p.start))
	p.proofs = append(p.proofs, r.Header.Get("DPoP") != "")
	p.forms = append(p.forms, form)
	switch answer := p.polls[min(len(p.at), len(p.polls))-1]; {
	case answer == "":
		return 0, nil, "", syscall.ECONNRESET
	case strings.HasPrefix(answer, "{"):
		return 200, nil, answer, nil
	default:
		return 400, nil, fmt.Sprintf(`{"error":%q,"error_description":"no: canary-c0de"}`, answer), nil
	}
}

func (p *poller) signIn(t *testing.T) okta.SignIn {
	t.Helper()
	p.start = time.Now()
	s, err := device(DeviceConfig{ClientID: "0oa2", Scopes: []string{"okta.apps.manage", "x"}, Show: func(_ context.Context, c DeviceCode) error {
		p.shown = append(p.shown, c)
		return p.showErr
	}},
		connection{org: &url.URL{Scheme: "https", Host: "acme.test"}, http: network(p.serve)})
	assert.NilError(t, err)
	return s
}

func seconds(numbers ...int) []time.Duration {
	var all []time.Duration
	for _, n := range numbers {
		all = append(all, time.Duration(n)*time.Second)
	}
	return all
}

func TestDeviceStates(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		polls []string
		at    []time.Duration
		want  error
		code  string
	}{
		"at once":           {[]string{tokenAnswer}, seconds(5), nil, ""},
		"after a while":     {[]string{"authorization_pending", "authorization_pending", tokenAnswer}, seconds(5, 10, 15), nil, ""},
		"slower each time":  {[]string{"slow_down", "authorization_pending", "slow_down", tokenAnswer}, seconds(5, 15, 25, 40), nil, ""},
		"expired":           {[]string{"authorization_pending", "expired_token"}, seconds(5, 10), ErrCodeExpired, "expired_token"},
		"denied":            {[]string{"authorization_pending", "access_denied"}, seconds(5, 10), ErrDenied, "access_denied"},
		"another refusal":   {[]string{"invalid_grant"}, seconds(5), nil, "invalid_grant"},
		"proof wanted":      {[]string{"invalid_dpop_proof", strings.Replace(tokenAnswer, "Bearer", "DPoP", 1)}, seconds(5, 5), nil, ""},
		"answer of no sort": {[]string{`{"token_type":"Bearer"}`}, seconds(5), apiclient.ErrMalformed, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				p := &poller{polls: tt.polls}
				err := p.signIn(t).Begin(t.Context())
				if tt.want != nil && !errors.Is(err, tt.want) || okta.OAuthError(err) != tt.code || (err == nil) != (tt.want == nil && tt.code == "") {
					t.Errorf("got %v", err)
				}
				assert.Check(t, !strings.Contains(fmt.Sprintf("%+v", err), "canary"), "it repeats a secret: %v", err)
				assert.Check(t, is.DeepEqual(p.at, tt.at))
				assert.Check(t, is.DeepEqual(p.shown, []DeviceCode{{
					UserCode: "QRPDZLSM", URL: "https://acme.test/activate", Expires: 10 * time.Minute,
					CompleteURL: "https://acme.test/activate?user_code=QRPDZLSM",
				}}))
				assert.Check(t, is.DeepEqual(p.forms[:2], []string{
					"client_id=0oa2&scope=okta.apps.manage+x",
					"client_id=0oa2&device_code=canary-c0de&grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code",
				}))
				assert.Check(t, is.Equal(p.proofs[0], false))
			})
		})
	}
}

func TestDeviceCodeRunsOutByItself(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &poller{code: strings.Replace(codeAnswer, "600", "12", 1), polls: []string{"authorization_pending"}}
		assert.Check(t, is.ErrorIs(p.signIn(t).Begin(t.Context()), ErrCodeExpired))
		assert.Check(t, is.DeepEqual(p.at, seconds(5, 10)))
	})
}

func TestDeviceOutlivesABrokenLine(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &poller{polls: []string{"", "", "", "authorization_pending", tokenAnswer}}
		assert.NilError(t, p.signIn(t).Begin(t.Context()))
		// Three tries of the first poll, then at half the pace.
		assert.Check(t, is.Equal(len(p.at), 5))
		assert.Check(t, is.Equal((p.at[4]-p.at[3]).Round(time.Second), 10*time.Second))
	})
}

func TestDeviceEndsWithItsContext(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &poller{polls: []string{"authorization_pending"}}
		ctx, cancel := context.WithTimeout(t.Context(), 7*time.Second)
		defer cancel()
		assert.Check(t, is.ErrorIs(p.signIn(t).Begin(ctx), context.DeadlineExceeded))
		assert.Check(t, is.Equal(time.Since(p.start), 7*time.Second))
	})
}

func TestDeviceTokenExpires(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p := &poller{polls: []string{tokenAnswer}}
		s := p.signIn(t)
		for _, shown := range []int{1, 1, 2} {
			r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://acme.test/api/v1/org", nil)
			assert.NilError(t, err)
			assert.NilError(t, s.Authorize(t.Context(), r))
			assert.Check(t, is.Equal(r.Header.Get("Authorization"), "Bearer canary-t0ken"))
			assert.Check(t, is.Equal(len(p.shown), shown))
			time.Sleep(29*time.Minute + 30*time.Second)
		}
	})
}

func TestDeviceAnswersOfNoUse(t *testing.T) {
	t.Parallel()
	for old, tt := range map[string]struct{ text, missing string }{
		`"device_code"`:                {`"x"`, "device_code"},
		`"user_code"`:                  {`"x"`, "user_code"},
		`"https://acme.test/activate"`: {`"javascript:alert(1)"`, "verification_uri"},
		`"verification_uri"`:           {`"x"`, "verification_uri"},
		`600`:                          {`0`, "expires_in"},
	} {
		p := &poller{code: strings.Replace(codeAnswer, old, tt.text, 1)}
		err := p.signIn(t).Begin(t.Context())
		if !errors.Is(err, apiclient.ErrMalformed) || !strings.Contains(err.Error(), tt.missing) || p.shown != nil {
			t.Errorf("%s: got %v", old, err)
		}
	}
}

func TestDeviceCodeWithoutExtras(t *testing.T) {
	t.Parallel()
	var code deviceCode
	assert.NilError(t, apiclient.Fill([]byte(`{"device_code":"x","user_code":"U","verification_uri":"http://127.0.0.1:8080/activate",
		"verification_uri_complete":"http://acme.test/","expires_in":60}`), &code))
	assert.Check(t, is.DeepEqual(code.DeviceCode, DeviceCode{UserCode: "U", URL: "http://127.0.0.1:8080/activate", Expires: time.Minute}))
	assert.Check(t, is.Equal(code.interval, 5*time.Second))
}

// TestDeviceWithoutPrompt: without a prompter, the sign-in doesn't wait.
func TestDeviceWithoutPrompt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		noBrowser := errors.New("nobody is there")
		p := &poller{showErr: noBrowser}
		err := p.signIn(t).Begin(t.Context())
		assert.Check(t, is.ErrorIs(err, noBrowser))
		assert.Check(t, is.Equal(time.Since(p.start), time.Duration(0)))
		assert.Check(t, is.Equal(len(p.polls), 0))
	})
}
