package okta

import "msgsso-wizard/apiclient"

// sendable returns a copy of o for a request: without nulls, and without the members at the paths in omit.
func sendable(o apiclient.Object, omit [][]string) apiclient.Object {
	body := o.WithoutNulls()
	for _, path := range omit {
		remove(body, path...)
	}
	return body
}

// member returns what is at path, or nil.
func member(o map[string]any, path ...string) any {
	last := len(path) - 1
	for _, name := range path[:last] {
		o, _ = o[name].(map[string]any)
	}
	return o[path[last]]
}

// remove deletes the member at path, if it is there.
func remove(o map[string]any, path ...string) {
	last := len(path) - 1
	for _, name := range path[:last] {
		o, _ = o[name].(map[string]any)
	}
	delete(o, path[last])
}

// set writes value at path and makes the objects on the way where they are missing.
func set(o map[string]any, value any, path ...string) {
	last := len(path) - 1
	for _, name := range path[:last] {
		inner, ok := o[name].(map[string]any)
		if !ok {
			inner = map[string]any{}
			o[name] = inner
		}
		o = inner
	}
	o[path[last]] = value
}

// list makes an absent list and an empty one the same, and never null.
func list(s []string) []string { return append([]string{}, s...) }

// asWritten is values, each as it is spelled in was if it is the cleaned form of an element there.
func asWritten(values []string, was any) []string {
	spelled := map[string]string{}
	elements, _ := was.([]any)
	for _, element := range elements {
		if text, ok := element.(string); ok {
			spelled[apiclient.Clean(text)] = text
		}
	}
	values = list(values)
	for i, value := range values {
		if text, ok := spelled[value]; ok {
			values[i] = text
		}
	}
	return values
}

// Stored returns the app as Okta wrote it, without its secret. It is only to be read.
func (a App) Stored() apiclient.Object { return a.raw }

// Stored returns the trusted origin as Okta wrote it. It is only to be read.
func (o TrustedOrigin) Stored() apiclient.Object { return o.raw }

// Stored returns the policy as Okta wrote it. It is only to be read.
func (p Policy) Stored() apiclient.Object { return p.raw }

// Stored returns the rule as Okta wrote it. It is only to be read.
func (r Rule) Stored() apiclient.Object { return r.raw }

// FillFrom keeps the whole policy in raw.
func (p *Policy) FillFrom(whole apiclient.Object) error {
	p.raw = whole
	return apiclient.FillFields(p, whole)
}

// FillFrom keeps the whole rule in raw.
func (r *Rule) FillFrom(whole apiclient.Object) error {
	r.raw = whole
	return apiclient.FillFields(r, whole)
}
