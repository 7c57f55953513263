package docs_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

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
