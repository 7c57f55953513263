package genesyssim_test

import (
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// definition is the vendor's API definition (Swagger 2.0), as far as answers are concerned.
type definition struct {
	Paths       map[string]map[string]json.RawMessage
	Definitions map[string]schema
}

type schema struct {
	Ref                  string `json:"$ref"`
	Type, Format         string
	Enum                 []any
	Required             []string
	Properties           map[string]schema
	Items                *schema
	AdditionalProperties *schema
	Pattern              string
}

// contract loads the definition once; nil when it is not at hand.
var contract = sync.OnceValue(func() *definition {
	folder := os.Getenv("MSGSSO_CONTRACT")
	if folder == "" {
		folder = filepath.Join("..", "..", "..", "..", "shared", "contract")
	}
	raw, err := os.ReadFile(filepath.Join(folder, "genesys-openapi.json"))
	if err != nil {
		return nil
	}
	var d definition
	if json.Unmarshal(raw, &d) != nil {
		return nil
	}
	return &d
})

func TestAnswersAreHeldAgainstTheDefinition(t *testing.T) {
	t.Parallel()
	if contract() == nil {
		t.Skip("genesys-openapi.json is missing: set MSGSSO_CONTRACT; answers are not checked against it")
	}
	for _, c := range []struct {
		method, path string
		status       int
		ref          string
	}{
		{"get", "/api/v2/integrations/types", 200, "IntegrationTypeEntityListing"},
		{"get", "/api/v2/integrations/x", 200, "Integration"},
		{"get", "/api/v2/webdeployments/configurations/x/versions/draft", 200, "WebDeploymentConfigurationVersion"},
		{"post", "/api/v2/webdeployments/deployments", 201, "WebDeployment"},
		{"get", "/api/v2/flows", 403, "ErrorBody"},
	} {
		if got := contract().answer(c.method, c.path, c.status); got == nil || got.Ref != "#/definitions/"+c.ref {
			t.Errorf("%s %s: %+v, want %s", c.method, c.path, got, c.ref)
		}
	}
	bad := map[string]any{"intendedState": "ON", "name": 1.0, "extra": true}
	if got := contract().problems("$", bad, schema{Ref: "#/definitions/Integration"}); len(got) != 3 {
		t.Errorf("a bad answer has %d problems: %v", len(got), got)
	}
}

// undefined are the operations that the trimmed definition lacks.
var undefined = []string{"/api/v2/authorization/products", "/api/v2/integrations/credentials/listing"}

// checkAnswer holds an answer against the definition of its operation.
func checkAnswer(t *testing.T, method, path string, status int, body any) {
	t.Helper()
	d := contract()
	if d == nil || slices.Contains(undefined, path) {
		return
	}
	want := d.answer(strings.ToLower(method), path, status)
	if want == nil || want.Ref == "" && want.Type == "" {
		if body != nil {
			t.Errorf("%s %s: status %d has a body that the definition does not know", method, path, status)
		}
		return
	}
	for _, problem := range d.problems("$", body, *want) {
		t.Errorf("%s %s: %d: %s", method, path, status, problem)
	}
}

func (d *definition) answer(method, path string, status int) *schema {
	if status >= 400 {
		return &schema{Ref: "#/definitions/ErrorBody"}
	}
	best := ""
	for pattern := range d.Paths {
		expr := "^" + regexp.MustCompile(`\{[^}]+\}`).ReplaceAllString(pattern, "[^/]+") + "$"
		literal := strings.Count(best, "{") > strings.Count(pattern, "{")
		if regexp.MustCompile(expr).MatchString(path) && (best == "" || literal) {
			best = pattern
		}
	}
	var op struct {
		Responses map[string]struct{ Schema *schema }
	}
	if json.Unmarshal(d.Paths[best][method], &op) != nil {
		return nil
	}
	return op.Responses[strconv.Itoa(status)].Schema
}

// problems lists where a value leaves its schema; members that the schema lacks count too.
func (d *definition) problems(at string, v any, want schema) []string {
	if want.Ref != "" {
		return d.problems(at, v, d.Definitions[strings.TrimPrefix(want.Ref, "#/definitions/")])
	}
	var found []string
	if len(want.Enum) > 0 && !slices.Contains(want.Enum, v) {
		found = append(found, at+": not of the enum")
	}
	if ok := fits(v, want); !ok {
		return append(found, at+": is not a "+want.Type+" "+want.Format)
	}
	switch v := v.(type) {
	case map[string]any:
		for _, key := range want.Required {
			if _, ok := v[key]; !ok {
				found = append(found, at+"."+key+": is missing")
			}
		}
		for key, member := range v {
			inner, ok := want.Properties[key]
			switch {
			case ok:
				found = append(found, d.problems(at+"."+key, member, inner)...)
			case want.AdditionalProperties != nil:
				found = append(found, d.problems(at+"."+key, member, *want.AdditionalProperties)...)
			case want.Properties != nil:
				found = append(found, at+"."+key+": is not defined")
			}
		}
	case []any:
		for _, item := range v {
			found = append(found, d.problems(at+"[]", item, *want.Items)...)
		}
	case string:
		if want.Pattern != "" && !regexp.MustCompile(want.Pattern).MatchString(v) {
			found = append(found, at+": misses the pattern")
		}
	}
	return found
}

func fits(v any, want schema) bool {
	switch want.Type {
	case "object":
		_, ok := v.(map[string]any)
		return ok
	case "array":
		_, ok := v.([]any)
		return ok && want.Items != nil
	case "boolean":
		_, ok := v.(bool)
		return ok
	case "integer":
		n, ok := v.(float64)
		return ok && n == float64(int64(n))
	case "string":
		s, ok := v.(string)
		var err error
		switch want.Format {
		case "date-time":
			_, err = time.Parse(time.RFC3339, s)
		case "uri":
			_, err = url.Parse(s)
		}
		return ok && err == nil
	}
	return true
}
