package docs_test

import (
	"bytes"
	"cmp"
	"encoding"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"

	"msgsso-wizard/steps/answersfile"
	"msgsso-wizard/steps/guide"
	"msgsso-wizard/steps/setup"
	"msgsso-wizard/wizard/report"
)

// documents are what --output json writes, each with its schema in docs/schemas.
var documents = map[string]any{
	"guide": setup.Result{}, "sites": report.Sites{}, "test": report.Test{}, "doctor": report.Doctor{}, "page": report.Page{},
	"rotate": report.RotationDocument{}, "rollout": report.RolloutDocument{}, "undo": report.UndoDocument{}, "export": report.Export{},
	"version": report.Version{},
}

// object is one of JSON.
type object = map[string]any

// TestSchemasOnlyGrow keeps the schemas in step with the Go types, from which they are drawn. -update adds to a schema,
// and never removes from it: docs/compatibility.md.
func TestSchemasOnlyGrow(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("compatibility.md")
	assert.NilError(t, err)
	for name, document := range documents {
		assert.Check(t, strings.Contains(string(page), "](schemas/"+name+".schema.json)"), "docs/compatibility.md doesn't name the schema %s", name)
		file := filepath.Join("schemas", name+".schema.json")
		s := schemaOf(t, reflect.TypeOf(document))
		s["$schema"], s["title"] = "https://json-schema.org/draft/2020-12/schema", "The document of msgsso-wizard: "+name
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		assert.NilError(t, e.Encode(s))
		have, err := os.ReadFile(file)
		if err == nil && bytes.Equal(have, b.Bytes()) {
			continue
		}
		var was, is any
		assert.NilError(t, json.Unmarshal(b.Bytes(), &is))
		var lost []string
		if err == nil {
			assert.NilError(t, json.Unmarshal(have, &was))
			lost = broken("", was, is)
		}
		switch {
		case len(lost) > 0:
			t.Errorf("%s: %s. docs/compatibility.md promises it until the next major version.", file, strings.Join(lost, "; "))
		case golden.FlagUpdate():
			assert.NilError(t, os.WriteFile(file, b.Bytes(), 0o644)) //nolint:gosec // a public text
		default:
			t.Errorf("%s isn't the schema of %T (%v); run: go test ./docs -update", file, document, err)
		}
	}
}

// broken names what readers of a document can rely on in one schema, and not in another.
func broken(at string, was, is any) (lost []string) {
	switch was := was.(type) {
	case object:
		is, _ := is.(object)
		for key, value := range was {
			if _, text := value.(string); text && (key == "description" || key == "title") {
				continue
			}
			if _, ok := is[key]; !ok {
				lost = append(lost, at+"/"+key+" is gone")
				continue
			}
			lost = append(lost, broken(at+"/"+key, value, is[key])...)
		}
	case []any:
		is, _ := is.([]any)
		for _, value := range was {
			if !slices.Contains(is, value) {
				lost = append(lost, fmt.Sprintf("%s: %v is gone", at, value))
			}
		}
	default:
		if was != is {
			lost = append(lost, fmt.Sprintf("%s was %v, and is %v", at, was, is))
		}
	}
	return lost
}

func TestBrokenSchemas(t *testing.T) {
	t.Parallel()
	const was = `{"type":"object","description":"A","required":["a"],"properties":{"a":{"type":"string","enum":["x","y"]},"b":{"type":"integer"}}}`
	for is, want := range map[string]string{
		was: "",
		`{"type":"object","description":"B","required":["b","a"],"properties":{"a":{"type":"string","enum":["z","y","x"]},"b":{"type":"integer"},"c":{}}}`: "",
		`{"type":"object","required":["a"],"properties":{"a":{"type":"string","enum":["x","y"]}}}`:                                                         "/properties/b is gone",
		`{"type":"object","required":["a"],"properties":{"a":{"type":"string","enum":["x"]},"b":{"type":"integer"}}}`:                                      "/properties/a/enum: y is gone",
		`{"type":"object","required":["a"],"properties":{"a":{"type":"string","enum":["x","y"]},"b":{"type":"string"}}}`:                                   "/properties/b/type was integer, and is string",
		`{"type":"object","required":["b"],"properties":{"a":{"type":"string","enum":["x","y"]},"b":{"type":"integer"}}}`:                                  "/required: a is gone",
	} {
		var before, after any
		assert.NilError(t, json.Unmarshal([]byte(was), &before))
		assert.NilError(t, json.Unmarshal([]byte(is), &after))
		assert.Check(t, strings.Join(broken("", before, after), "; ") == want, "%s: %s", is, broken("", before, after))
	}
}

