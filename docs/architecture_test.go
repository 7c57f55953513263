package docs_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"maps"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"
)

// floors are those of the house, from the lowest. A package is on the floor of its first folder.
var floors = []string{"apiclient", "steps", "wizard", "main"}

// helpers are folders that only tests import.
var helpers = regexp.MustCompile(`/(internal|testkit|simtest|porttest|hcltest|matrix|e2e|conformance)(/|$)`)

// room is a package with its sub-packages, by its name from the project's root.
func room(folder string) string {
	folder = strings.Join(strings.SplitN(folder+"/", "/", 3)[:2], "/")
	return strings.TrimSuffix(folder, "/")
}

// imports are those of the product's packages within the project.
func imports(t *testing.T) map[string][]string {
	t.Helper()
	of := map[string][]string{}
	eachFile(t, func(_ *token.FileSet, name string, file *ast.File) {
		folder := path.Dir(name)
		if strings.HasSuffix(name, "_test.go") || helpers.MatchString("/"+folder) {
			return
		}
		from := room(folder)
		if folder == "." {
			from = "main"
		}
		of[from] = append(of[from], nil...)
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			assert.NilError(t, err)
			if to, ok := strings.CutPrefix(imported, "msgsso-wizard/"); ok && room(to) != from {
				of[from] = append(of[from], room(to))
			}
		}
	})
	for from, to := range of {
		slices.Sort(to)
		of[from] = slices.Compact(to)
	}
	return of
}

func floor(name string) int {
	first, _, _ := strings.Cut(name, "/")
	return slices.Index(floors, first)
}

// TestHouse draws the diagram of the packages from their imports, and holds these to their direction.
func TestHouse(t *testing.T) {
	t.Parallel()
	of := imports(t)
	assert.Check(t, len(of) > 30, "only %d packages were read", len(of))
	for _, from := range slices.Sorted(maps.Keys(of)) {
		assert.Check(t, !reached(of, from, map[string]bool{})[from], "%s imports itself through others", from)
		for _, to := range of[from] {
			assert.Check(t, floor(from) >= floor(to) && (floor(from) != 2 || floor(to) != 0), "%s imports %s", from, to)
		}
	}
	holds(t, "architecture.md", between("```mermaid\n", "```\n", diagram(of)))
}

// diagram has the packages of each floor, and their imports. An import that follows from others is left out.
func diagram(of map[string][]string) string {
	id := func(name string) string { return strings.ReplaceAll(name, "/", ".") }
	var boxes, arrows strings.Builder
	for _, level := range slices.Backward(floors) {
		fmt.Fprintf(&boxes, "  subgraph %s.floor[%s]\n", level, level)
		for _, from := range slices.Sorted(maps.Keys(of)) {
			if floors[floor(from)] != level {
				continue
			}
			fmt.Fprintf(&boxes, "    %s[%s]\n", id(from), path.Base(from))
			direct := slices.DeleteFunc(slices.Clone(of[from]), func(to string) bool {
				return slices.ContainsFunc(of[from], func(other string) bool { return reached(of, other, map[string]bool{})[to] })
			})
			if len(direct) > 0 {
				fmt.Fprintf(&arrows, "  %s --> %s\n", id(from), id(strings.Join(direct, " & ")))
			}
		}
		boxes.WriteString("  end\n")
	}
	return "graph TD\n" + boxes.String() + arrows.String()
}

// reached adds what a package imports, directly or not.
func reached(of map[string][]string, from string, all map[string]bool) map[string]bool {
	for _, to := range of[from] {
		if !all[to] {
			all[to] = true
			reached(of, to, all)
		}
	}
	return all
}

// TestImportRules: the table of the page is the linter's configuration.
func TestImportRules(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../.golangci.yml")
	assert.NilError(t, err)
	var config struct {
		Linters struct {
			Settings struct {
				Depguard struct {
					Rules map[string]struct {
						Files []string
						Deny  []struct{ Pkg, Desc string }
					}
				}
			}
		}
	}
	assert.NilError(t, yaml.Unmarshal(text, &config))
	rules := config.Linters.Settings.Depguard.Rules
	var rows []string
	for _, rule := range rules {
		reasons := map[string][]string{}
		for _, deny := range rule.Deny {
			name := "`" + strings.TrimSuffix(strings.TrimPrefix(deny.Pkg, "msgsso-wizard/"), "$") + "`"
			reasons[deny.Desc] = append(reasons[deny.Desc], name)
		}
		for reason, packages := range reasons {
			rows = append(rows, fmt.Sprintf("| %s | %s | %s |\n", where(rule.Files), strings.Join(packages, ", "), reason))
		}
	}
	slices.Sort(rows)
	assert.Check(t, len(rows) > 10, "only %d rules were read", len(rows))
	holds(t, "architecture.md", between("<!-- rules -->\n", "<!-- /rules -->",
		"| Folder | Doesn't import | Reason |\n|---|---|---|\n"+strings.Join(rows, "")))
}

// where is the folder that a rule of the linter is for.
func where(files []string) string {
	var in, except []string
	for _, file := range files {
		name, excluded := strings.CutPrefix(file, "!")
		switch name = strings.Trim(name, "*/"); {
		case name == "$all":
			in = append(in, "all")
		case name == "$test":
			except = append(except, "tests")
		case excluded:
			except = append(except, "`"+name+"`")
		default:
			in = append(in, "`"+name+"`")
		}
	}
	if len(except) > 0 {
		in = append(in, "but "+strings.Join(except, ", "))
	}
	return strings.Join(in, " ")
}

// between replaces what stands between two marks of a text.
func between(begin, end, content string) func(string) string {
	return func(text string) string {
		before, rest, _ := strings.Cut(text, begin)
		_, after, ok := strings.Cut(rest, end)
		if !ok {
			return ""
		}
		return before + begin + content + end + after
	}
}

// holds compares a file of docs with what it should be, which -update writes.
func holds(t *testing.T, name string, want func(have string) string) {
	t.Helper()
	have, err := os.ReadFile(name)
	wanted := want(string(have))
	assert.Assert(t, wanted != "", "docs/%s has lost the marks around what tests write", name)
	if golden.FlagUpdate() && wanted != string(have) {
		err = os.WriteFile(name, []byte(wanted), 0o644) //nolint:gosec // a public text
		have = []byte(wanted)
	}
	assert.NilError(t, err)
	assert.Check(t, string(have) == wanted, "docs/%s isn't what the code says; run: go test ./docs -update", name)
}

var (
	required = regexp.MustCompile(`(?m)^\t(\S+) v\S+$`)
	reasoned = regexp.MustCompile("(?m)^\\| `([^`]+)` \\| \\S")
)

// TestModulesHaveTheirReason: go.mod requires what the decision names, no more and no less.
func TestModulesHaveTheirReason(t *testing.T) {
	t.Parallel()
	named := func(path string, line *regexp.Regexp) []string {
		text, err := os.ReadFile(path)
		assert.NilError(t, err)
		var names []string
		for _, found := range line.FindAllStringSubmatch(string(text), -1) {
			names = append(names, found[1])
		}
		slices.Sort(names)
		return names
	}
	direct, reasons := named("../go.mod", required), named("adr/0010-modules.md", reasoned)
	assert.Check(t, len(direct) != 0 && slices.Equal(direct, reasons),
		"go.mod requires\n%s\nand the reasons are of\n%s", strings.Join(direct, "\n"), strings.Join(reasons, "\n"))
}
