package genesyssim

import "time"

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

// text returns a text below an object; a missing one is empty.
func text(o object, path ...string) string {
	t, _ := dig(o, path...).(string)
	return t
}

// flag returns a boolean below an object; a missing one is false.
func flag(o object, path ...string) bool {
	b, _ := dig(o, path...).(bool)
	return b
}

// sub returns an object below an object; a missing one is nil, which reads as empty.
func sub(o object, path ...string) object {
	member, _ := dig(o, path...).(object)
	return member
}

func dig(o object, path ...string) any {
	for _, key := range path[:len(path)-1] {
		o, _ = o[key].(object)
	}
	return o[path[len(path)-1]]
}

// texts are the texts of a JSON array.
func texts(v any) []string {
	list, _ := v.([]any)
	out := make([]string, len(list))
	for i, one := range list {
		out[i], _ = one.(string)
	}
	return out
}