// schemaOf is the schema of what encoding/json writes for a type. Descriptions are the comments of fields, and values those
// of constants.
func schemaOf(t *testing.T, of reflect.Type) object {
	t.Helper()
	source := sourceOf(t, of)
	switch {
	case of == reflect.TypeFor[time.Time]():
		return object{"type": "string", "format": "date-time"}
	case of.Implements(reflect.TypeFor[encoding.TextMarshaler]()): // a list of names
		words := []any{}
		for v := reflect.New(of).Elem(); ; v.SetInt(v.Int() + 1) {
			text, err := v.Interface().(encoding.TextMarshaler).MarshalText()
			assert.NilError(t, err)
			if len(text) == 0 {
				return object{"type": "string", "enum": words}
			}
			words = append(words, string(text))
		}
	}
	switch of.Kind() {
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return object{"type": "integer"}
	case reflect.String:
		if values := source.values[of.Name()]; len(values) > 0 {
			return object{"type": "string", "enum": values}
		}
		return object{"type": "string"}
	case reflect.Pointer:
		return schemaOf(t, of.Elem())
	case reflect.Slice:
		return object{"type": "array", "items": schemaOf(t, of.Elem())}
	case reflect.Map:
		return object{"type": "object", "additionalProperties": schemaOf(t, of.Elem())}
	case reflect.Struct:
	default:
		t.Fatalf("%s has no schema", of)
	}
	properties, required := object{}, []string{}
	add := func(f reflect.StructField) {
		name, options, tagged := strings.Cut(f.Tag.Get("json"), ",")
		assert.Assert(t, name != "", "%s.%s has no name for JSON", of, f.Name)
		s := schemaOf(t, f.Type)
		if text := source.comments[of.Name()+"."+f.Name]; text != "" {
			s["description"] = sentence(text)
		}
		if !tagged || !strings.HasPrefix(options, "omit") {
			required = append(required, name)
		}
		properties[name] = s
	}
	for i := range of.NumField() {
		switch f := of.Field(i); {
		case f.Anonymous:
			inner := schemaOf(t, f.Type)
			for name, s := range inner["properties"].(object) {
				properties[name] = s
			}
			required = append(required, inner["required"].([]string)...)
		case f.IsExported():
			add(f)
		}
	}
	slices.Sort(required)
	return object{
		"type": "object", "additionalProperties": false, "properties": properties, "required": slices.Compact(required),
		"description": sentence(strings.TrimPrefix(strings.TrimPrefix(source.comments[of.Name()], of.Name()+" "), "is ")),
	}
}

func sentence(text string) string {
	return strings.ToUpper(text[:1]) + strings.TrimSuffix(text[1:], ".") + "."
}

// typeSource is what a package says of its types.
type typeSource struct {
	comments map[string]string // of types, and of fields: Type.Field
	values   map[string][]any  // of constants of a type
}

// sourceOf reads the package of a type.
func sourceOf(t *testing.T, of reflect.Type) typeSource {
	t.Helper()
	s := typeSource{map[string]string{}, map[string][]any{}}
	folder, own := strings.CutPrefix(of.PkgPath(), "msgsso-wizard/")
	if !own {
		return s
	}
	files, err := filepath.Glob(filepath.Join("..", folder, "*.go"))
	assert.NilError(t, err)
	if folder == "steps/syslog" { // doctor adds some
		files = append(files, "../steps/doctor/fix.go", "../steps/doctor/check_secret.go")
	}
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ParseComments|parser.SkipObjectResolution)
		assert.NilError(t, err)
		for _, d := range parsed.Decls {
			if d, ok := d.(*ast.GenDecl); ok {
				s.read(d)
			}
		}
	}
	return s
}

func (s typeSource) read(d *ast.GenDecl) {
	for _, spec := range d.Specs {
		switch spec := spec.(type) {
		case *ast.ValueSpec:
			typed := spec.Type
			if of, ok := typed.(*ast.SelectorExpr); ok {
				typed = of.Sel
			}
			named, ok := typed.(*ast.Ident)
			if !ok || len(spec.Values) != 1 || d.Tok != token.CONST {
				continue
			}
			if value, ok := spec.Values[0].(*ast.BasicLit); ok && value.Kind == token.STRING {
				text, _ := strconv.Unquote(value.Value)
				s.values[named.Name] = append(s.values[named.Name], text)
			}
		case *ast.TypeSpec:
			s.comments[spec.Name.Name] = strings.Join(strings.Fields(d.Doc.Text()), " ")
			fields, ok := spec.Type.(*ast.StructType)
			if !ok {
				continue
			}
			for _, f := range fields.Fields.List {
				for _, name := range f.Names {
					s.comments[spec.Name.Name+"."+name.Name] = strings.Join(strings.Fields(f.Doc.Text()+f.Comment.Text()), " ")
				}
			}
		}
	}
}

// TestAnswersAreListed keeps the table of answers in step with the guide, from which it is drawn.
func TestAnswersAreListed(t *testing.T) {
	holds(t, "unattended.md", between("<!-- questions -->\n", "<!-- /questions -->", answerTable()))
}

func answerTable() string {
	var b strings.Builder
	b.WriteString("| Answer | Flag | Environment | Default |\n|---|---|---|---|\n")
	for _, q := range guide.Questions("") {
		flag, standard := "", cmp.Or(q.Else, "needed")
		if q.Flag != "" {
			flag = "`--" + q.Flag + "`"
		}
		if q.Default != "" {
			standard = "`" + q.Default + "`"
		}
		fmt.Fprintf(&b, "| %s | %s | `%s` | %s |\n", q.Label, flag, strings.Join(q.Env, "` `"), standard)
	}
	return b.String()
}

// TestSchemaIsPrinted keeps the schema of answers files in step with the guide, from which it is drawn.
func TestSchemaIsPrinted(t *testing.T) {
	holds(t, "schemas/answers.schema.json", func(string) string { return string(answersfile.Schema()) })
}

var yamlBlock = regexp.MustCompile("(?s)```yaml\n(okta-org.*?)```")

// TestExamplesOfAnswersFiles: what the page shows is read without an error.
func TestExamplesOfAnswersFiles(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("answers-file.md")
	assert.NilError(t, err)
	read := 0
	for _, block := range yamlBlock.FindAllStringSubmatch(string(text), -1) {
		read++
		_, err := answersfile.Parse("answers-file.md", []byte(block[1]))
		assert.Check(t, err, block[1])
	}
	assert.Check(t, read >= 2, "%d examples were read", read)
}
