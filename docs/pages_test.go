package docs_test

import (
	"net/url"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

// longest is the number of lines that a page has at most.
const longest = 200

// TestPagesAreShort: a page that has grown over the limit is split by its topics.
func TestPagesAreShort(t *testing.T) {
	t.Parallel()
	eachDocument(t, func(name, text string) {
		lines := strings.Count(text, "\n")
		assert.Check(t, lines <= longest, "%s has %d lines, at most %d: split it", name, lines, longest)
	})
}

var (
	// linked is the target of a link, of a reference, or of a picture, in Markdown or in HTML. Bare URLs are examples.
	linked    = regexp.MustCompile(`\]\(([^()\s]+)[^()]*\)|(?m:^\[[^\]]+\]: (\S+))|(?:src|href)=["']([^"']+)|<(https?:[^>]+)>`)
	headline  = regexp.MustCompile(`(?m)^#+ (.+)$`)
	notInSlug = regexp.MustCompile(`[^\p{L}\p{N} _-]`)
	// indented is a block of code, which is no text.
	indented = regexp.MustCompile(`(?m)^ {4}.*$`)
)

// TestLinksResolve: each relative link and picture of a document is a file of the project, an anchor is a heading of its
// page, and an external link is well-formed HTTPS. Nothing is fetched.
func TestLinksResolve(t *testing.T) {
	t.Parallel()
	assert.Check(t, wrongLink("docs/here.md", "usage.md#visitor-names") == "" && wrongLink("README.md", "https://www.example.com/") == "", "the rule")
	for _, wrong := range []string{"none.md", "usage.md#none", "#none", "http://www.example.com/", "https://", "/usage.md", "screens/none.png", "../../outside.md"} {
		assert.Check(t, wrongLink("docs/usage.md", wrong) != "", wrong)
	}
	checked := 0
	eachDocument(t, func(name, text string) {
		for _, found := range linked.FindAllStringSubmatch(withoutCode(text), -1) {
			checked++
			target := strings.Join(found[1:], "")
			assert.Check(t, wrongLink(name, target) == "", "%s: %s %s", name, target, wrongLink(name, target))
		}
	})
	assert.Check(t, checked > 150, "only %d links were read", checked)
}

// TestIndexHasAllPages: docs/README.md leads to each page, and to a decision by its title.
func TestIndexHasAllPages(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("README.md")
	assert.NilError(t, err)
	listed := map[string]bool{"README.md": true}
	for _, found := range linked.FindAllStringSubmatch(string(text), -1) {
		listed[path.Join("docs", found[1])] = true
	}
	eachDocument(t, func(name, page string) {
		if link, decision := strings.CutPrefix(name, "docs/adr/"); decision {
			number, title, _ := strings.Cut(headline.FindStringSubmatch(page)[1], ". ")
			entry := number + ". [" + title + "](adr/" + link + ")"
			assert.Check(t, strings.Contains(string(text), "\n"+entry+"\n"), "docs/README.md has no line %s", entry)
		}
		assert.Check(t, listed[name] || name == "docs/README.md" || strings.HasPrefix(name, ".github/"), "docs/README.md doesn't list %s", name)
	})
}

// withoutCode is the text of a document without what it quotes as code.
func withoutCode(text string) string {
	return codeInText.ReplaceAllString(indented.ReplaceAllString(text, ""), "")
}

// wrongLink says what is wrong with a link of a document, if anything.
func wrongLink(from, link string) string {
	to, err := url.Parse(link)
	switch {
	case err != nil:
		return err.Error()
	case to.Scheme != "" || to.Host != "":
		if to.Scheme != "https" || !strings.Contains(to.Host, ".") {
			return "is no HTTPS URL"
		}
		return ""
	case path.IsAbs(to.Path):
		return "isn't relative"
	}
	page := from
	if to.Path != "" {
		page = path.Join(path.Dir(from), to.Path)
	}
	if strings.HasPrefix(page, "..") {
		return "is outside of the project"
	}
	file := filepath.Join("..", filepath.FromSlash(page))
	if _, err := os.Stat(file); err != nil {
		return "doesn't exist"
	}
	if to.Fragment == "" {
		return ""
	}
	text, err := os.ReadFile(file)
	if err != nil || !anchors(string(text))[to.Fragment] {
		return "has no such heading"
	}
	return ""
}

// anchors are those that GitHub gives to the headings of a page.
func anchors(text string) map[string]bool {
	all := map[string]bool{}
	for _, heading := range headline.FindAllStringSubmatch(text, -1) {
		slug := strings.ReplaceAll(notInSlug.ReplaceAllString(strings.ToLower(heading[1]), ""), " ", "-")
		anchor := slug
		for n := 1; all[anchor]; n++ {
			anchor = slug + "-" + strconv.Itoa(n)
		}
		all[anchor] = true
	}
	return all
}
