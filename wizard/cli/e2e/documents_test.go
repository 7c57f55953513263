//go:build unix

package e2e

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gotest.tools/v3/assert"

	"msgsso-wizard/apiclient/simulator"
	"msgsso-wizard/apiclient/simulator/oktasim"
	"msgsso-wizard/apiclient/simulator/simtest"
)

var (
	directive   = regexp.MustCompile(`^\s*<!-- (first|types|file): (.+) -->$`)
	placeholder = regexp.MustCompile(`\b\w+=…`)
)

// shown is a block of commands in a document. Comments before it, which readers don't see, say what is run first, what
// is typed, and to which file the text after it belongs.
type shown struct {
	line        int
	first, code string
	typed       string
	accessible  bool
	files       map[string]string
}

// blocks are the indented blocks of a document. Fenced ones aren't run; docs/pages_test.go wants to know why.
func blocks(text string) (all []shown) {
	next := shown{files: map[string]string{}}
	file, fence := "", ""
	blank, inside := true, false
	for n, line := range strings.Split(text, "\n") {
		trimmed := strings.TrimSpace(line)
		switch d := directive.FindStringSubmatch(line); {
		case fence != "" && trimmed == fence:
			fence, file = "", ""
		case fence != "":
			if file != "" {
				next.files[file] += line + "\n"
			}
		case strings.HasPrefix(trimmed, "```"):
			fence = "```"
		case d != nil && d[1] == "first":
			next.first += d[2] + "\n"
		case d != nil && d[1] == "types":
			next.typed, next.accessible = strings.ReplaceAll(d[2], `\n`, "\n")+"\n", true
		case d != nil:
			file = d[2]
		case strings.HasPrefix(line, "    ") && (blank || inside):
			if !inside {
				next.line = n + 1
			}
			inside = true
			next.code += trimmed + "\n"
		case inside:
			all = append(all, next)
			next, inside = shown{files: map[string]string{}}, false
		}
		blank = trimmed == "" || directive.MatchString(line)
	}
	return all
}

// TestCommandsInDocuments runs what the documents show, each page with its own orgs.
func TestCommandsInDocuments(t *testing.T) {
	t.Parallel()
	pages, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	assert.NilError(t, err)
	more, err := filepath.Glob(filepath.Join(root, "*.md"))
	assert.NilError(t, err)
	ran := 0
	for _, page := range append(pages, more...) {
		text, err := os.ReadFile(page)
		assert.NilError(t, err)
		all := blocks(string(text))
		ran += len(all)
		if len(all) == 0 {
			continue
		}
		t.Run(filepath.Base(page), func(t *testing.T) {
			t.Parallel()
			runPage(t, all)
		})
	}
	assert.Check(t, ran > 10, "only %d blocks were found", ran)
}

func runPage(t *testing.T, all []shown) {
	sim := simtest.Start(t, simulator.Options{Seed: 15, Okta: oktasim.Options{Profile: oktasim.Workforce, Names: []string{"Acme", "Support", "Sales, EMEA"}}})
	folder, programs := t.TempDir(), t.TempDir()
	state := filepath.Join(folder, ".state")
	environ := append(sim.Environment(), "XDG_STATE_HOME="+state, "HOME="+folder, "TYPED="+filepath.Join(programs, "typed"))
	// What a page shows is run as it is, but with what is typed on standard input, and in plain mode then.
	writeProgram(t, programs, "msgsso-wizard", `exec "`+bin+`/msgsso-wizard" "$@" $ACCESSIBLY <"$TYPED"`)
	writeProgram(t, programs, "run-id", `ls "$XDG_STATE_HOME/msgsso-wizard" | grep -m1 -o '^2[0-9]*-[0-9]*-[a-z0-9]*'`)
	// The demo doesn't pause, and a vendor's address is the simulator's. What readers fill in is there already.
	real := strings.NewReplacer("https://acme.okta.com", sim.OktaURL(), "acme.okta.com", sim.OktaURL(), "mypurecloud.de", sim.GenesysURL(), " RUN", " $(run-id)", "wizard demo", "wizard demo --latency 0s --settle 0s")
	for _, block := range all {
		for name, text := range block.files {
			assert.NilError(t, os.WriteFile(filepath.Join(folder, name), []byte(real.Replace(text)), 0o600))
		}
		assert.NilError(t, os.WriteFile(filepath.Join(programs, "typed"), []byte(block.typed+strings.Repeat("\n", 40)), 0o600))
		// A simulator that was started in the background ends with its block.
		cmd := shell(t, environ, "-ec", "trap 'kill $! 2>/dev/null || :' EXIT\n"+block.first+"PATH='"+programs+"':$PATH\n"+real.Replace(placeholder.ReplaceAllString(block.code, "")))
		if block.accessible {
			cmd.Env = append(cmd.Env, "ACCESSIBLY=--accessible")
		}
		cmd.Dir = folder
		got := finish(t, cmd)
		assert.Check(t, got.code == 0, "line %d: exit code %d\n%s\n%s", block.line, got.code, got.out, got.said)
	}
}

func writeProgram(t *testing.T, folder, name, script string) {
	t.Helper()
	assert.NilError(t, os.WriteFile(filepath.Join(folder, name), []byte("#!/bin/sh\n"+script+"\n"), 0o700)) //nolint:gosec // it is a program
}
