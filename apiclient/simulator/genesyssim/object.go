package genesyssim

import (
	"slices"
	"time"
)

// object is a JSON object, as it came or as it goes.
type object = map[string]any

// stamp writes a time as the service does, with milliseconds.
func stamp(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// reference is the vendor's AddressableEntityRef.
func reference(id, uri string) object { return object{"id": id, "selfUri": uri + id} }

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

// find returns the element that fits, or nil.
func find[T any](list []*T, fits func(*T) bool) *T {
	if i := slices.IndexFunc(list, fits); i >= 0 {
		return list[i]
	}
	return nil
}

// str returns a text member; a missing one is empty.
func str(o object, key string) string {
	text, _ := o[key].(string)
	return text
}

// sub returns an object member; a missing one is nil, which reads as empty.
func sub(o object, key string) object {
	member, _ := o[key].(object)
	return member
}
