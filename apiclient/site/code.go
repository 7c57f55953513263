package site

import (
	"bytes"
	"regexp"
	"strings"

	"msgsso-wizard/apiclient"
)

// The marks of the code that matters, whatever its quotes and spaces, minified or not (contract genesys.md 3 and 4).
var (
	bootstrap  = regexp.MustCompile("[\"'`]((?:https?:)?\\\\?/\\\\?/[^\"'`\\s]+/genesys-bootstrap\\\\?/genesys(?:\\.min)?\\.js[^\"'`\\s]*)[\"'`]")
	deployment = regexp.MustCompile("\\bdeploymentId[\"'`]?\\s*:\\s*[\"'`]([^\"'`\n]*)[\"'`]")
	region     = regexp.MustCompile("\\benvironment[\"'`]?\\s*:\\s*[\"'`]([^\"'`\n]*)[\"'`]")
	loads      = regexp.MustCompile("[\"'`]((?:https?:)?//[^\"'`\\s]+\\.js(?:\\?[^\"'`\\s]*)?)[\"'`]")
	plugin     = regexp.MustCompile("[\"'`]registerPlugin[\"'`]\\s*,\\s*[\"'`]AuthProvider[\"'`]")
)

// Snippets finds the snippets in code.
func Snippets(code string) []Snippet { return snippetsIn(Script{Text: code}, code, maxFound) }

// snippetsIn finds the first snippets in a script. Each is the address of genesys.min.js and, behind it, its settings.
func snippetsIn(s Script, code string, most int) []Snippet {
	var found []Snippet
	starts := bootstrap.FindAllStringSubmatchIndex(code, most)
	for i, at := range starts {
		end := len(code)
		if i+1 < len(starts) {
			end = starts[i+1][0]
		}
		settings := code[at[1]:end]
		found = append(found, Snippet{
			Script:       s,
			ScriptURL:    apiclient.Clean(strings.ReplaceAll(code[at[2]:at[3]], `\/`, "/")),
			DeploymentID: first(deployment, settings), Environment: first(region, settings),
		})
	}
	return found
}

func first(mark *regexp.Regexp, code string) string {
	found := mark.FindStringSubmatch(code)
	if found == nil {
		return ""
	}
	return apiclient.Clean(found[1])
}

// uncommented is JavaScript with spaces instead of its comments, so that code which was taken out of use by them is
// not found. Texts are stepped over.
func uncommented(js string) string {
	out := []byte(js)
	for i := 0; i < len(js); i++ {
		end := i + 1
		switch c := js[i]; {
		case strings.HasPrefix(js[i:], "//"), strings.HasPrefix(js[i:], "<!--"):
			end = after(js, i, "\n")
			blank(out[i:end])
		case strings.HasPrefix(js[i:], "/*"):
			end = after(js, i+2, "*/")
			blank(out[i:end])
		case c == '"', c == '\'', c == '`', c == '/' && beginsExpression(out[max(i-spaceBefore, 0):i]):
			end = quoted(js, i)
		}
		i = end - 1
	}
	return string(out)
}

// beginsExpression reports whether a slash after this code begins a regular expression; after anything else it divides.
// It is asked at each slash of files that others wrote.
func beginsExpression(before []byte) bool {
	before = bytes.TrimRight(before, "\t\n\f\r ")
	return len(before) == 0 || bytes.IndexByte([]byte("(,=:[!&|?{};+*%~^<>-"), before[len(before)-1]) >= 0 || keywordEnds.Match(before[max(len(before)-9, 0):])
}

var keywordEnds = regexp.MustCompile(`\b(?:return|typeof|case|void|in|of|do|else)$`)

const spaceBefore = 40 // bytes; a slash after more space than that is rare enough

// quoted is the end of what begins with the quote, or slash, at start. Only a template may have several lines.
func quoted(js string, start int) int {
	quote, class := js[start], false
	for i := start + 1; i < len(js); i++ {
		switch c := js[i]; {
		case c == '\\':
			i++
		case c == '\n' && quote != '`':
			return i
		case quote == '/' && (c == '[' || c == ']'):
			class = c == '['
		case c == quote && !class:
			return i + 1
		}
	}
	return len(js)
}

// after is the end of the first mark from start on, or of the text.
func after(js string, start int, mark string) int {
	if i := strings.Index(js[start:], mark); i >= 0 {
		return start + i + len(mark)
	}
	return len(js)
}

func blank(text []byte) {
	for i, c := range text {
		if c != '\n' {
			text[i] = ' '
		}
	}
}
