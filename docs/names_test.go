package docs_test

import (
	"go/ast"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

// glossary has the words that names, comments and documents, and texts that users read don't use, with the word to use.
// Words with a second meaning that the code needs are left out: client, code, edits, failure, key, line, need, org, problem,
// result, save, shows, state, link.
var glossary = []struct{ inNames, inComments, inTexts, instead string }{
	{actors, actors, actors, "the actor: you, the wizard, a visitor, another user"},
	{`person|persons|people`, `persons?|people`, `persons?|(?-i:people)`, "user, or visitor"},
	{`unasked|anew|afresh|beside|meanwhile|aright`, notPlain + `|(is|was|are|were) told`, notPlain + `|(is|are) told|as ever|whose`, "plain words"},
	{`told|tells?`, ``, ``, "report, say, show"},
	{`mend|mends|mended|mending|mender`, `mend(s|ed|ing)?`, `mend(s|ed|ing)?`, "fix"},
	{`hands?`, `by hand`, `by hand`, "manual"},
	{`looks?|looked|looking|outlook`, `looks? at|looked at|looking at`, `looks? at|looked at|outlook`, "check, find, read; dry run, plan"},
	{`works?`, ``, ``, "run, job, action"},
	{`deeds?`, `deeds?`, `deeds?`, "change"},
	{`books?`, `books?`, ``, "run journal"},
	{`records?`, ``, ``, "run journal, or handover"},
	{`trials?|proofs?|verdicts?|checkups?`, `trials?|verdicts?|checkups?`, `trials?|verdicts?|checkups?`, "sign-in test, result, doctor"},
	{`ways?`, ``, ``, "method"},
	{`places?`, ``, ``, "region, area, path"},
	{`troubles?`, `troubles?`, `troubles?`, "error"},
	{`pins?`, `pins`, `pins`, "uses a version"},
	{`serves`, ``, `serves`, "allowed domains"},
	{`budgets?`, `budgets?`, `budget`, "rate limit"},
	{`lets?`, `lets? [a-z]+ in|lets? in`, `lets? in`, "assign, or can sign in"},
	{`ours|quietly|unmake|crew`, `unmakes?|unmade`, ``, "createdByWizard, ignoreX, delete, group"},
	{`stand in|take back|takes back|put back|go on`, notBack, notBack, "simulator, undo, restore, resume, nothing, handover, setup"},
	{british, british, british + `|unauthoris\w+|cancell\w+`, "American spelling"},
	{``, ``, `please|simply|successfully`, "nothing"},
	{``, ``, `(?-i:[Ii]ds?)`, "ID"},
	{``, ``, `(?-i:[Uu]rls?)`, "URL"},
	{``, ``, `may look|not touch|takes? no more|in place of`, "can, can't, or instead of"},
}

const (
	actors   = `nobody|anybody|somebody|whoever|everybody`
	notPlain = `unasked|anew|afresh|besides?|meanwhile|aright|thereof|therein|what is there`
	notBack  = `takes? (it |them |all )?back|taken back|puts? (it )?back|go(es|ing)? on with|gone on with|of (its|their) own|stand-ins?|hand-overs?|set-ups?`
)

// british are spellings that the vendors' consoles don't have.
const british = `licen[c]es?|\w*(colou|behaviou|favou|honou|neighbou|labou|rumou|harbou|vapou|endeavou)r\w*|\w*(recogni|organi|authori|initiali|normali|seriali|saniti|optimi|minimi|maximi|reali|summari|customi|categori|prioriti|standardi|synchroni|utili|emphasi|apologi|capitali|locali|generali|speciali|centrali|finali|itemi|memori|materiali)s(e|es|ed|er|ing|ation|ations)|centres?|cancelled|cancelling|labelled|labelling|travell\w+|modelled|modelling|signalled|signalling|grey|enrol|enrols|enrolment|fulfil|whilst|amongst|catalogues?|dialogues?|judgement|analyse[sd]?|defence|offence|artefacts?|programmes?|cheques?|learnt|spelt|towards|afterwards`

// keptNames are names and comments that keep an avoided word, below a folder or in a file, with the reason.
var keptNames = []struct{ below, word, reason string }{
	{"apiclient/okta/signin/", "proof", "RFC 9449 calls it a DPoP proof"},
	{"apiclient/simulator/oktasim/", "proof", "RFC 9449 calls it a DPoP proof"},
	{"apiclient/", "record", "a verb: exchanges are recorded in the transcript"},
	{"steps/services/", "record", "a verb: exchanges are recorded in the transcript"},
	{"", "look up", "a verb of the trade"},
	{"", "look alike", "the common name of a domain that imitates another one"},
	{"apiclient/conformance/okta_endpoints_test.go", "nobody", "what a header decodes to"},
	{"docs/doctor-faults.md", "people", "a page of Okta's console"},
	{"docs/adr/0012-look.md", "by hand", "quotes a drawing"},
}

func keeps(file, name, word string) bool {
	return slices.ContainsFunc(keptNames, func(k struct{ below, word, reason string }) bool {
		word := strings.ToLower(word)
		return strings.HasPrefix(file, k.below) && (k.word == strings.TrimSuffix(word, "s") || k.word == word || strings.Contains(k.word, " ") && strings.Contains(name, k.word))
	})
}

// vocabulary is a column of the glossary.
type vocabulary struct {
	all   *regexp.Regexp // any of its words: most texts have none
	words []word
}

type word struct {
	*regexp.Regexp
	instead string
}

func column(before, after string, of func(i int) string) (v vocabulary) {
	var all []string
	for i, rule := range glossary {
		if of(i) != "" {
			all = append(all, of(i))
			v.words = append(v.words, word{regexp.MustCompile(before + of(i) + after), rule.instead})
		}
	}
	v.all = regexp.MustCompile(before + strings.Join(all, "|") + after)
	return v
}

// in visits the words of a text.
func (v vocabulary) in(text string, visit func(found, instead string)) {
	if !v.all.MatchString(text) {
		return
	}
	for _, w := range v.words {
		for _, m := range w.FindAllStringSubmatch(text, -1) {
			visit(m[1], w.instead)
		}
	}
}

const beforeWord, afterWord = `(?i)(?:^|[^\w./<{%$-])(`, `)(?:$|[^\w/>}=-])`

var (
	wordOfName = regexp.MustCompile(`[A-Z]?[a-z]+|[A-Z]+`)
	inNames    = column(`(?i)(?:^| )(`, `)(?:$| )`, func(i int) string { return glossary[i].inNames })
	inComments = column(beforeWord, afterWord, func(i int) string { return glossary[i].inComments })
	inTexts    = column(beforeWord, afterWord, func(i int) string { return glossary[i].inTexts })
)

// TestNamesAndComments holds the names that the code declares, and its comments, to the words of the glossary and to
// American spelling.
func TestNamesAndComments(t *testing.T) {
	t.Parallel()
	names, comments := 0, 0
	eachFile(t, func(set *token.FileSet, name string, file *ast.File) {
		at := func(p token.Pos) token.Position {
			at := set.Position(p)
			at.Filename = name
			return at
		}
		check := func(pos token.Pos, id string) {
			names++
			words := strings.Join(wordOfName.FindAllString(id, -1), " ")
			inNames.in(words, func(found, instead string) {
				assert.Check(t, keeps(name, strings.ToLower(words), found), "%s: name %s: write %s", at(pos), id, instead)
			})
		}
		check(file.Package, path.Base(name))
		declared(file, func(id *ast.Ident) { check(id.Pos(), id.Name) })
		for _, group := range file.Comments {
			comments++
			inComments.in(strings.ReplaceAll(group.Text(), "\n", " "), func(found, instead string) {
				assert.Check(t, keeps(name, "", found), "%s: comment: %q: write %s", at(group.Pos()), found, instead)
			})
		}
	})
	assert.Check(t, names > 10000 && comments > 3000, "only %d names and %d comments were read", names, comments)
}

// codeInText is what a document quotes as code.
var codeInText = regexp.MustCompile("(?s)```.*?```|`[^`]*`")

// TestDocuments holds the project's documents to the words that comments are held to.
func TestDocuments(t *testing.T) {
	t.Parallel()
	checked := 0
	eachDocument(t, func(name, text string) {
		checked++
		text = codeInText.ReplaceAllStringFunc(text, func(code string) string { return "`" + strings.Repeat("\n", strings.Count(code, "\n")) + "`" })
		for n, line := range strings.Split(text, "\n") {
			inComments.in(line, func(found, instead string) {
				assert.Check(t, keeps(name, "", found), "%s:%d: %q: write %s", name, n+1, found, instead)
			})
		}
	})
	assert.Check(t, checked > 20, "only %d documents were read", checked)
}

// eachDocument visits the Markdown files of the project by their names from its root.
func eachDocument(t *testing.T, visit func(name, text string)) {
	t.Helper()
	for _, pattern := range []string{"*.md", "docs/*.md", "docs/*/*.md", ".github/*.md", ".github/*/*.md"} {
		files, err := filepath.Glob(filepath.Join("..", filepath.FromSlash(pattern)))
		assert.NilError(t, err)
		for _, file := range files {
			text, err := os.ReadFile(file)
			assert.NilError(t, err)
			visit(strings.TrimPrefix(filepath.ToSlash(file), "../"), string(text))
		}
	}
}

// declared visits the names that a file declares.
func declared(file *ast.File, visit func(*ast.Ident)) {
	each := func(all ...ast.Expr) {
		for _, x := range all {
			if id, ok := x.(*ast.Ident); ok {
				visit(id)
			}
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncDecl:
			visit(n.Name)
		case *ast.TypeSpec:
			visit(n.Name)
		case *ast.ValueSpec:
			for _, id := range n.Names {
				visit(id)
			}
		case *ast.Field:
			for _, id := range n.Names {
				visit(id)
			}
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE {
				each(n.Lhs...)
			}
		case *ast.RangeStmt:
			if n.Tok == token.DEFINE {
				each(n.Key, n.Value)
			}
		}
		return true
	})
}
