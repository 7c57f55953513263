// Package document validates what --output json writes. It is only for tests.
package document

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// schemas are those of docs/schemas, by the name of the document.
var schemas = sync.OnceValues(func() (map[string]*jsonschema.Schema, error) {
	folder := "docs/schemas"
	for range strings.Count(filepath.ToSlash(must(os.Getwd())), "/") {
		if _, err := os.Stat(folder); err == nil {
			break
		}
		folder = filepath.Join("..", folder)
	}
	files, err := filepath.Glob(filepath.Join(folder, "*.schema.json"))
	if err != nil || len(files) == 0 {
		return nil, fmt.Errorf("no schemas in %s: %w", folder, err)
	}
	all := map[string]*jsonschema.Schema{}
	for _, file := range files {
		c := jsonschema.NewCompiler()
		c.AssertFormat()
		if name := strings.TrimSuffix(filepath.Base(file), ".schema.json"); name != "answers" {
			if all[name], err = c.Compile(file); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
})

func must(text string, err error) string {
	if err != nil {
		panic(err)
	}
	return text
}

// Validate returns the name of the document: that of the only schema that it is valid for.
func Validate(text string) (string, error) {
	all, err := schemas()
	if err != nil {
		return "", err
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		return "", err
	}
	fields, _ := value.(map[string]any)
	var names []string
	var why error
	most := -1
	for _, name := range slices.Sorted(maps.Keys(all)) {
		err := all[name].Validate(value)
		if err == nil {
			names = append(names, name)
		}
		known := 0 // of the fields
		for field := range fields {
			if all[name].Properties[field] != nil {
				known++
			}
		}
		if known > most { // that of the closest schema
			why, most = err, known
		}
	}
	switch len(names) {
	case 1:
		return names[0], nil
	case 0:
		return "", fmt.Errorf("the document has no schema: %w", why)
	default:
		return "", fmt.Errorf("the document has several schemas: %v", names)
	}
}

// Of validates the document of a command line, which has to be that of its command.
func Of(args []string, text string) error {
	name, err := Validate(text)
	if err != nil {
		return err
	}
	all, _ := schemas()
	want := "guide"
	for _, arg := range args {
		if all[arg] != nil {
			want = arg
		}
	}
	if name != want && (want != "guide" || name != "sites") && (name != "version" || !slices.Contains(args, "--version")) {
		return fmt.Errorf("%v writes the document %q", args, name)
	}
	return nil
}
