package docs_test

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
)

var (
	quoted     = regexp.MustCompile("`([^`]+)`")
	file       = regexp.MustCompile(`^[\w./-]+\.(go|txtar|mjs)$`)
	identifier = regexp.MustCompile(`^\w+(\.\w+)?$`)
	rowID      = regexp.MustCompile(`^([A-G])\d+$`)
	picture    = regexp.MustCompile(`screens/([\w-]+\.png)`)
	// whyUntested is how a fact about a service says why no test shows it.
	whyUntested = regexp.MustCompile(`not yet|not known|not used|no test`)
)

// TestTablesNameWhatIsThere holds tables to the repository: a file that they name is there, and a name that follows a
// Go file is declared in it. A row that names no test has to say why.
func TestTablesNameWhatIsThere(t *testing.T) {
	t.Parallel()
	for name, of := range map[string]struct {
		evidence int // the first cell that is checked: the fact itself quotes the vendors' names and not ours
		why      *regexp.Regexp
	}{
		"contract.md":          {2, whyUntested},
		"contract-okta.md":     {2, whyUntested},
		"contract-genesys.md":  {2, whyUntested},
		"faults.md":            {3, regexp.MustCompile(`not built|not known|no test`)},
		"user-expectations.md": {3, regexp.MustCompile(`no test`)},
		"attacks.md":           {3, regexp.MustCompile(`no test`)},
		"../SECURITY.md":       {2, regexp.MustCompile(`no test`)},
	} {
		all := rows(t, name)
		assert.Check(t, len(all) != 0, "%s: the tables are not read", name)
		for _, r := range all {
			if r.heading == "Who may attack" { // it promises nothing
				continue
			}
			evidence := of.evidence
			if strings.HasPrefix(r.heading, "Rules") { // its rows have no ids
				evidence--
			}
			for _, why := range problems(r.cells[evidence:], of.why) {
				t.Errorf("%s, line %d: %s", name, r.line, why)
			}
		}
	}
}

// TestFaultsHaveIDs: each is the only one of its name, under its own section.
func TestFaultsHaveIDs(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, r := range rows(t, "faults.md") {
		if strings.HasPrefix(r.heading, "Rules") {
			continue
		}
		id := strings.TrimSpace(r.cells[0])
		letter := rowID.FindStringSubmatch(id)
		assert.Check(t, letter != nil && strings.HasPrefix(r.heading, letter[1]+". ") && !seen[id],
			"line %d: %q under %q is no id, there already, or in another section", r.line, id, r.heading)
		seen[id] = true
	}
}

// TestEachAttackHasItsRow: they are numbered through, and what only the built program shows has a test that runs it.
func TestEachAttackHasItsRow(t *testing.T) {
	t.Parallel()
	all := rows(t, "attacks.md")
	assert.Check(t, len(all) >= 33, "%d rows", len(all))
	for i, r := range all {
		number := strings.TrimSpace(r.cells[0])
		assert.Check(t, number == strconv.Itoa(i+1), "line %d is number %s, want %d", r.line, number, i+1)
		built := strings.Contains(r.cells[3], "`wizard/cli/e2e/") || strings.Contains(r.cells[3], "`.ci/browser/")
		assert.Check(t, built || r.heading != "Hostile surroundings" || number == "29", "line %d: no test of %s runs the program", r.line, number)
	}
}

// TestPicturesAreThere: a picture that is a proof is one of the screens.
func TestPicturesAreThere(t *testing.T) {
	t.Parallel()
	screens, err := os.ReadFile("screens/README.md")
	assert.NilError(t, err)
	for _, r := range rows(t, "user-expectations.md") {
		for _, name := range picture.FindAllStringSubmatch(r.cells[3], -1) {
			_, err := os.Stat(name[0])
			assert.Check(t, err == nil && strings.Contains(string(screens), name[1]),
				"line %d: %s is no picture of the screens", r.line, name[0])
		}
	}
}

// row is a line of a table below its head; heading is what the table stands under.
type row struct {
	line    int
	heading string
	cells   []string
}

// rows reads the tables of a file, each of whose rows must have as many cells as its head.
func rows(t *testing.T, name string) []row {
	t.Helper()
	text, err := os.ReadFile(name)
	assert.NilError(t, err)
	var all []row
	heading, columns := "", 0
	for number, line := range strings.Split(string(text), "\n") {
		cells := strings.Split(strings.Trim(line, "|"), "|")
		switch {
		case !strings.HasPrefix(line, "|"):
			columns = 0
			if title, ok := strings.CutPrefix(line, "## "); ok {
				heading = title
			}
			continue
		case columns == 0: // a table's head
			columns = len(cells)
			continue
		case strings.HasPrefix(line, "|--"):
			continue
		case len(cells) != columns:
			t.Fatalf("%s: line %d has %d cells, its table %d", name, number+1, len(cells), columns)
		}
		all = append(all, row{number + 1, heading, cells})
	}
	return all
}

// problems looks whether what the cells name is there, and whether the last one says why where they name no test.
func problems(cells []string, why *regexp.Regexp) []string {
	var wrong []string
	source, within := "", ""
	for _, quote := range quoted.FindAllStringSubmatch(strings.Join(cells, "|"), -1) {
		switch name := quote[1]; {
		case file.MatchString(name):
			data, err := os.ReadFile(filepath.FromSlash(path.Join("..", name)))
			if err != nil {
				wrong = append(wrong, "there is no "+name)
			}
			source, within = string(data), name
		case strings.HasSuffix(within, ".go") && identifier.MatchString(name):
			if !declares(source, name) {
				wrong = append(wrong, within+" declares no "+name)
			}
		default:
			wrong = append(wrong, "what is `"+name+"`?")
		}
	}
	if !tested(cells) && !why.MatchString(cells[len(cells)-1]) {
		wrong = append(wrong, "it names no test and does not say why")
	}
	return wrong
}

// tested reports whether the cells name a test: a function of that kind, or a file that is one.
func tested(cells []string) bool {
	return slices.ContainsFunc(quoted.FindAllStringSubmatch(strings.Join(cells, "|"), -1), func(quote []string) bool {
		name := quote[1]
		return strings.HasPrefix(name, "Test") || file.MatchString(name) && !strings.HasSuffix(name, ".go")
	})
}

// declares finds a function, a method as Type.Method, or another name at the left margin or in a group.
func declares(source, name string) bool {
	if on, method, ok := strings.Cut(name, "."); ok {
		return regexp.MustCompile(`(?m)^func \((\w+ )?\*?` + on + `\) ` + method + `\(`).MatchString(source)
	}
	return regexp.MustCompile(`(?m)^(func (\([^)]*\) )?|type |var |const |\t)` + name + `\b`).MatchString(source)
}
