package cases

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"gotest.tools/v3/assert"
	"gotest.tools/v3/golden"
)

// Call is a call of a client: the request that it is, the answer, and what the call returns.
type Call struct {
	Op     string // the operation's ID in the vendor's definition
	Name   string // Op, and what tells this call from others of the operation
	Sent   string // method, path, and query
	Body   string
	Answer string
	Notes  string
}

// Calls reads testdata/name: a section a call, with the request, its body after ">", the answer after "<", and what the call
// returns after "=". Other lines are notes.
func Calls(t testing.TB, name string) (all []Call) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	assert.NilError(t, err)
	for section := range strings.SplitSeq(strings.Trim(string(text), "\n"), "\n\n") {
		lines := strings.Split(section, "\n")
		c := Call{Name: strings.TrimPrefix(lines[0], "# "), Sent: lines[1]}
		c.Op, _, _ = strings.Cut(c.Name, ",")
		for _, line := range lines[2:] {
			switch kind, rest, _ := strings.Cut(line, " "); kind {
			case ">":
				c.Body = rest
			case "<":
				c.Answer = rest
			case "=":
			default:
				c.Notes = line
			}
		}
		all = append(all, c)
	}
	return all
}

// CheckCalls compares what the calls in testdata/name return with what outcome says. With -update it is written again.
func CheckCalls(t *testing.T, name string, outcome func(Call) string) {
	t.Helper()
	var all strings.Builder
	for i, c := range Calls(t, name) {
		if i > 0 {
			all.WriteString("\n")
		}
		for _, line := range [][2]string{{"# ", c.Name}, {"", c.Sent}, {"", c.Notes}, {"> ", c.Body}, {"< ", c.Answer}, {"= ", outcome(c)}} {
			if line[1] != "" {
				all.WriteString(line[0] + line[1] + "\n")
			}
		}
	}
	golden.Assert(t, all.String(), name)
}

// JSON is a value as JSON: of objects the exported members that have a value, and secrets in clear. Nil is nothing.
func JSON(t testing.TB, value any) string {
	t.Helper()
	if value == nil {
		return ""
	}
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	assert.NilError(t, encoder.Encode(plain(reflect.ValueOf(value))))
	return strings.TrimSpace(out.String())
}

func plain(v reflect.Value) any {
	switch x := v.Interface().(type) {
	case interface{ Reveal() string }:
		return x.Reveal()
	case time.Time:
		return x
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return nil
		}
		return plain(v.Elem())
	case reflect.Struct:
		members := map[string]any{}
		for field, value := range v.Fields() {
			if field.IsExported() && !field.Anonymous && !value.IsZero() {
				members[field.Name] = plain(value)
			}
		}
		return members
	case reflect.Slice:
		all := []any{}
		for _, value := range v.Seq2() {
			all = append(all, plain(value))
		}
		return all
	case reflect.Map:
		members := map[string]any{}
		for name, value := range v.Seq2() {
			members[name.String()] = plain(value)
		}
		return members
	default:
		return v.Interface()
	}
}
