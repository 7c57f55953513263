package site

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient"
)

// numbered is a text for each number, until there are so many bytes.
func numbered(bytes int, each string) string {
	var b strings.Builder
	for i := 0; b.Len() < bytes; i++ {
		fmt.Fprintf(&b, each, i)
	}
	return b.String()
}

// TestHostilePages: each of these took minutes, or a memory for each pair of its elements.
func TestHostilePages(t *testing.T) {
	t.Parallel()
	p := page(t, "<script>"+numbered(maxPage-100, `"//%d.js"`)+"</script>", nil)
	assert.Check(t, is.Equal(p.Unread[0], "//0.js: a script loads it"))
	assert.Check(t, len(p.Unread) > 100000)

	p = page(t, `<base href="/`+strings.Repeat("a", 1<<20)+`/">`+numbered(maxPage/3, `<script src="%d.js"></script>`), nil)
	for _, why := range p.Unread {
		assert.Assert(t, len(why) < 1000, "the base is repeated")
	}

	p = page(t, "<script>"+numbered(maxPage-5000, `"//a.test/genesys-bootstrap/genesys.js?%d"`)+"</script>"+strings.Repeat(provider, 30), nil)
	assert.Check(t, is.Len(p.Snippets, maxFound))
	assert.Check(t, is.Len(p.Plugins, maxFound))

	page(t, "<script>"+strings.Repeat("a / ", maxPage/5)+"</script>", nil)
}

func TestManyHashes(t *testing.T) {
	t.Parallel()
	meta := `<meta http-equiv="Content-Security-Policy" content="script-src ` + numbered(65536-100, "'sha512-%d' ") + `">`
	p := page(t, meta+"<script>"+strings.Repeat("a", 1<<20)+snippet[strings.Index(snippet, "\n"):]+provider, nil)
	ok, directive := p.AllowsInline(p.Snippets[0].Script)
	assert.Check(t, !ok && strings.HasPrefix(directive, "script-src 'sha512-0'"))

	c, base := files(t, map[string]string{"/": "text/html\n" + meta + meta}, nil)
	_, err := c.Fetch(t.Context(), base)
	assert.Check(t, is.ErrorIs(err, apiclient.ErrTooLarge))
	assert.Check(t, is.ErrorContains(err, "more than 65536 bytes of Content Security Policies"))
}

func TestLongRedirect(t *testing.T) {
	t.Parallel()
	c, base := files(t, map[string]string{"/": "/" + strings.Repeat("a", maxURL)}, nil)
	_, err := c.Fetch(t.Context(), base)
	assert.Check(t, is.ErrorIs(err, apiclient.ErrRedirect))
	assert.Check(t, is.ErrorContains(err, "to a URL of more than 8192 bytes"))
}

// TestSearchIsCanceled: a signal ends the search, not only the calls.
func TestSearchIsCanceled(t *testing.T) {
	t.Parallel()
	c, base := files(t, map[string]string{"/": "text/html\n" + snippet + provider}, nil)
	ctx, cancel := context.WithCancel(t.Context())
	c.cfg.Observe = func(apiclient.Call) { cancel() } // the page is here
	_, err := c.Fetch(ctx, base)
	assert.Check(t, is.ErrorIs(err, context.Canceled))
}
