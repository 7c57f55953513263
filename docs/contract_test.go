package docs_test

import (
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var (
	quoted     = regexp.MustCompile("`([^`]+)`")
	file       = regexp.MustCompile(`^[\w./-]+\.(go|txtar|mjs)$`)
	identifier = regexp.MustCompile(`^\w+(\.\w+)?$`)
	honest     = regexp.MustCompile(`not yet|not known|not used|no test`)
)

// TestContractNamesWhatIsThere holds contract.md to the repository: a file that it names is there, and a name
// that follows a Go file is declared in it. A row that names no test has to say why.
func TestContractNamesWhatIsThere(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("contract.md")
	if err != nil {
		t.Fatal(err)
	}
	rows, columns := 0, 0
	for number, line := range strings.Split(string(text), "\n") {
		cells := strings.Split(strings.Trim(line, "|"), "|")
		switch {
		case !strings.HasPrefix(line, "|"):
			columns = 0
			continue
		case columns == 0: // a table's head
			columns = len(cells)
			continue
		case strings.HasPrefix(line, "|--"):
			continue
		case len(cells) != columns:
			t.Errorf("line %d has %d cells, its table %d", number+1, len(cells), columns)
		}
		rows++
		for _, why := range problems(cells) {
			t.Errorf("line %d: %s", number+1, why)
		}
	}
	if rows < 60 {
		t.Errorf("%d rows: the tables are not read", rows)
	}
}

// problems looks at the cells after the fact itself, which quotes the vendors' names and not ours.
func problems(cells []string) []string {
	var wrong []string
	shown := false
	source, within := "", ""
	for _, quote := range quoted.FindAllStringSubmatch(strings.Join(cells[2:], "|"), -1) {
		switch name := quote[1]; {
		case file.MatchString(name):
			data, err := os.ReadFile(filepath.FromSlash(path.Join("..", name)))
			if err != nil {
				wrong = append(wrong, "there is no "+name)
			}
			source, within = string(data), name
			shown = shown || !strings.HasSuffix(name, ".go")
		case strings.HasSuffix(within, ".go") && identifier.MatchString(name):
			if !declares(source, name) {
				wrong = append(wrong, within+" declares no "+name)
			}
			shown = shown || strings.HasPrefix(name, "Test")
		default:
			wrong = append(wrong, "what is `"+name+"`?")
		}
	}
	if !shown && !honest.MatchString(cells[len(cells)-1]) {
		wrong = append(wrong, "it names no test and does not say why")
	}
	return wrong
}

// declares finds a function, a method as Type.Method, or another name at the left margin or in a group.
func declares(source, name string) bool {
	if on, method, ok := strings.Cut(name, "."); ok {
		return regexp.MustCompile(`(?m)^func \((\w+ )?\*?` + on + `\) ` + method + `\(`).MatchString(source)
	}
	return regexp.MustCompile(`(?m)^(func (\([^)]*\) )?|type |var |const |\t)` + name + `\b`).MatchString(source)
}
