package site

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"strconv"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/testkit/cases"
)

func parsedURL(t *testing.T, raw string) *url.URL {
	t.Helper()
	u, err := url.Parse(raw)
	assert.NilError(t, err)
	return u
}

func TestSourcesOfAPolicy(t *testing.T) {
	t.Parallel()
	const self = "https://www.acme.test/support/"
	cases.Check(t, "sources.txt", func(in ...string) string {
		p := Page{policies: policiesOf([]string{"connect-src " + in[0]}, parsedURL(t, self))}
		ok, directive := p.Allows(KindConnect, in[1])
		assert.Check(t, is.Equal(directive == "", ok), "%q", in)
		return strconv.FormatBool(ok)
	})
	p := Page{policies: policiesOf([]string{"connect-src http://a.test:80 'self'"}, parsedURL(t, "http://www.acme.test/"))}
	for _, u := range []string{"https://a.test/", "http://a.test/", "https://www.acme.test/", "http://www.acme.test/"} {
		ok, directive := p.Allows(KindConnect, u)
		assert.Check(t, ok, "%s: %s", u, directive)
	}
}

func TestDirectivesOfAPolicy(t *testing.T) {
	t.Parallel()
	const genesys = "https://apps.mypurecloud.de/genesys-bootstrap/genesys.min.js"
	for _, tt := range []struct {
		kind     Kind
		policies []string
		want     string // the directive that forbids it
	}{
		{KindScript, nil, ""},
		{KindScript, []string{"img-src 'none'"}, ""},
		{KindScript, []string{"Default-Src 'self'"}, "default-src 'self'"},
		{KindScript, []string{"default-src 'self'; script-src https:"}, ""},
		{KindScript, []string{"script-src 'none'; script-src-elem https:"}, ""},
		{KindScript, []string{"script-src https:; script-src 'none'"}, ""},
		{KindScript, []string{"script-src https:", "default-src 'none'"}, "default-src 'none'"},
		{KindScript, []string{"script-src https:, script-src 'self'"}, "script-src 'self'"},
		{KindScript, []string{"script-src 'strict-dynamic' 'nonce-x'"}, ""},
		{KindScript, []string{"script-src 'strict-dynamic' https:"}, "script-src 'strict-dynamic' https:"},
		{KindScript, []string{"script-src 'nonce-x'"}, "script-src 'nonce-x'"},
		{KindConnect, []string{"script-src 'none'; default-src 'none'; connect-src *"}, ""},
		{KindConnect, []string{"connect-src \u001b"}, "connect-src ‹U+001B›"},
		{KindConnect, []string{"default-src 'none'"}, "default-src 'none'"},
	} {
		p := Page{policies: policiesOf(tt.policies, parsedURL(t, "https://www.acme.test/"))}
		ok, directive := p.Allows(tt.kind, genesys)
		assert.Check(t, directive == tt.want && ok == (tt.want == ""),
			"%s by %q: %v, %q", tt.kind, tt.policies, ok, directive)
	}
	p := Page{policies: policiesOf([]string{"script-src *"}, parsedURL(t, "https://www.acme.test/"))}
	ok, _ := p.Allows(KindScript, "https://[")
	assert.Check(t, !ok, "what is no address is allowed")
}

func TestInlineScripts(t *testing.T) {
	t.Parallel()
	sum := sha256.Sum256([]byte("code()"))
	hash := "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	urlHash := "'SHA256-" + base64.URLEncoding.EncodeToString(sum[:]) + "'"
	for policy, want := range map[string]bool{
		"":                            true,
		"img-src 'none'":              true,
		"script-src *":                false,
		"script-src 'unsafe-inline'":  true,
		"default-src 'UNSAFE-INLINE'": true,
		"script-src 'unsafe-inline' 'nonce-other'":      false,
		"script-src 'unsafe-inline' 'strict-dynamic'":   false,
		"script-src 'nonce-n1'":                         true,
		"script-src 'nonce-N1'":                         false,
		"script-src " + hash:                            true,
		"script-src " + urlHash:                         true,
		"script-src 'sha384-AAAA' 'sha512-AAAA'":        false,
		"script-src 'nonce-n1', script-src 'none'":      false,
		"script-src-elem 'none'; script-src 'nonce-n1'": false,
	} {
		p := Page{policies: policiesOf([]string{policy}, parsedURL(t, "https://www.acme.test/"))}
		got, directive := p.AllowsInline(Script{Nonce: "n1", Text: "code()"})
		assert.Check(t, got == want && (directive == "") == want, "%q: %v, %q", policy, got, directive)
	}
}

func TestPoliciesOfAPage(t *testing.T) {
	t.Parallel()
	const meta = `<meta http-equiv="Content-Security-Policy" content="script-src 'self'; connect-src &#39;self&#39;">`
	c, base := files(t, map[string]string{"/": "text/html\n" + provider + meta + snippet}, http.Header{
		"Content-Security-Policy":             {"connect-src https://api.usw2.pure.cloud"},
		"Content-Security-Policy-Report-Only": {"script-src 'none'"},
	})
	p, err := c.Fetch(t.Context(), base)
	assert.NilError(t, err)
	for address, want := range map[string]string{
		"https://api.mypurecloud.de/": "connect-src https://api.usw2.pure.cloud", "https://api.usw2.pure.cloud/": "connect-src 'self'",
	} {
		_, got := p.Allows(KindConnect, address)
		assert.Check(t, is.Equal(got, want), address)
	}
	ok, _ := p.AllowsInline(p.Plugins[0].Script)
	assert.Check(t, ok, "a policy reaches what stands before it")
	ok, _ = p.AllowsInline(p.Snippets[0].Script)
	assert.Check(t, !ok, "the policy doesn't reach what stands behind it")
}
