// Package faulttable holds docs/sign-in-faults.md to what the program says: each of its tables stands between two
// marks and is compared with what tests heard. `go test ./steps/signintest ./steps/doctor -update` writes them again.
package faulttable

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"

	"msgsso-wizard/steps/explain"
)

// Document is the file, seen from a package of steps.
var Document = filepath.Join("..", "..", "docs", "sign-in-faults.md")

var document sync.Mutex

// Said is what the program says of one fault.
type Said struct{ Problem, Fix string }

// Of takes an error apart.
func Of(e *explain.Error) Said { return Said{e.Problem, e.Fix} }

// steadying are parts of sentences that differ from run to run, and what the table has in their place.
var steadying = []struct {
	part *regexp.Regexp
	as   string
}{
	{regexp.MustCompile(`\b0oa[A-Za-z0-9]{17}\b`), "0oa…"},
	{regexp.MustCompile(`\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}\b`), "…"},
	{regexp.MustCompile(`\b\d{4}-\d\d-\d\d \d\d:\d\d UTC`), "2026-11-26 14:02 UTC"},
	{regexp.MustCompile(`(localhost|LocalHost):\d+`), "$1:8080"},
}

// Steady is a sentence as the table has it. hosts are the simulators' addresses and what stands for them.
func Steady(text string, hosts map[string]string) string {
	for address, name := range hosts {
		text = strings.ReplaceAll(text, "http://"+address, "https://"+name)
		text = strings.ReplaceAll(text, address, name)
	}
	for _, s := range steadying {
		text = s.part.ReplaceAllString(text, s.as)
	}
	return strings.ReplaceAll(text, "|", `\|`)
}

// Check compares the table between the marks of that name with what was heard.
func Check(t *testing.T, name string, heard map[string]Said) {
	t.Helper()
	CheckColumns(t, name, "What it says", "The next step", heard)
}

// CheckColumns is Check with other titles.
func CheckColumns(t *testing.T, name, problem, fix string, heard map[string]Said) {
	t.Helper()
	lines := []string{"| What is broken | " + problem + " | " + fix + " |", "|---|---|---|"}
	for _, fault := range slices.Sorted(maps.Keys(heard)) {
		lines = append(lines, "| "+fault+" | "+heard[fault].Problem+" | "+heard[fault].Fix+" |")
	}
	document.Lock() // tests of a package update its tables side by side
	defer document.Unlock()
	table := "\n" + strings.Join(lines, "\n") + "\n"
	text, err := os.ReadFile(Document)
	assert.NilError(t, err)
	before, rest, begins := strings.Cut(string(text), "<!-- "+name+" -->\n")
	was, after, ends := strings.Cut(rest, "\n<!-- end of "+name+" -->")
	switch {
	case !begins || !ends:
		t.Fatalf("%s has no marks of %s", Document, name)
	case was == table:
	case golden.FlagUpdate():
		text := before + "<!-- " + name + " -->\n" + table + "\n<!-- end of " + name + " -->" + after
		if err := os.WriteFile(Document, []byte(text), 0o644); err != nil { //nolint:gosec // it is published
			t.Fatal(err)
		}
	default:
		t.Errorf("the table %s is not what the program says; -update writes it:\n%s", name, table)
	}
}
