package site

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"msgsso-wizard/apiclient"
)

// document is what of a page's HTML matters here.
type document struct {
	scripts  []Script
	policies []policy
}

// readHTML reads the scripts and the policies of a page, by its tokens: their order is all that counts.
func readHTML(page *url.URL, text string) document {
	var (
		doc       document
		base      = page
		templates int // how many are open: nothing in one runs
		offset    int
	)
	tokens := html.NewTokenizer(strings.NewReader(text))
	for {
		kind := tokens.Next()
		at := offset
		offset += len(tokens.Raw())
		if kind == html.ErrorToken {
			return doc
		}
		tag := tokens.Token()
		switch {
		case kind == html.EndTagToken && tag.Data == "template":
			templates = max(templates-1, 0)
		case kind != html.StartTagToken && kind != html.SelfClosingTagToken:
		case tag.Data == "template":
			templates++
		case templates > 0:
		case tag.Data == "base" && base == page:
			// Each file's address repeats it.
			if to, err := page.Parse(attribute(tag, "href")); err == nil && len(to.String()) <= maxURL {
				base = to
			}
		case tag.Data == "meta" && strings.EqualFold(attribute(tag, "http-equiv"), "content-security-policy"):
			for _, p := range policiesOf([]string{attribute(tag, "content")}, page) {
				p.from = at // it does not reach what stands before it (CSP Level 3 3.3)
				doc.policies = append(doc.policies, p)
			}
		case tag.Data == "script":
			s := script(tag, base, at)
			if tokens.Next() == html.TextToken {
				code := tokens.Raw()
				offset += len(code)
				if s.URL == "" {
					s.Text = string(code)
				}
			} else {
				offset += len(tokens.Raw()) // the end tag of an empty script
			}
			doc.scripts = append(doc.scripts, s)
		}
	}
}

// noFile stands for a file that is no address: nothing runs, the element's text neither.
const noFile = "about:invalid"

func script(tag html.Token, base *url.URL, at int) Script {
	kind := strings.ToLower(strings.TrimSpace(attribute(tag, "type")))
	s := Script{Offset: at, Nonce: attribute(tag, "nonce")}
	if has(tag, "src") {
		s.URL = noFile
		if to, err := base.Parse(strings.TrimSpace(attribute(tag, "src"))); err == nil {
			s.URL = apiclient.Clean(to.String())
		}
	}
	s.Later = kind == "module" || s.URL != "" && (has(tag, "defer") || has(tag, "async"))
	return s
}

// attribute is the text of an attribute; the first counts, as in browsers.
func attribute(tag html.Token, name string) string {
	if i := slices.IndexFunc(tag.Attr, func(a html.Attribute) bool { return a.Key == name }); i >= 0 {
		return tag.Attr[i].Val
	}
	return ""
}

func has(tag html.Token, name string) bool {
	return slices.ContainsFunc(tag.Attr, func(a html.Attribute) bool { return a.Key == name })
}
