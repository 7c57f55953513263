// Package faulttable holds docs/sign-in-faults.md and docs/doctor-faults.md to what the program says: each of their tables
// stands between two marks and is compared with what tests heard. `go test ./steps/signintest ./steps/doctor -update` writes them again.
package faulttable

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"
)

// pages are the documents of the tables, seen from a package of steps.
var pages = map[string]string{
	"test":   "../../docs/sign-in-faults.md",
	"both":   "../../docs/sign-in-faults.md",
	"doctor": "../../docs/doctor-faults.md",
	"site":   "../../docs/doctor-faults.md",
}

var document sync.Mutex

// steadying are parts of sentences that differ from run to run, and what the table has in their place.
var steadying = []struct {
	part *regexp.Regexp
	as   string
}{
	{regexp.MustCompile(`\b0oa[A-Za-z0-9]{17}\b`), "0oa…"},
	{regexp.MustCompile(`\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}\b`), "…"},
	{regexp.MustCompile(`\b\d{4}-\d\d-\d\d \d\d:\d\d(:[\d.]+)? UTC`), "2026-11-26 14:02 UTC"},
	{regexp.MustCompile(`(localhost|LocalHost):\d+`), "$1:8080"},
}

// steady is a sentence as the table has it. hosts are the simulators' addresses and what stands for them.
func steady(text string, hosts map[string]string) string {
	for address, name := range hosts {
		text = strings.ReplaceAll(text, "http://"+address, "https://"+name)
		text = strings.ReplaceAll(text, address, name)
	}
	for _, s := range steadying {
		text = s.part.ReplaceAllString(text, s.as)
	}
	return strings.ReplaceAll(text, "|", `\|`)
}

// Titles are those of a table's columns.
type Titles struct{ Problem, Fix string }

// Says are the usual ones.
var Says = Titles{"What it says", "The next step"}

// Collect collects what is said of each of so many faults, and compares it in the end with the table between the marks of
// that name.
func Collect(t *testing.T, name string, titles Titles, faults int) func(fault, problem, fix string, hosts map[string]string) {
	t.Helper()
	var mu sync.Mutex
	heard := map[string]string{}
	t.Cleanup(func() {
		if len(heard) == faults { // not with -run of a few
			check(t, name, titles, heard)
		}
	})
	return func(fault, problem, fix string, hosts map[string]string) {
		mu.Lock()
		defer mu.Unlock()
		heard[fault] = "| " + fault + " | " + steady(problem, hosts) + " | " + steady(fix, hosts) + " |"
	}
}

func check(t *testing.T, name string, titles Titles, heard map[string]string) {
	t.Helper()
	lines := []string{"| What is broken | " + titles.Problem + " | " + titles.Fix + " |", "|---|---|---|"}
	for _, fault := range slices.Sorted(maps.Keys(heard)) {
		lines = append(lines, heard[fault])
	}
	document.Lock() // tests of a package update its tables side by side
	defer document.Unlock()
	table := "\n" + strings.Join(lines, "\n") + "\n"
	path := pages[name]
	text, err := os.ReadFile(path)
	assert.NilError(t, err)
	before, rest, begins := strings.Cut(string(text), "<!-- "+name+" -->\n")
	was, after, ends := strings.Cut(rest, "\n<!-- end of "+name+" -->")
	switch {
	case !begins || !ends:
		t.Fatalf("%s has no marks of %s", path, name)
	case was == table:
	case golden.FlagUpdate():
		text := before + "<!-- " + name + " -->\n" + table + "\n<!-- end of " + name + " -->" + after
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil { //nolint:gosec // it is published
			t.Fatal(err)
		}
	default:
		t.Errorf("the table %s is not what the program says; -update writes it:\n%s", name, table)
	}
}
