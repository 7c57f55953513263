package site

import (
	"net/netip"
	"net/url"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

// TestNamesDoNotLeadInside: the name of a host on the internet is looked up when it is called, and may stand for this
// computer by then.
func TestNamesDoNotLeadInside(t *testing.T) {
	t.Parallel()
	c, base := files(t, map[string]string{"/": "text/html\n" + snippet}, nil)
	for _, reached := range []*reach{{}, {known: true, inside: true}, {known: true}} {
		outsider := reached.known && !reached.inside
		_, err := c.get(t.Context(), parsed(t, base+"/"), wanted{op: "the page", media: pageTypes, limit: maxPage, may: c.mayPage, reach: reached})
		if outsider {
			assert.Check(t, is.ErrorIs(err, apiclient.ErrRedirect))
			assert.Check(t, is.ErrorContains(err, "to this computer or a private network"))
			continue
		}
		assert.NilError(t, err)
		assert.Check(t, reached.inside)
		c.CloseIdle()
	}
}

func TestAddressesInside(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"0.1.2.3": true, "192.0.0.192": true, "198.19.0.1": true, "255.255.255.255": true, "168.63.129.16": true, "224.0.0.1": true, "fec0::1": true, "ff02::1": true,
		"64:ff9b::7f00:1": true, "64:ff9b::10.0.0.1": true, "64:ff9b:1::a00:1": true, "2002:a00:1::": true, "2002:7f00:1::1": true, "::127.0.0.1": true, "::": true,
		"8.8.8.8": false, "168.63.129.17": false, "64:ff9b::8.8.8.8": false, "2002:808:808::": false, "2001:4860:4860::8888": false,
	} {
		assert.Check(t, is.Equal(inside(netip.MustParseAddr(text)), want), text)
	}
}

func TestRedirectsInside(t *testing.T) {
	t.Parallel()
	for to, want := range map[string]string{
		"http://127.0.0.1/": "to this computer or a private network, 127.0.0.1", "http://LocalHost.:8080/": "to this computer or a private network, LocalHost.:8080",
		"https://10.1.2.3/": "to this computer or a private network, 10.1.2.3", "https://172.31.0.1/": "to this computer or a private network, 172.31.0.1",
		"https://192.168.1.1/": "to this computer or a private network, 192.168.1.1", "http://169.254.169.254/": "to this computer or a private network, 169.254.169.254",
		"https://[::1]/": "to this computer or a private network, [::1]", "https://[fe80::1%25eth0]/": "to this computer or a private network, [fe80::1%eth0]",
		"https://[fd00::1]/": "to this computer or a private network, [fd00::1]", "https://[::ffff:10.0.0.1]/": "to this computer or a private network, [::ffff:10.0.0.1]",
		"https://0.0.0.0/": "to this computer or a private network, 0.0.0.0", "https://100.64.0.1/": "to this computer or a private network, 100.64.0.1",
		"https://www.acme.test/": "", "https://8.8.8.8/": "", "https://172.32.0.1/": "",
	} {
		public, private := &reach{known: true}, &reach{known: true, inside: true}
		from := parsed(t, "http://www.acme.test/")
		assert.Check(t, is.Equal(public.mayFollow(from, parsed(t, to)), want), to)
		assert.Check(t, is.Equal(private.mayFollow(from, parsed(t, to)), ""), to)
	}
	assert.Check(t, is.Equal((&reach{}).mayFollow(parsed(t, "https://a.test/"), parsed(t, "http://a.test/")), "from HTTPS to HTTP, a.test"))
}

func parsed(t *testing.T, text string) *url.URL {
	t.Helper()
	u, err := url.Parse(text)
	assert.NilError(t, err)
	return u
}
