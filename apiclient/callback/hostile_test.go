package callback

import (
	"net/http"
	"strconv"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// Whatever else comes to the port is refused, learns nothing, and leaves the attempt as it is.
func TestHostileRequests(t *testing.T) {
	t.Parallel()
	w, a, browser := begun(t, asItIs)
	key := a.URL[len(a.URL)-keyLength:]
	const (
		xss  = "%3Cscript%3Ealert(1)%3C%2Fscript%3E"
		good = "/?code=c&state=s1-tail"
	)
	type h = map[string]string
	for name, tt := range map[string]struct {
		method, path string
		host         string
		header       h
		stranger     bool // without the cookie
		status       int
	}{
		"rebinding":                      {path: good, host: "evil.test", status: 421},
		"cross-origin POST":              {method: "POST", path: good, header: h{"Origin": "https://evil.test"}, status: 403},
		"POST":                           {method: "POST", path: good, status: 405},
		"another path":                   {path: "/callback?code=c&state=s1-tail", status: 404},
		"another slash":                  {path: "//?code=c&state=s1-tail", status: 404},
		"dots":                           {path: "/../../etc/passwd", status: 404},
		"favicon":                        {path: "/favicon.ico", status: 204},
		"no cookie":                      {path: good, stranger: true, status: 400},
		"another cookie":                 {path: good, stranger: true, header: h{"Cookie": "msgsso_callback_" + strconv.Itoa(w.port) + "=x"}, status: 400},
		"no cookie, no state":            {path: "/?error=access_denied", stranger: true, status: 400},
		"no cookie, no query":            {path: "/", stranger: true, status: 200},
		"wrong key":                      {path: "/?start=AAAAAAAAAAAAAAAA", stranger: true, status: 400},
		"no key":                         {path: "/?start=", stranger: true, status: 400},
		"half a key":                     {path: "/?start=" + key[:8], stranger: true, status: 400},
		"two keys":                       {path: "/?start=x&start=" + key, stranger: true, status: 400},
		"other person, wrong key":        {path: "/?start=x&other=1", stranger: true, status: 400},
		"no state":                       {path: "/?code=c", status: 400},
		"empty state":                    {path: "/?code=c&state=", status: 400},
		"wrong state":                    {path: "/?code=c&state=s2-tail", status: 400},
		"half a state":                   {path: "/?code=c&state=s1", status: 400},
		"two states":                     {path: "/?code=c&state=s1-tail&state=s1-tail", status: 400},
		"two codes":                      {path: "/?code=c&code=d&state=s1-tail", status: 400},
		"two issuers":                    {path: "/?code=c&state=s1-tail&iss=a&iss=b", status: 400},
		"code and error":                 {path: "/?code=c&error=access_denied&state=s1-tail", status: 400},
		"neither":                        {path: "/?state=s1-tail", status: 400},
		"empty code":                     {path: "/?code=&state=s1-tail", status: 400},
		"endless code":                   {path: "/?state=s1-tail&code=" + strings.Repeat("a", 4097), status: 400},
		"endless state":                  {path: "/?code=c&state=" + strings.Repeat("a", 513), status: 400},
		"endless description":            {path: "/?error=e&state=s1-tail&error_description=" + strings.Repeat("a", 4097), status: 400},
		"endless query":                  {path: "/?state=s1-tail&code=" + strings.Repeat("a", 30<<10), status: 431},
		"broken escapes":                 {path: "/?code=%zz&state=s1-tail", status: 400},
		"error, wrong state, markup":     {path: "/?error=" + xss + "&error_description=" + xss + "&state=" + xss, status: 400},
		"markup where nothing is looked": {path: "/?" + xss, status: 400},
		"fragment-like":                  {path: "/?%23code=c&state=s1-tail", status: 400},
	} {
		method := tt.method
		if method == "" {
			method = "GET"
		}
		req, err := http.NewRequestWithContext(t.Context(), method, "http://localhost:"+strconv.Itoa(w.port)+tt.path, nil)
		assert.NilError(t, err)
		req.Host = tt.host
		for name, value := range tt.header {
			req.Header.Set(name, value)
		}
		who := *browser
		if tt.stranger {
			who.Jar = nil
		}
		resp, err := who.Do(req)
		assert.NilError(t, err)
		r := read(t, resp)
		assert.Check(t, is.Equal(r.status, tt.status), name)
		for _, never := range []string{"script", "s1-tail", "idp.example"} {
			assert.Check(t, !strings.Contains(r.body+r.location, never),
				"%s: %s shows in %s %s", name, never, r.location, r.body)
		}
		assert.Check(t, !tt.stranger || !strings.Contains(r.body+r.header.Get("Set-Cookie"), key),
			"%s: a stranger learns the key: %s", name, r.body)
	}
	assert.Check(t, is.DeepEqual(w.came, []string(nil)))
	assert.Check(t, is.Equal(len(w.tries), 1))
	assert.Check(t, is.Equal(state(t, get(t, browser, w.flow.RedirectURI+good[1:]).location), "s2-tail"))
	if r := get(t, browser, w.flow.RedirectURI+good[1:]); r.status != 400 || !strings.Contains(r.body, "request that sign-in") || !strings.Contains(r.body, "Continue the sign-in") {
		t.Errorf("a replay: %d %s", r.status, r.body)
	}
	assert.Check(t, is.DeepEqual(w.came, []string{"1|c|||"}))
}
