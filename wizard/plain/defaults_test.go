package plain

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

var (
	destroys = regexp.MustCompile(`(?i)\b(delete|undo|revoke|deactivate|remove|replace)`)
	// mayBeYes are the questions whose answer is yes unless the user types no.
	mayBeYes = "Apply these changes?"
)

// TestDestructiveQuestionsDefaultToNo reads every prompt of plain mode and of the command line: Enter, which takes the
// first word, destroys nothing.
func TestDestructiveQuestionsDefaultToNo(t *testing.T) {
	t.Parallel()
	prompts := 0
	for _, pattern := range []string{"*.go", "../cli/*.go"} {
		files, err := filepath.Glob(pattern)
		assert.NilError(t, err)
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, name, nil, 0)
			assert.NilError(t, err)
			ast.Inspect(file, func(n ast.Node) bool {
				if text := literal(n); strings.Contains(text, "[Y/n") {
					assert.Check(t, strings.HasPrefix(text, mayBeYes), "%s: %q", name, text)
				}
				if list, ok := n.(*ast.CompositeLit); ok && len(list.Elts) > 0 { // the words of a prompt that is put together
					first := literal(list.Elts[0])
					assert.Check(t, first != "yes" && !destroys.MatchString(first), "%s: Enter is %q", name, first)
				}
				call, ok := n.(*ast.CallExpr)
				if !ok || !calls(call, "choice", "word", "answer", "confirm") {
					return true
				}
				prompts++
				texts := textsOf(call)
				question := strings.Contains(texts[0], "?")
				asksToDestroy := destroys.MatchString(texts[0]) && question
				assert.Check(t, !asksToDestroy || calls(call, "confirm"), "%s: %q isn't asked by confirm", name, texts[0])
				if calls(call, "choice") && len(texts) > 1 {
					first := texts[1]
					assert.Check(t, !destroys.MatchString(first) && (first != "yes" || strings.HasPrefix(texts[0], mayBeYes)),
						"%s: Enter at %q is %q", name, texts[0], first)
				}
				return true
			})
		}
	}
	assert.Check(t, prompts >= 10, "only %d prompts are found", prompts)
}

// calls reports whether a call is of one of the methods.
func calls(call *ast.CallExpr, names ...string) bool {
	method, ok := call.Fun.(*ast.SelectorExpr)
	return ok && len(call.Args) > 1 && slices.Contains(names, method.Sel.Name)
}

// textsOf are the literals of a call after its context, first the prompt; empty where it is no literal.
func textsOf(call *ast.CallExpr) []string {
	var texts []string
	for _, arg := range call.Args[1:] {
		texts = append(texts, literal(arg))
	}
	return texts
}

// literal is the text of a string literal; empty for anything else.
func literal(n ast.Node) string {
	lit, ok := n.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return ""
	}
	text, _ := strconv.Unquote(lit.Value)
	return text
}
