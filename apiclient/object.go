package apiclient

// Object is a JSON object as a service sent it. Types that are read, changed and sent back whole keep
// one, so that members this program does not know survive the round trip; numbers stay as they are written.
type Object map[string]any

// WithoutNulls returns a copy of o without null members and elements, at any depth: both services send them, and
// take them in no request.
func (o Object) WithoutNulls() Object {
	kept, _ := withoutNulls(map[string]any(o)).(map[string]any)
	return kept
}

func withoutNulls(value any) any {
	switch v := value.(type) {
	case map[string]any:
		kept := make(map[string]any, len(v))
		for name, member := range v {
			if member != nil {
				kept[name] = withoutNulls(member)
			}
		}
		return kept
	case []any:
		kept := make([]any, 0, len(v))
		for _, element := range v {
			if element != nil {
				kept = append(kept, withoutNulls(element))
			}
		}
		return kept
	}
	return value
}
