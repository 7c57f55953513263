package steps

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/guide"
)

// Finding is something that the vendors do not document and a run found out (contract genesys.md 1, 2.4, 3, 7).
type Finding struct{ Key, Value string }

// Findings returns what the run found out so far. Not to be called while a run is under way.
func (e *Env) Findings() []Finding {
	f := &e.facts
	if f.document.Issuer != "" {
		server := "the org's own server"
		if f.server.ID != "" {
			server = fmt.Sprintf("custom server %q", f.server.Name)
		}
		f.found.learn("issuer", "%s", f.document.Issuer)
		f.found.learn("authorization_server", "%s", server)
	}
	f.found.mu.Lock()
	defer f.found.mu.Unlock()
	return slices.Clone(f.found.list)
}

// findings collects what several steps find out side by side.
type findings struct {
	mu   sync.Mutex
	list []Finding
}

// learn keeps a finding; it takes the place of an earlier one of that key.
func (f *findings) learn(key, format string, args ...any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.list = slices.DeleteFunc(f.list, func(was Finding) bool { return was.Key == key })
	f.list = append(f.list, Finding{key, fmt.Sprintf(format, args...)})
}

// learnTime keeps how long a change took, the wait until it had its effect included.
func (f *findings) learnTime(kind guide.ObjectKind, took time.Duration) {
	f.learn(strings.ReplaceAll(string(kind), " ", "_")+"_took", "%s", took.Round(time.Millisecond))
}

// learnPermissions keeps whether a client without a user may ask what it may do.
func (f *findings) learnPermissions(count int, err error) {
	if err != nil {
		f.learn("subjects_me", "no: %v", err)
		return
	}
	f.learn("subjects_me", "answered, %s", counted(count, "permission", "permissions"))
}

// learnType keeps everything that was read about the integration type, whether the wizard understands it or
// not: the entry in the list, the type itself, its schema, and the credential types that it takes.
func (f *findings) learnType(listed, whole genesys.IntegrationType, schema genesys.Schema, credentialTypes []genesys.CredentialType) {
	f.learn("integration_type_id", "%s", whole.ID)
	f.learn("integration_type_name", "%s", whole.Name)
	f.learn("integration_type_description", "%s", whole.Description)
	f.learn("type_list_has_credentials", "%t", len(listed.Credentials) > 0)
	for _, key := range slices.Sorted(maps.Keys(schema.Properties)) {
		p := schema.Properties[key]
		f.learn("property "+key, "%q, %s%s%s", p.Title, p.Type, required(slices.Contains(schema.Required, key)), byDefault(p.Default))
	}
	for _, key := range slices.Sorted(maps.Keys(whole.Credentials)) {
		spec := whole.Credentials[key]
		f.learn("credential "+key, "%q%s, types %s", spec.Title, required(spec.Required), strings.Join(spec.Types, ", "))
		for _, c := range credentialTypes {
			if slices.Contains(spec.Types, c.Name) || slices.Contains(spec.Types, c.ID) {
				f.learn("credential type "+c.Name, "fields %s; required %s", strings.Join(c.Fields, ", "), strings.Join(c.Required, ", "))
			}
		}
	}
}

func required(yes bool) string {
	if yes {
		return ", required"
	}
	return ""
}

// byDefault says what a property is where nobody sets it.
func byDefault(value any) string {
	if value == nil {
		return ""
	}
	return fmt.Sprintf(", default %v", value)
}
