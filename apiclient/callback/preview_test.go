package callback

import (
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/loopback"
	"msgsso-wizard/apiclient/loopback/porttest"
	"msgsso-wizard/apiclient/testkit/eventually"
)

const page = "<!doctype html><html><body>chat<script>'</body>'</script></body></html>\n"

// previewing starts a preview, which waits so long for its pages; end ends it and returns what Run returned.
func previewing(t *testing.T, redirectURI string, endingFor time.Duration) (a Address, end func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	t.Cleanup(cancel)
	shown, ended := make(chan Address, 1), make(chan error, 1)
	p := &Preview{RedirectURI: redirectURI, HTML: page, Show: func(a Address) { shown <- a }, endingFor: endingFor}
	go func() { ended <- p.Run(ctx) }()
	select {
	case a = <-shown:
	case err := <-ended:
		t.Fatalf("nothing was shown: %v", err)
	}
	return a, func() error {
		cancel()
		return eventually.From(t, ended, "the preview's end")
	}
}

func TestPreview(t *testing.T) {
	t.Parallel()
	port := porttest.Free(t)
	host := "http://localhost:" + strconv.Itoa(port)
	a, end := previewing(t, host+"/chat/", time.Hour)
	assert.Check(t, is.DeepEqual(a, Address{URL: host + "/chat/", Forward: loopback.Forward(port)}))
	browser := newBrowser(t)
	r := get(t, browser, host+"/chat/?code=canary&state=s")
	assert.Check(t, is.Equal(r.status, 200))
	before, after, _ := strings.Cut(r.body, "<script>\n"+endScript+"</script>\n")
	assert.Check(t, is.Equal(before+after, page))
	assert.Check(t, is.Equal(after, "</body></html>\n"))
	for name, want := range map[string]string{
		"Content-Security-Policy": "frame-ancestors 'none'", "Cache-Control": "no-store", "Referrer-Policy": "strict-origin", "Content-Type": "text/html; charset=utf-8",
	} {
		assert.Check(t, is.Equal(r.header.Get(name), want))
	}
	assert.Check(t, is.Equal(r.header.Get("Clear-Site-Data"), ""), "a sign-in is under way")
	for _, want := range []string{`"storage"`, ""} {
		assert.Check(t, is.Equal(get(t, browser, host+"/chat/").header.Get("Clear-Site-Data"), want), "what an earlier preview left")
	}
	assert.Check(t, is.Equal(get(t, browser, host+"/").status, 404))
	req, _ := http.NewRequestWithContext(t.Context(), "GET", host+"/chat/", nil)
	req.Host = "evil.test"
	resp, err := browser.Do(req)
	assert.NilError(t, err)
	assert.Check(t, is.Equal(read(t, resp).status, 421))
	assert.Check(t, end())
	isFree(t, port)
}

// Each open page shows the end. One that hangs up at once is waited for; one that does not is not for long.
func TestPreviewEnds(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		endingFor time.Duration
		hangsUp   bool
	}{"hangs up": {time.Hour, true}, "stays": {time.Millisecond, false}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			host := "http://localhost:" + strconv.Itoa(porttest.Free(t))
			_, end := previewing(t, host, tt.endingFor)
			req, _ := http.NewRequestWithContext(t.Context(), "GET", host+endPath, nil)
			resp, err := newBrowser(t).Do(req) //nolint:bodyclose // by the goroutine
			assert.NilError(t, err)
			assert.Check(t, is.Equal(resp.Header.Get("Content-Type"), "text/event-stream"))
			const want = "retry: 1000\n\nevent: end\n"
			reported := make(chan string, 1)
			go func() {
				text := make([]byte, len(want))
				_, _ = io.ReadFull(resp.Body, text)
				if !tt.hangsUp {
					_, _ = io.Copy(io.Discard, resp.Body)
				}
				_ = resp.Body.Close()
				reported <- string(text)
			}()
			assert.Check(t, end())
			assert.Check(t, is.Equal(<-reported, want))
		})
	}
}

func TestPreviewCannotBegin(t *testing.T) {
	t.Parallel()
	show := func(Address) { t.Error("shown") }
	assert.Check(t, is.ErrorIs((&Preview{RedirectURI: "https://www.acme.test/", Show: show}).Run(t.Context()), errNotHere))
	port := porttest.Free(t)
	takePort(t, port)
	err := (&Preview{RedirectURI: "http://localhost:" + strconv.Itoa(port), Show: show}).Run(t.Context())
	assert.Check(t, is.ErrorIs(err, loopback.ErrPortTaken))
}

func TestWithScript(t *testing.T) {
	t.Parallel()
	script := "<script>\n" + endScript + "</script>\n"
	assert.Check(t, is.Equal(withScript("<p>no body"), "<p>no body"+script))
	assert.Check(t, !strings.Contains(endScript, "</"), "the script could end early")
}

// The script runs in Node.js with a small browser around it.
func TestPreviewScript(t *testing.T) {
	t.Parallel()
	node, err := exec.LookPath("node")
	if err != nil {
		assert.Equal(t, os.Getenv("MSGSSO_REQUIRE_ALL"), "", "Node.js is missing")
		t.Skip("needs Node.js")
	}
	out, err := exec.CommandContext(t.Context(), node, "--test", "testdata/preview_test.mjs").CombinedOutput()
	assert.Check(t, err, string(out))
}
