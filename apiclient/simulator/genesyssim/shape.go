package genesyssim

import (
	"cmp"
	_ "embed"
	"maps"
	"strings"
	"sync"

	"msgsso-wizard/apiclient/simulator/shape"
)

// requestsText has the shapes of requests; "any" is what the service passes over. The definition requires the name of an
// integration, the redirectUri next to an ID token and the deploymentId of a refresh; the service does not (contract
// genesys.md 1.3, 4).
//
//go:embed requests.json
var requestsText []byte

var requests = sync.OnceValue(func() map[string]shape.Shape { return shape.Read(requestsText) })

// settable is what a request sets of an object.
func settable(want shape.Shape, body object) object {
	out := maps.Clone(body)
	maps.DeleteFunc(out, func(key string, _ any) bool { return want.Members[key].Kind == "" })
	return out
}

// checkRequest refuses a body of another shape than the one of this name.
func checkRequest(name string, body object) error { return checkShape(requests()[name], "", body) }

// checkShape refuses a value for the first rule that it breaks; path names it in the error.
func checkShape(want shape.Shape, path string, value any) error {
	for p := range want.Problems(path, value) {
		name := cmp.Or(p.Path, "body")
		switch p.Rule {
		case shape.Missing:
			return broken(name, "must not be null")
		case shape.Unknown:
			return refuse("invalid.property", p.Value, name)
		case shape.Kind:
			return broken(name, "must be of type %s", p.Want.Kind)
		case shape.Value:
			return refuse("invalid.value", p.Value, name, listed(p.Want.Allowed))
		case shape.URI:
			return broken(name, "must be a valid URL")
		case shape.Size:
			words := "size must be between %d and %d"
			if p.Want.Kind == "integer" {
				words = strings.TrimPrefix(words, "size ")
			}
			return broken(name, words, p.Want.Min, p.Want.Max)
		}
	}
	return nil
}

// prune drops null members at every depth: to the service they are as good as absent.
func prune(v any) any {
	switch v := v.(type) {
	case object:
		for key, member := range v {
			if member == nil {
				delete(v, key)
				continue
			}
			v[key] = prune(member)
		}
	case []any:
		for i := range v {
			v[i] = prune(v[i])
		}
	}
	return v
}
