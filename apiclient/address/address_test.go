package address

import (
	"errors"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		" https://www.example.com/Chat?a=b ":   "https://www.example.com/Chat?a=b",
		"HTTPS://WWW.Example.com:443":          "https://www.example.com",
		"http://LOCALHOST:080/":                "",
		"https://www.example.com./support":     "https://www.example.com/support",
		"https://www.bücher.example:8443/chat": "https://www.xn--bcher-kva.example:8443/chat",
		"https://www.example.com/größe?ä=1":    "https://www.example.com/gr%C3%B6%C3%9Fe?%C3%A4=1",
		"https://my_site.example.com/":         "https://my_site.example.com/",
		"http://[0:0::1]:3000/x":               "http://[::1]:3000/x",
		"www.example.com":                      "",
		"https://www.example.com/%zz":          "",
		"https://www.example.com/\u200bx":      "",
		"https://www.example.com/?x=\u202ey":   "",
	} {
		u, err := Parse(text)
		assert.Check(t, is.Equal(u.String(), want), "%s: %v", text, err)
		assert.Check(t, is.Equal(err == nil, want != ""), "%s: %v", text, err)
	}
}

// TestMisspelledStart: browsers take what follows for the host, or the scheme's name; here it is no URL at all.
func TestMisspelledStart(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"https//acme.okta.com", "https:/acme.okta.com", "https:acme.okta.com", "https://https://acme.okta.com", "https://https//acme.okta.com",
		"https:///acme.okta.com", `https:\\acme.okta.com`, "https.//acme.okta.com", "hxxps//acme.okta.com", "http//www.example.com", "htps://acme.okta.com",
		"https;//acme.okta.com", "//acme.okta.com", "https", "null", "",
	} {
		u, _, err := ParsePasted(text)
		assert.Check(t, err != nil, "%q is read as %s", text, u)
	}
}

func TestHostsThatAreNone(t *testing.T) {
	t.Parallel()
	for text, why := range map[string]string{
		"www..example.com": "two dots", ".example.com": "starts with a dot", "www.example.com,": `contains ','`, "(www.example.com)": `contains '('`,
		"a.example.com;b.example.com": `contains ';'`, `"www.example.com"`: "contains a quotation mark", "<www.example.com>": `contains '<'`,
		"-www.example.com": "hyphen", "www-.example.com": "hyphen", "null": `"null" isn't a host`, "Undefined": `"undefined" isn't a host`, "true": `"true" isn't a host`, "NaN": `"nan" isn't a host`, "http": `"http" isn't a host`,
		"www.example.com\u200b": `'\u200b'`, "www\u202e.example.com": `'\u202e'`, "www.ex%61mple.com": "'%'", "*.example.com": "'*'",
		"2130706433": "ends in a number", "0x7f.1": "ends in a number", "127.1": "ends in a number", "1.2.3.256": "ends in a number",
		"[::ffff:127.0.0.1]": "IPv6", "[fe80::1%eth0]": "IPv6", "[::1": "IPv6", "": "missing", ".": "missing",
		"xn--a": "characters", "℀.example": "contains '/'", "a💩\ufffd.example": "contains",
		strings.Repeat("a", 64) + ".example": "too long", strings.Repeat("a.", 127) + "example": "too long",
	} {
		_, err := ParseHost(text)
		assert.Check(t, is.ErrorContains(err, why), text)
	}
}

func TestNoErrorQuotesAPassword(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"https://me:canary@www.example.com/", "https://me:canary@www.exa mple.com/", "me:canary@www.example.com", "ftp://canary@x", "https://me:can/ary@www.example.com/", "https://x/canary%zz"} {
		_, _, err := ParsePasted(text)
		assert.Check(t, err != nil && !strings.Contains(err.Error(), "canary"), "%q: %v", text, err)
		assert.Check(t, strings.Contains(text, "@") == errors.Is(err, ErrUser), "%q: %v", text, err)
	}
}

func TestOrigins(t *testing.T) {
	t.Parallel()
	one := OriginOf("https://www.bücher.example/chat")
	assert.Check(t, one == OriginOf("HTTPS://WWW.xn--bcher-kva.example.:443/other?x"), "one origin")
	assert.Check(t, one != OriginOf("https://www.bücher.example:8443/chat"), "another port")
	assert.Check(t, one != OriginOf("http://www.bücher.example/chat"), "another scheme")
	assert.Check(t, one.Is("https://WWW.xn--bcher-kva.example") && one.Host.Is("www.XN--bcher-kva.example"), "as services store it")
	assert.Check(t, !one.Is("https://www.bücher.example") && !one.Host.Is("www.bücher.example"), "browsers never send it")
	assert.Check(t, is.Equal(one.Host.Unicode(), "www.bücher.example"))
	assert.Check(t, one.Host.Within("XN--bcher-kva.example") && !one.Host.Within("her-kva.example") && !one.Host.Within(""), "below it")
	okta := OriginOf("https://www.okta.example")
	assert.Check(t, !okta.Is("https://www.o\u212ata.example") && !okta.Host.Is("www.o\u212ata.example") && !okta.Host.Within("o\u212ata.example"), "look-alikes")
	none := OriginOf("mailto:x")
	assert.Check(t, none.String() == "" && !none.Is("") && !none.Host.Is(""), "no origin is no one's")
}

// TestSharedHosts: a host without a dot may be on a private network, unless it is a domain of the internet.
func TestSharedHosts(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"com": true, "co.uk": true, "CO.UK.": true, "github.io": true, "公司.cn": true, "a.ck": true,
		"example.com": false, "acme.github.io": false, "www.ck": false, "intranet": false, "localhost": false, "127.0.0.1": false, "[::1]": false,
	} {
		h, err := ParseHost(text)
		assert.NilError(t, err)
		assert.Check(t, is.Equal(h.Shared(), want), text)
	}
}

func TestThisComputer(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][2]bool{ // to a browser, to this program
		"localhost": {true, true}, "LOCALHOST.": {true, true}, "127.0.0.1": {true, true}, "127.8.9.1": {true, true}, "[::1]": {true, true},
		"tenant.localhost": {true, false}, "a.b.localhost": {true, false},
		"10.0.0.1": {}, "[::]": {}, "localhost.evil.test": {}, "127.0.0.1.evil.test": {}, "notlocalhost": {},
	} {
		h, err := ParseHost(text)
		assert.NilError(t, err)
		assert.Check(t, is.Equal([2]bool{h.Local(), h.Loopback()}, want), text)
	}
}
