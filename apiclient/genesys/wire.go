package genesys

import (
	"bytes"
	"encoding/json"
	"maps"
	"time"

	"msgsso-wizard/apiclient"
)

// clean makes a server's text fit for one line of a screen.
func clean(s string) string { return apiclient.Clean(s) }

// ref is a reference to another object.
type ref struct {
	ID apiclient.Text `json:"id"`
}

// versionText is the version of a configuration: a string in the definition, read as a number too.
type versionText string

func (v *versionText) UnmarshalJSON(data []byte) error {
	var number json.Number
	if bytes.HasPrefix(data, []byte(`"`)) {
		var text apiclient.Text
		err := json.Unmarshal(data, &text)
		*v = versionText(text)
		return err
	}
	err := json.Unmarshal(data, &number)
	*v = versionText(number)
	return err
}

// moment reads a date; one in another form than RFC 3339 is as good as none.
func moment(t apiclient.Text) time.Time {
	at, _ := time.Parse(time.RFC3339, string(t))
	return at
}

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
		cleaned[clean(name)] = value
	}
	return cleaned
}
