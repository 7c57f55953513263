package journal

import (
	"maps"
	"slices"

	"msgsso-wizard/steps/engine"
	"msgsso-wizard/steps/guide"
)

// legacy is what entries of format 1 keep: members that were added to lists, and values that were replaced.
type legacy struct {
	Added  map[string][]string `json:"added,omitempty"`
	Before map[string]string   `json:"before,omitempty"`
	After  map[string]string   `json:"after,omitempty"`
}

// fields returns it in the form of today.
func (l legacy) fields(kind guide.ObjectKind) []engine.FieldChange {
	var out []engine.FieldChange
	for _, name := range slices.Sorted(maps.Keys(l.Added)) {
		if len(l.Added[name]) > 0 {
			out = append(out, engine.FieldChange{Field: name, List: true, After: l.Added[name]})
		}
	}
	names := slices.AppendSeq(slices.Collect(maps.Keys(l.Before)), maps.Keys(l.After))
	slices.Sort(names)
	for _, name := range slices.Compact(names) {
		if _, was := l.Before[name]; was && l.Before[name] == l.After[name] && !grouped(name) {
			continue
		}
		c := engine.FieldChange{Field: name, Before: engine.Text(l.Before[name]), After: engine.Text(l.After[name])}
		switch kind {
		case guide.KindConfiguration:
			c.Before, c.After = authentication(l.Before[name]), authentication(l.After[name])
		case guide.KindState:
			c.After = engine.Value{"ACTIVE"}
			if l.Before[name] != "ACTIVE" {
				c.Before = engine.Value{"DISABLED"}
			}
		}
		out = append(out, c)
	}
	return out
}

// grouped reports whether a value that did not change is kept with one that did; see engine.Field.
func grouped(name string) bool { return name != "inbound message flow" && name != "notes" }

// authentication is the field of a draft, of which format 1 kept the integration's ID, empty where it was off.
func authentication(integrationID string) engine.Value {
	if integrationID == "" {
		return engine.Value{"off", ""}
	}
	return engine.Value{"on", integrationID}
}
