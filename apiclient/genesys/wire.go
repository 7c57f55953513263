package genesys

import (
	"maps"

	"msgsso-wizard/apiclient"
)

// writable returns what of an object may be sent back: without the read-only members, and without nulls.
func writable(o apiclient.Object, readOnly []string) apiclient.Object {
	body := o.WithoutNulls()
	for _, name := range readOnly {
		delete(body, name)
	}
	return body
}

// unlessCleaned returns what the server has while the text is unchanged that is shown of it, so that
// cleaning for the screen never alters what is stored.
func unlessCleaned(stored any, text string, shown func(string) string) string {
	if was, ok := stored.(string); ok && was != emptyNotes && shown(was) == text {
		return was
	}
	return text
}

// object returns a copy of a member that is an object, or an empty one.
func object(o apiclient.Object, name string) map[string]any {
	member, _ := o[name].(map[string]any)
	if member == nil {
		return map[string]any{}
	}
	return maps.Clone(member)
}

// cleanKeys cleans the names that a server gave to the members of an object.
func cleanKeys[V any](m map[string]V) map[string]V {
	cleaned := make(map[string]V, len(m))
	for name, value := range m {
		cleaned[apiclient.Clean(name)] = value
	}
	return cleaned
}
