package docs_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

// banned are words that users should not have to read, with what to write instead.
var banned = []struct{ pattern, instead string }{
	{`nobody|anybody|somebody|whoever|everybody`, "the actor: you, the wizard, a visitor, another user"},
	{`what is there|is told|unasked|anew|afresh|beside|meanwhile`, "plain words"},
	{`mend(s|ed|ing)?`, "fix"},
	{`takes? (it |all )?back|taken back|put(s)? back`, "undo, or restore for a field"},
	{`go(es|ing)? on with|gone on with`, "resume"},
	{`lets? in|let in`, "assign, or can sign in"},
	{`by hand`, "manual setup, manually"},
	{`of (its|their) own`, "nothing, or separate"},
	{`set-up`, "setup, or set up"},
	{`hand-over`, "handover"},
	{`licences?|colours?|organisations?|recognis\w+|authoris\w+|cancell\w+|honour\w*|behaviours?|enrol|cent(re|res)|grey|favour\w*|initialis\w+|unauthoris\w+`, "American spelling"},
	{`please|simply|successfully`, "nothing"},
	{`(?-i:[Ii]ds?)`, "ID"},
	{`(?-i:[Uu]rls?)`, "URL"},
	{`will be unasked|as ever|aright|thereof|therein|whose`, "plain words"},
}

// wording is how a rule and its exceptions apply to all strings that users read.
var (
	bannedWords = func() (all []*regexp.Regexp) {
		for _, b := range banned {
			all = append(all, regexp.MustCompile(`(?i)(^|[^\w./<{%$-])(`+b.pattern+`)($|[^\w/>}=-])`))
		}
		return all
	}()
	goDuration = regexp.MustCompile(`\b\d+m\d+s\b`)
	sentenceOf = regexp.MustCompile(`[.?!:](\s+|$)|\n`)
	// prose are strings that people read, not keys, paths, or patterns: two words at least.
	prose = regexp.MustCompile(`[A-Za-z]{2,}['’,]? [A-Za-z]`)
)

// notRead are packages whose strings are data for other programs, or stand in for a vendor's.
var notRead = []string{"apiclient/simulator", "apiclient/conformance", "apiclient/testkit", "apiclient/transcript/replaytest", "steps/internal"}

// kept are strings that keep their words, with the reason.
var kept = map[string]string{}

// done are the folders whose strings have these words already.
var done = []string{"steps/", "apiclient/"}

// TestWordsOnScreens holds every string that users read to the words of the glossary, to American spelling, and to short
// sentences.
func TestWordsOnScreens(t *testing.T) {
	t.Parallel()
	checked := 0
	eachString(t, func(at token.Position, text string) {
		if !prose.MatchString(text) || kept[text] != "" || !slices.ContainsFunc(done, func(folder string) bool { return strings.HasPrefix(at.Filename, folder) }) {
			return
		}
		checked++
		for i, re := range bannedWords {
			if m := re.FindStringSubmatch(text); m != nil {
				t.Errorf("%s: %q: write %s: %q", at, m[2], banned[i].instead, text)
			}
		}
		assert.Check(t, !goDuration.MatchString(text), "%s: a Go duration: %q", at, text)
		for _, sentence := range sentenceOf.Split(text, -1) {
			words := len(strings.Fields(sentence))
			assert.Check(t, words <= 25, "%s: a sentence of %d words: %q", at, words, sentence)
		}
	})
	assert.Check(t, checked > 500, "only %d strings were read", checked)
}

// eachString visits the string literals of the product, but for imports and tags.
func eachString(t *testing.T, visit func(at token.Position, text string)) {
	t.Helper()
	root := ".."
	assert.NilError(t, filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		rel, _ := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		for _, folder := range notRead {
			if d.IsDir() && filepath.ToSlash(rel) == folder || d.IsDir() && strings.HasPrefix(d.Name(), ".") && rel != "." || d.Name() == "testdata" {
				return filepath.SkipDir
			}
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.Field:
				n.Tag = nil
			case *ast.BasicLit:
				if n.Kind == token.STRING {
					text, err := strconv.Unquote(n.Value)
					assert.NilError(t, err)
					at := set.Position(n.Pos())
					at.Filename = filepath.ToSlash(rel)
					visit(at, text)
				}
			}
			return true
		})
		return nil
	}))
}
