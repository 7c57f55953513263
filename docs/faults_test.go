package docs_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	untested = regexp.MustCompile(`not built|not known|no test`)
	counts   = regexp.MustCompile(`(?m)^\d+ rows: \d+ with a test, \d+ without\.$`)
	rowID    = regexp.MustCompile(`^([A-G])\d+$`)
)

// written are the sections that are to have every row of the catalogue.
var written = []string{"A", "B", "C", "D", "E", "F", "G"}

// TestFaultsAreShown holds faults.md to the repository: the tests that it names are there, a row without one says
// why, and the first line counts right.
func TestFaultsAreShown(t *testing.T) {
	t.Parallel()
	all, with := rows(t, "faults.md"), 0
	seen := map[string]bool{}
	for _, r := range all {
		if strings.HasPrefix(r.heading, "House rules") {
			for _, why := range problems(r.cells[2:], untested) {
				t.Errorf("line %d: %s", r.line, why)
			}
			continue
		}
		id := strings.TrimSpace(r.cells[0])
		letter := rowID.FindStringSubmatch(id)
		if letter == nil || !strings.HasPrefix(r.heading, letter[1]+". ") || seen[id] {
			t.Errorf("line %d: %q under %q is no id, there already, or in another section", r.line, id, r.heading)
		}
		seen[id] = true
		for _, why := range problems(r.cells[3:], untested) {
			t.Errorf("line %d: %s", r.line, why)
		}
		if tested(r.cells[3:]) {
			with++
		}
	}
	text, err := os.ReadFile("faults.md")
	if err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf("%d rows: %d with a test, %d without.", len(seen), with, len(seen)-with)
	if got := counts.FindString(string(text)); got != want {
		t.Errorf("the counts say %q, want %q", got, want)
	}
}

// catalogue is where the list of faults lies that faults.md answers, beside the repository of who has it.
const catalogue = "../../shared/design/faults.md"

// TestFaultsAreComplete compares the ids with the catalogue's.
func TestFaultsAreComplete(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(catalogue)
	if err != nil {
		t.Log("the catalogue is not here, so the ids are not compared with it")
		return
	}
	var want, got []string
	for _, found := range regexp.MustCompile(`(?m)^\| ([A-G])(\d+) \|`).FindAllStringSubmatch(string(text), -1) {
		if slices.Contains(written, found[1]) {
			want = append(want, found[1]+found[2])
		}
	}
	for _, r := range rows(t, "faults.md") {
		if found := rowID.FindStringSubmatch(strings.TrimSpace(r.cells[0])); found != nil && slices.Contains(written, found[1]) {
			got = append(got, found[0])
		}
	}
	if len(want) == 0 || !slices.Equal(want, got) {
		t.Errorf("rows %v, want %v", got, want)
	}
}
