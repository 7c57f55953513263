package licenses_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"

	"msgsso-wizard/wizard/licenses"
)

const root = "../.."

// notice is the name of a file with terms.
var notice = regexp.MustCompile(`(?i)^(licen[cs]e|copying|notice|patents)([.-].*)?$`)

// TestEachLinkedModuleHasItsNotice: go test ./wizard/licenses -update writes them from the module cache.
func TestEachLinkedModuleHasItsNotice(t *testing.T) {
	t.Parallel()
	goroot := strings.TrimSpace(tool(t, "linux", "env", "GOROOT"))
	texts := section(t, "msgsso-wizard", []string{root}) + section(t, "The Go standard library and runtime", []string{goroot})
	linked := map[string]map[string]bool{} // the folders of each module's packages, for all systems with a release
	for _, system := range []string{"linux", "darwin", "windows"} {
		for line := range strings.Lines(tool(t, system, "list", "-deps", "-f", "{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}\t{{$.Dir}}{{end}}{{end}}", root)) {
			part := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
			if len(part) != 3 {
				continue
			}
			if linked[part[0]] == nil {
				linked[part[0]] = map[string]bool{}
			}
			for folder := part[2]; strings.HasPrefix(folder, part[1]); folder = filepath.Dir(folder) {
				linked[part[0]][folder] = true
			}
		}
	}
	assert.Check(t, len(linked) > 20, "the modules are not read: %v", linked)
	for _, module := range slices.Sorted(maps.Keys(linked)) {
		texts += section(t, module, slices.Sorted(maps.Keys(linked[module])))
	}
	if golden.FlagUpdate() {
		var packed bytes.Buffer
		w, err := gzip.NewWriterLevel(&packed, gzip.BestCompression)
		assert.NilError(t, err)
		_, err = w.Write([]byte(texts))
		assert.NilError(t, errors.Join(err, w.Close(), os.WriteFile("notices.txt.gz", packed.Bytes(), 0o600)))
		return
	}
	var written strings.Builder
	assert.NilError(t, licenses.Write(&written))
	assert.Check(t, written.String() == texts, "notices.txt.gz isn't that of the linked modules: go test ./wizard/licenses -update")
}

// section is the terms of a module, and of its packages where they have their own.
func section(t *testing.T, module string, folders []string) string {
	t.Helper()
	var text strings.Builder
	fmt.Fprintf(&text, "%s\n%s\n", strings.Repeat("=", 80), module)
	found := false
	for _, folder := range folders {
		files, err := os.ReadDir(folder)
		assert.NilError(t, err)
		for _, file := range files {
			if !file.Type().IsRegular() || !notice.MatchString(file.Name()) || strings.HasSuffix(file.Name(), ".go") {
				continue
			}
			terms, err := os.ReadFile(filepath.Join(folder, file.Name()))
			assert.NilError(t, err)
			fmt.Fprintf(&text, "\n%s\n", strings.TrimSpace(strings.ReplaceAll(string(terms), "\r\n", "\n")))
			found = true
		}
	}
	assert.Check(t, found, "%s is linked and has no notice", module)
	return text.String() + "\n"
}

// tool runs the Go tool for a system.
func tool(t *testing.T, system string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", args...)
	cmd.Env = append(os.Environ(), "GOOS="+system, "CGO_ENABLED=0")
	out, err := cmd.Output()
	assert.NilError(t, err)
	return string(out)
}
