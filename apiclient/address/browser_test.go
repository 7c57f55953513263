package address

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

// What a browser makes of each URL is recorded, so that the tests need none. To record again, with a browser of today:
//
//	go test ./apiclient/address -run TestBrowsersAgree -record chromium
var record = flag.String("record", "", "a Chromium that records testdata/browser.jsonl again")

const recorded = "testdata/browser.jsonl"

// pair is a URL as a user may write it, and in a browser its origin and the whole of it; empty: the browser refuses it,
// or it is of another scheme.
type pair [3]string

func pairs(t testing.TB) []pair {
	data, err := os.ReadFile(recorded)
	assert.NilError(t, err)
	var all []pair
	for line := range bytes.Lines(data) {
		var p pair
		assert.NilError(t, json.Unmarshal(line, &p))
		all = append(all, p)
	}
	return all
}

// page asks the browser's URL parser, and writes its answers where --dump-dom prints them.
const page = `<meta charset=utf-8><pre id=out></pre><script>out.textContent = %s.map(([text]) => {
  let read = ["", ""]
  try { const u = new URL(text); if (/^https?:$/.test(u.protocol)) read = [u.protocol + "//" + u.host, u.href] } catch {}
  return JSON.stringify([text, ...read]).replace(/[^ -~]/g, c => "\\u" + c.charCodeAt(0).toString(16).padStart(4, 0))
}).join("\n") + "\n"</script>`

func recordPairs(t *testing.T, browser string) {
	inputs, err := json.Marshal(pairs(t)) // it escapes < and >
	assert.NilError(t, err)
	at := filepath.Join(t.TempDir(), "page.html")
	assert.NilError(t, os.WriteFile(at, fmt.Appendf(nil, page, inputs), 0o600))
	out, err := exec.CommandContext(t.Context(), browser, "--headless", "--no-sandbox", "--disable-gpu", "--user-data-dir="+t.TempDir(), "--dump-dom", "file://"+at).Output()
	assert.NilError(t, err)
	_, text, found := strings.Cut(string(out), `<pre id="out">`)
	text, _, closed := strings.Cut(text, "</pre>")
	assert.Assert(t, found && closed, "the browser printed %.2000s", out)
	assert.NilError(t, os.WriteFile(recorded, []byte(html.UnescapeString(text)), 0o644))
}

// agrees: the URL is what the browser's parser gives, or it is refused. Only the root dot is taken off, and a missing
// path is not filled in.
func agrees(p pair) error {
	u, err := Parse(p[0])
	rest := strings.TrimPrefix(p[2], p[1])
	if !strings.HasPrefix(u.Rest, "/") {
		rest = strings.TrimPrefix(rest, "/")
	}
	if err == nil && u.String() != withoutRootDot(p[1])+rest {
		return fmt.Errorf("%+q is read as %q; the browser has %q", p[0], u, p[2])
	}
	return nil
}

func withoutRootDot(origin string) string {
	scheme, host, _ := strings.Cut(origin, "://")
	host, port, hasPort := strings.Cut(host, ".:")
	if hasPort {
		return scheme + "://" + host + ":" + port
	}
	return strings.TrimSuffix(origin, ".")
}

func TestBrowsersAgree(t *testing.T) {
	if *record != "" {
		recordPairs(t, *record)
	}
	all := pairs(t)
	assert.Check(t, len(all) >= 200, "only %d pairs", len(all))
	taken := 0
	for _, p := range all {
		assert.Check(t, agrees(p))
		if _, err := Parse(p[0]); err == nil {
			taken++
		}
	}
	assert.Check(t, taken >= 60, "only %d are not refused", taken)
	t.Logf("%d of %d are not refused", taken, len(all))
}

// FuzzParse: what is taken is taken again as the same, and has nothing in its host that a browser would read otherwise.
func FuzzParse(f *testing.F) {
	for _, p := range pairs(f) {
		f.Add(p[0])
	}
	f.Fuzz(func(t *testing.T, text string) {
		u, full, err := ParsePasted(text)
		if err != nil {
			assert.Check(t, u == URL{}, "%q is refused and read", text)
			return
		}
		again, err := Parse(u.String())
		assert.NilError(t, err, "%q became %q", text, u)
		assert.Check(t, again == u, "%q became %q, then %q", text, u, again)
		assert.Check(t, is.Equal(u.URL().Host, u.HostPort()), "net/url and %q", text)
		host, err := ParseHost(u.Host.Unicode())
		assert.Check(t, err != nil || host == u.Host, "%q is shown as %q, which is %q", u.Host, u.Host.Unicode(), host)
		written, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(text)), "://")
		assert.Check(t, full == (written == u.Scheme), "%q: scheme %q, full %v", text, u.Scheme, full)
	})
}
