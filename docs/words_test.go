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
	"sync"
	"testing"

	"gotest.tools/v3/assert"
	is "gotest.tools/v3/assert/cmp"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/steps/guide"
)

// wording is how a rule and its exceptions apply to all strings that users read.
var (
	// flagOrVariable is what a full screen must not name: a key or a field does the same there.
	flagOrVariable = regexp.MustCompile(`(?:^|[^\w-])(--[a-z][a-z-]+|(?:MSGSSO_|GENESYSCLOUD_|OKTA_(?:CLIENT|API|ORG|BASE)_)[A-Z_]+)`)
	goDuration     = regexp.MustCompile(`\b\d+m\d+s\b`)
	sentenceOf     = regexp.MustCompile(`[.?!:](\s+|$)|\n`)
	// prose are strings that users read, or parts of them, not keys, paths, or patterns: with a word and a space, or one
	// word in sentence case.
	prose = regexp.MustCompile(`[A-Za-z]{2,}['’,.:;]* | [A-Za-z]{2,}|^[A-Z][a-z]+$`)
)

// notRead are packages whose strings are data for other programs, or stand in for a vendor's.
var notRead = []string{"apiclient/simulator", "apiclient/conformance", "apiclient/testkit", "steps/internal"}

// screens are the folders with texts of full screens. Their plain-mode neighbors add flags themselves.
var screens = []string{"steps/", "apiclient/", "wizard/tui/", "wizard/verify/", "wizard/chain/"}

// keptFlags are set only when the program starts, so a screen has no key or field for them.
var keptFlags = map[string]string{
	"--fresh":       "a resumed run can't become a new one",
	"--transcript":  "calls are recorded from the start",
	"--state-dir":   "the lock is taken at the start",
	"--ca-cert":     "the first call needs it",
	"--help":        "the answer to a variable that is refused before a screen opens",
	"OKTA_ORG_NAME": "a wrong one is refused before a screen opens",
}

// onScreen reports whether a file has texts of full screens.
func onScreen(name string) bool {
	return slices.ContainsFunc(screens, func(folder string) bool { return strings.HasPrefix(name, folder) })
}

// TestWordsOnScreens holds every string that users read to the words of the glossary, to American spelling, and to short
// sentences.
func TestWordsOnScreens(t *testing.T) {
	t.Parallel()
	checked := 0
	eachString(t, func(at token.Position, text string) {
		if !prose.MatchString(text) {
			return
		}
		checked++
		checkWords(t, at, text)
	})
	assert.Check(t, checked > 500, "only %d strings were read", checked)
}

// TestWordsOfFaults reads what a demo says of its faults: the rest of the simulator speaks for a vendor.
func TestWordsOfFaults(t *testing.T) {
	t.Parallel()
	for _, f := range simulator.Faults() {
		checkWords(t, token.Position{Filename: "the fault " + f.Name}, f.Says)
		assert.Check(t, !strings.ContainsRune(f.Says, ';'), "%s: two sentences: %q", f.Name, f.Says)
	}
}

// checkWords holds a text to the rules.
func checkWords(t *testing.T, at token.Position, text string) {
	t.Helper()
	inTexts.in(text, func(found, instead string) { t.Errorf("%s: %q: write %s: %q", at, found, instead, text) })
	if m := flagOrVariable.FindStringSubmatch(text); m != nil && onScreen(at.Filename) && keptFlags[m[1]] == "" {
		t.Errorf("%s: a flag or variable: name the field or the key: %q", at, text)
	}
	assert.Check(t, !goDuration.MatchString(text), "%s: a Go duration: %q", at, text)
	for _, sentence := range sentenceOf.Split(text, -1) {
		words := len(strings.Fields(sentence))
		assert.Check(t, words <= 25, "%s: a sentence of %d words: %q", at, words, sentence)
	}
}

// eachString visits the string literals of the product, but for imports and tags.
func eachString(t *testing.T, visit func(at token.Position, text string)) {
	t.Helper()
	eachFile(t, func(set *token.FileSet, name string, file *ast.File) {
		if strings.HasSuffix(name, "_test.go") || slices.ContainsFunc(notRead, func(folder string) bool { return strings.HasPrefix(name, folder+"/") }) {
			return
		}
		tags := map[*ast.BasicLit]bool{}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.ImportSpec:
				return false
			case *ast.Field:
				tags[n.Tag] = true
			case *ast.BasicLit:
				if n.Kind == token.STRING && !tags[n] {
					text, err := strconv.Unquote(n.Value)
					assert.NilError(t, err)
					at := set.Position(n.Pos())
					at.Filename = name
					visit(at, text)
				}
			}
			return true
		})
	})
}

// source is a Go file of the project, by its name from the project's root.
type source struct {
	name string
	set  *token.FileSet
	file *ast.File
}

// sources are all of them, parsed once. Tests share them and change nothing.
var sources = sync.OnceValues(func() (all []source, err error) {
	const root = ".."
	err = filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() != root && strings.HasPrefix(d.Name(), ".") {
			return filepath.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(file, ".go") {
			return nil
		}
		set := token.NewFileSet()
		parsed, err := parser.ParseFile(set, file, nil, parser.ParseComments|parser.SkipObjectResolution)
		all = append(all, source{strings.TrimPrefix(filepath.ToSlash(file), root+"/"), set, parsed})
		return err
	})
	return all, err
})

// eachFile visits the Go files of the project.
func eachFile(t *testing.T, visit func(set *token.FileSet, name string, file *ast.File)) {
	t.Helper()
	all, err := sources()
	assert.NilError(t, err)
	for _, s := range all {
		visit(s.set, s.name, s.file)
	}
}

// menuPath is a path in one of the two menus of Genesys Cloud's console.
var menuPath = regexp.MustCompile(`\b(Menu|Admin) > `)

// wrapped is the end of a line within a paragraph, not of a row or an item.
var wrapped = regexp.MustCompile(`\n([^|\n-])`)

// otherMenu are the texts that name one menu and not the other.
func otherMenu(text string) (alone []string) {
	for line := range strings.SplitSeq(text, "\n") {
		if menuPath.MatchString(line) && strings.Contains(line, "Menu > ") != strings.Contains(line, "Admin > ") {
			alone = append(alone, line)
		}
	}
	return alone
}

// TestBothMenus: no text names a path in one menu without the one in the other, and the program has each path once, in the
// guide's table.
func TestBothMenus(t *testing.T) {
	t.Parallel()
	assert.Check(t, is.Len(otherMenu("Open Admin > Message.\nOpen Menu > IT, or Admin > IT.\nOpen Message."), 1), "the rule")
	assert.Check(t, is.Len(otherMenu(guide.PathOAuth), 0))
	eachString(t, func(at token.Position, text string) {
		assert.Check(t, is.Len(otherMenu(text), 0), "%s", at)
		if !strings.HasSuffix(at.Filename, "steps/guide/manual.go") {
			assert.Check(t, !menuPath.MatchString(text), "%s: write the path as one of guide's constants: %q", at, text)
		}
	})
	eachDocument(t, func(name, text string) {
		assert.Check(t, is.Len(otherMenu(wrapped.ReplaceAllString(text, " $1")), 0), "%s: a paragraph that names one menu names the other", name)
	})
}
