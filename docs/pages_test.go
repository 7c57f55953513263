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

var (
	flagInCode = regexp.MustCompile(`(?:^|[\s(\[])(--[a-z][a-z-]+)`)
	ownCommand = regexp.MustCompile(`^\s*(?:[A-Z_]+=\S+ )*(msgsso-wizard )?([a-z]*)`)
	ownSetting = regexp.MustCompile(`\bMSGSSO_[A-Z_]+[A-Z]\b`)
	startOfOne = regexp.MustCompile("(?m)^( *)```(.*)$")
	fenced     = regexp.MustCompile("(?s)```.*?```")
	noCommands = regexp.MustCompile(`^(text|yaml|html|mermaid)$`)
	plainBlock = regexp.MustCompile(`(?m)^\n {4}`)
	notRun     = regexp.MustCompile(`<!-- not run: \S`)
)

// foreign are flags and variables in documents that the program doesn't have, with what has them.
var foreign = map[string]string{
	"--allow-untrusted":       "apk",
	"--key":                   "cosign",
	"MSGSSO_CONTRACT":         "the conformance tests",
	"MSGSSO_WITHOUT_CONTRACT": ".ci/run",
}

// commandLine is the list of commands, flags, and variables that tests of the command line write.
func commandLine(t *testing.T) string {
	t.Helper()
	text, err := os.ReadFile("../wizard/cli/testdata/interface.txt")
	assert.NilError(t, err)
	return "\n" + string(text)
}

// unknown are the commands, flags, and variables of a piece of code that the program doesn't have.
func unknown(code, has string) (none []string) {
	command := "msgsso-wizard"
	found := ownCommand.FindStringSubmatch(code)
	switch sub := found[2]; {
	case sub == "":
	case regexp.MustCompile(`\ncommand msgsso-wizard ` + sub + `[ \n]`).MatchString(has):
		command += " " + sub
	case found[1] != "":
		none = append(none, sub)
	}
	switch {
	case strings.HasPrefix(code, "--"):
		command = `msgsso-wizard( [a-z]+)*` // any
	case command == "msgsso-wizard" && !strings.HasPrefix(code, command):
		return none // another program's
	}
	for _, found := range flagInCode.FindAllStringSubmatch(code, -1) {
		if !regexp.MustCompile(`\nflag `+command+` `+found[1]+`[ ,\n]`).MatchString(has) && foreign[found[1]] == "" {
			none = append(none, found[1])
		}
	}
	for _, name := range ownSetting.FindAllString(code, -1) {
		if !strings.Contains(has, "\nvariable "+name) && foreign[name] == "" {
			none = append(none, name)
		}
	}
	return none
}

// TestFlagsInDocumentsExist: a command, a flag, or a variable that a document has as code is one of the program's, and a flag
// is one of the command that it names.
func TestFlagsInDocumentsExist(t *testing.T) {
	t.Parallel()
	has := commandLine(t)
	for code, want := range map[string]int{
		"--tour": 0, "msgsso-wizard --no-input": 0, "msgsso-wizard rotate --old": 0, "doctor --fix": 0, "MSGSSO_FLOW": 0, "curl --silent": 0,
		"--tours": 1, "msgsso-wizard rot": 1, "msgsso-wizard --old": 1, "msgsso-wizard rotate --tour --yes": 1, "doctor --max-age": 1, "--flow=MSGSSO_FLOWS": 1,
	} {
		assert.Check(t, len(unknown(code, has)) == want, "the rule: %s: %v", code, unknown(code, has))
	}
	checked := 0
	eachDocument(t, func(name, text string) {
		var code []string
		prose := fenced.ReplaceAllString(text, "")
		assert.Check(t, strings.Count(prose, "`")%2 == 0, "%s: a quotation of code doesn't end", name)
		for _, quote := range quoted.FindAllStringSubmatch(prose, -1) {
			code = append(code, quote[1])
		}
		for line := range strings.Lines(strings.Join(append(fenced.FindAllString(text, -1), indented.FindAllString(prose, -1)...), "\n")) {
			if line, _, _ = strings.Cut(line, " #"); strings.HasPrefix(strings.TrimSpace(line), "msgsso-wizard ") {
				code = append(code, strings.TrimSpace(line))
			}
		}
		for _, piece := range code {
			checked++
			assert.Check(t, len(unknown(piece, has)) == 0, "%s: %q: the program has no %v", name, piece, unknown(piece, has))
		}
	})
	assert.Check(t, checked > 500, "only %d pieces of code were read", checked)
}

// TestCodeBlocksAreRun: the end-to-end tests run the indented blocks of these pages. A fenced one has a language, and a
// console has the reason why it isn't run. Other languages than these can have commands, too.
func TestCodeBlocksAreRun(t *testing.T) {
	t.Parallel()
	eachDocument(t, func(name, text string) {
		fences := startOfOne.FindAllStringSubmatchIndex(text, -1)
		assert.Check(t, len(fences)%2 == 0, "%s: a block of code doesn't end", name)
		for i := 0; i+1 < len(fences); i += 2 {
			language := text[fences[i][4]:fences[i][5]]
			assert.Check(t, language == "console" || noCommands.MatchString(language), "%s: a block has the language %q: indent commands, which are run, or write ```text", name, language)
			assert.Check(t, language != "console" || notRun.MatchString(text[:fences[i][0]]), "%s: a console has no <!-- not run: REASON --> above it", name)
		}
		if strings.Count(name, "/") > 1 || strings.HasPrefix(name, ".github/") {
			assert.Check(t, !plainBlock.MatchString(text), "%s: no test runs an indented block here: write ```text", name)
		}
	})
}
