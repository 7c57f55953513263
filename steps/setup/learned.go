package setup

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"time"

	"msgsso-wizard/apiclient/genesys"
	"msgsso-wizard/steps/explain"
	"msgsso-wizard/steps/guide"
)

// Findings returns what the runs of the session found out, by its key. Not to be called while a run is under way.
func (s *Session) Findings() map[string]string {
	g := s.current()
	if doc, ok := g.document.Peek(); ok {
		name := "the org authorization server"
		if server, _ := g.server.Peek(); server.ID != "" {
			name = fmt.Sprintf("custom authorization server %q", server.Name)
		}
		s.learned.learn("issuer", "%s", doc.Issuer)
		s.learned.learn("authorization_server", "%s", name)
	}
	s.learned.mu.Lock()
	defer s.learned.mu.Unlock()
	return maps.Clone(s.learned.found)
}

// learned collects what the vendors do not document and several nodes find out side by side (contract genesys.md 1, 2.4,
// 3, 7).
type learned struct {
	mu    sync.Mutex
	found map[string]string
}

// learn keeps a finding; it replaces an earlier one of that key.
func (l *learned) learn(key, format string, args ...any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.found == nil {
		l.found = map[string]string{}
	}
	l.found[key] = fmt.Sprintf(format, args...)
}

// time keeps how long a change took, the wait until it had its effect included.
func (l *learned) time(kind guide.ObjectKind, took time.Duration) {
	l.learn(strings.ReplaceAll(string(kind), " ", "_")+"_took", "%s", took.Round(time.Millisecond))
}

// permissions keeps whether a client without a user may ask what it may do.
func (l *learned) permissions(count int, err error) {
	if err != nil {
		l.learn("subjects_me", "no: %v", err)
		return
	}
	l.learn("subjects_me", "answered, %s", explain.Counted(count, "permission", "permissions"))
}

// integrationType keeps everything that was read about the integration type, whether the wizard understands it or
// not: the entry in the list, the type itself, its schema, and the credential types that it takes.
func (l *learned) integrationType(listed, whole genesys.IntegrationType, schema genesys.Schema, credentialTypes []genesys.CredentialType) {
	l.learn("integration_type_id", "%s", whole.ID)
	l.learn("integration_type_name", "%s", whole.Name)
	l.learn("integration_type_description", "%s", whole.Description)
	l.learn("integration_type_category", "%s", whole.Category)
	l.learn("integration_type_instances", "%d at most", whole.MaxInstances)
	l.learn("type_list_has_credentials", "%t", len(listed.Credentials) > 0)
	for _, key := range slices.Sorted(maps.Keys(schema.Properties)) {
		p := schema.Properties[key]
		l.learn("property "+key, "%q, %s%s%s", p.Title, p.Type, required(slices.Contains(schema.Required, key)), byDefault(p.Default))
	}
	for _, key := range slices.Sorted(maps.Keys(whole.Credentials)) {
		spec := whole.Credentials[key]
		l.learn("credential "+key, "%q%s, types %s", spec.Title, required(spec.Required), strings.Join(spec.Types, ", "))
		for _, c := range credentialTypes {
			if slices.Contains(spec.Types, c.Name) || slices.Contains(spec.Types, c.ID) {
				l.learn("credential type "+c.Name, "fields %s; required %s", strings.Join(slices.Sorted(maps.Keys(c.Fields)), ", "), strings.Join(c.Required, ", "))
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

// byDefault says what a property is where it isn't set.
func byDefault(value any) string {
	if value == nil {
		return ""
	}
	return fmt.Sprintf(", default %v", value)
}
